"""Report words for terms that do not go together, or not with the texts that print them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from workshop.content.programme import Programme, plural_of, singular_of
from workshop.content.yaml.files import YamlSource
from workshop.content.yaml.what_to_type import in_one_line
from workshop.diagnostics import Report

# What stands before a noun in English and can stand there only once.
_ARTICLE = re.compile(r"(the|an?|your|our|my|their|its)\s+(?=\S)", re.IGNORECASE)


def check_term_words(
    own: Mapping[str, str], usual: Mapping[str, str], source: YamlSource, report: Report
) -> None:
    """Report words with an article, words without their plural, and words for two terms.

    `own` are the client's words, `usual` those of the programme, by the programme's terms.
    """
    _check_articles(own, source, report)
    for term, word in own.items():
        if usual.get(term, word) == word:
            continue
        place = source.location("terms", term, key=True)
        partner = plural_of(term, usual) or singular_of(term, usual)
        if partner and partner not in own:
            report.warn(
                "half-a-term",
                f"“{term}” is “{word}” here, but “{partner}” stays “{usual[partner]}”",
                place,
                f"Add a line `{partner}: …` below it.",
            )
        others = {
            other: its_word
            for other, its_word in {**usual, **own}.items()
            if other not in (term, partner)
        }
        for other, its_word in _alike(word, others, own.get(partner or "", "")).items():
            # Of two that the client has replaced, the second is told.
            if other in own and list(own).index(other) > list(own).index(term):
                continue
            both = f"and “{its_word}” for" if its_word.casefold() != word.casefold() else "and for"
            report.warn(
                "one-word-for-two",
                f"“{word}” stands for “{term}” {both} “{other}”: nobody can tell them apart",
                place,
                "Take another word for one of them.",
            )


def _alike(word: str, others: Mapping[str, str], partner: str) -> dict[str, str]:
    """Return the terms whose word is the same; or else those that have it in another number.

    `partner` is the client's word for the other number of the same term, which is told by itself.
    """
    key = word.casefold()
    same = {other: its for other, its in others.items() if its.casefold() == key}
    return same or {
        other: its
        for other, its in others.items()
        if its.casefold().removesuffix("s") == key.removesuffix("s")
        and its.casefold() != partner.casefold()
    }


def check_programme_words(programme: Programme, report: Report) -> None:
    """Report the programme's words for its terms that begin with an article."""
    _check_articles(programme.file.terms, programme.source, report)


def _check_articles(words: Mapping[str, str], source: YamlSource, report: Report) -> None:
    for term, word in words.items():
        if article := _ARTICLE.match(word):
            rest = word[article.end() :]
            report.warn(
                "article-in-term",
                f"Texts say “the”, “a” or “your” before a term, so “{word}” prints as “the {word}”",
                source.location("terms", term),
                f"Write it without “{article[1]}”: `{term}: {in_one_line(rest)}`.",
            )
