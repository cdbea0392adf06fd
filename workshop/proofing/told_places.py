"""List places in files as a message tells them: how many there are, and the lines of the others."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from workshop.diagnostics import Location, display_path

# A message lists so many places and says how many more there are.
_MOST_PLACES = 12


def count_places(places: Sequence[Location]) -> str:
    """Return "one place" or "7 places"."""
    return "one place" if len(places) == 1 else f"{len(places)} places"


def other_places(places: Sequence[Location]) -> str:
    """Return a sentence with all places but the first, with a space before it; or nothing."""
    lines: dict[Path, list[str]] = {}
    for place in places[1 : _MOST_PLACES + 1]:
        lines.setdefault(place.path, []).append(str(place.line))
    if not lines:
        return ""
    told = "; ".join(
        f"{display_path(path)}:{', '.join(dict.fromkeys(numbers))}"
        for path, numbers in lines.items()
    )
    more = len(places) - 1 - _MOST_PLACES
    return f" The others: {told}{f' and {more} more' if more > 0 else ''}."
