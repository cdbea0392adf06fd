"""Turn stand-ins for a client's colours into numbers of a table, which assembly writes.

Each becomes an index into one /Indexed colour space (ISO 32000-1, 8.6.6.3), so that a document has
its colours in one place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import astuple
from typing import Any

import pydyf
from tinycss2.color5 import parse_color
from weasyprint.draw.color import get_color
from weasyprint.images import Gradient

from workshop.composing.pages.late_colours import STAND_INS, prints_stand_in, table_of
from workshop.tailoring.look.brand import default_palette
from workshop.typesetting.inside.written import as_written
from workshop.typesetting.laid_out import LOOK

# Borders that are drawn in two shades, which WeasyPrint computes.
_SHADED = frozenset(("inset", "outset", "ridge", "groove"))
_READ_OUT = ("alt", "title", "aria-label", "aria-description")
_DEFAULT = default_palette()
_LINES = ("border_top", "border_right", "border_bottom", "border_left", "column_rule", "outline")

_STAND_INS = tuple(
    tuple(channel / 255 for channel in bytes.fromhex(colour[1:])) for colour in astuple(STAND_INS)
)
_LIKE_THE_BRAND = [
    _STAND_INS[astuple(STAND_INS).index(colour)]
    for colour in (STAND_INS.accent, STAND_INS.accent_text, STAND_INS.on_accent, STAND_INS.rule)
]
_AS_WRITTEN = tuple(b" ".join(map(as_written, rgb)) for rgb in _STAND_INS)
# Until a copy is stamped, its colours are the stand-ins.
_TABLE = b"<%b>" % table_of(STAND_INS).hex().encode()
_SPACE = ("/Indexed", "/DeviceRGB", len(_STAND_INS) - 1, _TABLE)
# By each step that draws in a stand-in, the step that looks the colour up.
_STEPS = {
    b"%b %b" % (written, rgb): b"/%b %b %d %b" % (LOOK.encode(), space, number, index)
    for number, written in enumerate(_AS_WRITTEN)
    for rgb, space, index in ((b"rg", b"cs", b"sc"), (b"RG", b"CS", b"SC"))
}


def is_stand_in(colour: Any) -> bool:
    """Tell whether a computed colour is one of the stand-ins."""
    return colour.space == "srgb" and tuple(colour.coordinates) in _STAND_INS


def differ_by_look(colour: Any, other: Any) -> bool:
    """Tell whether two colours may be alike for one client, and for another not.

    So may a colour that a style sheet has and one that is as light or dark as the brand. Of tints
    and of white paper all brands can be told, and inks are dark for all clients.
    """
    if is_stand_in(colour) == is_stand_in(other):
        return False
    late, literal = (colour, other) if is_stand_in(colour) else (other, colour)
    if not literal.alpha or (literal.space, *literal.coordinates) == ("srgb", 1, 1, 1):
        return False
    return tuple(late.coordinates) in _LIKE_THE_BRAND


def as_default(colour: Any) -> Any:
    """Return the default palette's colour for a stand-in, and any other colour as it is.

    In the default palette, as in most, accents for fills and for texts are the same.
    """
    if not is_stand_in(colour):
        return colour
    return parse_color(astuple(_DEFAULT)[_STAND_INS.index(tuple(colour.coordinates))])


def look_up(steps: list[Any]) -> list[Any]:
    """Return the steps of a content stream with all stand-ins looked up in the table."""
    return [_STEPS.get(step, step) if isinstance(step, bytes) else step for step in steps]


def bind_later(document: Any, pdf: Any) -> bool:
    """Have all colours looked up; return whether some are there that cannot be.

    Those are colours of gradients and of form fields, and shades that are computed from others.
    """
    for entry in pdf.objects:
        if isinstance(entry, pydyf.Stream):
            entry.stream = look_up(entry.stream)
        elif isinstance(entry, dict) and "lab-d50" in entry:
            # The one dictionary of colour spaces that pages, patterns and groups all refer to.
            entry[LOOK] = pydyf.Array(_SPACE)
    return _has_mixed_colours(document) or any(map(_names_stand_in, _dictionaries(pdf)))


def is_told(tree: Any, texts: Iterable[str]) -> bool:
    """Tell whether a stand-in’s digits are told, in the texts of pages or in what is read out."""
    elements = [element for element in tree.iter() if isinstance(element.tag, str)]
    read_out = (element.get(name, "") for element in elements for name in _READ_OUT)
    titles = (element.text or "" for element in elements if element.tag.endswith("title"))
    return any(map(prints_stand_in, (*texts, *read_out, *titles)))


def _dictionaries(pdf: Any) -> Iterator[Any]:
    """Yield what may hold colours outside of content streams."""
    for entry in pdf.objects:
        if isinstance(entry, pydyf.Stream):
            yield entry.extra
        elif isinstance(entry, dict) and entry.get("Type") != "/StructElem":
            yield entry


def _names_stand_in(dictionary: Any) -> bool:
    data = as_written(dictionary)
    return any(written in data for written in _AS_WRITTEN)


def _has_mixed_colours(document: Any) -> bool:
    """Tell whether colours are computed of stand-ins: for shaded borders, or for gradients.

    A gradient of no length is drawn in one colour, the average of all of its own.
    """
    waiting = [page._page_box for page in document.pages]
    while waiting:
        box = waiting.pop()
        waiting += getattr(box, "children", ())
        shaded = (line for line in _LINES if box.style[f"{line}_style"] in _SHADED)
        if any(is_stand_in(get_color(box.style, f"{line}_color")) for line in shaded):
            return True
        if any(map(_mixes_stand_ins, _images_of(box))):
            return True
    return False


def _images_of(box: Any) -> Iterator[Any]:
    for name in ("replacement", "border_image", "mask_border_image"):
        yield getattr(box, name, None)
    for name in ("background", "canvas_background"):
        background = getattr(box, name, None)
        yield from (layer.image for layer in (background.layers if background else ()))


def _mixes_stand_ins(image: Any) -> bool:
    if not isinstance(image, Gradient):
        return False
    return len(set(map(str, image.colors))) > 1 and any(map(is_stand_in, image.colors))
