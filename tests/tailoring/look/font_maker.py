"""Make small fonts whose letters are boxes, sound ones and damaged ones."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from string import ascii_letters, digits
from typing import Any

from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

BASIC = ascii_letters + digits


def _box(width: int = 400, height: int = 700) -> Any:
    pen = TTGlyphPen(None)
    pen.moveTo((50, 0))
    for point in ((50, height), (50 + width, height), (50 + width, 0)):
        pen.lineTo(point)
    pen.closePath()
    return pen.glyph()


def made_font(
    family: str,
    typographic: str | None = None,
    *,
    weight: int = 400,
    italic: int = 0,
    letters: str = BASIC,
    change: Callable[[TTFont], None] | None = None,
    features: str = "",
    **style: int,
) -> bytes:
    """Return a font with a box for each of its letters, which `change` may change."""
    names = {"familyName": family, "styleName": "Regular"}
    glyphs = [".notdef", "space", *(f"l{ord(letter):x}" for letter in letters)]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(glyphs)
    codes = {ord(letter): f"l{ord(letter):x}" for letter in letters}
    builder.setupCharacterMap({0x20: "space", **codes} if letters else {0x5D0: ".notdef"})
    empty = TTGlyphPen(None).glyph()
    builder.setupGlyf({name: _box() if name[0] in "l." else empty for name in glyphs})
    builder.setupHorizontalMetrics(dict.fromkeys(glyphs, (500, 50)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({**names, "typographicFamily": typographic} if typographic else names)
    builder.setupOS2(
        usWeightClass=weight, fsSelection=italic, sTypoAscender=800, sTypoDescender=-200, **style
    )
    builder.setupPost()
    if features:
        addOpenTypeFeaturesFromString(builder.font, features)
    if change:
        change(builder.font)
    file = io.BytesIO()
    builder.save(file)
    return file.getvalue()


def font(path: Path, family: str, typographic: str | None = None, **style: Any) -> Path:
    """Write a font that `made_font` makes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(made_font(family, typographic, **style))
    return path


def table_changed(font: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return a font file with the bytes of one table changed; they stay as many."""
    count = int.from_bytes(font[4:6])
    for at in range(12, 12 + 16 * count, 16):
        if font[at : at + 4].decode() == name:
            start, size = (int.from_bytes(font[at + n : at + n + 4]) for n in (8, 12))
            changed = change(font[start : start + size])[:size].ljust(size, b"\0")
            return font[:start] + changed + font[start + size :]
    raise KeyError(name)
