"""Note what is cut or torn out of a page, and what the page is the back of."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from workshop.typesetting.laid_out import Leaf

# The attributes of what is cut or torn out, and of what is printed on its back: its name.
_CUT, _BACK = "data-cut", "data-back"


def leaf_with(element: Any, leaf: Leaf, ids: tuple[str, ...]) -> Leaf:
    """Add to the leaf of a page what an element on it says; `ids` stand around the element."""
    cut, back = element.get(_CUT), element.get(_BACK)
    if cut is not None and cut not in leaf.cut:
        leaf = replace(leaf, cut=(*leaf.cut, cut), ids=leaf.ids or ids)
    if back is not None and back not in leaf.backs:
        leaf = replace(leaf, backs=(*leaf.backs, back))
    return leaf
