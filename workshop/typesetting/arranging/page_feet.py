"""Give the feet of short pages to notes.

An element is printed where it has room, and as high as that. It asks for this with `FOOT`,
which says how much room it needs at least, in mm.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from workshop.typesetting.arranging.last_sheet import take_out
from workshop.typesetting.inside.paging.page_room import elements_on, room_left

FOOT = "data-foot"
# In mm: what stays free above and below it.
_FREE = 8.0
_NUMBER = re.compile(r"\d{1,4}(?:\.\d{1,2})?", re.ASCII)


@dataclass(frozen=True)
class _Foot:
    """Holds an element that may be printed, and what it stands in and behind."""

    element: Any
    parent: Any
    before: Any


def render_with_feet(tree: Any, render: Callable[[], Any]) -> Any:
    """Return the document that `render` lays out of a tree, with all that has room on it."""
    feet = list(_taken_out(tree))
    document = render()
    printed = False
    for foot in feet:
        room = _room_behind(foot, document)
        if room > _FREE and room >= _least(foot.element):
            foot.element.set("style", f"height: {room - _FREE:.1f}mm")
            foot.parent.insert(list(foot.parent).index(foot.before) + 1, foot.element)
            printed = True
    return render() if printed else document


def _taken_out(tree: Any) -> Iterator[_Foot]:
    for parent in list(tree.iter()):
        before = None
        for element in list(parent):
            if element.get(FOOT) is None:
                before = element
            elif before is not None:
                take_out(element, parent)
                yield _Foot(element, parent, before)


def _least(element: Any) -> float:
    """Return the room that an element asks for, in mm."""
    asked_for = _NUMBER.fullmatch(element.get(FOOT).strip())
    return float(asked_for[0]) if asked_for else _FREE


def _room_behind(foot: _Foot, document: Any) -> float:
    """Return the room below what stands before a foot, in mm; 0 if anything else is below it."""
    siblings = list(foot.parent)
    behind = siblings[siblings.index(foot.before) + 1 :]
    pages = [page for page in document.pages if foot.before in elements_on(page)]
    if not pages or (behind and behind[0] in elements_on(pages[-1])):
        return 0
    return room_left(pages[-1])
