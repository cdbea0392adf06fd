"""Report links without words or address, their titles, and definitions that nothing refers to."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from markdown_it.token import Token

from workshop.content.doubts.text_look import Look, inlines
from workshop.diagnostics import Location

# What GitHub’s users write for a comment: “[//]: # (not printed)”.
_COMMENT_LABELS = ("//", "COMMENT")
_COMMENT = re.compile(r"\s*\[(?://|comment)\]:", re.IGNORECASE)
_FOOTNOTE = re.compile(r"[ >]*\[\^([^\]\s]+)\]:")
_END = Token("", "", 0)


def _check_definitions(tokens: Sequence[Token], look: Look) -> None:
    """Look for footnotes and addresses that nothing refers to: they are not printed."""
    notes: Mapping[str, int] = look.env.get("footnotes", {}).get("refs", {})
    unused = [f"[^{label.removeprefix(':')}]:" for label, turn in notes.items() if turn < 0]
    linked = {
        token.attrGet("href") or token.attrGet("src")
        for inline in tokens
        for token in inline.children or ()
    }
    for label, target in look.env.get("references", {}).items():
        if target["href"] not in linked and label not in _COMMENT_LABELS:
            unused.append(look.lines[target["map"][0]].strip())
    for words in unused:
        look.report.error(
            "unused-definition",
            f"Nothing in this text refers to “{words}”, so it is not printed",
            _first(words, look),
            "Refer to it before the next fence, or write it without the brackets.",
        )
    _check_notes_once(tokens, look)
    for twice in look.env.get("duplicate_refs", ()):
        if twice["label"] not in _COMMENT_LABELS:
            look.report.error(
                "unused-definition",
                f"“[{twice['label'].lower()}]:” stands here twice",
                look.place(twice["map"][0]),
                "Keep one of the two.",
            )


def _check_notes_once(tokens: Sequence[Token], look: Look) -> None:
    """Look for footnotes of one name: only the last of them is printed."""
    code = {
        number
        for token in tokens
        if token.type in ("fence", "code_block", "html_block") and token.map
        for number in range(*token.map)
    }
    seen: set[str] = set()
    for number, line in enumerate(look.lines):
        match = _FOOTNOTE.match(line)
        if match is None or number in code:
            continue
        if match[1] in seen:
            look.report.error(
                "unused-definition",
                f"The footnote “[^{match[1]}]:” stands here twice, and only one is printed",
                look.place(number),
                "Give one of the two another name.",
            )
        seen.add(match[1])


def _check_links(tokens: Sequence[Token], look: Look) -> None:
    """Look for titles of links and pictures, and for links without words or address."""
    for _, inline in inlines(tokens):
        line = inline.map[0] if inline.map else 0
        for link, following in pairwise([*(inline.children or ()), _END]):
            if link.type not in ("link_open", "image"):
                continue
            if title := link.attrGet("title"):
                _tell_title(str(title), line, look)
            is_picture = link.type == "image"
            is_wordless = not is_picture and following.type == "link_close"
            if is_wordless or not link.attrGet("src" if is_picture else "href"):
                what = "words" if is_wordless else "address"
                written = "[](" if is_wordless else "]("
                look.report.error(
                    "no-link",
                    f"This {'picture' if is_picture else 'link'} has no {what}",
                    look.place(line, written),
                    "Write [words](address), or ![words](file.svg) for a picture.",
                )


def _tell_title(title: str, line: int, look: Look) -> None:
    words = title.split("\n")[0]
    around = look.place(line, words)
    look.report.warn(
        "lost-title",
        f"The title “{title}” is not printed",
        around if around.column else _first(words, look),
        "Write the words into the text, or take them out of the brackets.",
    )


def _check_comments(tokens: Sequence[Token], look: Look) -> None:
    """Look for comments of GitHub’s kind that are none, as they hold brackets or lack them."""
    for _, inline in inlines(tokens):
        for offset, line in enumerate(inline.content.split("\n")):
            if inline.map and _COMMENT.match(line):
                look.report.error(
                    "open-comment",
                    "This line is no comment, so it is printed as typed",
                    look.place(inline.map[0] + offset),
                    "Write a comment between <!-- and -->.",
                )


def _first(words: str, look: Look) -> Location:
    line = next((number for number, line in enumerate(look.lines) if words in line), 0)
    return look.place(line, words)


LINK_CHECKS: tuple[Callable[[Sequence[Token], Look], None], ...] = (
    _check_definitions,
    _check_links,
    _check_comments,
)
