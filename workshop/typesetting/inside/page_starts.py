"""Tell why each page begins: at a page break, or for want of room on the page before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from weasyprint.formatting_structure import boxes

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
