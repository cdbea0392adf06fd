"""Give the feet of short pages to notes.

An element with `data-foot` is printed where it has room, and as high as that. It says how much room
it needs at least, in mm.
"""

from __future__ import annotations

import re
from typing import Any

from workshop.typesetting.arranging.last_sheet import take_out
from workshop.typesetting.inside.paging.page_room import elements_on, room_left
from workshop.typesetting.inside.paging.paged_document import FOOT, Growth, PagedDocument

# In mm: what stays free above and below it.
_FREE = 8.0
_NUMBER = re.compile(r"\d{1,4}(?:\.\d{1,2})?", re.ASCII)


def print_feet(tree: Any, document: PagedDocument) -> None:
    """Print the feet that have room on a document laid out of a tree, and drop the others."""
    if not document.feet:
        return
    after = {element: behind for parent in tree.iter() for element, behind in _pairs(parent)}
    for index in range(len(document.pages)):
        here = elements_on(document.pages[index])
        for foot in (element for element in here if element in document.feet):
            room = room_left(document.pages[index])
            is_last = after[foot] is None or after[foot] not in here
            if is_last and room > _FREE and room >= _least(foot):
                document.grow(index, Growth(feet={foot: room - _FREE}))
    unprinted = document.drop_feet()
    for parent in list(tree.iter()):
        for element in [child for child in parent if child in unprinted]:
            take_out(element, parent)


def _pairs(parent: Any) -> list[tuple[Any, Any | None]]:
    """Return each child of an element with the one behind it."""
    children = list(parent)
    return list(zip(children, [*children[1:], None], strict=True)) if children else []


def _least(element: Any) -> float:
    """Return the room that an element asks for, in mm."""
    asked_for = _NUMBER.fullmatch(element.get(FOOT).strip())
    return float(asked_for[0]) if asked_for else _FREE
