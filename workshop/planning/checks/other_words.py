"""Find where a module's text has other words for a day without what it speaks of."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from workshop.content.block_tree import Node, Text
from workshop.content.module import Module

_STRING = r"""(?:"([^"]*)"|'([^']*)')"""


@dataclass(frozen=True)
class OtherWords:
    """Holds a line of a module's file, and what it prints there, if that can be told."""

    line: int
    phrase: str


def other_words(module: Module, names: Collection[str]) -> Iterator[OtherWords]:
    """Yield the places that ask for any of some exercises and modules, in the order of the file."""
    search = _pattern(names)
    for source, line in _texts(module.body):
        for asked in search.finditer(source):
            words = next((group for group in asked.groups() if group), "")
            phrase = "" if "{" in words else " ".join(words.split())
            yield OtherWords(line + source.count("\n", 0, asked.start()), phrase)


def _pattern(names: Collection[str]) -> re.Pattern[str]:
    """Return what finds `ref("…", else="words")`, `if has("…") … else words endif`, and any has."""
    any_name = "|".join(map(re.escape, sorted(names)))
    quoted = rf"""["'](?:{any_name})["']"""
    has = rf"has\(\s*{quoted}\s*\)"
    return re.compile(
        rf"ref\(\s*{quoted}\s*,\s*else\s*=\s*{_STRING}"
        rf"|{{%-?\s*if\s+{has}\s*-?%}}[^%]*{{%-?\s*else\s*-?%}}([^%]*){{%-?\s*endif"
        rf"|{has}",
    )


def _texts(nodes: Collection[Node]) -> Iterator[tuple[str, int]]:
    """Yield all texts, and options of blocks, with the line that each begins in."""
    for node in nodes:
        if isinstance(node, Text):
            yield node.source, node.location.line or 1
            continue
        for option in node.options.values():
            yield str(option), node.location.line or 1
        yield from _texts(node.children)
