"""Give the room that is left on a page to what is written on it.

Elements ask for it with `data-grows`: boxes and rows become higher, and lines become more.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from workshop.typesetting.inside.page_room import elements_on, pitch_of, room_left

GROWS = "data-grows"

# In mm: what stays free above the foot, and the room that is worth laying a part out again for.
_FREE, _LEAST = 4.0, 12.0
# A place to write becomes so much higher at most.
_MOST = 0.6
_HEIGHT = re.compile(r"(?<![\w-])height:\s*(\d+(?:\.\d+)?)mm")


def render_full(document: Any, render: Callable[[], Any]) -> Any:
    """Return `document` laid out again with its rooms to write as high as their pages allow.

    Where anything would go over to another page, all stay as high as they were. The elements are
    the same ones in any case: boxes and styles refer to them.
    """
    on_pages = [elements_on(page) for page in document.pages]
    times = Counter(element for page in on_pages for element in page)
    growth = _Growth()
    for page, here in zip(document.pages, on_pages, strict=True):
        whole = [space for space in here if space.get(GROWS) is not None and times[space] == 1]
        if whole and (room := room_left(page) - _FREE) >= _LEAST:
            _grow(page, _outermost(whole), room, growth)
    if not growth.heights and not growth.lines:
        return document
    full = render()
    added = {line for _, line in growth.lines}
    if [set(elements_on(page)) - added for page in full.pages] == list(map(set, on_pages)):
        return full
    growth.take_back()
    return render()


@dataclass
class _Growth:
    """Remembers elements that became higher, with their styles before, and lines that were added.

    Each line comes with the element that it was added to.
    """

    heights: list[tuple[Any, str]] = field(default_factory=list)
    lines: list[tuple[Any, Any]] = field(default_factory=list)

    def take_back(self) -> None:
        for element, style in self.heights:
            element.set("style", style)
        for lines, line in self.lines:
            lines.remove(line)


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


def _grow(page: Any, spaces: Sequence[Any], room: float, growth: _Growth) -> None:
    """Make spaces higher, each by the same part of its height, by no more than `room` in all."""
    bands = [band for space in spaces for band in _bands(space)]
    ruled = [
        _Ruled(lines, pitch)
        for space in spaces
        for lines in _with_class(space, "lines")
        if (pitch := pitch_of(page, lines))
    ]
    height = sum(_height_of(band[0]) for band in bands) + sum(rows.height for rows in ruled)
    if not height:
        return
    factor = min(room / height, _MOST)
    used = 0.0
    for rows in ruled:
        used += _add_lines(rows, factor, room - used, growth)
    factor = min(factor, (room - used) / height)
    for band in bands:
        taller = int(2 * factor * _height_of(band[0])) / 2
        for element in band if taller else ():
            style = element.get("style", "")
            growth.heights.append((element, style))
            new = f"height: {_height_of(element) + taller:g}mm"
            element.set("style", _HEIGHT.sub(new, style))


def _add_lines(rows: _Ruled, factor: float, room: float, growth: _Growth) -> float:
    """Add lines to others, as far as there is room; return what they take, in mm."""
    more = min(int(len(rows.lines) * factor + 0.5), int(room // rows.pitch))
    for _ in range(more):
        line = deepcopy(rows.lines[0])
        rows.lines.append(line)
        growth.lines.append((rows.lines, line))
    return more * rows.pitch


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
