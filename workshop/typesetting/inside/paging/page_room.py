"""Tell which elements stand on a laid-out page, and whether there is room for them and more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

from weasyprint.formatting_structure import boxes

from workshop.typesetting.inside import POINTS

_POINTS_IN_MM = 72 / 25.4
# In CSS pixels.
_ROUNDING = 0.1
_HEAD = 20


def side_of(page: Any) -> str:
    """Return the side of a leaf that a page is, "recto" or "verso".

    What is read from right to left is bound on the right: its front is the left-hand page.
    """
    from_left = _flow(page).style["direction"] == "ltr"
    return "recto" if (page._page_box.page_type.side == "right") == from_left else "verso"


def elements_on(page: Any) -> tuple[Any, ...]:
    """Return the elements that have boxes on a page, each once, in the order of the text."""
    elements = (getattr(box, "element", None) for box in page._page_box.descendants())
    return tuple(dict.fromkeys(element for element in elements if element is not None))


def pitch_of(page: Any, elements: Iterable[Any]) -> float:
    """Return how far elements one below the other are apart, in mm; 0 if none is on the page."""
    wanted = set(elements)
    rows: dict[Any, Any] = {}
    for box in page._page_box.descendants():
        if isinstance(box, boxes.BlockLevelBox) and box.element in wanted:
            rows.setdefault(box.element, box)
    tops = [box.border_box_y() for box in rows.values()]
    # In columns, what comes next may stand higher.
    steps = [lower - upper for upper, lower in pairwise(tops) if lower > upper]
    alone = (box.margin_height() for box in rows.values())
    return _in_mm(max(steps, default=next(alone, 0)))


def room_left(page: Any) -> float:
    """Return how much of a page is free below all that stands on it, in mm.

    What lies behind or over the text, such as an ornament, does not count.
    """
    box = page._page_box
    lowest = max((_end(child) for child in _standing(_flow(page))), default=box.content_box_y())
    footnotes = (
        child.position_y
        for child in box.children
        if isinstance(child, boxes.FootnoteAreaBox) and child.children
    )
    foot = min(footnotes, default=box.content_box_y() + box.height)
    return _in_mm(foot - lowest)


def last_on(page: Any, elements: Iterable[Any]) -> Any | None:
    """Return which of some elements ends a page that does not begin with it; None if none does."""
    wanted = set(elements)
    head = page._page_box.content_box_y()
    lowest = max((_end(child) for child in _standing(_flow(page))), default=0.0)
    for box in page._page_box.descendants():
        asked_for = isinstance(box, boxes.BlockLevelBox) and box.element in wanted
        if asked_for and abs(_end(box) - lowest) < 1 and box.border_box_y() - head > _HEAD:
            return box.element
    return None


def _flow(page: Any) -> Any:
    children = page._page_box.children
    return next(child for child in children if not isinstance(child, boxes.MarginBox))


def with_too_long_lines(page: Any) -> Iterator[Any]:
    """Yield the elements on a page that have a line with more than they are wide."""
    for box in page._page_box.descendants():
        for line in getattr(box, "children", ()):
            if isinstance(line, boxes.LineBox) and _length_of(line) > box.width + _ROUNDING:
                yield box.element


def _length_of(line: Any) -> float:
    words = [child for child in line.children if child.is_in_normal_flow()]
    ends = (child.position_x + child.margin_width() for child in words)
    return float(max(ends, default=0) - min((child.position_x for child in words), default=0))


def _in_mm(pixels: float) -> float:
    return float(pixels * POINTS / _POINTS_IN_MM)


def _end(box: Any) -> float:
    if isinstance(box, boxes.LineBox):
        return float(box.position_y + box.height)
    return float(box.border_box_y() + box.border_height())


def _standing(box: Any) -> Iterator[Any]:
    """Yield the boxes in the text that have a line of text, a height, a border or a tint."""
    if box.is_floated():
        yield box
    if not box.is_in_normal_flow():
        return
    if isinstance(box, boxes.LineBox | boxes.ReplacedBox):
        yield box
        # A float may stand among the words.
        yield from (inner for inner in box.descendants() if inner.is_floated())
        return
    if isinstance(box, boxes.BlockBox | boxes.TableCellBox | boxes.FlexContainerBox) and (
        box.style["height"] != "auto"
        or getattr(box.style["min_height"], "value", 0)
        or box.border_bottom_width
        or box.style["background_color"].alpha
    ):
        yield box
    for child in getattr(box, "children", ()):
        yield from _standing(child)
