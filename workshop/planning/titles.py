"""Write titles as messages tell them: with words in the place of what is filled in on paper."""

from __future__ import annotations

import re
from collections.abc import Mapping

from workshop.content.grammar.articles import with_article

NO_TERMS: Mapping[str, str] = {}
_QUOTED = r"""(?:"([^"]*)"|'([^']*)')"""
_TERM = re.compile(
    rf"\{{\{{\s*term\(\s*{_QUOTED}\s*(?:,\s*{_QUOTED}\s*)?\)\s*(\|\s*an\s*)?(\|\s*capitalize\s*)?\}}\}}"
)


def title_as_told(title: str, own: Mapping[str, str] = NO_TERMS) -> str:
    """Return a title with a word for each term; `own` has the client's words for some of them."""
    return _TERM.sub(lambda found: _word(found, own), title)


def _word(found: re.Match[str], own: Mapping[str, str]) -> str:
    term = found[1] or found[2] or ""
    word = own.get(term) or found[3] or found[4] or term
    word = with_article(word) if found[5] else word
    return word[:1].upper() + word[1:] if found[6] else word
