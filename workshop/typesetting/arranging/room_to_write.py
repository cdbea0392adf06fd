"""Give the room that is left on a page to what is written on it.

Elements ask for it with `data-grows`: boxes and rows become higher, and lines become more.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from workshop.typesetting.inside.paging.page_room import elements_on, pitch_of, room_left
from workshop.typesetting.inside.paging.paged_document import Growth, PagedDocument

GROWS = "data-grows"

# In mm: what stays free above the foot, and the room that is worth laying a page out again for.
_FREE, _LEAST = 4.0, 12.0
# A place to write becomes so much higher at most.
_MOST = 0.6
_HEIGHT = re.compile(r"(?<![\w-])height:\s*(\d+(?:\.\d+)?)mm")


def fill_pages(document: PagedDocument) -> None:
    """Make the rooms to write of a document as high as their pages allow.

    A page on which anything would go over to another one stays as it is.
    """
    on_pages = [elements_on(page) for page in document.pages]
    times = Counter(element for page in on_pages for element in page)
    for index, (page, here) in enumerate(zip(document.pages, on_pages, strict=True)):
        whole = [space for space in here if space.get(GROWS) is not None and times[space] == 1]
        room = room_left(page) - _FREE if whole else 0
        if room >= _LEAST and (growth := _growth(page, _outermost(whole), room)):
            document.grow(index, growth)


@dataclass(frozen=True)
class _Ruled:
    """Holds lines to write on, and how far they are apart, in mm."""

    lines: Any
    pitch: float

    @property
    def height(self) -> float:
        return self.pitch * len(self.lines)


def _outermost(spaces: Sequence[Any]) -> list[Any]:
    inside = {inner for space in spaces for inner in space.iter() if inner is not space}
    return [space for space in spaces if space not in inside]


def _growth(page: Any, spaces: Sequence[Any], room: float) -> Growth:
    """Return how much higher spaces get: each by the same part of its height, and by `room` in all.

    Both in mm.
    """
    growth = Growth()
    bands = [band for space in spaces for band in _bands(space)]
    ruled = [
        _Ruled(lines, pitch)
        for space in spaces
        for lines in _with_class(space, "lines")
        if (pitch := pitch_of(page, lines))
    ]
    height = sum(_height_of(band[0]) for band in bands) + sum(rows.height for rows in ruled)
    if not height:
        return growth
    factor = min(room / height, _MOST)
    left = room
    for rows in ruled:
        if more := min(int(len(rows.lines) * factor + 0.5), int(left // rows.pitch)):
            growth.lines[rows.lines] = more
            left -= more * rows.pitch
    factor = min(factor, left / height)
    for band in bands:
        if taller := int(2 * factor * _height_of(band[0])) / 2:
            growth.heights.update({element: _height_of(element) + taller for element in band})
    return growth


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
