"""Give the room that is left on a page to what is written on it.

Elements ask for it with `data-grows`: boxes and rows become higher, and lines become more.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

from workshop.content.vocabulary import LINE_PITCH
from workshop.typesetting.inside.page_bounds import elements_on, room_left

GROWS = "data-grows"

# In mm: what stays free above the foot, and the room that is worth laying a part out again for.
_FREE, _LEAST = 4.0, 12.0
# A place to write becomes so much higher at most.
_MOST = 0.6
_HEIGHT = re.compile(r"\bheight:\s*(\d+(?:\.\d+)?)mm")


def render_full(document: Any, render: Callable[[], Any]) -> Any:
    """Return `document` laid out again with its rooms to write as high as their pages allow."""
    root = _root(document)
    if root is None or not any(element.get(GROWS) is not None for element in root.iter()):
        return document
    on_pages = [elements_on(page) for page in document.pages]
    times = Counter(element for page in on_pages for element in page)
    before = deepcopy(root)
    used = 0.0
    for page, here in zip(document.pages, on_pages, strict=True):
        room = room_left(page) - _FREE
        whole = [one for one in here if one.get(GROWS) is not None and times[one] == 1]
        used += _grow(whole, room) if room >= _LEAST else 0.0
    if not used:
        return document
    full = render()
    if len(full.pages) == len(document.pages):
        return full
    root[:] = before[:]
    return document


def _root(document: Any) -> Any:
    elements = (element for page in document.pages for element in elements_on(page))
    return next((element for element in elements if element.tag == "html"), None)


def _grow(spaces: list[Any], room: float) -> float:
    """Make spaces higher, each by the same part of its height; return what that takes, in mm."""
    bands = [band for space in spaces for band in _bands(space)]
    ruled = [lines for space in spaces for lines in _with_class(space, "lines")]
    height = sum(map(_height_of, (band[0] for band in bands)))
    height += LINE_PITCH * sum(len(lines) for lines in ruled)
    if not height:
        return 0
    factor = min(room / height, _MOST)
    used = 0.0
    for lines in ruled:
        more = int(len(lines) * factor + 0.5)
        more = min(more, int((room - used) // LINE_PITCH))
        for _ in range(more):
            lines.append(deepcopy(lines[0]))
        used += more * LINE_PITCH
    factor = min(factor, (room - used) / height)
    for band in bands:
        taller = int(2 * factor * _height_of(band[0])) / 2
        for element in band:
            _set_height(element, _height_of(element) + taller)
        used += taller
    return used


def _bands(space: Any) -> Iterator[list[Any]]:
    """Yield what has a height of its own in a space; what stands side by side, together."""
    rows = list(_with_class(space, "boxes"))
    side_by_side = {box for row in rows for box in row}
    for row in rows:
        yield list(row)
    for element in space.iter():
        if element not in side_by_side and element.tag in ("div", "tr") and _has_height(element):
            yield [element]


def _with_class(element: Any, name: str) -> Iterator[Any]:
    return (one for one in element.iter() if name in one.get("class", "").split())


def _has_height(element: Any) -> bool:
    return _HEIGHT.search(element.get("style", "")) is not None


def _height_of(element: Any) -> float:
    height = _HEIGHT.search(element.get("style", ""))
    return float(height[1]) if height else 0.0


def _set_height(element: Any, height: float) -> None:
    element.set("style", _HEIGHT.sub(f"height: {height:g}mm", element.get("style", "")))
