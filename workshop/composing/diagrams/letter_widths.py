"""Measure how wide words are in a client's typefaces, before anything is laid out."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from workshop.limits import FONT_FILE
from workshop.tailoring.look.typefaces import Typefaces, families
from workshop.user_files import open_file

# In em: letters of which no width is known, and those that are as wide as they are high.
_USUAL, _WIDE = 0.56, 1.0
# What kerning, and a typeface that stands in for a missing letter, may add.
_SPARE = 1.02


class LetterWidths:
    """Measures text in the two families of a client's documents."""

    def __init__(self, typefaces: Typefaces) -> None:
        self._typefaces = typefaces

    def width(self, text: str, face: str, size: float) -> float:
        """Return how wide a text is in a line, in the unit of `size`.

        `face` is “headings”, “text” or “bold”, which is the bold of the latter.
        """
        widths = self._widths(face)
        return _SPARE * size * sum(_width(letter, widths) for letter in text)

    def _widths(self, face: str) -> Mapping[str, float]:
        family = self._typefaces.headings if face == "headings" else self._typefaces.text
        weight = "Bold" if face == "bold" else "Regular"
        for path in (*self._own_files(family), *_shipped_files(family)):
            if weight in path.stem:
                return _widths_of(path)
        others = (*self._own_files(family), *_shipped_files(family))
        return _widths_of(others[0]) if others else {}

    def _own_files(self, family: str) -> tuple[Path, ...]:
        """Return the client's files whose names begin as the family does."""
        start = family.replace(" ", "").casefold()
        return tuple(
            path
            for path in self._typefaces.own
            if path.stem.replace(" ", "").casefold().startswith(start)
        )


@lru_cache
def _shipped_files(family: str) -> tuple[Path, ...]:
    folder = families().get(family)
    files = folder.rglob("*.[ot]tf") if folder else iter(())
    name = family.replace(" ", "")
    return tuple(sorted(path for path in files if path.stem.partition("-")[0] == name))


@lru_cache(maxsize=32)
def _widths_of(path: Path) -> Mapping[str, float]:
    """Return the widths of a font's letters in em; none for a file that cannot be read."""
    from fontTools.ttLib import TTFont

    try:
        with open_file(path, FONT_FILE) as file, TTFont(file, lazy=True) as font:
            return dict(_advances(font))
    except Exception:  # fontTools raises many kinds; what is wrong with the file is told elsewhere
        return {}


def _advances(font: Any) -> Iterator[tuple[str, float]]:
    metrics, em = font["hmtx"].metrics, font["head"].unitsPerEm
    for code, glyph in (font.getBestCmap() or {}).items():
        yield chr(code), metrics[glyph][0] / em


def _width(letter: str, widths: Mapping[str, float]) -> float:
    if letter in widths:
        return widths[letter]
    if unicodedata.combining(letter) or unicodedata.category(letter) == "Cf":
        return 0.0
    return _WIDE if unicodedata.east_asian_width(letter) in "WF" else _USUAL
