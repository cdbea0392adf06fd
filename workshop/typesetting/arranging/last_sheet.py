"""Fill the last folded sheet of a book with pages that are printed only where it needs them.

An element with `SPARE` holds two pages: a back cover that follows stands on a left-hand page in any
case, so that two are missing or none.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

SPARE = "data-fills-sheet"


def render_filled(tree: Any, render: Callable[[], Any], is_full: Callable[[Any], bool]) -> Any:
    """Return the document that `render` lays out of a tree, with its spare pages if it needs them.

    `is_full` tells of a document whether it fills its last sheet without them.
    """
    spare = [
        (parent, index, element)
        for parent in tree.iter()
        for index, element in enumerate(parent)
        if element.get(SPARE) is not None
    ]
    for parent, _, element in spare:
        take_out(element, parent)
    document = render()
    if not spare or is_full(document):
        return document
    for parent, index, element in spare:
        parent.insert(index, element)
    return render()


def take_out(element: Any, parent: Any) -> None:
    """Take an element out of a tree, and leave the text that follows it."""
    index = list(parent).index(element)
    holder, place = (parent[index - 1], "tail") if index else (parent, "text")
    setattr(holder, place, (getattr(holder, place) or "") + (element.tail or ""))
    element.tail = None
    parent.remove(element)
