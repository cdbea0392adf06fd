"""Tell whether a client's word means something else where a text has it already.

A verb that is spelt like the word confuses nobody, nor does a text that means by it what the client
does. These are rules for English, the language of the program's own texts.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

_BEFORE_A_VERB = re.compile(
    r"\b(?:I|you|we|they|who|not|never|please|do|does|did|can|could|will|would|may|might|must|shall"
    r"|should|[a-z]+n[’']t)\s+$",
    re.IGNORECASE,
)
# “To trust”, but also “to colleagues”.
_TO = re.compile(r"\bto\s+$", re.IGNORECASE)
_BEGINS_A_SENTENCE = re.compile(r"(?:^|\n\s*\n|[.!?:|>}“\"*•–#]|\n\s*(?:[-+]|\d+[.)]))\s*$")


def is_verb(before: str, word: str) -> bool:
    """Tell whether the words before it show that a word is a verb: “you do not trust”."""
    is_infinitive = bool(_TO.search(before)) and not word.casefold().endswith("s")
    return is_infinitive or bool(_BEFORE_A_VERB.search(before))


def is_spelt_so(own: str, before: str, word: str) -> bool:
    """Tell whether a word is spelt as the client’s `own`: “Trust” is no “trust”, “IT” no “it”.

    Where a sentence begins, a capital letter says nothing, and the word is taken for another.
    """
    if own == own.lower():
        return True
    if " ".join(word.split()) != " ".join(own.split()):
        return False
    return own[1:] != own[1:].lower() or not _BEGINS_A_SENTENCE.search(before)


def means_the_same(term: str, word: str, synonyms: Mapping[str, Collection[str]]) -> bool:
    """Tell whether texts that say `word` mean the term by it, as the programme's `synonyms` say."""
    words = {synonym.casefold() for name in _singulars(term) for synonym in synonyms.get(name, ())}
    return not words.isdisjoint(_singulars(word.casefold()))


def _singulars(word: str) -> set[str]:
    """Return a word, and what it could be the plural of."""
    endings = (("s", ""), ("es", ""), ("ies", "y"))
    return {word} | {
        word.removesuffix(ending) + single for ending, single in endings if word.endswith(ending)
    }
