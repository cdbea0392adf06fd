"""Find what another client is called for short, without taking ordinary words for it.

Whoever works for “Acme Components” in the folder `acme` writes “Acme”. Such a name may be a word of
every day, as that of “Open Ltd” is. So it counts only with its own capitals, and where a sentence
begins, only if the texts have it within a sentence as well.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from workshop.proofing.read_words import words_in

# What stands between the words of a name, and what may stand before a name within a sentence.
_BETWEEN = r"[^\w;:!?\x1e]+"
_SPACE = r"(?:[ \t\xa0]+|[ \t]*\n[ \t]*)"
_WITHIN = re.compile(rf"[^\W\d_A-ZÀ-Þ],?{_SPACE}[*_“‘\"'(]*\Z")
_POSSESSIVE = re.compile(r"['’]s\b")
_LONGEST_BEFORE = 20


@dataclass(frozen=True)
class ShortName:
    """Says where a text has what a client called `full_name` is called for short.

    `own_name` is the name of the client whose text it is.
    """

    name: str
    full_name: str
    own_name: str

    @property
    def words(self) -> tuple[str, ...]:
        """The words of the short name."""
        return tuple(words_in(self.name))

    @property
    def quoted(self) -> str:
        """The name as a message tells it: with the full one."""
        return f"“{self.name}” (“{self.full_name}”)"

    def within_sentences(self, text: str) -> list[int]:
        """Return where the name begins in a text, at places where a sentence goes on with it.

        A name before ’s counts wherever it stands: an ordinary word is not followed by that.
        """
        return [
            name.start()
            for name in self._names_in(text)
            if _WITHIN.search(text[max(name.start() - _LONGEST_BEFORE, 0) : name.start()])
            or _POSSESSIVE.match(text, name.end())
        ]

    def anywhere(self, text: str) -> list[int]:
        """Return where the name begins in a text, but not as a part of a longer name."""
        return [name.start() for name in self._names_in(text)]

    def _names_in(self, text: str) -> list[re.Match[str]]:
        if self.words[0] not in text:
            return []
        longer = [
            name.span() for pattern in self._longer_patterns for name in pattern.finditer(text)
        ]
        return [
            name
            for name in self._pattern.finditer(text)
            if not any(start <= name.start() < end for start, end in longer)
        ]

    def is_ordinary(self, text: str) -> bool:
        """Tell whether a text has the words of the name in small letters."""
        return bool(self._small_pattern.search(text))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return phrase_pattern(self.words)

    @cached_property
    def _small_pattern(self) -> re.Pattern[str]:
        return phrase_pattern([word.lower() for word in self.words])

    @cached_property
    def _longer_patterns(self) -> list[re.Pattern[str]]:
        names = (tuple(words_in(name)) for name in (self.full_name, self.own_name))
        return [phrase_pattern(words, re.IGNORECASE) for words in names if words]


def short_name(folder: str, name: str) -> str | None:
    """Return the beginning of a client's name that its folder's name spells, if there is more.

    It is “North Works” for “North Works Holding” in `north-works`, and in `northworks` too.
    """
    wanted = _spelt(folder)
    words = list(re.finditer(r"[^\W_]+", name))
    for word in words[:-1]:
        beginning = name[words[0].start() : word.end()]
        # A name in small letters could be any word.
        if _spelt(beginning) == wanted and beginning != beginning.lower():
            return beginning
    return None


def phrase_pattern(words: Sequence[str], flags: int = 0) -> re.Pattern[str]:
    """Return a pattern for words in this order within one statement, as whole words."""
    return re.compile(rf"(?<!\w){_BETWEEN.join(map(re.escape, words))}(?!\w)", flags)


def _spelt(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).casefold()
    return "".join(char for char in plain if char.isalnum())
