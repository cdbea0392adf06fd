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


def place_in(source: str, index: int, location: Location) -> Location:
    """Return the place of a character of a text that begins at `location`."""
    before = source[:index]
    line, column = before.count("\n"), index - before.rfind("\n")
    first = location.line or 1
    return Location(location.path, first + line, column + (location.column or 1) - 1)


def inlines(tokens: Sequence[Token]) -> Iterator[tuple[Token, Token]]:
    """Yield each piece of running text with the token that it stands in."""
    for around, token in pairwise(tokens):
        if token.type == "inline":
            yield around, token


@dataclass(frozen=True)
class TextPiece:
    """Holds words between marks: the line in its paragraph, and whether they begin it."""

    text: str
    line: int
    is_first: bool


def text_pieces(tokens: Sequence[Token]) -> Iterator[TextPiece]:
    r"""Yield the pieces of a paragraph's text; marks that a backslash takes for words are in none.

    The backslash of `\frac` takes no meaning away: it is printed, and belongs to the text.
    """
    words, begins, line, is_first = "", True, 0, True
    for token in tokens:
        is_word = token.type == "text_special" and token.content == token.markup
        if token.type == "text" or is_word:
            begins = begins if words else is_first
            words += token.content
        elif words:
            yield TextPiece(words, line, begins)
            words = ""
        is_first = token.type in ("softbreak", "hardbreak")
        line += is_first
    if words:
        yield TextPiece(words, line, begins)
