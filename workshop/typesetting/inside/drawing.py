"""Pages as they are drawn, and the PDF just before it is written: links, ids, headings, tags."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote

import pydyf

from workshop.typesetting.inside import POINTS
from workshop.typesetting.inside.drawn_slots import SLOT
from workshop.typesetting.laid_out import Anchor, Bookmark

LINK = "part:"
_CHARACTER_MAP = b"/CIDInit /ProcSet findresource begin"
# Word joiner: takes no room, may stand anywhere, and searching passes it over.
_NOTHING, _UNSEEN = re.compile(rb"(?<=> )<(?:feff)?>$"), b"<2060>"


def paint_in_turn(document: Any, *followers: Any) -> None:
    """Let followers know, by their `page`, which page is being drawn."""

    def in_turn(number: int, paint: Any) -> Any:
        def painting(*arguments: Any) -> None:
            for follower in followers:
                follower.page = number
            paint(*arguments)

        return painting

    for number, page in enumerate(document.pages):
        page.paint = in_turn(number, page.paint)


def mark_links(html: Any) -> None:
    """Write links to ids in a form that is not looked for in this part alone."""
    for link in html.iter("a"):
        target = link.get("href", "")
        if target.startswith("#") and len(target) > 1:
            link.set("href", LINK + target[1:])


def leave_links_to_their_elements(document: Any) -> None:
    """Take away the link that a slot inside a link gets for itself: it would be the same again."""
    for page in document.pages:
        page.links = [link for link in page.links if not _is_slot(link[3])]


def _is_slot(box: Any) -> bool:
    return box.element is not None and box.element.get("src", "").startswith(SLOT)


def finish(pdf: Any, prefix: str) -> None:
    """Mend what WeasyPrint does not write, or not rightly; `prefix` sets this part's ids apart."""
    for one in pdf.objects:
        if isinstance(one, pydyf.Stream):
            _map_every_glyph(one)
        elif isinstance(one, dict):
            _tag_slot(one)
            _link_by_name(one)
            _set_ids_apart(one, prefix)


def anchors(document: Any) -> tuple[Anchor, ...]:
    """Return the ids in a document, each where it stands first."""
    found: dict[str, Anchor] = {}
    for number, page in enumerate(document.pages):
        for name, (x, y, *_) in page.anchors.items():
            found.setdefault(name, Anchor(name, number, *_place(page, x, y)))
    return tuple(found.values())


def bookmarks(document: Any) -> tuple[Bookmark, ...]:
    """Return the headings of a document that its outline is made of."""
    return tuple(
        Bookmark(level, label, number, *_place(page, x, y), state == "open")
        for number, page in enumerate(document.pages)
        for level, label, (x, y), state in page.bookmarks
    )


def _place(page: Any, x: float, y: float) -> tuple[float, float]:
    return round(x * POINTS, 3), round((page.height - y) * POINTS, 3)


def _map_every_glyph(stream: Any) -> None:
    # Where one letter is drawn by several glyphs, as in Devanagari, WeasyPrint 70 maps one of them
    # to the letter and the others to nothing: ISO 14289-1, 7.21.7 asks for a character. So it does
    # where a font is there as a whole, for fields, and has a glyph for the byte order mark.
    if stream.stream[:1] == [_CHARACTER_MAP]:
        stream.stream = [_NOTHING.sub(_UNSEEN, line) for line in stream.stream]


def _tag_slot(element: Any) -> None:
    # A slot is laid out as a picture and read as the text it is filled with.
    alternative = element.get("Alt")
    if isinstance(alternative, pydyf.String) and alternative.string.startswith(SLOT):
        element["S"] = "/Span"
        del element["Alt"], element["A"]


def _link_by_name(annotation: Any) -> None:
    action = annotation.get("A")
    if isinstance(action, dict) and isinstance(action.get("URI"), pydyf.String):
        target = action["URI"].string
        if target.startswith(LINK):
            del annotation["A"]
            # An address is written with percent signs, an id is not.
            name = unquote(target.removeprefix(LINK))
            annotation["Dest"] = annotation["Contents"] = pydyf.String(name)


def _set_ids_apart(element: Any, prefix: str) -> None:
    # Cells name their headers by ids, which are made from object numbers and must be unique.
    if element.get("Type") != "/StructElem":
        return
    if "ID" in element:
        element["ID"] = pydyf.String(f"{prefix}-{element['ID'].string}")
    attributes = element.get("A")
    if isinstance(attributes, dict) and "Headers" in attributes:
        attributes["Headers"] = pydyf.Array(
            pydyf.String(f"{prefix}-{one.string}") for one in attributes["Headers"]
        )
