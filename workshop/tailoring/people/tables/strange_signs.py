"""Find signs in names and addresses that nobody sees, and letters that only look like others.

Both come along with copied text, or are put there to deceive: a letter to “аnn@example.org” with a
Cyrillic а goes to somebody else than Ann.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

# Code points that show nothing (Default_Ignorable_Code_Point, Unicode 4.4.1), and blank Braille.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff]"
)
_JOINERS = "\u200c\u200d"
_VARIANTS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_JAMO_FILLERS = "\u115f\u1160"
# Scripts that are written without joiners, by the first word of their letters' names.
_WITHOUT_JOINERS = frozenset(
    ("LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "GEORGIAN", "HANGUL", "CJK", "HIRAGANA", "KATAKANA")
)
_WORDS = re.compile(r"[^\W\d_]+")
_NOT_LATIN = frozenset(("CYRILLIC", "GREEK", "COPTIC", "ARMENIAN", "CHEROKEE", "LISU"))
# Forms of Latin letters that an address is never typed with.
_STYLED = frozenset(("FULLWIDTH", "MATHEMATICAL", "CIRCLED", "SCRIPT", "DOUBLE-STRUCK"))
# Letters of Cyrillic and Greek that nobody tells from Latin ones.
_LIKE_LATIN = frozenset("аеорсухіјѕԁԛԝһӏАВЕКМНОРСТУХІЈЅԌοναιρυΑΒΕΖΗΙΚΜΝΟΡΤΥΧϲ")


def without_unseen(text: str) -> str:
    """Return a text as it looks: without signs that show nothing."""
    return text if text.isascii() else _UNSEEN.sub("", text)


def unseen_in(text: str) -> Iterator[str]:
    """Yield the signs of a text that nobody sees, but for those that its script needs."""
    if text.isascii():
        return
    for match in _UNSEEN.finditer(text):
        at = match.start()
        if not _is_needed(match[0], text[at - 1 : at], text[at + 1 : at + 2]):
            yield match[0]


def _is_needed(sign: str, before: str, behind: str) -> bool:
    if sign in _JOINERS:
        return any(_takes_joiners(char) for char in before + behind)
    if _VARIANTS.match(sign):
        is_picture = before in "#*0123456789" or unicodedata.category(before)[0] == "S"
        return bool(before) and (is_picture or _script(before) == "CJK")
    if sign in _JAMO_FILLERS:
        return "HANGUL" in (_script(before), _script(behind))
    return "\u180b" <= sign <= "\u180f" and _script(before) == "MONGOLIAN"


def _takes_joiners(char: str) -> bool:
    return unicodedata.category(char)[0] in "LMS" and _script(char) not in _WITHOUT_JOINERS


def other_letter_in(text: str, *, of_address: bool = False) -> str | None:
    """Return a letter of another alphabet than the rest of its word, which may only look right.

    Of an address, also the first letter of a word that could be read as one in Latin letters.
    """
    if text.isascii():
        return None
    words: list[str] = _WORDS.findall(text)
    for word in words:
        if word.isascii():
            continue
        others = [char for char in word if _script(char) in _NOT_LATIN]
        is_mixed = any(_script(char) == "LATIN" for char in word)
        if others and (is_mixed or (of_address and _LIKE_LATIN.issuperset(word))):
            return others[0]
        styled = [char for char in word if _script(char) in _STYLED]
        if styled and of_address:
            return styled[0]
    return None


def _script(char: str) -> str:
    return unicodedata.name(char, "").partition(" ")[0] if char else ""
