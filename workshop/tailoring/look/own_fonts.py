"""Read a font file of a user's: its families and styles, and whether type can be set in it."""

from __future__ import annotations

import io
import logging
from dataclasses import dataclass, replace
from pathlib import Path

from workshop.keeping.file_state import state_of
from workshop.keeping.memory import Memory
from workshop.limits import FONT_FILE
from workshop.tailoring.look.font_tables import why_damaged, why_no_font
from workshop.tailoring.look.letter_shapes import look_at_letters
from workshop.user_files import read_file

# OpenType 1.9.1, the table OS/2: the bit for italics, and the weight from which type is bold.
_ITALIC, _BOLD = 1, 600
# OpenType 1.9.1, fsType: may not be embedded, not in part, and as a bitmap alone.
_USE, _RESTRICTED, _WHOLE_ONLY, _BITMAP_ONLY = 0x000F, 0x0002, 0x0100, 0x0200
_AGAIN = "Copy or download it again."
# What fontTools remarks on would go to the terminal where nobody listens; faults are told in words.
logging.getLogger("fontTools").addHandler(logging.NullHandler())


@dataclass(frozen=True)
class OwnFont:
    """Holds what a font file says of itself, and what is wrong with it.

    `fault` says, as the end of a sentence, why it cannot be used, and `cure` what would be right.
    `letters_fault` says why no texts can be set in it: icons and emoji need no letters. `absent`
    are basic letters that it does not have. `may_be_embedded` is what its maker allows.
    """

    families: frozenset[str] = frozenset()
    is_italic: bool = False
    is_bold: bool = False
    fault: str = ""
    cure: str = _AGAIN
    letters_fault: str = ""
    absent: tuple[str, ...] = ()
    may_be_embedded: bool = True


def read_own_font(path: Path, memory: Memory) -> OwnFont:
    """Read a font file, unless `memory` has what it holds; raises as `read_file` does."""
    # A font that is replaced is read anew.
    key = path, state_of(path, "")
    font: OwnFont = memory.own_fonts.get_or_make(key, lambda: look_at_font(_content(path)))
    return font


def look_at_font(content: bytes) -> OwnFont:
    """Look at a font file: at its tables first, then at its letters."""
    if kind := why_no_font(content):
        return OwnFont(fault=kind[0], cure=kind[1])
    if fault := why_damaged(content):
        return replace(_named_alone(content), fault=f"it is damaged: {fault}")
    try:
        font = _describe_font(content)
    except Exception:  # fontTools raises many kinds; the file is the cause of all of them
        fault = "it is damaged: what it says of itself cannot be read"
        return replace(_named_alone(content), fault=fault)
    letters = look_at_letters(content)
    fault = f"it is damaged: {letters.fault}" if letters.fault else ""
    return replace(font, letters_fault=fault, absent=letters.absent)


def _content(path: Path) -> bytes:
    return read_file(path, FONT_FILE)


def _named_alone(content: bytes) -> OwnFont:
    """Return the families of a damaged font, as far as it still says them."""
    from fontTools.ttLib import TTFont

    try:
        with TTFont(io.BytesIO(content), lazy=True) as font:
            return OwnFont(families=_families(font))
    except Exception:  # as above
        return OwnFont()


def _describe_font(content: bytes) -> OwnFont:
    from fontTools.ttLib import TTFont

    with TTFont(io.BytesIO(content), lazy=True) as font:
        axes = {axis.axisTag for axis in font["fvar"].axes} if "fvar" in font else set[str]()
        style = font.get("OS/2", None)
        slanted = bool(style and style.fsSelection & _ITALIC)
        heavy = bool(style and style.usWeightClass >= _BOLD)
        # The layout engine asks for these, too.
        font.getGlyphOrder()
        return OwnFont(
            families=_families(font),
            is_italic=slanted or not axes.isdisjoint(("ital", "slnt")),
            is_bold=heavy or "wght" in axes,
            may_be_embedded=not style or _is_free(style.fsType),
        )


def _families(font: object) -> frozenset[str]:
    # Name 16 is the typographic family, 1 the family as older software knows it.
    table = font["name"]  # type: ignore[index]  # fontTools has no type hints
    return frozenset(name for name in map(table.getDebugName, (1, 16)) if name)


def _is_free(rights: int) -> bool:
    """Tell whether a font may be embedded in a PDF, cut down to the letters that are used."""
    return rights & _USE != _RESTRICTED and not rights & (_WHOLE_ONLY | _BITMAP_ONLY)
