"""Put what is longer than a page where it is seen at once: on an opening, or on sheets in a row.

An element asks for one of these ways with `IF_LONG`. What goes over to another page is then moved,
for the next page of a front, the recto, is its back, the verso.

`opening`: the element begins on the next verso. What there is to write on in it begins on the recto
beside it, as long as this takes no further page and leaves no large part of the verso empty.

`sheets`: what begins on the back begins on the front of the next sheet instead.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from workshop.typesetting.inside.paging.page_room import elements_on, room_left, side_of

IF_LONG = "data-if-long"
# In mm: more room than this below the text of a verso looks forgotten.
_EMPTY = 70.0
_VERSO, _RECTO, _NEXT = (f"break-before: {side} !important" for side in ("verso", "recto", "page"))


@dataclass(frozen=True)
class _Long:
    """Holds an element that goes over from one page to the next, with these two and their side."""

    element: Any
    side: str
    first: tuple[Any, ...]
    second: tuple[Any, ...]


def render_openings(document: Any, render: Callable[[], Any]) -> Any:
    """Return `document` laid out again with what is long on openings or on sheets.

    Each element that is moved takes a layout or two; what follows it is looked at in the new one.
    """
    while long := _first_long(document):
        way = _on_sheets if long.element.attrib.pop(IF_LONG) == "sheets" else _on_opening
        document = way(document, long, render)
    return document


def _on_opening(document: Any, long: _Long, render: Callable[[], Any]) -> Any:
    if long.side == "recto":
        _restyle(long.element, f"{_VERSO}; margin-top: 0 !important")
        document = render()
    spaces = (div for div in long.element.iter("div") if "space" in div.get("class", "").split())
    space = next(spaces, None)
    if space is None:
        return document
    style = space.get("style", "")
    _restyle(space, _NEXT)
    moved = render()
    if _pages_of(long.element, moved) == _pages_of(long.element, document) and not (
        _is_with_first(long.element, space, document) and _first_room(long.element, moved) > _EMPTY
    ):
        return moved
    space.set("style", style)
    return document


def _is_with_first(element: Any, space: Any, document: Any) -> bool:
    """Tell whether a space stands on the first page of the element that it is in."""
    first = next(page for page in document.pages if element in elements_on(page))
    return space in elements_on(first)


def _first_room(element: Any, document: Any) -> float:
    """Return the room that is left on the first page of an element, in mm."""
    return room_left(next(page for page in document.pages if element in elements_on(page)))


def _pages_of(element: Any, document: Any) -> int:
    return sum(element in elements_on(page) for page in document.pages)


def _on_sheets(document: Any, long: _Long, render: Callable[[], Any]) -> Any:
    inside = set(long.element.iter())
    parts = [element for element in long.second if element in inside]
    # The outermost that is new on the second page; or what is broken in two, as a whole.
    begun = set(long.first)
    new = next((element for element in parts if element not in begun), None)
    if new is None or long.side == "verso":
        return document
    _restyle(new, _RECTO)
    return render()


def _first_long(document: Any) -> _Long | None:
    """Return the first element with `IF_LONG` that goes over to another page, or None."""
    before: tuple[Any, ...] = ()
    side = ""
    for page in document.pages:
        here = elements_on(page)
        for element in here:
            if element.get(IF_LONG) is not None and element in before:
                return _Long(element, side, before, here)
        before, side = here, side_of(page)
    return None


def _restyle(element: Any, declaration: str) -> None:
    element.set("style", f"{element.get('style', '')}; {declaration}".lstrip("; "))
