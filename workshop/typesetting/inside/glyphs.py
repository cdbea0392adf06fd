"""Which glyphs were taken from which font, and what is in its file."""

from __future__ import annotations

import hashlib
import os
import re
from functools import cache
from typing import Any

import uharfbuzz as harfbuzz
import weasyprint
from weasyprint.text.ffi import pango
from weasyprint.text.fonts import FontConfiguration, get_hb_object_data
from weasyprint.text.line_break import Layout

from workshop.typesetting.laid_out import IN_TEXT, FontUse, Glyph

_MOST_CONFIGURATIONS = 4
# The version that is known to let go of no list of font features.
_KEEPS_FEATURES = "70.0"
_SHOWN = re.compile(rb"/([A-Z]{6})(?:%b)? [\d.]+ Tf|<([0-9a-f]+)>" % IN_TEXT.encode())


def configuration() -> Any:
    """Return the fonts that FONTCONFIG_FILE names, for a layout; asked again, as they were found.

    To find them anew takes milliseconds for each layout and, as fontconfig lets go of little,
    hundreds of kilobytes. Where a style sheet has added fonts of its own, the next layout does not
    get to see them.
    """
    known, path = _configurations(), os.environ["FONTCONFIG_FILE"]
    found = known.pop(path, None)
    if found is None or found._folder is not None:
        found = FontConfiguration()
        if weasyprint.__version__ == _KEEPS_FEATURES:
            _let_go_of_features()
            found.font_features = _Features()
    known[path] = found
    if len(known) > _MOST_CONFIGURATIONS:
        del known[next(iter(known))]
    return found


@cache
def _configurations() -> dict[str, Any]:
    return {}


class _Features(dict[bytes, Any]):
    """Gives every line features of its own, where WeasyPrint shares those that are equal."""

    def setdefault(self, _features: bytes, own: Any = None, /) -> Any:
        """Return what was made for this line."""
        return own


@cache
def _let_go_of_features() -> None:
    """Have lines with font features, such as lining figures, leave nothing behind.

    WeasyPrint 70.0 makes a list of features for each line, holds on to it for good, and puts in it
    what the lists of other lines have too, so that none could be given back. That is 300 bytes
    every time a line is set, two fifths of what ten thousand names took.
    """
    set_up = Layout.setup

    def set_up_and_let_go(layout: Any, style: Any) -> None:
        set_up(layout, style)
        if isinstance(style.font_config.font_features, _Features):
            features = pango.pango_layout_get_attributes(layout.layout)
            if features:
                # From here on it is the layout’s alone, and goes with it.
                pango.pango_attr_list_unref(features)

    Layout.setup = set_up_and_let_go


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
