"""Find words in texts and templates that a client has replaced, and those that it means otherwise.

A client's word for a term is filled in where a text says `term(…)`. What is typed stays, whatever
the client calls it: it is looked for in every file that the client's papers are made of. Cases tell
of invented firms, which have words of their own: these are told all together. A client's own word
is meant so in a line that the client has written; the lines that its copy of a shared file still
has are looked through as there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from workshop.diagnostics import Diagnostic, Location, Quote, Severity
from workshop.in_a_row import in_a_row
from workshop.proofing.meant_otherwise import is_spelt_so, is_verb, means_the_same
from workshop.proofing.told_places import count_places, how_to_copy, sentence_around
from workshop.proofing.typed_texts import TypedText, typed_texts
from workshop.tailoring.tailored import Tailored
from workshop.workspace.own_lines import OwnLines

_STANDS, _TWO_MEANINGS, _IN_CASES = "replaced-word", "word-with-two-meanings", "word-in-case"
# So many characters before a word show whether it is a verb, or the first of a sentence.
_BEFORE = 80


@dataclass(frozen=True)
class _Hit:
    """Holds a word of a term as it is typed; `is_own` says that it is the client's own word."""

    term: str
    is_own: bool
    quote: Quote
    in_a_case: bool


def words_left_standing(
    tailored: Tailored, texts: Iterable[TypedText] | None = None
) -> list[Diagnostic]:
    """Return a warning for each replaced term that still stands, and each word with two meanings.

    Each has its first place, and quotes the sentence at every place; one is for all cases. `texts`
    are the client's, where somebody has read them already.
    """
    own = tailored.replaced_terms
    if not own:
        return []
    hits: dict[tuple[str, bool], list[Quote]] = {}
    in_cases: dict[str, list[Quote]] = {}
    for hit in _hits(typed_texts(tailored) if texts is None else texts, own, tailored):
        if hit.in_a_case and not hit.is_own:
            in_cases.setdefault(hit.term, []).append(hit.quote)
        else:
            hits.setdefault((hit.term, hit.is_own), []).append(hit.quote)
    of_cases = [_stand_in_cases(in_cases, tailored)] if in_cases else []
    return of_cases + [
        _has_two_meanings(term, own[term], part, tailored)
        if is_own
        else _still_stands(term, own[term], part, tailored)
        for (term, is_own), quotes in hits.items()
        for part in _group_by_entry(_TWO_MEANINGS if is_own else _STANDS, quotes, tailored)
    ]


def _group_by_entry(code: str, quotes: Sequence[Quote], tailored: Tailored) -> list[list[Quote]]:
    """Group places by the entry of the client file that accepts them, those of none together."""
    parts: dict[int | None, list[Quote]] = {}
    for quote in quotes:
        entries = enumerate(tailored.accepted)
        entry = next((at for at, entry in entries if entry.covers_place(code, quote)), None)
        parts.setdefault(entry, []).append(quote)
    return list(parts.values())


def _hits(texts: Iterable[TypedText], own: Mapping[str, str], tailored: Tailored) -> Iterator[_Hit]:
    usual = tailored.programme.file.terms
    meanings: dict[str, tuple[str, bool] | None] = {}
    # Not every term has a plural of its own.
    for ending in ("", "s"):
        for term, word in usual.items():
            for phrase in (f"{term}{ending}", f"{word}{ending}"):
                meanings.setdefault(_key(phrase), (term, False) if term in own else None)
    # The client may well mean its own word by it; the longest phrase that fits is what is meant.
    meanings |= {_key(word): (term, True) for term, word in own.items()}
    longest_first = sorted(meanings, key=len, reverse=True)
    phrases = "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in longest_first)
    search = re.compile(rf"(?<![\w])(?:{phrases})(?![\w])", re.IGNORECASE)
    own_lines = OwnLines(tailored.overlay)
    for text in texts:
        for match in search.finditer(text.words):
            meaning = meanings[_key(match[0])]
            if meaning is None:
                continue
            before = _words_before(text.words, match)
            if meaning[1] and _confuses_nobody(meaning[0], before, match[0], tailored):
                continue
            line = (text.place.line or 1) + text.words.count("\n", 0, match.start())
            place = Location(text.place.path, line)
            if not (meaning[1] and own_lines.has(place)):
                quote = Quote(place, sentence_around(text.words, *match.span()))
                yield _Hit(*meaning, quote, text.in_a_case)


def _words_before(words: str, match: re.Match[str]) -> str:
    return words[max(0, match.start() - _BEFORE) : match.start()]


def _confuses_nobody(term: str, before: str, word: str, tailored: Tailored) -> bool:
    """Tell whether the client's word, as it stands behind `before`, is not taken for the term."""
    return (
        not is_spelt_so(tailored.replaced_terms[term], before, word)
        or is_verb(before, word)
        or means_the_same(term, word, tailored.programme.file.synonyms)
    )


def _key(phrase: str) -> str:
    return " ".join(phrase.casefold().split())


def _still_stands(term: str, word: str, quotes: Sequence[Quote], tailored: Tailored) -> Diagnostic:
    places = [quote.location for quote in quotes]
    stands = f"“{term}” still stands"
    message = f"{stands} in {count_places(places)}, though this client says “{word}”"
    hint = f'Write {{{{ term("{term}") }}}} there, or another word{how_to_copy(places, tailored)}.'
    return _with_quotes(Diagnostic(_STANDS, message, places[0], hint), stands, quotes)


def _stand_in_cases(hits: Mapping[str, Sequence[Quote]], tailored: Tailored) -> Diagnostic:
    quotes = [quote for of_term in hits.values() for quote in of_term]
    places = [quote.location for quote in quotes]
    terms = in_a_row([f"“{term}”" for term in hits])
    words = in_a_row([f"“{tailored.replaced_terms[term]}”" for term in hits])
    message = f"Cases say {terms} in {count_places(places)}, where this client says {words}"
    hint = (
        "Their people are of other firms. If that will do, accept this warning; "
        f"else change them{how_to_copy(places, tailored)}."
    )
    return Diagnostic(_IN_CASES, message, places[0], hint, Severity.WARNING, quotes=tuple(quotes))


def _has_two_meanings(
    term: str, word: str, quotes: Sequence[Quote], tailored: Tailored
) -> Diagnostic:
    places = [quote.location for quote in quotes]
    stands = f"“{word}”, which this client says for “{term}”, also stands"
    message = f"{stands} in {count_places(places)} where it means something else"
    hint = f"Take another word for “{term}”, or change these texts{how_to_copy(places, tailored)}."
    return _with_quotes(Diagnostic(_TWO_MEANINGS, message, places[0], hint), stands, quotes)


def _with_quotes(fault: Diagnostic, stands: str, quotes: Sequence[Quote]) -> Diagnostic:
    """Return a warning that is accepted by the words of its only sentence, or by what `stands`."""
    about = quotes[0].words.strip("“”…") if len(quotes) == 1 else stands
    return replace(fault, severity=Severity.WARNING, quotes=tuple(quotes), accept_by=about)
