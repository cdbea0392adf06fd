"""Hold a text that is looked through for doubtful marks, and find the places of its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from markdown_it.token import Token

from workshop.diagnostics import Location, Report

_NEAR = 40  # lines: words are looked for from the line on that their paragraph begins with


@dataclass
class Look:
    """Holds a text that is looked through, as written and as parsed."""

    lines: Sequence[str]
    location: Location
    report: Report
    env: dict[str, Any]

    def place(self, line: int, words: str = "") -> Location:
        """Return the place of words in a line, counted from 0, or below it; else of the line."""
        for number in range(line, min(line + _NEAR, len(self.lines))):
            column = self.lines[number].find(words) if words else -1
            if column >= 0:
                return self._at(number, column)
        return self._at(line, None)

    def _at(self, line: int, column: int | None) -> Location:
        first = self.location
        return Location(
            first.path,
            (first.line or 1) + line,
            None if column is None else column + (first.column or 1),
        )


def inlines(tokens: Sequence[Token]) -> Iterator[tuple[Token, Token]]:
    """Yield each piece of running text with the token that it stands in."""
    for around, token in pairwise(tokens):
        if token.type == "inline":
            yield around, token
