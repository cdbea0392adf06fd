"""Report what in a text would be printed as typed, run together or left out.

A text is read as it will be printed, and what is left of Markdown's marks among its words is told.
An error is what would print wrong or lose words, a warning what may be meant.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from markdown_it.token import Token

from workshop.content.doubts.doubtful_blocks import BLOCK_CHECKS
from workshop.content.doubts.doubtful_html import HTML_CHECKS
from workshop.content.doubts.doubtful_links import LINK_CHECKS
from workshop.content.doubts.left_over_marks import LEFT_OVER
from workshop.content.doubts.text_look import Look, inlines, text_pieces
from workshop.content.grammar.markdown_parser import make_parser
from workshop.content.hidden_characters import SOFT_BREAKS, hidden_in
from workshop.diagnostics import Location, Report
from workshop.limits import TEXT_BRACKETS

_EXPRESSION = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_STATEMENT = re.compile(r"\{%.*?%\}", re.DOTALL)
_SOUND = re.compile(r"\*\*\w(?:[^*\n]*[^\s*])?\*\*|`[^`\n]+`")
# A text with none of these has nothing to be told. Most texts need no closer look.
_MAY_BE_DOUBTFUL = re.compile(
    r"[<~^|`\\$&\x0b\u2028]|==|\+\+|%%|\*\*|__|\]\s?\(|\]\[|\]:|\[\[|\[\^|!\[|\[-?@|@\[|\{|:[a-z_]+:|:[+-]1:"
    r"|^\s*(?:#|>|\[|\*\[|\(@|:?-{2,}|!!!|\?\?\?|\+\+\+|///|[0-9]+[.)]\s)|^-\s*$|^ {4}|\t"
    r"|^ *[A-Z][.)] .*\n *[A-Z][.)] "
    # A line that begins like an item below one that does not, and one at the margin below an item.
    r"|^(?![-*+]\s|[0-9]+[.)]\s)\S.*\n *(?:[–—•·○●□☐☑☒✓✔►➢→]|\(?(?:[0-9]{1,9}|[a-z]{1,4})[.)])\s"
    r"|^(?:-|[0-9]{1,3}[.)])[^\W\d_]"
    r"|\n +(?:[02-9]|[1-9][0-9]+|[a-z]{1,4})[.)]\s"
    r"|^(?: *[-*+]\s| *[0-9]+[.)]\s| +\S).*\n(?![0-9]+[.)]\s)[A-Z0-9“\"]",
    re.MULTILINE,
)
# Hidden characters that may be written as “&#8203;”, as they only say where a line may end.
_HARMLESS = "\u061c\u200b\u200e\u200f\u2060\ufeff"
# Formulas between brackets behind backslashes, which Markdown takes away. Words are put between
# square ones too, to keep them from being a link.
_BETWEEN_BACKSLASHES = re.compile(
    r"(?<!\\)(?P<mark>\\{1,2})(?:\([^()\n]*?(?:\([^()\n]*\)[^()\n]*?)*(?P=mark)\)"
    r"|\[(?:\s*\n|(?=[^\n]*?(?:[\^{}]|\s[-=+*/<>]\s))).*?(?P=mark)\])",
    re.DOTALL,
)
# Its backslash stays, so that it is told by itself.
_COMMAND = re.compile(r"\\[A-Za-z]{2}")


def report_doubts(source: str, location: Location, report: Report) -> None:
    """Report each doubtful mark of a text that begins at `location`, with its line and a cure."""
    # What is filled in is words. A line that holds nothing but a statement is empty in print.
    masked = _EXPRESSION.sub(lambda match: re.sub(".", "x", match[0]), source)
    masked = _STATEMENT.sub(lambda match: re.sub(".", "", match[0]), masked)
    if masked.count("[") > TEXT_BRACKETS.most:
        message = f"This text has more than {TEXT_BRACKETS.most} opening brackets"
        report.error(
            "too-many-brackets", message, location, "Part it with a block, or take them out."
        )
        return
    if not _MAY_BE_DOUBTFUL.search(_SOUND.sub(_without_code, masked)):
        return
    look = Look(source.split("\n"), location, report, {})
    tokens = _parse()(masked, look.env)
    for check in _CHECKS:
        check(tokens, look)


def _without_code(sound: re.Match[str]) -> str:
    return "".join(mark for mark in SOFT_BREAKS if mark in sound[0])


@cache
def _parse() -> Callable[[str, Any], list[Token]]:
    parser = make_parser()
    parser.disable(["signs", "text_join"])  # unjoined, escaped marks stand by themselves
    return parser.parse


def _check_left_over(tokens: Sequence[Token], look: Look) -> None:
    for _, inline in inlines(tokens):
        line = inline.map[0] if inline.map else 0
        for words in text_pieces(inline.children or ()):
            _check_text(words.text, words.is_first, line + words.line, look)


def _check_entities(tokens: Sequence[Token], look: Look) -> None:
    """Look for hidden characters that are written as “&#x202E;”."""
    for _, inline in inlines(tokens):
        for token in inline.children or ():
            hidden = (token.content[at] for at in hidden_in(token.content))
            is_hidden = token.content == "\ufffd" or any(sign not in _HARMLESS for sign in hidden)
            if token.info == "entity" and is_hidden:
                look.report.error(
                    "hidden-character",
                    f"“{token.markup}” is a character that cannot be printed",
                    look.place(inline.map[0] if inline.map else 0, token.markup),
                    "Take it out.",
                )


def _check_formulas(tokens: Sequence[Token], look: Look) -> None:
    """Look for formulas between brackets with backslashes, as they are typed."""
    for _, inline in inlines(tokens):
        typed = "".join(_as_typed(token) for token in inline.children or ())
        for formula in _BETWEEN_BACKSLASHES.finditer(typed):
            if _COMMAND.search(formula[0]):
                continue
            first = formula[0].split("\n")[0].strip()
            look.report.warn(
                "no-formula",
                f"“{first}” looks like a formula in TeX, and is not printed as one",
                look.place((inline.map or [0])[0] + typed.count("\n", 0, formula.start()), first),
                "Write it in words and signs, x<sup>2</sup> or ½; or put a picture of the formula "
                "there. Brackets that are to be printed need no backslash.",
            )


def _as_typed(token: Token) -> str:
    if token.type in ("softbreak", "hardbreak"):
        return "\n"
    if token.type == "text_special":
        return token.markup
    return token.content if token.type == "text" else "x"


def _check_text(text: str, is_first: bool, line: int, look: Look) -> None:
    told: list[range] = []
    for rule in LEFT_OVER:
        if rule.at_start and not is_first:
            continue
        begun = rule.pattern.match(text)
        for match in [begun] if rule.at_start and begun else rule.pattern.finditer(text):
            if (rule.at_start and not begun) or any(match.start() in span for span in told):
                continue
            tell = look.report.error if rule.is_error else look.report.warn
            words = match[0].strip()
            tell(rule.code, rule.message.format(words), look.place(line, words), rule.hint)
            told.append(range(*match.span()))


_CHECKS: tuple[Callable[[Sequence[Token], Look], None], ...] = (
    _check_left_over,
    _check_entities,
    _check_formulas,
    *HTML_CHECKS,
    *BLOCK_CHECKS,
    *LINK_CHECKS,
)
