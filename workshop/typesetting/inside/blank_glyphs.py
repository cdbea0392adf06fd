"""Find characters that a font has, and draws as nothing."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, MutableMapping

import uharfbuzz as harfbuzz

from workshop.diagnostics import Diagnostic, Severity
from workshop.keeping.memory import Memory
from workshop.typesetting.findings.page_rules import MISSING_GLYPH
from workshop.typesetting.laid_out import FontUse

# Characters that are meant to be blank, though Unicode counts them among letters and signs: fillers
# of Korean, and the empty cell of Braille.
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_HINT = "Set it in another font, or put a sound file of this one into assets/fonts/."


def blank_characters(uses: Iterable[FontUse], memory: Memory) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each character on a page for which its font draws nothing.

    What `memory` has of a font is not looked at again. Fonts whose glyphs are pictures are left
    out; so are characters that are drawn as parts of others.
    """
    for use in uses:
        seen = memory.drawn_characters.get_or_make((use.sha256, use.index), dict)
        characters = {glyph.text for glyph in use.glyphs if _is_drawn(glyph.text)}
        if unseen := characters - seen.keys():
            _look_at(use, unseen, seen)
        for character in sorted(characters):
            if not seen.get(character, True):
                yield _report_blank(character, use)


def _is_drawn(text: str) -> bool:
    return len(text) == 1 and unicodedata.category(text)[0] in "LNPS" and text not in _BLANK


def _look_at(use: FontUse, characters: set[str], seen: MutableMapping[str, bool]) -> None:
    """Note of each character whether its own glyph has an outline."""
    face = harfbuzz.Face(use.content, use.index)
    pictures = face.has_color_png or face.has_color_svg or face.has_color_layers
    if pictures or face.has_color_paint or "EBDT" in face.table_tags:
        seen.update(dict.fromkeys(characters, True))
        return
    font = harfbuzz.Font(face)
    for character in characters:
        glyph = font.get_nominal_glyph(ord(character))
        extents = font.get_glyph_extents(glyph) if glyph else None
        seen[character] = not glyph or bool(extents and extents.width and extents.height)


def _report_blank(character: str, use: FontUse) -> Diagnostic:
    is_read = unicodedata.category(character)[0] in "LN"
    return Diagnostic(
        MISSING_GLYPH,
        f"The font “{use.family}” draws nothing for {character} (U+{ord(character):04X})",
        hint=_HINT,
        severity=Severity.ERROR if is_read else Severity.WARNING,
    )
