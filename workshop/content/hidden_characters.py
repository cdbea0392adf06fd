"""Find the characters in a text that nobody sees, and that change what is printed or found in it.

They come along with copied text. What turns the direction of reading would print a line in another
order; others part a word that looks whole, end a line, or steer a program.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from workshop.diagnostics import Location, Report

# Control characters but the tab and the line's end, formats, separators of lines and paragraphs,
# halves of characters and code points that are none. Left out are the soft hyphen, the joiners,
# which scripts and emoji need, and signs above Arabic figures.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0001\U000e0020-\U000e007f]"
)
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u061b\u061d-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_MARKS = "\u061c\u200e\u200f"  # they set the side of a sign in a text from right to left
# Scripts whose words stand without spaces: a zero-width space says where a line may end.
_UNSPACED = re.compile(
    "[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u1950-\u1aaf\u1b00-\u1bbf\ua980-\uaa7f]"
)
_FLAG = re.compile("\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f")  # of England, Scotland, Wales
# They stand for values that are filled in, so a text’s own would not be printed.
_TAKEN = re.compile("[\ue000\ue001]")
# Word processors and layout programs have them for a line's end within a paragraph.
SOFT_BREAKS = "\x0b\u2028"
HINT = "Delete it, or type the words around it again: it may have come along with copied text."


def hidden_in(text: str) -> Iterator[int]:
    """Yield where hidden characters stand in a text, but for those that its script needs."""
    if not _HIDDEN.search(text):
        return
    in_flags = {at for flag in _FLAG.finditer(text) for at in range(*flag.span())}
    for match in _HIDDEN.finditer(text):
        at, character = match.start(), match[0]
        around = text[max(at - 1, 0) : at] + text[at + 1 : at + 2]
        is_needed = (character == "\u200b" and _UNSPACED.search(around)) or (
            character in _MARKS and _RIGHT_TO_LEFT.search(_line_around(text, at))
        )
        if at not in in_flags and not is_needed:
            yield at


def described(character: str) -> str:
    """Return the number and the name of a character."""
    name = unicodedata.name(character, "a line break or control character")
    return f"U+{ord(character):04X}, {name}"


def hidden_message(character: str) -> str:
    """Return what is said of a hidden character."""
    name = unicodedata.name(character, "").lower()
    return (
        f"A character that cannot be printed stands here (U+{ord(character):04X})"
        f"{f', a {name}' if name else ''}"
    )


def report_hidden(
    text: str, path: Path, report: Report, first_line: int = 1, *, is_markdown: bool = False
) -> None:
    """Report the hidden characters of a text; Markdown may have line ends within a paragraph."""
    taken = (match.start() for match in _TAKEN.finditer(text) if is_markdown)
    for at in sorted((*hidden_in(text), *taken)):
        line = _line_around(text, at)
        if is_markdown and text[at] in SOFT_BREAKS and not line.lstrip().startswith(":::"):
            continue
        number = first_line + text.count("\n", 0, at)
        place = Location(path, number, at - text.rfind("\n", 0, at))
        report.error("hidden-character", hidden_message(text[at]), place, HINT)


def _line_around(text: str, at: int) -> str:
    end = text.find("\n", at)
    return text[text.rfind("\n", 0, at) + 1 : end if end >= 0 else len(text)]
