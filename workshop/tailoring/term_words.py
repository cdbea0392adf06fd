"""Check a client's own words for the programme's terms, and put them into titles for messages."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from workshop.content.yaml.source import YamlSource
from workshop.diagnostics import Report

_NONE: Mapping[str, str] = {}
_QUOTED = r"""(?:"([^"]*)"|'([^']*)')"""
_TERM = re.compile(
    rf"\{{\{{\s*term\(\s*{_QUOTED}\s*(?:,\s*{_QUOTED}\s*)?\)\s*(\|\s*capitalize\s*)?\}}\}}"
)


def check_term_words(
    own: Mapping[str, str], usual: Mapping[str, str], source: YamlSource, report: Report
) -> None:
    """Report a word without its plural or singular, and a word that stands for two terms.

    `own` are the client's words, `usual` those of the programme, by the programme's terms.
    """
    for term, word in own.items():
        if usual.get(term, word) == word:
            continue
        place = source.location("terms", term, key=True)
        partner = _partner(term, usual)
        if partner and partner not in own:
            report.warn(
                "half-a-term",
                f"“{term}” is “{word}” here, but “{partner}” stays “{usual[partner]}”",
                place,
                f"Add a line `{partner}: …` below it.",
            )
        for other, its_word in {**usual, **own}.items():
            if its_word.casefold() == word.casefold() and other not in (term, partner):
                # Of two that the client has replaced, the second is told.
                if other in own and list(own).index(other) > list(own).index(term):
                    continue
                report.warn(
                    "one-word-for-two",
                    f"“{word}” stands for “{term}” and for “{other}”: nobody can tell them apart",
                    place,
                    "Take another word for one of them.",
                )


def _partner(term: str, terms: Collection[str]) -> str | None:
    """Return the plural of a term, or its singular, if the programme has it."""
    several = (f"{term}s", f"{term}es", f"{term.removesuffix('y')}ies")
    plural = next((word for word in several if word in terms), None)
    if plural or not term.endswith("s"):
        return plural
    singles = (term[:-1], term.removesuffix("es"), f"{term.removesuffix('ies')}y")
    return next((word for word in singles if word in terms and word != term), None)


def title_as_told(title: str, own: Mapping[str, str] = _NONE) -> str:
    """Return a title with a word for each term; `own` has the client's words for some of them."""
    return _TERM.sub(lambda found: _word(found, own), title)


def _word(found: re.Match[str], own: Mapping[str, str]) -> str:
    term = found[1] or found[2] or ""
    word = own.get(term) or found[3] or found[4] or term
    return word[:1].upper() + word[1:] if found[5] else word
