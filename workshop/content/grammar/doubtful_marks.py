"""Report what in a text would be printed as typed, run together or left out.

A text is read as it will be printed, and what is left of Markdown's marks among its words is told.
An error is what would print wrong or lose words, a warning what may be meant.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from workshop.content.grammar.doubtful_blocks import BLOCK_CHECKS
from workshop.content.grammar.html_tags import CLOSED_BY_HTML, VOID_TAGS, refused_in, tags_in
from workshop.content.grammar.left_over_marks import LEFT_OVER
from workshop.content.grammar.markdown_parser import make_parser
from workshop.content.grammar.text_look import Look, inlines
from workshop.diagnostics import Location, Report

_EXPRESSION = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_STATEMENT = re.compile(r"\{%.*?%\}", re.DOTALL)
_SOUND = re.compile(r"\*\*\w(?:[^*\n]*[^\s*])?\*\*|`[^`\n]+`")
# A text with none of these has nothing to be told. Most texts need no closer look.
_MAY_BE_DOUBTFUL = re.compile(
    r"[<~^|`\\$]|==|\*\*|__|\]\s?\(|\]\[|\]:|\[\[|\[\^|!\[|\{|:[a-z_]+:"
    r"|^\s*(?:#|>|\[|:?-{2,}|!!!|\?\?\?|\+\+\+|///|%%%)|^-\s*$|^ {4}|\t"
    # A line that begins like an item below one that does not, and one at the margin below an item.
    r"|^(?![-*+]\s|[0-9]+[.)]\s)\S.*\n *(?:[–—•·○●□☐☑☒✓✔►➢→]|\(?(?:[0-9]{1,9}|[a-z]{1,4})[.)])\s"
    r"|^(?:-|[0-9]{1,3}[.)])[^\W\d_]"
    r"|\n +(?:[02-9]|[1-9][0-9]+|[a-z]{1,4})[.)]\s"
    r"|^(?: *[-*+]\s| *[0-9]+[.)]\s| +\S).*\n(?![0-9]+[.)]\s)[A-Z0-9“\"]",
    re.MULTILINE,
)
# In HTML, marks of bold words, links, lists and headings.
_MARKDOWN = re.compile(r"\*\*|\]\(|^\s*[-*+] |^#+ ", re.MULTILINE)
# Links in links are looked for behind every bracket: so many take seconds, and nobody means them.
_MOST_BRACKETS = 1000
# What GitHub’s users write for a comment: “[//]: # (not printed)”.
_COMMENT_LABELS = ("//", "COMMENT")


def report_doubts(source: str, location: Location, report: Report) -> None:
    """Report each doubtful mark of a text that begins at `location`, with its line and a cure."""
    # What is filled in is words. A line that holds nothing but a statement is empty in print.
    masked = _EXPRESSION.sub(lambda found: re.sub(".", "x", found[0]), source)
    masked = _STATEMENT.sub(lambda found: re.sub(".", "", found[0]), masked)
    if masked.count("[") > _MOST_BRACKETS:
        message = f"This text has more than {_MOST_BRACKETS} opening brackets"
        report.error(
            "too-many-brackets", message, location, "Part it with a block, or take them out."
        )
        return
    if not _MAY_BE_DOUBTFUL.search(_SOUND.sub("x", masked)):
        return
    look = Look(source.split("\n"), location, report, {})
    tokens = _parser().parse(masked, look.env)
    for check in _CHECKS:
        check(tokens, look)


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = make_parser()
    parser.disable(["signs", "text_join"])  # unjoined, escaped marks stand by themselves
    return parser


def _check_left_over(tokens: Sequence[Token], look: Look) -> None:
    for _, inline in inlines(tokens):
        line = inline.map[0] if inline.map else 0
        is_first = True
        for token in inline.children or ():
            if token.type == "text":
                _check_text(token.content, is_first, line, look)
            is_first = token.type in ("softbreak", "hardbreak")


def _check_text(text: str, is_first: bool, line: int, look: Look) -> None:
    told: list[range] = []
    for rule in LEFT_OVER:
        if rule.at_start and not is_first:
            continue
        begun = rule.pattern.match(text)
        for found in [begun] if rule.at_start and begun else rule.pattern.finditer(text):
            if (rule.at_start and not begun) or any(found.start() in span for span in told):
                continue
            tell = look.report.error if rule.is_error else look.report.warn
            words = found[0].strip()
            tell(rule.code, rule.message.format(words), look.place(line, words), rule.hint)
            told.append(range(*found.span()))


def _check_refused(tokens: Sequence[Token], look: Look) -> None:
    """Look for HTML that cannot stand in a text, unlike words in angle brackets."""
    told = set()
    for token in tokens:
        for piece in token.children or (token,):
            tags = refused_in(piece.content) if piece.type in ("text", "html_block") else ()
            for tag in tags:
                if tag not in told:
                    told.add(tag)
                    look.report.error(
                        "refused-html",
                        f"HTML such as “{tag}” cannot stand in a text, so it is printed as typed",
                        look.place(token.map[0] if token.map else 0, tag),
                        "Take it out. Pictures are written ![words](file.svg); "
                        "looks go into client.css.",
                    )


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
    for twice in look.env.get("duplicate_refs", ()):
        look.report.error(
            "unused-definition",
            f"“[{twice['label'].lower()}]:” stands here twice",
            look.place(twice["map"][0]),
            "Keep one of the two.",
        )


def _first(words: str, look: Look) -> Location:
    line = next((number for number, line in enumerate(look.lines) if words in line), 0)
    return look.place(line, words)


def _check_html(tokens: Sequence[Token], look: Look) -> None:
    """Look for elements that are not closed before the text ends, and for marks inside of HTML."""
    opened: list[tuple[str, int]] = []
    for token in tokens:
        line = token.map[0] if token.map else 0
        pieces = token.children or [token]
        for piece in pieces:
            if piece.type in ("html_inline", "html_block"):
                for tag in tags_in(piece.content):
                    _pair(tag, line, opened, look)
        if token.type == "html_block" and re.search(
            r"\*\*|\]\(|^\s*[-*+] |^#+ ", token.content, re.M
        ):
            look.report.warn(
                "markdown-in-html",
                "Markdown is not read inside of HTML, so its marks are printed as typed",
                look.place(line),
                "Put an empty line below the opening tag and above the closing one.",
            )
    for name, line in opened:
        if name not in CLOSED_BY_HTML:
            look.report.error(
                "unclosed-tag",
                f"<{name}> is not closed before this text ends",
                look.place(line, f"<{name}"),
                f"Write </{name}> before the next fence.",
            )


def _pair(tag: re.Match[str], line: int, opened: list[tuple[str, int]], look: Look) -> None:
    name = tag["name"].lower()
    if name in VOID_TAGS or tag[0].endswith("/>"):
        return
    if not tag["close"]:
        opened.append((name, line))
        return
    for index in range(len(opened) - 1, -1, -1):
        if opened[index][0] == name:
            del opened[index]
            return
    look.report.error(
        "unclosed-tag",
        f"</{name}> closes nothing in this text",
        look.place(line, f"</{name}"),
        f"Write <{name}> before it, or take it out.",
    )


_CHECKS: tuple[Callable[[Sequence[Token], Look], None], ...] = (
    _check_left_over,
    _check_refused,
    *BLOCK_CHECKS,
    _check_definitions,
    _check_html,
)
