"""Fonts of a client's own, drawn for a test: bars in place of letters."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib.tables.TupleVariation import TupleVariation

from workshop.composing.pages.render_job import JobFile

# How wide the bar of each letter is, of 600 units.
_BARS = {".notdef": 500, "A": 100, "B": 300}


def plain(family: str) -> JobFile:
    """Return a font with TrueType outlines."""
    return _file(_true_type(family), "plain.ttf")


def open_type(family: str) -> JobFile:
    """Return a font with the outlines of PostScript."""
    builder = _begun(family, true_type=False)
    drawn = {}
    for name, width in _BARS.items():
        pen = T2CharStringPen(600, None)
        _draw(pen, width)
        drawn[name] = pen.getCharString()
    builder.setupCFF(f"{family}-Regular", {"FullName": family}, drawn, {})
    return _file(_ended(builder), "plain.otf")


def variable(family: str) -> JobFile:
    """Return a font whose A grows from thin to wide with its weight, from 400 to 700."""
    builder = _true_type(family)
    builder.setupFvar([("wght", 400, 400, 700, "Weight")], [])
    wider = [(0, 0), (0, 0), (400, 0), (400, 0), None, None, None, None]
    builder.setupGvar({"A": [TupleVariation({"wght": (0, 1, 1)}, wider)], "B": []})
    return _file(builder, "variable.ttf")


def _true_type(family: str) -> Any:
    builder = _begun(family, true_type=True)
    drawn = {}
    for name, width in _BARS.items():
        pen = TTGlyphPen(None)
        _draw(pen, width)
        drawn[name] = pen.glyph()
    builder.setupGlyf(drawn)
    return _ended(builder)


def _begun(family: str, *, true_type: bool) -> Any:
    builder = FontBuilder(1000, isTTF=true_type)
    builder.setupGlyphOrder(list(_BARS))
    builder.setupCharacterMap({ord(name): name for name in _BARS if len(name) == 1})
    builder.setupNameTable({"familyName": family, "styleName": "Regular"})
    return builder


def _ended(builder: Any) -> Any:
    builder.setupHorizontalMetrics(dict.fromkeys(_BARS, (600, 50)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupOS2(sTypoAscender=800, sTypoDescender=-200, usWinAscent=800, usWinDescent=200)
    builder.setupPost()
    return builder


def _draw(pen: Any, width: int) -> None:
    pen.moveTo((50, 0))
    for corner in ((50, 700), (50 + width, 700), (50 + width, 0)):
        pen.lineTo(corner)
    pen.closePath()


def _file(builder: Any, name: str) -> JobFile:
    # The time of the test would make each run's font another one.
    builder.font["head"].created = builder.font["head"].modified = 3_600_000_000
    builder.font.recalcTimestamp = False
    data = BytesIO()
    builder.save(data)
    return JobFile(name, data.getvalue())
