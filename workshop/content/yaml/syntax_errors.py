"""Word ruamel.yaml's syntax errors as sentences for the text's author, each with its place.

The parser's own wording ("expected <block end>, but found '<scalar>'") is matched in this file
only. A wording that is not known, such as another release's, becomes a general sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ruamel.yaml.error import MarkedYAMLError, StreamMark


@dataclass(frozen=True)
class SyntaxFault:
    """Describes a fault in YAML's syntax; `mark` is the parser's, with lines and columns from 0."""

    code: str
    message: str
    mark: StreamMark | None
    hint: str


@dataclass(frozen=True)
class _Rule:
    """Maps the parser's words to ours; `at_start` points to where the faulty part begins."""

    words: str
    code: str
    message: str
    hint: str
    at_start: bool = False


_QUOTE_IT = "Put the whole text in quotes."
_RULES = (
    _Rule(
        r"character '\\t'",
        "yaml-tab",
        "A tab stands here; YAML takes only spaces",
        "Replace it by spaces.",
    ),
    _Rule(
        "found unexpected (end of stream|document separator)",
        "yaml-unclosed-quote",
        "The quote that opens here is never closed",
        "Put the same quote at the end of the text.",
        at_start=True,
    ),
    _Rule(
        "could not find expected ':'",
        "yaml-no-colon",
        "This line is neither “key: value” nor an entry of a list",
        "Write a colon and a space after a key, and “- ” before an entry of a list.",
        at_start=True,
    ),
    _Rule(
        "sequence entries are not allowed",
        "yaml-list",
        "A list cannot begin here",
        "Begin each entry with “- ” on a line of its own below the key; put text in quotes.",
    ),
    _Rule(
        "unknown escape|escape sequence of",
        "yaml-backslash",
        "A backslash between double quotes begins a special character, and this is none",
        "Use single quotes, or write “\\\\” for a backslash.",
    ),
    _Rule(
        "chomping|a comment or a line break|indentation indicator",
        "yaml-block-text",
        "After “|” or “>” the text must begin on the next line",
        f"Begin it on the next line, indented. If “|” or “>” is part of it: {_QUOTE_IT.lower()}",
        at_start=True,
    ),
    _Rule(
        "more indented follow up",
        "yaml-indentation",
        "An empty line above has more spaces than this line, with which the text begins",
        "Take the spaces out of the empty lines above.",
    ),
    _Rule(
        "scanning an? directive",
        "yaml-directive",
        "A line that begins with “%” has no meaning here",
        "Take it out, or put the text in quotes.",
        at_start=True,
    ),
)


def syntax_fault(error: MarkedYAMLError, text: str) -> SyntaxFault:
    """Say in plain words what the parser found wrong in `text`, and where."""
    words = f"{error.context or ''}: {error.problem or ''}"
    mark = error.problem_mark or error.context_mark
    start = error.context_mark or mark
    for rule in _RULES:
        if re.search(rule.words, words):
            where = start if rule.at_start else mark
            return SyntaxFault(rule.code, rule.message, where, rule.hint)
    if mark is None or start is None:
        return _general(mark)
    if "cannot start any token" in words or "scanning an a" in words or " tag" in words:
        return _needs_quotes(mark if error.context_mark is None else start, text)
    if "mapping values are not allowed" in words:
        return _stray_colon(mark, text)
    if "while parsing a flow" in words or "expected the node content" in words:
        return _bracket(start, mark, text)
    if "expected <block end>" in words or "<document start>" in words:
        return _block_end(mark, text)
    return _general(mark)


def _general(mark: StreamMark | None) -> SyntaxFault:
    hint = "Check the indentation, the quotes and the colons in this line and the one above."
    return SyntaxFault("yaml-syntax", "This is not valid YAML", mark, hint)


def _needs_quotes(mark: StreamMark, text: str) -> SyntaxFault:
    message = f"A text cannot begin with “{text[mark.index : mark.index + 1]}” without quotes"
    return SyntaxFault("yaml-quotes", message, mark, _QUOTE_IT)


def _stray_colon(mark: StreamMark, text: str) -> SyntaxFault:
    """Tell a colon inside a text (`title: Probing: the questions`) from a key in a wrong column."""
    if re.search(r":\s", _text_before(mark, text)):
        message = "A text with a colon and a space in it must be in quotes"
        return SyntaxFault("yaml-colon", message, mark, _QUOTE_IT)
    hint = "Line it up with the keys it belongs to; the key above must end with a colon."
    message = "This key does not go with the line above"
    return SyntaxFault("yaml-indentation", message, mark, hint)


def _bracket(start: StreamMark, mark: StreamMark, text: str) -> SyntaxFault:
    at_mark, opening = text[mark.index : mark.index + 1], text[start.index : start.index + 1]
    if opening in ("[", "{") and (not at_mark or mark.line != start.line):
        closing = "]" if opening == "[" else "}"
        message = f"The “{opening}” that opens here is not closed"
        hint = f"Put “{closing}” at its end; put a text that begins with “{opening}” in quotes."
        return SyntaxFault("yaml-bracket", message, start, hint)
    if opening in ("[", "{"):
        message = f"A comma is missing before this, in what “{opening}” opens"
        hint = "Separate the entries by commas; put a text with brackets or commas in quotes."
        return SyntaxFault("yaml-bracket", message, mark, hint)
    if at_mark in ("]", "}", ","):
        message = f"A value is missing before “{at_mark}”"
        return SyntaxFault("yaml-bracket", message, mark, "Put a text with brackets in quotes.")
    return _general(mark)


def _block_end(mark: StreamMark, text: str) -> SyntaxFault:
    if _text_before(mark, text).strip():
        message = "Text goes on here after a closing quote or bracket"
        hint = "Put all of it in one pair of quotes; double quotes may hold an apostrophe."
        return SyntaxFault("yaml-quotes", message, mark, hint)
    message = "This line is not indented like the lines it belongs to"
    hint = "Begin keys of one group, and entries of one list, in the same column."
    return SyntaxFault("yaml-indentation", message, mark, hint)


def _text_before(mark: StreamMark, text: str) -> str:
    """Return the text before a mark in its line."""
    return text[mark.index - mark.column : mark.index]
