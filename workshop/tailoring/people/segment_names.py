"""Find the programme's segment that a roster's cell names, also where a slip of the pen is in it.

A slip that could as well be another word is none: nobody may get into a segment by chance.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile

from workshop.tailoring.people.headings import plain_words

# Letters that a word has to have for a slip in it: for two that change places, for one too many or
# too few, for a wrong one. In shorter words another letter mostly makes another word.
_TURNED, _MORE_OR_LESS, _WRONG = 4, 6, 8
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True)
class SegmentNames:
    """Knows the segments of a programme by their `names`."""

    names: tuple[str, ...]

    def named(self, typed: str) -> str | None:
        """Return the segment that a cell names, in any capitals, spaces and hyphens."""
        return self._by_letters.get("".join(plain_words(typed)))

    def near(self, typed: str) -> list[str]:
        """Return the segments of which a cell is a slip of the pen."""
        words = plain_words(typed)
        return [name for name in self.names if _is_slip(words, plain_words(name))]

    @cached_property
    def _by_letters(self) -> Mapping[str, str]:
        return {"".join(plain_words(name)): name for name in self.names}


def _is_slip(typed: list[str], meant: list[str]) -> bool:
    """Tell whether words differ from others in a single one, and there by a slip.

    Where they are parted otherwise, they are compared as one word, unless one is so short that it
    may be a letter or a number that tells segments apart.
    """
    if len(typed) != len(meant):
        if min(map(len, (*typed, *meant)), default=0) < _TURNED:
            return False
        typed, meant = ["".join(typed)], ["".join(meant)]
    pairs = [pair for pair in zip(typed, meant, strict=True) if pair[0] != pair[1]]
    return len(pairs) == 1 and _is_word_slip(*pairs[0])


def _is_word_slip(typed: str, meant: str) -> bool:
    """Tell whether a word is another in the plural or the singular, or with a letter gone wrong."""
    if typed[:1] != meant[:1] or _DIGIT.findall(typed) != _DIGIT.findall(meant):
        return False
    forms = [(typed, meant), (typed.removesuffix("s"), meant), (typed, meant.removesuffix("s"))]
    is_long = min(len(typed), len(meant)) >= _TURNED
    return is_long and any(one == other or _is_letter_wrong(one, other) for one, other in forms)


def _is_letter_wrong(typed: str, meant: str) -> bool:
    """Tell whether two letters have changed places, or one is too many, too few or another."""
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(typed, meant, strict=False))
    start = sum(1 for _ in alike)
    longer, shorter = sorted((typed, meant), key=len, reverse=True)
    if len(longer) != len(shorter):
        return len(longer) >= _MORE_OR_LESS and longer[:start] + longer[start + 1 :] == shorter
    wrong, right = typed[start:], meant[start:]
    if wrong[:2] == right[1::-1] and wrong[2:] == right[2:]:
        return len(meant) >= _TURNED
    letters = {wrong[0], right[0]}
    # A “flyer” is a “flier”, but a trainer is no trainee.
    is_spelling = letters == {"i", "y"}
    is_other = letters == {"r", "e"} and typed[start - 1 : start] == "e" and len(wrong) <= 2
    return (len(meant) >= _WRONG or is_spelling) and not is_other and wrong[1:] == right[1:]
