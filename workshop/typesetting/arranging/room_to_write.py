"""Give the room that is left on a page to what is written on it.

Elements ask for it. With `data-grows`, the boxes and rows of a place to write become higher, and
its lines become more. With `data-fills`, an element that is not shown otherwise gets ruled lines,
where there is room for some below all that stands on its page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any
from xml.etree.ElementTree import SubElement

from workshop.content.vocabulary import LINE_PITCH
from workshop.typesetting.inside.page_bounds import elements_on, room_left

GROWS, FILLS = "data-grows", "data-fills"

# In mm: what stays free above the foot, and what the label of the lines takes.
_FREE, _LABEL = 4.0, 11.0
# A place to write becomes so much higher at most, and less than this is not worth it.
_MOST, _LEAST = 0.6, 4.0
_FEWEST_LINES, _MOST_LINES = 3, 14
_HEIGHT = re.compile(r"\bheight:\s*(\d+(?:\.\d+)?)mm")


def render_full(document: Any, render: Callable[[], Any]) -> Any:
    """Return `document` laid out again with its rooms to write as high as their pages allow."""
    root = _root(document)
    if root is None or not any(_asks(element) for element in root.iter()):
        return document
    order = {element: number for number, element in enumerate(root.iter())}
    parents = {child: parent for parent in root.iter() for child in parent}
    on_pages = [elements_on(page) for page in document.pages]
    times = Counter(element for page in on_pages for element in page)
    before = deepcopy(root)
    changed = False
    for page, here in zip(document.pages, on_pages, strict=True):
        room = room_left(page) - _FREE
        whole = [one for one in here if one.get(GROWS) is not None and times[one] == 1]
        used = _grow(whole, room) if room >= _LEAST else 0.0
        filling = _last_filling(root, here, order, parents)
        filled = filling is not None and _fill(filling, room - used)
        changed = changed or used > 0 or filled
    if not changed:
        return document
    full = render()
    if len(full.pages) == len(document.pages):
        return full
    root[:] = before[:]
    return document


def _root(document: Any) -> Any:
    elements = (element for page in document.pages for element in elements_on(page))
    return next((element for element in elements if element.tag == "html"), None)


def _asks(element: Any) -> bool:
    return element.get(GROWS) is not None or element.get(FILLS) is not None


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


def _last_filling(
    root: Any, here: tuple[Any, ...], order: dict[Any, int], parents: dict[Any, Any]
) -> Any | None:
    """Return the element to be filled that would stand below all else on a page, or None."""
    inside = set(here)
    last = max((order[element] for element in here if element in order), default=0)
    for element in root.iter():
        if element.get(FILLS) is not None and order[element] > last:
            siblings = list(parents[element])
            before = siblings[: siblings.index(element)]
            return element if before and before[-1] in inside else None
    return None


def _fill(element: Any, room: float) -> bool:
    lines = min(int((room - _LABEL) // LINE_PITCH), _MOST_LINES)
    if lines < _FEWEST_LINES:
        return False
    del element.attrib[FILLS]
    for _ in range(lines):
        SubElement(element, "div", {"class": "line"})
    return True
