"""Give the room that is left on a page to what is written on it.

Elements ask for it with `data-grows`: boxes and rows become higher, and lines become more. What has
`data-sinks` and is the last on its page goes down to the foot with the rest of the room above it;
so that this is no hole, lines go on until there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf
from typing import Any

from workshop.typesetting.inside.paging.page_room import elements_on, last_on, pitch_of, room_left
from workshop.typesetting.inside.paging.paged_document import Growth, PagedDocument

GROWS, SINKS = "data-grows", "data-sinks"

# In mm: what stays free above the foot, and the room that is worth laying a page out again for.
_FREE, _LEAST = 4.0, 12.0
# A place to write becomes so much higher at most. A box alone looks like a hole in the page sooner
# than several rows or lines do.
_MOST_BOX, _MOST_BANDS, _MOST_LINES = 0.6, 1.0, 2.0
# Above what stands at the foot, more room than that would be a hole in the page, in mm.
_HOLE = 20.0
_HEIGHT = re.compile(r"(?<![\w-])height:\s*(\d+(?:\.\d+)?)mm")


def fill_pages(document: PagedDocument) -> None:
    """Make the rooms to write of a document as high as their pages allow.

    A page on which anything would go over to another one stays as it is.
    """
    on_pages = [elements_on(page) for page in document.pages]
    times = Counter(element for page in on_pages for element in page)
    for index, (page, here) in enumerate(zip(document.pages, on_pages, strict=True)):
        whole = [element for element in here if times[element] == 1]
        spaces = [element for element in whole if element.get(GROWS) is not None]
        sinking = [element for element in whole if element.get(SINKS) is not None]
        room = room_left(page) - _FREE if spaces or sinking else 0
        if room < _LEAST:
            continue
        last = last_on(page, sinking)
        places = _places(page, _outermost(spaces))
        growth, left = _growth(places, room, closed=last is not None)
        if last is not None:
            growth.sunk[last] = left
        if growth:
            document.grow(index, growth)
        # A row with more text than its height took less of the room.
        left = room_left(document.pages[index]) - _FREE
        if last is not None and left >= _LEAST:
            growth, left = _growth(_Places((), places.ruled), left, closed=True)
            growth.sunk[last] = left
            document.grow(index, growth)


@dataclass(frozen=True)
class _Ruled:
    """Holds lines to write on, and how far they are apart, in mm."""

    lines: Any
    pitch: float

    @property
    def height(self) -> float:
        return self.pitch * len(self.lines)


@dataclass(frozen=True)
class _Places:
    """Holds what grows on a page; a band is what has a height of its own."""

    bands: Sequence[list[Any]]
    ruled: Sequence[_Ruled]


def _places(page: Any, spaces: Sequence[Any]) -> _Places:
    """Find the places to write in the spaces of a page."""
    bands = [band for space in spaces for band in _bands(space)]
    ruled = [
        _Ruled(lines, pitch)
        for space in spaces
        for lines in _with_class(space, "lines")
        if (pitch := pitch_of(page, lines))
    ]
    return _Places(bands, ruled)


def _outermost(spaces: Sequence[Any]) -> list[Any]:
    inside = {inner for space in spaces for inner in space.iter() if inner is not space}
    return [space for space in spaces if space not in inside]


def _growth(places: _Places, room: float, *, closed: bool) -> tuple[Growth, float]:
    """Return how much higher places get, by `room` in all at most, and what is left of it, in mm.

    Each gets the same part of its height, as long as it may. Where the page is `closed` by
    something at its foot, they take all the room down to it.
    """
    growth, left = Growth(), room
    heights = [_height_of(band[0]) for band in places.bands]
    most_lines = inf if closed else _MOST_LINES
    most = _MOST_BANDS if len(heights) > 1 else _MOST_BOX
    if closed and not places.ruled and room - most * sum(heights) > _HOLE:
        most = inf
    bounded = [(height, most) for height in heights]
    lined = [(rows.height, most_lines) for rows in places.ruled]
    factor = _factor([*bounded, *lined], room)
    for rows in places.ruled:
        part = min(factor, most_lines)
        if more := min(int(len(rows.lines) * part + 0.5), int(left // rows.pitch)):
            growth.lines[rows.lines] = more
            left -= more * rows.pitch
    factor = min(most, _factor(bounded, left), factor)
    for band in places.bands:
        if taller := int(2 * factor * _height_of(band[0])) / 2:
            growth.heights.update({element: _height_of(element) + taller for element in band})
            left -= taller
    return growth, left


def _factor(heights: Sequence[tuple[float, float]], room: float) -> float:
    """Return by what part of itself each height grows to fill a room, none by more than its most.

    `heights` are pairs of a height and its most; where all reach it, the greatest is returned.
    """
    factor = 0.0
    for most in sorted({most for _, most in heights}):
        growing = sum(height for height, limit in heights if limit >= most)
        full = sum(height * limit for height, limit in heights if limit < most)
        factor = min(most, (room - full) / growing) if growing else factor
        if factor < most:
            break
    return factor


def _bands(space: Any) -> Iterator[list[Any]]:
    """Yield what has a height of its own in a space; what stands side by side, together."""
    rows = list(_with_class(space, "boxes"))
    side_by_side = {box for row in rows for box in row}
    for row in rows:
        yield list(row)
    for element in space.iter():
        if element not in side_by_side and element.tag in ("div", "tr") and _height_of(element):
            yield [element]


def _with_class(element: Any, name: str) -> Iterator[Any]:
    return (inner for inner in element.iter() if name in inner.get("class", "").split())


def _height_of(element: Any) -> float:
    height = _HEIGHT.search(element.get("style", ""))
    return float(height[1]) if height else 0.0
