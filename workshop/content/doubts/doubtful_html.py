"""Report HTML that is refused, tags of other programs, elements not closed, and marks inside."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from workshop.content.doubts.text_look import Look, text_pieces
from workshop.content.grammar.html_tags import (
    CLOSED_BY_HTML,
    TAG,
    TAGS,
    VOID_TAGS,
    foreign_tags_in,
    is_html,
    refused_in,
)

# In HTML, marks of bold words, links, lists and headings, code, and of other programs.
_MARKDOWN = re.compile(
    r"\*\*|(?<![\w*])\*\w[^*\n]*\*|(?<!\w)__\w|\]\(|^\s*[-*+] |^#+ |`[^`\n]+`|~~\w|==\w"
    r"|\[\[|\[\^|\[@|(?<!\w):(?:[a-z_]+|[+-]1):(?!\w)|\{[.:+>]|\$\$|\+\+\w|\^\w+\^"
    r"|(?<![\w\\:])\\[a-z]{2,}(?![\w\\])",
    re.MULTILINE,
)
# Tags, alone or in a block, as the parser of Markdown calls them; and their titles.
_HTML = frozenset(("html_inline", "html_block"))
_READ_OUT = re.compile(
    r"<[A-Za-z][^<>]*?\sclass\s*=\s*(?:[\"'][^\"'<>]*?(?<![\w-]))?hidden(?:-head)?(?![\w-])[^<>]*>"
)
# A value in quotation marks may hold those of the other kind, and what looks like an attribute.
_VALUE = r"(?:\"[^\"]*\"|'[^']*'|[^\s\"'<>=]+)"
_TITLE = re.compile(
    rf"<[a-z][\w-]*(?:\s+(?!title\b)[\w:-]+(?:\s*=\s*{_VALUE})?)*\s+title\s*=\s*({_VALUE})",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class _OpenTag:
    """Holds an element that has been opened; one that `is_told` has a fault already."""

    name: str
    line: int
    is_told: bool


def _check_refused(tokens: Sequence[Token], look: Look) -> None:
    """Look for HTML that cannot stand in a text, unlike words in angle brackets."""
    told = set()
    for line, html in _pieces(tokens):
        for tag in refused_in(html):
            if tag not in told:
                told.add(tag)
                look.report.error(
                    "refused-html",
                    f"HTML such as “{tag}” cannot stand in a text, so it is printed as typed",
                    look.place(line, tag),
                    "Take it out. Pictures are written ![words](file.svg); "
                    "looks go into client.css.",
                )


def _check_foreign(tokens: Sequence[Token], look: Look) -> None:
    """Look for tags that come along with text from a word processor; each is told once."""
    told = set()
    for line, html in _pieces(tokens):
        for name, tag in foreign_tags_in(html):
            if name not in told:
                told.add(name)
                look.report.error(
                    "refused-html",
                    f"“{tag}” came along from another program, so it is printed as typed",
                    look.place(line, tag),
                    "Take all such tags out and leave the words between them; or paste the words "
                    "anew as plain text (Ctrl+Shift+V).",
                )


def _check_unseen(tokens: Sequence[Token], look: Look) -> None:
    """Look for words that paper does not show: for who points at others, or only hears a page."""
    for token in tokens:
        line = token.map[0] if token.map else 0
        html = [piece for piece in token.children or [token] if piece.type in _HTML]
        for title in (title for piece in html for title in _titles_in(piece.content)):
            look.report.warn(
                "lost-title",
                f"“{title}” is not printed: on paper nobody can point at words",
                look.place(line, title),
                "Write these words into the text, or take them out.",
            )
        for tag in (tag[0] for piece in html for tag in _READ_OUT.finditer(piece.content)):
            look.report.warn(
                "read-out-only",
                f"What stands in “{tag}” is read out to those who hear a page, and not printed",
                look.place(line, tag),
                "Take the class out, unless you mean that.",
            )


def _titles_in(html: str) -> Iterator[str]:
    for value in _TITLE.findall(html):
        words = value[1:-1] if value[0] in "\"'" else value
        if words.strip():
            yield words.strip()


def _pieces(tokens: Sequence[Token]) -> Iterator[tuple[int, str]]:
    """Yield what is printed as typed or passed on as HTML, each with its paragraph's line."""
    for token in tokens:
        line = token.map[0] if token.map else 0
        if token.type == "html_block":
            yield line, token.content
        elif token.type == "inline":
            yield from ((line, piece.text) for piece in text_pieces(token.children or ()))


def _check_pairs(tokens: Sequence[Token], look: Look) -> None:
    """Look for elements that are not closed before the text ends, and for marks inside of HTML."""
    opened: list[_OpenTag] = []
    for token in tokens:
        line = token.map[0] if token.map else 0
        for piece in token.children or [token]:
            if piece.type in ("html_inline", "html_block", "text"):
                for tag in TAG.finditer(piece.content):
                    if tag["name"].lower() in TAGS:
                        _pair(tag, line, opened, look)
        if token.type == "html_block" and _MARKDOWN.search(token.content):
            look.report.warn(
                "markdown-in-html",
                "Markdown is not read inside of HTML, so its marks are printed as typed",
                look.place(line),
                "Put an empty line below the opening tag and above the closing one.",
            )
    for element in opened:
        if not element.is_told and element.name not in CLOSED_BY_HTML:
            look.report.error(
                "unclosed-tag",
                f"<{element.name}> is not closed before this text ends",
                look.place(element.line, f"<{element.name}"),
                f"Write </{element.name}> before the next fence.",
            )


def _pair(tag: re.Match[str], line: int, opened: list[_OpenTag], look: Look) -> None:
    name = tag["name"].lower()
    if name in VOID_TAGS or tag[0].endswith("/>"):
        return
    if not tag["close"]:
        opened.append(_OpenTag(name, line, is_told=not is_html(tag)))
        return
    for index in range(len(opened) - 1, -1, -1):
        if opened[index].name == name:
            del opened[index]
            return
    look.report.error(
        "unclosed-tag",
        f"</{name}> closes nothing in this text",
        look.place(line, f"</{name}"),
        f"Write <{name}> before it, or take it out.",
    )


HTML_CHECKS: tuple[Callable[[Sequence[Token], Look], None], ...] = (
    _check_refused,
    _check_foreign,
    _check_unseen,
    _check_pairs,
)
