"""Convert clock times: "09:15" in a file, minutes after midnight everywhere else."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import BeforeValidator

from workshop.content.yaml.files import Fault
from workshop.content.yaml.what_to_type import time_meant

_CLOCK = re.compile(r"(?P<hours>[01]?\d|2[0-3])[:.](?P<minutes>[0-5]\d)")


def parse_clock(text: object) -> int:
    """Return the minutes after midnight for a time such as "9:15"; raise `Fault` for others."""
    match = _CLOCK.fullmatch(text.strip()) if isinstance(text, str) else None
    if not match:
        what = f"“{text}”" if isinstance(text, str | int | float) else "This"
        hint = f'Write it like "{time_meant(text) or "09:15"}".'
        raise Fault(f"{what} is not a time of day", hint)
    return int(match["hours"]) * 60 + int(match["minutes"])


def clock(minutes: int) -> str:
    """Return minutes after midnight as a time of day: 555 is "09:15", and 1500 is "01:00"."""
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"


def part_of_day(minutes: int) -> str:
    """Return the part of the day at some minutes after midnight: "morning", "evening"."""
    hour = minutes // 60 % 24
    return "morning" if hour < 12 else "afternoon" if hour < 17 else "evening"


ClockTime = Annotated[int, BeforeValidator(parse_clock, json_schema_input_type=str)]
