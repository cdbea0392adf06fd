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
    return _TERM.sub(lambda match: _word(match, own), title)


def _word(match: re.Match[str], own: Mapping[str, str]) -> str:
    term = match[1] or match[2] or ""
    word = own.get(term) or match[3] or match[4] or term
    word = with_article(word) if match[5] else word
    return word[:1].upper() + word[1:] if match[6] else word
