"""Check that a font file has the tables that type is set with, and that they hold together.

Source: OpenType 1.9.1, “OpenType font file” and the tables named here.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Mapping
from itertools import pairwise
from types import MappingProxyType

_NEEDED = ("head", "hhea", "hmtx", "maxp", "cmap", "name")
_TRUETYPE = ("glyf", "loca")
_CFF = ("CFF ", "CFF2")
# Tables of fonts whose glyphs are pictures, such as emoji.
_PICTURES = frozenset({"CBDT", "COLR", "EBDT", "SVG ", "sbix"})
_FONT = (b"\0\1\0\0", b"true", b"OTTO")
_COLLECTION = b"ttcf"
_AGAIN = "Copy or download it again."
_AS_SINGLE = "Ask for the single fonts as TTF or OTF files, one for each style."
# What other kinds of font file begin with, and what they are.
_OTHERS = MappingProxyType(
    {
        _COLLECTION: "it is a collection of several fonts in one file (TTC)",
        b"wOFF": "it is a font for web pages (WOFF), whatever its name ends with",
        b"wOF2": "it is a font for web pages (WOFF2), whatever its name ends with",
        b"%!PS": "it is a font of an old kind (PostScript Type 1)",
        b"\x80\1": "it is a font of an old kind (PostScript Type 1)",
        b"<svg": "it is an SVG",
        b"<?xm": "it is an XML file",
        b"<!DO": "it is a web page",
        b"<htm": "it is a web page",
        b"PK\3\4": "it is a ZIP archive: unpack it",
    }
)
# OpenType 1.9.1, the table head.
_LEAST_EM, _MOST_EM = 16, 16384
_TABLE_RECORD, _HEADER = 16, 12


def why_no_font(content: bytes) -> tuple[str, str] | None:
    """Say what a file is that is no single font, and what would be right; None for a font."""
    kind = next((said for start, said in _OTHERS.items() if content.startswith(start)), None)
    if kind:
        return kind, _AS_SINGLE
    if content[:4] not in _FONT:
        return "it is no TrueType or OpenType font", _AGAIN
    return None


def why_damaged(content: bytes) -> str:
    """Say what is wrong with the tables of a font, as the end of a sentence; "" if nothing is."""
    count = int.from_bytes(content[4:6])
    if len(content) < _HEADER + count * _TABLE_RECORD:
        return "its end is missing"
    tables: dict[str, bytes] = {}
    for at in range(_HEADER, _HEADER + count * _TABLE_RECORD, _TABLE_RECORD):
        start, size = (int.from_bytes(content[at + n : at + n + 4]) for n in (8, 12))
        if start + size > len(content):
            return "its end is missing"
        tables[content[at : at + 4].decode("latin-1")] = content[start : start + size]
    return _why_incomplete(tables) or _why_inconsistent(tables)


def _why_incomplete(tables: Mapping[str, bytes]) -> str:
    missing = [name for name in _NEEDED if not tables.get(name)]
    outlines = [name for name in _CFF if tables.get(name)]
    if not outlines and _PICTURES.isdisjoint(tables):
        missing += (name for name in _TRUETYPE if not tables.get(name))
    if missing:
        return f"its part “{missing[0].strip()}” is missing"
    sizes = {"head": 54, "hhea": 36, "maxp": 6}
    short = next((name for name, least in sizes.items() if len(tables[name]) < least), "")
    return f"its part “{short}” is cut off" if short else ""


def _why_inconsistent(tables: Mapping[str, bytes]) -> str:
    head, glyphs = tables["head"], int.from_bytes(tables["maxp"][4:6])
    if head[12:16] != b"\x5f\x0f\x3c\xf5":
        return "its part “head” holds something else"
    if not _LEAST_EM <= int.from_bytes(head[18:20]) <= _MOST_EM:
        return "the size of its letters makes no sense"
    widths = int.from_bytes(tables["hhea"][34:36])
    if not glyphs or not 1 <= widths <= glyphs or len(tables["hmtx"]) < 4 * widths:
        return "the widths of its letters are missing"
    if tables.get("loca") and not any(tables.get(name) for name in _CFF):
        return _why_scattered(tables["loca"], len(tables.get("glyf", b"")), glyphs, head[50:52])
    return ""


def _why_scattered(index: bytes, size: int, glyphs: int, kind: bytes) -> str:
    """Say whether the index of outlines leads out of them; `kind` says how it is written."""
    if kind not in (b"\0\0", b"\0\1"):
        return "its part “head” holds something else"
    is_long = kind == b"\0\1"
    places = array("I" if is_long else "H")
    wide = places.itemsize
    if len(index) < wide * (glyphs + 1):
        return "the shapes of its letters cannot be found"
    places.frombytes(index[: wide * (glyphs + 1)])
    if sys.byteorder == "little":
        places.byteswap()
    is_sorted = all(start <= end for start, end in pairwise(places))
    if not is_sorted or places[-1] * (1 if is_long else 2) > size or not places[-1]:
        return "the shapes of its letters cannot be found"
    return ""
