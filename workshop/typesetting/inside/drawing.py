"""Change links, ids, headings and tags of a document while it is drawn and written as a PDF."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, unquote

import pydyf
from weasyprint.matrix import Matrix

from workshop.typesetting.inside import POINTS
from workshop.typesetting.laid_out import Anchor, Bookmark
from workshop.typesetting.pages import SLOT

LINK = "part:"
_POINT = 1e-4
# In letters; a link’s words are read out.
_LONGEST_DESCRIPTION = 200
_CHARACTER_MAP = b"/CIDInit /ProcSet findresource begin"
# Glyphs without a character get a word joiner: it takes no room and does not disturb a search.
_NO_NUMBER = re.compile(rb"(?<!\S)-?(?:nan|inf)(?!\S)")
_NOTHING, _UNSEEN = re.compile(rb"(?<=> )<(?:feff)?>$"), b"<2060>"


def paint_in_turn(document: Any, *followers: Any) -> None:
    """Set `page` of all followers to the number of each page while that page is drawn."""

    def in_turn(number: int, paint: Any) -> Any:
        def painting(*arguments: Any) -> None:
            for follower in followers:
                follower.page = number
            paint(*arguments)

        return painting

    for number, page in enumerate(document.pages):
        page.paint = in_turn(number, page.paint)


def mark_links(html: Any) -> None:
    """Write links to ids in a form that WeasyPrint does not look up in this part alone.

    With each go the words by which somebody hears where it leads.
    """
    parents = {child: parent for parent in html.iter() for child in parent}
    for link in html.iter("a"):
        target = link.get("href", "")
        if target.startswith("#") and len(target) > 1:
            words = quote(_words_of(link, parents), safe="")
            link.set("href", f"{LINK}{quote(target[1:], safe='')}?{words}")


def _words_of(link: Any, parents: Mapping[Any, Any]) -> str:
    """Return a link's words; of one around a page number, those of the line it stands in."""
    place = link
    while place is not None and place.tag not in ("section", "body"):
        if words := " ".join("".join(place.itertext()).split()):
            return words[:_LONGEST_DESCRIPTION]
        place = parents.get(place)
    return ""


def draw_at_every_scale(document: Any) -> None:
    """Draw what is scaled to nothing as small as a point.

    WeasyPrint 70 leaves it out, and then fails because its words have no place in the tags.
    """
    for page in document.pages:
        waiting = [page._page_box]
        while waiting:
            box = waiting.pop()
            waiting += getattr(box, "children", ())
            matrix = box.transformation_matrix
            if matrix and not matrix.determinant:
                place = Matrix(e=box.border_box_x(), f=box.border_box_y())
                box.transformation_matrix = Matrix(a=_POINT, d=_POINT) @ place


def leave_links_to_their_elements(document: Any) -> None:
    """Remove the second link that a slot inside a link gets from WeasyPrint."""
    for page in document.pages:
        page.links = [link for link in page.links if not _is_slot(link[3])]


def _is_slot(box: Any) -> bool:
    return box.element is not None and box.element.get("src", "").startswith(SLOT)


def finish(pdf: Any, prefix: str) -> bool:
    """Correct what WeasyPrint writes; `prefix` makes the ids of this part unique in a document.

    Return whether a number was none, and 0 was written in its place: no viewer reads on behind one.
    """
    had_no_numbers = False
    for entry in pdf.objects:
        if isinstance(entry, pydyf.Stream):
            _map_every_glyph(entry)
            had_no_numbers |= _write_numbers(entry)
        elif isinstance(entry, dict):
            _tag_slot(entry)
            _link_by_name(entry)
            _make_ids_unique(entry, prefix)
    return had_no_numbers


def anchors(document: Any) -> tuple[Anchor, ...]:
    """Return the ids in a document, each with its first place."""
    by_name: dict[str, Anchor] = {}
    for number, page in enumerate(document.pages):
        for name, (x, y, *_) in page.anchors.items():
            by_name.setdefault(name, Anchor(name, number, *_place(page, x, y)))
    return tuple(by_name.values())


def bookmarks(document: Any) -> tuple[Bookmark, ...]:
    """Return the headings that belong into the outline of a document, with spaces as typed."""
    return tuple(
        Bookmark(
            level,
            label.replace("\N{NO-BREAK SPACE}", " "),
            number,
            *_place(page, x, y),
            state == "open",
        )
        for number, page in enumerate(document.pages)
        for level, label, (x, y), state in page.bookmarks
    )


def _place(page: Any, x: float, y: float) -> tuple[float, float]:
    return round(x * POINTS, 3), round((page.height - y) * POINTS, 3)


def _map_every_glyph(stream: Any) -> None:
    # Where several glyphs draw one letter, as in Devanagari, WeasyPrint 70 maps one of them to the
    # letter and the rest to nothing; ISO 14289-1, 7.21.7 asks for a character. It also maps the
    # glyph of the byte order mark to nothing, in fonts that are embedded whole for form fields.
    if stream.stream[:1] == [_CHARACTER_MAP]:
        stream.stream = [_NOTHING.sub(_UNSEEN, line) for line in stream.stream]


def _write_numbers(stream: Any) -> bool:
    """Write 0 in the place of what is no finite number, among the steps of a content stream."""
    if stream.extra.get("Subtype") == "/Image" or "Length1" in stream.extra:
        return False
    written = [
        _NO_NUMBER.sub(b"0", step)
        if isinstance(step, bytes) and (b"nan" in step or b"inf" in step)
        else step
        for step in stream.stream
    ]
    is_changed = bool(written != stream.stream)
    stream.stream = written
    return is_changed


def _tag_slot(element: Any) -> None:
    # A slot is laid out as a picture, but will be read as text.
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
            # Addresses are percent-encoded, ids are not.
            name, _, words = target.removeprefix(LINK).partition("?")
            annotation["Dest"] = pydyf.String(unquote(name))
            annotation["Contents"] = pydyf.String(unquote(words) or unquote(name))


def _make_ids_unique(element: Any, prefix: str) -> None:
    # Table cells name their headers by ids. WeasyPrint makes these from object numbers, which are
    # the same in several parts of a document.
    if element.get("Type") != "/StructElem":
        return
    if "ID" in element:
        element["ID"] = pydyf.String(f"{prefix}-{element['ID'].string}")
    attributes = element.get("A")
    if isinstance(attributes, dict) and "Headers" in attributes:
        attributes["Headers"] = pydyf.Array(
            pydyf.String(f"{prefix}-{header.string}") for header in attributes["Headers"]
        )
