"""Tell in which encoding a roster's text is saved, by rules that give the same answer each time.

UTF-8 and UTF-16 say themselves what they are. A text that is neither was saved by an older program:
as Windows-1252, or by Excel on a Mac as Mac Roman. Both give a letter for nearly every byte, so the
one is taken in which more of the letters beyond ASCII fit into their words. A capital fits at the
start of a word, or in a word of capitals; a small letter where no capital follows. Where as many
fit in both, it is Windows-1252; a byte that Windows-1252 leaves open makes it Mac Roman.
"""

from __future__ import annotations

import codecs
import html
import re
import unicodedata
from dataclasses import dataclass

# UTF-32 first: its mark begins as that of UTF-16 does.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WORDS_FOR = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "utf-32": "UTF-32",
    "cp1252": "Windows-1252",
    "mac-roman": "Mac Roman",
}
OLDER = frozenset({"Windows-1252", "Mac Roman"})

# Small letters that no name in Western Europe has, though a byte may stand for them.
_NO_LETTERS = frozenset("ƒﬁﬂªºıµ")
_WORD = re.compile(r"[^\W\d_]+(?:’[^\W\d_]+)*")
# What UTF-8 looks like that was read as another encoding: a first byte of two to four, then others.
_GARBLED = re.compile(r"[^\x00-\x7f]{2,}")
_ENTITY = re.compile(r"&(?:#\d{2,5}|#x[0-9a-fA-F]{2,5}|[A-Za-z]{2,8}\d?);")


@dataclass(frozen=True)
class Decoded:
    """Holds a text and the name of its encoding, as people say it."""

    text: str
    encoding: str


def decoded(raw: bytes) -> Decoded | None:
    """Return the text that bytes hold; None if its encoding says what it is, and they are not."""
    encoding = _find_mark(raw)
    if encoding is None:
        try:
            return Decoded(raw.decode("utf-8"), "UTF-8")
        except UnicodeDecodeError:
            encoding = _older(raw)
    try:
        return Decoded(raw.decode(encoding), _WORDS_FOR[encoding])
    except UnicodeDecodeError:
        return None


def said_encoding(raw: bytes) -> str:
    """Return the name of the encoding that bytes say they have, though they hold no such text."""
    return _WORDS_FOR[_find_mark(raw) or "utf-8"]


def repaired(text: str) -> str | None:
    """Mend a text in UTF-8 that was read in an older encoding; None where nothing is wrong.

    “MÃ¼ller” was “Müller”, and so was “M&uuml;ller”.
    """
    mended = _GARBLED.sub(_reread, text)
    mended = _ENTITY.sub(lambda entity: html.unescape(entity[0]), mended)
    return mended if mended != text else None


def _find_mark(raw: bytes) -> str | None:
    """Return the encoding that a mark at the start names, or zeros in the first line betray."""
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return encoding
    start = raw[:400]
    zeros = start[::2].count(0), start[1::2].count(0)
    # In languages with a Latin alphabet every other byte is a zero.
    if max(zeros) * 4 > len(start) and min(zeros) * 4 < max(zeros):
        return "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"
    return None


def _older(raw: bytes) -> str:
    try:
        windows = _fitting(raw.decode("cp1252"))
    except UnicodeDecodeError:
        return "mac-roman"
    return "mac-roman" if _fitting(raw.decode("mac-roman")) > windows else "cp1252"


def _fitting(text: str) -> int:
    """Count the characters beyond ASCII that fit into the words they stand in."""
    return sum(
        _fits(word[0], index)
        for word in _WORD.finditer(text)
        if not word[0].isascii()
        for index, char in enumerate(word[0])
        if ord(char) > 127
    )


def _fits(word: str, index: int) -> bool:
    char = word[index]
    if char == "’":
        return True
    kind = unicodedata.category(char)
    if char in _NO_LETTERS or kind not in {"Lu", "Ll"}:
        return False
    if kind == "Lu":
        return word[:index].rpartition("’")[2] == "" or word.isupper()
    return not word[index + 1 : index + 2].isupper()


def _reread(garbled: re.Match[str]) -> str:
    for encoding in ("cp1252", "mac-roman", "latin-1"):
        try:
            mended = b"".join(_byte(char, encoding) for char in garbled[0]).decode("utf-8")
        except (UnicodeEncodeError, UnicodeDecodeError):
            continue
        return mended
    return garbled[0]


def _byte(char: str, encoding: str) -> bytes:
    # Five bytes have no character in Windows-1252; programs read them as control characters.
    if encoding == "cp1252" and char in "\x81\x8d\x8f\x90\x9d":
        return char.encode("latin-1")
    return char.encode(encoding)
