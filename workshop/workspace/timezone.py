"""Check the name of a time zone, as `timezone:` gives it."""

from __future__ import annotations

import zoneinfo
from functools import cache
from typing import Annotated

from pydantic import AfterValidator

from workshop.content.yaml.files import Fault
from workshop.diagnostics import did_you_mean


def _known(name: str) -> str:
    zones = _zones()
    # Short names have pitfalls: “EST” has no summer time.
    if name not in zones or ("/" not in name and name != "UTC"):
        close = did_you_mean(name, [zone for zone in zones if "/" in zone])
        usual = "Write a continent and a city, like “Europe/London” or “America/New_York”."
        raise Fault(f"“{name}” is not a time zone", hint=close or usual)
    return name


@cache
def _zones() -> frozenset[str]:
    """Return the names of all time zones; to list them reads hundreds of files."""
    return frozenset(zoneinfo.available_timezones())


TimeZone = Annotated[str, AfterValidator(_known)]
