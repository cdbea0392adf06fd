"""Look at the letters of a font: whether they have shapes, widths and places like letters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from string import ascii_letters, digits
from typing import Any

BASIC = ascii_letters + digits
_WORDS = (
    "Hamburgefonstiv 0123456789",
    "The quick brown fox jumps over the lazy dog",
    "Sphinx of black quartz judge my vow",
    "Agenda Workshop Coffee Lunch Close AVATAR office fluffy",
)
# What western texts are printed with: letters with accents, and signs.
_PRINTED = (*range(0x20, 0x250), *range(0x2010, 0x2028), *range(0x2030, 0x203B), 0x20AC, 0x2122)
# In em. Honest letters stay far within these: the hairline of the thinnest font is 0.01 wide, a
# capital between 0.3 and 1 high.
_LEAST_INK = 2e-5
_LEAST_HEIGHT, _MOST_HEIGHT = 0.15, 3.0
_LEAST_ADVANCE, _MOST_ADVANCE = 0.03, 4.0
_FARTHEST = 3.0
# A line of type is as high as its letters, or up to some times as high.
_LEAST_LINE, _MOST_LINE = 0.4, 5.0
# How many shapes a letter may be put together from, how many letters may be joined, and the part of
# their own width that letters may take: “ffi” of a typewriter has that of one.
_MOST_PIECES = _MOST_JOINED = 4
_CLOSEST, _CLOSEST_JOINED, _WIDEST = 0.4, 0.8, 2.5
_MOST_NAMED = 12
# Tables for laying out text, which no PDF takes.
_NOT_EMBEDDED = tuple(
    int.from_bytes(tag, "big")
    for tag in (b"BASE", b"DSIG", b"GDEF", b"GPOS", b"GSUB", b"JSTF", b"LTSH", b"PCLT")
)

NO_SHAPES = "its letters have no shapes"


@dataclass(frozen=True)
class Letters:
    """Says what is wrong with the letters of a font, as the end of a sentence, or "".

    `absent` are basic letters that the font does not have.
    """

    fault: str = ""
    absent: tuple[str, ...] = ()


@dataclass
class _Shape:
    """Takes the outline of a glyph as a pen does, and measures it."""

    area: float = 0.0
    across: list[float] = field(default_factory=list)
    down: list[float] = field(default_factory=list)
    _start: tuple[float, float] = (0.0, 0.0)
    _at: tuple[float, float] = (0.0, 0.0)

    def moveTo(self, point: tuple[float, float]) -> None:  # noqa: N802  # a pen’s own name
        self._start = self._at = point
        self._note(point)

    def lineTo(self, point: tuple[float, float]) -> None:  # noqa: N802
        self.area += (self._at[0] * point[1] - point[0] * self._at[1]) / 2
        self._at = point
        self._note(point)

    def curveTo(self, *points: tuple[float, float]) -> None:  # noqa: N802
        for point in points:
            self.lineTo(point)

    qCurveTo = curveTo  # noqa: N815

    def closePath(self) -> None:  # noqa: N802
        self.lineTo(self._start)

    def endPath(self) -> None:  # noqa: N802
        self.closePath()

    def has_ink(self, em: int) -> bool:
        """Tell whether anything of it prints, where so many units are an em."""
        return abs(self.area) / em**2 >= _LEAST_INK

    def _note(self, point: tuple[float, float]) -> None:
        self.across.append(point[0])
        self.down.append(point[1])


@dataclass(frozen=True)
class _SetLetter:
    """Holds a letter as it is set alone: its advance, its height and how far it reaches, in em."""

    advance: float
    height: float
    reach: float
    ink: float
    pieces: int


def look_at_letters(content: bytes) -> Letters:
    """Look at the letters of a font as they are drawn, and as they are set in words."""
    import uharfbuzz as harfbuzz

    font = harfbuzz.Font(harfbuzz.Face(content))
    there = [letter for letter in BASIC if font.get_nominal_glyph(ord(letter))]
    absent = tuple(letter for letter in BASIC if letter not in there)
    try:
        letters = {letter: _set(font, letter) for letter in there}
        fault = _why_no_words(font, letters) if not (alone := _why_unlike(letters)) else alone
    except MemoryError:  # a letter is replaced by more and more others
        fault = "its letters take more room than there is"
    return Letters(_why_empty(font) or _why_no_line(font) or fault or _why_uncut(font), absent)


def named(letters: Sequence[str]) -> str:
    """Return letters as a message names them: the first dozen."""
    more = len(letters) - _MOST_NAMED
    return " ".join(letters[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def _why_empty(font: Any) -> str:
    return "" if any(font.get_nominal_glyph(code) for code in font.face.unicodes) else (
        "it has no letters"
    )  # fmt: skip


def _why_no_line(font: Any) -> str:
    extents, em = font.get_font_extents("ltr"), font.face.upem
    high = (extents.ascender - extents.descender + max(extents.line_gap, 0)) / em
    if extents.ascender < 0 or not _LEAST_LINE <= high <= _MOST_LINE:
        return "the height of its lines makes no sense"
    return ""


def _why_unlike(letters: Mapping[str, _SetLetter]) -> str:
    """Say what is wrong with letters that are set alone."""
    if not letters:
        return ""
    bare = [letter for letter, set_letter in letters.items() if set_letter.ink < _LEAST_INK]
    if len(bare) > len(letters) / 2:
        return NO_SHAPES
    if bare:
        return f"these letters have no shapes: {named(bare)}"
    if not _LEAST_HEIGHT <= median(entry.height for entry in letters.values()) <= _MOST_HEIGHT:
        return "the size of its letters makes no sense"
    for letter, entry in letters.items():
        if not _LEAST_ADVANCE <= entry.advance <= _MOST_ADVANCE:
            return f"the width of the letter {letter} makes no sense"
        if entry.reach > _FARTHEST:
            return f"the letter {letter} stands far from its place"
        if entry.pieces > _MOST_PIECES:
            return f"it puts other letters in the place of {letter}"
    return ""


def _why_no_words(font: Any, letters: Mapping[str, _SetLetter]) -> str:
    """Say whether letters are lost, or far from their place, when they are set in words."""
    for words in _WORDS:
        if not all(letter in letters or letter == " " for letter in words):
            continue
        infos, positions = _shaped(font, words)
        em = font.face.upem
        starts = sorted({info.cluster for info in infos})
        for start, end in zip(starts, [*starts[1:], len(words)], strict=True):
            set_here = [
                position
                for info, position in zip(infos, positions, strict=True)
                if info.cluster == start
            ]
            text = words[start:end].replace(" ", "")
            own = sum(letters[letter].advance for letter in text)
            here = sum(position.x_advance for position in set_here) / em
            least = min(_CLOSEST, _CLOSEST_JOINED / max(len(text), 1)) * own
            if len(text) > _MOST_JOINED or (text and not least <= here <= _WIDEST * own + 1):
                return f"it loses letters where it sets “{words}”"
            if any(max(abs(p.x_offset), abs(p.y_offset)) > _FARTHEST * em for p in set_here):
                return f"the letters of “{words}” stand far from their places"
    return ""


def _why_uncut(font: Any) -> str:
    """Say whether letters cannot be cut out of the file, as a PDF takes them."""
    import uharfbuzz as harfbuzz

    glyphs = {glyph for code in _PRINTED if (glyph := font.get_nominal_glyph(code))}
    if not glyphs:
        return ""
    options = harfbuzz.SubsetInput()
    options.sets(harfbuzz.SubsetInputSets.GLYPH_INDEX).set(glyphs)
    options.sets(harfbuzz.SubsetInputSets.DROP_TABLE_TAG).update(_NOT_EMBEDDED)
    options.flags = harfbuzz.SubsetFlags.RETAIN_GIDS | harfbuzz.SubsetFlags.DESUBROUTINIZE
    try:
        cut = harfbuzz.Font(harfbuzz.subset(font.face, options))
    except RuntimeError:
        return "its letters cannot be put into a PDF"
    basic = (font.get_nominal_glyph(ord(letter)) for letter in BASIC)
    if all(_shape(cut, glyph).has_ink(font.face.upem) for glyph in basic if glyph):
        return ""
    return "its letters cannot be put into a PDF"


def _set(font: Any, letter: str) -> _SetLetter:
    """Set a letter alone, as it stands in no word, and measure it."""
    infos, positions = _shaped(font, letter)
    em, pen, advance, ink = font.face.upem, 0.0, 0.0, 0.0
    across: list[float] = []
    down: list[float] = []
    for info, position in zip(infos, positions, strict=True):
        shape = _shape(font, info.codepoint) if info.codepoint else _Shape()
        across += (x + pen + position.x_offset for x in shape.across)
        down += (y + position.y_offset for y in shape.down)
        pen += position.x_advance
        advance += position.x_advance / em
        ink += abs(shape.area) / em**2
    reach = max((abs(value) for value in (*across, *down)), default=0.0) / em
    height = (max(down, default=0.0) - min(down, default=0.0)) / em
    return _SetLetter(advance, height, reach, ink, len(infos))


def _shaped(font: Any, text: str) -> tuple[Sequence[Any], Sequence[Any]]:
    import uharfbuzz as harfbuzz

    buffer = harfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    harfbuzz.shape(font, buffer)
    return buffer.glyph_infos, buffer.glyph_positions or []


def _shape(font: Any, number: int) -> _Shape:
    shape = _Shape()
    font.draw_glyph_with_pen(number, shape)
    return shape
