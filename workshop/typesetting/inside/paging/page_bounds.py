"""Tell why each page begins, and how far down style sheets keep room on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from weasyprint.formatting_structure import boxes

from workshop.typesetting.inside import POINTS

_BREAKS = frozenset({"always", "page", "left", "right", "recto", "verso"})


def run_on(pages: Sequence[Any]) -> Iterator[bool]:
    """Tell of each page box whether it begins where the page before had no more room."""
    begun: set[int] = set()
    breaks_after, name = True, None
    for page in pages:
        flow = next(child for child in page.children if not isinstance(child, boxes.MarginBox))
        # A box that goes on from the page before has made its page break there.
        new = [box for box in _chain(flow, 0) if id(box.element) not in begun]
        breaks = any(box.style["break_before"] in _BREAKS for box in new)
        page_type = page.page_type
        yield not (breaks or breaks_after or page_type.blank or page_type.name != name)
        begun.update(id(box.element) for box in flow.descendants())
        breaks_after = page_type.blank or any(
            box.style["break_after"] in _BREAKS for box in _chain(flow, -1)
        )
        name = page_type.name


def _chain(box: Any, which: int) -> Iterator[Any]:
    """Yield a box, its first or last child in the flow, that one's, and so on."""
    while box is not None:
        yield box
        flowing = [child for child in getattr(box, "children", ()) if child.is_in_normal_flow()]
        box = flowing[which] if flowing else None


def kept_room(pages: Sequence[Any]) -> Iterator[float]:
    """Yield for each page box where the lowest block with a height of its own ends, or 0.

    In points from the upper edge of the paper. A block that is parted between pages keeps no room:
    its height says nothing about one of them.
    """
    blocks = [[box for child in page.children for box in _blocks(child)] for page in pages]
    on_pages = Counter(element for page in blocks for element in {id(box.element) for box in page})
    for page in blocks:
        ends = (
            box.border_box_y() + box.border_height()
            for box in page
            if on_pages[id(box.element)] == 1
        )
        yield max(ends, default=0) * POINTS


def _blocks(box: Any) -> Iterator[Any]:
    """Yield the boxes in the flow, from this one on, that CSS gives a height."""
    if isinstance(box, boxes.MarginBox) or not box.is_in_normal_flow():
        return
    least = box.style["min_height"]
    if box.style["height"] != "auto" or getattr(least, "value", 0):
        yield box
    for child in getattr(box, "children", ()):
        yield from _blocks(child)
