"""What is known of the insides of WeasyPrint 70 and pydyf: here and in `boxes`, nowhere else.

How a picture is drawn and named, what the PDF is made of just before it is written, which glyphs
were taken from which font, where a laid-out element is found again.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import parse_qs, unquote, urlsplit

import pydyf
import uharfbuzz as harfbuzz
from weasyprint.draw import draw_inline_level, draw_stacking_context
from weasyprint.formatting_structure.boxes import LineBox
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.pdf.stream import Stream
from weasyprint.stacking import StackingContext
from weasyprint.text.fonts import get_hb_object_data

from workshop.typesetting.laid_out import (
    IN_TEXT,
    Anchor,
    Bookmark,
    FontUse,
    Glyph,
    Slot,
    SlotBox,
)

# The slot whose text is decided by the page it stands on.
PAGE = "page"
SLOT = "slot:"
LINK = "part:"
# CSS pixels to points.
_POINTS = 0.75

_CHARACTER_MAP = b"/CIDInit /ProcSet findresource begin"
# Word joiner: takes no room, may stand anywhere, and searching passes it over.
_NOTHING, _UNSEEN = re.compile(rb"(?<=> )<(?:feff)?>$"), b"<2060>"

# What makes a text look as it does, of what CSS inherits.
_TEXT_PROPERTIES = (
    "color", "direction", "font_family", "font_feature_settings", "font_kerning",
    "font_language_override", "font_size", "font_stretch", "font_style", "font_variant_alternates",
    "font_variant_caps", "font_variant_east_asian", "font_variant_ligatures",
    "font_variant_numeric", "font_variant_position", "font_variation_settings", "font_weight",
    "hyphens", "letter_spacing", "line_height", "overflow_wrap", "text_align_all",
    "text_align_last", "text_transform", "white_space", "word_break", "word_spacing",
)  # fmt: skip
_IN_PIXELS = ("font_size", "letter_spacing", "word_spacing")


class Slots:
    """The slots of one layout, found while its pages are drawn."""

    def __init__(self) -> None:
        self.page = 0
        self._found: dict[tuple[int, str, SlotBox, int | None], tuple[Slot, Any]] = {}

    def images(self, html: Any) -> dict[str, SlotImage]:
        """Return a picture for every address of a slot in an HTML tree."""
        addresses = {element.get("src", "") for element in html.iter("img")}
        return {one: SlotImage(self, one) for one in addresses if one.startswith(SLOT)}

    def key(self, resources: Any, name: str, box: SlotBox) -> str:
        """Return the name of a slot's form, adding it to the resources of what is being drawn."""
        page = self.page if name == PAGE else None
        # Patterns and groups have resources of their own, and an object is written once for each.
        place = (id(resources), name, box, page)
        if place not in self._found:
            slot = Slot(name, f"slot{len(self._found)}", box, page)
            self._found[place] = slot, _form(box)
        slot, form = self._found[place]
        resources["XObject"][slot.key] = form
        return slot.key

    def finish(self, pdf: Any) -> tuple[Slot, ...]:
        """Note in the catalog which object draws which slot, and return the slots."""
        forms = {slot.key: form.reference for slot, form in self._found.values()}
        pdf.catalog["Slots"] = pydyf.Dictionary(forms)
        return tuple(slot for slot, _ in self._found.values())


class SlotImage:
    """A picture of no size of its own that draws an empty form, to be filled in later."""

    def __init__(self, slots: Slots, address: str) -> None:
        parts = urlsplit(address)
        self._slots = slots
        self._name = unquote(parts.path)
        self._smallest = float(parse_qs(parts.query).get("smallest", ["0.7"])[0])

    def get_intrinsic_size(self, _resolution: Any, _font_size: Any) -> tuple[None, None, None]:
        """Return that only CSS says how large it is."""
        return None, None, None

    def draw(self, stream: Any, width: float, height: float, style: Any) -> None:
        """Draw the form, in points and with its origin at the lower left."""
        box = SlotBox(
            round(width * _POINTS, 3),
            round(height * _POINTS, 3),
            _css(style),
            style["lang"] or "",
            _alignment(style["align_content"][0]),
            self._smallest,
        )
        stream.transform(a=1 / _POINTS, d=-1 / _POINTS, f=height)
        stream.draw_x_object(self._slots.key(stream._resources, self._name, box))


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
    return round(x * _POINTS, 3), round((page.height - y) * _POINTS, 3)


def font_uses(document: Any, *, embedded: bool = True) -> tuple[FontUse, ...]:
    """Return the fonts of a document that has been drawn, with the glyphs taken from them.

    Where they are not `embedded` in a PDF, a file that has to be changed first, such as a variable
    font, comes with its content, changed.
    """
    # One font file can come as several fonts, one for each size asked for.
    by_key: dict[str, list[Any]] = {}
    for font in document.fonts.values():
        by_key.setdefault(font.hash, []).append(font)
    return tuple(_font_use(fonts, embedded) for _key, fonts in sorted(by_key.items()))


@dataclass(frozen=True)
class Block:
    """A laid-out block by itself, or one of its lines."""

    box: Any
    page: Any
    line: Any = None

    @property
    def lines(self) -> list[Block]:
        """The lines of the block, each by itself."""
        return [Block(self.box, self.page, one) for one in _lines(self.box)]

    @property
    def extent(self) -> tuple[float, float]:
        """How wide and how high its text is, in points."""
        lines = [self.line] if self.line else _lines(self.box)
        edges = [
            (child.position_x, child.position_x + child.margin_width())
            for line in lines
            for child in line.children
        ]
        width = max(right for _, right in edges) - min(left for left, _ in edges) if edges else 0
        return width * _POINTS, (self.line or self.box).height * _POINTS

    def drawn(self, document: Any, slot: SlotBox, down: float) -> tuple[bytes, bytes]:
        """Return what draws it, and its graphics states, as a PDF's bytes.

        Its upper left corner comes to stand at that of the slot, `down` points lower.
        """
        states = pydyf.Dictionary()
        resources = {"ExtGState": states, "XObject": {}, "Pattern": {}, "Shading": {},
                     "ColorSpace": None}  # fmt: skip
        stream = Stream(document.fonts, None, resources, {}, None, document.color_profiles, None)
        # WeasyPrint measures downwards, in CSS pixels.
        stream.transform(a=_POINTS, d=-_POINTS, f=slot.height - down)
        if self.line:
            # Moved itself: what draws it must not tell how much stood above it.
            self.line.translate(-self.box.position_x, -self.line.position_y)
            draw_inline_level(stream, self.page, self.line)
        else:
            stream.transform(e=-self.box.position_x, f=-self.box.position_y)
            draw_stacking_context(stream, StackingContext.from_box(self.box, self.page))
        content = b"\n".join(map(pydyf._to_bytes, stream.stream))
        return _FONT.sub(rb"/\1%b\2" % IN_TEXT.encode(), content), states.data


def blocks_by_id(document: Any) -> dict[str, Block]:
    """Return the laid-out block of every `div` with an id."""
    found: dict[str, Block] = {}
    for page in document.pages:
        for box in _descendants(page._page_box):
            element = getattr(box, "element", None)
            if element is not None and element.get("id") and box.element_tag == "div":
                found.setdefault(element.get("id"), Block(box, page._page_box))
    return found


def _lines(box: Any) -> list[Any]:
    return [one for one in _descendants(box) if isinstance(one, LineBox)]


_FONT = re.compile(rb"/([A-Z]{6})( [\d.]+ Tf)")
_SHOWN = re.compile(rb"/([A-Z]{6})(?:%b)? [\d.]+ Tf|<([0-9a-f]+)>" % IN_TEXT.encode())


def glyphs_in(content: bytes) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """Return the numbers of the glyphs that a content stream shows, by the key of their font."""
    found: dict[str, set[int]] = {}
    key = ""
    for match in _SHOWN.finditer(content):
        if match[1]:
            key = match[1].decode()
        else:
            digits = match[2].decode()
            shown = (int(digits[at : at + 4], 16) for at in range(0, len(digits), 4))
            found.setdefault(key, set()).update(shown)
    return tuple((key, tuple(sorted(numbers))) for key, numbers in sorted(found.items()))


def _font_use(fonts: list[Any], embedded: bool) -> FontUse:
    first = fonts[0]
    widths = {number: width for font in fonts for number, width in font.widths.items()}
    texts = {number: text for font in fonts for number, text in font.to_unicode.items()}
    # A file with several instances, or with pictures for glyphs, is changed before it is embedded.
    static = not any(
        font.bitmap or font.png or font.svg or font.colr or font.missing or "fvar" in font.tables
        for font in fonts
    )
    content, index = get_hb_object_data(first.hb_face), first.index
    if not static and not embedded:
        # Without a set of glyphs, all of them are kept.
        first.clean({}, False)
        content, index = first.file_content, 0
    if static and any(font.used_in_forms for font in fonts):
        # Who knows what will be typed.
        own = harfbuzz.Font(harfbuzz.Face(content, index))
        # What PDF/UA lets no glyph stand for is not typed either.
        for character in set(own.face.unicodes) - {0, 0xFEFF, 0xFFFE}:
            number = own.get_nominal_glyph(character)
            widths[number] = own.get_glyph_h_advance(number) * 1000 / own.face.upem
            texts[number] = min(texts.get(number) or chr(character), chr(character))
    return FontUse(
        key=first.hash,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        index=index,
        content=content,
        joinable=static,
        name=first.name.decode().removeprefix("/"),
        family=first.family,
        flags=first.flags,
        ascent=first.ascent,
        descent=first.descent,
        stem=first.stemv,
        glyphs=tuple(
            Glyph(number, text or "\u2060", widths.get(number, 0))
            for number, text in sorted(texts.items())
        ),
    )


def _descendants(box: Any) -> Iterator[Any]:
    for child in getattr(box, "children", ()):
        # What is positioned absolutely leaves a mark where it stood in the text.
        inner = child._box if isinstance(child, AbsolutePlaceholder) else child
        yield inner
        yield from _descendants(inner)


def _form(box: SlotBox) -> Any:
    return pydyf.Stream(
        [],
        pydyf.Dictionary(
            {
                "Type": "/XObject",
                "Subtype": "/Form",
                "BBox": pydyf.Array([0, 0, box.width, box.height]),
                "Resources": pydyf.Dictionary(),
            }
        ),
    )


def _css(style: Any) -> str:
    """Return how text is set at a place, as CSS that says it anywhere else."""
    return "; ".join(
        f"{name.replace('_', '-')}: {_css_value(name, style[name])}" for name in _TEXT_PROPERTIES
    )


def _css_value(name: str, value: Any) -> str:
    if name == "color":
        red, green, blue = (round(float(one) * 255, 3) for one in value.to("srgb").coordinates)
        return f"rgb({red} {green} {blue} / {float(value.alpha)})"
    if name == "font_family":
        return ", ".join(_css_string(family) for family in value)
    if name == "font_language_override" and value != "normal":
        return _css_string(value)
    if hasattr(value, "unit"):
        return f"{value.value}{value.unit or ''}"
    if isinstance(value, tuple):
        if isinstance(value[0], tuple):
            return ", ".join(f'"{feature}" {setting}' for feature, setting in value)
        return " ".join(value)
    return f"{value}px" if name in _IN_PIXELS and not isinstance(value, str) else str(value)


def _css_string(text: str) -> str:
    escaped = re.sub(r'(["\\])', r"\\\1", text)
    return f'"{escaped}"'


def _alignment(value: str) -> Literal["start", "center", "end"]:
    return value if value in ("center", "end") else "start"  # type: ignore[return-value]


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
