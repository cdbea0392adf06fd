"""Find the numbered items of a text, as they are printed."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from markdown_it.token import Token

from workshop.content.grammar.markdown_parser import make_block_reader

_NUMBERED = re.compile(r"\s*\d+[.)]\s+", re.ASCII)


def numbered_items(source: str) -> dict[int, int]:
    """Return the index in its line where each numbered item's words begin, by the line's index.

    A line that begins with a number but runs on from the line above is no item, nor is one in
    code. Items count that begin on their line: not those in a quotation or behind a bullet.
    """
    lines = source.split("\n")
    starts = {
        index: match.end() for index, line in enumerate(lines) if (match := _NUMBERED.match(line))
    }
    if not starts:
        return {}
    items = {
        token.map[0]
        for token in _block_parse()(source)
        if token.type == "list_item_open" and token.info and token.map
    }
    return {index: start for index, start in starts.items() if index in items}


@cache
def _block_parse() -> Callable[[str], list[Token]]:
    return make_block_reader().parse
