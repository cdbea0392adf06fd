"""Tell how far down on each page style sheets keep room, by the height they give to a block."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from weasyprint.formatting_structure import boxes

from workshop.typesetting.inside import POINTS


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
