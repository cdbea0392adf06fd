"""Measure how wide words are in a client's typefaces, before anything is laid out."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from workshop.keeping.file_state import state_of
from workshop.keeping.memory import Memory
from workshop.limits import FONT_FILE
from workshop.tailoring.look.typefaces import Typefaces, families
from workshop.user_files import open_file

# In em: letters of which no width is known, and those that are as wide as they are high.
_USUAL, _WIDE = 0.56, 1.0
# What kerning, and a typeface that stands in for a missing letter, may add.
_SPARE = 1.02


class LetterWidths:
    """Measures text in the two families of a client's documents."""

    def __init__(self, typefaces: Typefaces, memory: Memory) -> None:
        self._typefaces = typefaces
        self._memory = memory
        self._by_face: dict[str, Mapping[str, float]] = {}

    def width(self, text: str, face: str, size: float) -> float:
        """Return how wide a text is in a line, in the unit of `size`.

        `face` is “headings”, “text” or “bold”, which is the bold of the latter.
        """
        if face not in self._by_face:
            self._by_face[face] = self._widths(face)
        widths = self._by_face[face]
        return _SPARE * size * sum(_width(letter, widths) for letter in text)

    def _widths(self, face: str) -> Mapping[str, float]:
        family = self._typefaces.headings if face == "headings" else self._typefaces.text
        weight = "Bold" if face == "bold" else "Regular"
        files = (*self._own_files(family), *_shipped_files(family))
        path = next((path for path in files if weight in path.stem), files[0] if files else None)
        if path is None:
            return {}
        # A font that is replaced is measured anew.
        key = path, state_of(path, "")
        widths: Mapping[str, float] = self._memory.letter_widths.get_or_make(
            key, lambda: _widths_of(path)
        )
        return widths

    def _own_files(self, family: str) -> tuple[Path, ...]:
        """Return the client's files whose names begin as the family does."""
        start = family.replace(" ", "").casefold()
        return tuple(
            path
            for path in self._typefaces.own
            if path.stem.replace(" ", "").casefold().startswith(start)
        )


def _shipped_files(family: str) -> tuple[Path, ...]:
    folder = families().get(family)
    files = folder.rglob("*.[ot]tf") if folder else iter(())
    name = family.replace(" ", "")
    return tuple(sorted(path for path in files if path.stem.partition("-")[0] == name))


def _widths_of(path: Path) -> Mapping[str, float]:
    """Return the widths of a font's letters in em; none for a file that cannot be read."""
    from fontTools.ttLib import TTFont

    try:
        with open_file(path, FONT_FILE) as file, TTFont(file, lazy=True) as font:
            return MappingProxyType(dict(_advances(font)))
    except Exception:  # fontTools raises many kinds; what is wrong with the file is told elsewhere
        return MappingProxyType({})


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
