"""Read which fonts a layout may use, and which glyphs it took from them."""

from __future__ import annotations

import hashlib
import os
import re
from shutil import rmtree
from typing import Any

import uharfbuzz as harfbuzz
import weasyprint
from weasyprint.text.ffi import pango
from weasyprint.text.fonts import FontConfiguration, get_hb_object_data
from weasyprint.text.line_break import Layout

from workshop.keeping.memory import Memory
from workshop.typesetting.laid_out import IN_TEXT, FontUse, Glyph

# The version that is known never to give lists of font features back.
_KEEPS_FEATURES = "70.0"
_SHOWN = re.compile(rb"/([A-Z]{6})(?:%b)? [\d.]+ Tf|<([0-9a-f]+)>" % IN_TEXT.encode())


def configuration(memory: Memory) -> Any:
    """Return WeasyPrint's configuration of the fonts that FONTCONFIG_FILE names, for a layout.

    To make one takes milliseconds and, as fontconfig gives little back, hundreds of kilobytes: one
    in `memory` is used again. One that a style sheet has added fonts to is not, so that no other
    layout gets to see them.
    """
    path = os.environ["FONTCONFIG_FILE"]
    fonts = memory.font_settings.take(path)
    if fonts is None or fonts._folder is not None:
        fonts = FontConfiguration()
        if weasyprint.__version__ == _KEEPS_FEATURES:
            # However often this is said, it is done once.
            Layout.setup = _set_up_and_release_features
            fonts.font_features = _Features()
    return memory.font_settings.put(path, fonts)


def drop_added_fonts(memory: Memory) -> None:
    """Remove the folder of fonts that a style sheet has added to a configuration, if there is one.

    WeasyPrint does so when nothing holds the configuration any more, and so not at all in a process
    that ends before.
    """
    path = os.environ["FONTCONFIG_FILE"]
    fonts = memory.font_settings.take(path)
    if fonts is not None and fonts._folder is not None:
        rmtree(fonts._folder, ignore_errors=True)
    elif fonts is not None:
        memory.font_settings.put(path, fonts)


class _Features(dict[bytes, Any]):
    """Gives every line features of its own, where WeasyPrint shares those that are equal."""

    def setdefault(self, _features: bytes, own: Any = None, /) -> Any:
        """Return what was made for this line."""
        return own


_set_up = Layout.setup


def _set_up_and_release_features(layout: Any, style: Any) -> None:
    """Set a line up so that its font features, such as lining figures, are released with it.

    WeasyPrint 70.0 makes a list of features for each line and never releases it: the lists share
    their entries, so that none could be released alone. That is 300 bytes every time a line is set,
    two fifths of what ten thousand names took.
    """
    _set_up(layout, style)
    if isinstance(style.font_config.font_features, _Features):
        features = pango.pango_layout_get_attributes(layout.layout)
        if features:
            # From here on only the layout holds the list, which is released with it.
            pango.pango_attr_list_unref(features)


def font_uses(document: Any, *, embedded: bool = True) -> tuple[FontUse, ...]:
    """Return the fonts of a document that has been drawn, with the glyphs taken from them.

    WeasyPrint changes some files, such as variable fonts, when it embeds them in a PDF. Where they
    are not `embedded` yet, this function has them changed, and returns the changed content.
    """
    # One font file can come as several fonts, one for each size asked for.
    by_key: dict[str, list[Any]] = {}
    for font in document.fonts.values():
        by_key.setdefault(font.hash, []).append(font)
    return tuple(_font_use(fonts, embedded) for _key, fonts in sorted(by_key.items()))


def glyphs_in(content: bytes) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """Return the numbers of the glyphs that a content stream shows, by the key of their font."""
    by_key: dict[str, set[int]] = {}
    key = ""
    for match in _SHOWN.finditer(content):
        if match[1]:
            key = match[1].decode()
        else:
            digits = match[2].decode()
            shown = (int(digits[at : at + 4], 16) for at in range(0, len(digits), 4))
            by_key.setdefault(key, set()).update(shown)
    return tuple((key, tuple(sorted(numbers))) for key, numbers in sorted(by_key.items()))


def _font_use(fonts: list[Any], embedded: bool) -> FontUse:
    first = fonts[0]
    widths = {number: width for font in fonts for number, width in font.widths.items()}
    texts = {number: text for font in fonts for number, text in font.to_unicode.items()}
    # WeasyPrint changes a file with several instances, or with pictures for glyphs, to embed it.
    static = not any(
        font.bitmap or font.png or font.svg or font.colr or font.missing or "fvar" in font.tables
        for font in fonts
    )
    content, index = get_hb_object_data(first.hb_face), first.index
    if not static and not embedded:
        # An empty set of glyphs keeps all of them.
        first.clean({}, False)
        content, index = first.file_content, 0
    if static and any(font.used_in_forms for font in fonts):
        # Any character of the font may be typed into a form field.
        own = harfbuzz.Font(harfbuzz.Face(content, index))
        # Characters that PDF/UA lets no glyph stand for cannot be typed.
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
