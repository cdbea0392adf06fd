"""Report lines that run together, cells that are lost, headings and code that came by chance."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from markdown_it.token import Token

from workshop.content.grammar.left_over_marks import RUNS_ON
from workshop.content.grammar.text_look import Look, inlines

_EXPRESSION = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_END = Token("", "", 0)
_DEEPEST = 40  # of the parser's levels; a list in a list takes two
_LAZY = re.compile(r"[A-Z0-9“\"]")
_SHORT_RULE = 3
_CELL = re.compile(r"(?<!\\)\|")
_ONE_LINE = 2  # of text and the rule below it


def _check_running_on(tokens: Sequence[Token], look: Look) -> None:
    """Look for lines that begin like an item and run on from the line above."""
    for around, inline in inlines(tokens):
        if around.type != "paragraph_open" or not inline.map:
            continue
        lines = inline.content.split("\n")
        start = inline.map[0]
        for offset, line in enumerate(lines):
            if offset and (found := RUNS_ON.match(line.lstrip())):
                look.report.warn(
                    "runs-on",
                    f"This line begins like an item of a list (“{found[0].strip()}”), "
                    "but runs on from the line above",
                    look.place(start + offset),
                    "Put an empty line above it, and begin items with “-” or “1.” and a space.",
                )
                break
            if line.lstrip().startswith("|") and line.count("|") > 1:
                look.report.error(
                    "no-table",
                    "This looks like a row of a table, but would be printed as typed",
                    look.place(start + offset),
                    "Below the head a table has a line |---|---|, with as many cells as the head.",
                )
                break


def _check_lazy_lines(tokens: Sequence[Token], look: Look) -> None:
    """Look for lines at the margin that run on from a list’s item or a quotation above."""
    depth = {"list": 0, "quote": 0}
    kinds = {"list_item": "list", "blockquote": "quote", "alert": "quote", "dd": "list"}
    for token, inline in zip(tokens, [*tokens[1:], _END], strict=False):
        kind = kinds.get(token.type.removesuffix("_open").removesuffix("_close"))
        if kind:
            depth[kind] += token.nesting
        if inline.type != "inline" or not inline.map or not any(depth.values()):
            continue
        for number in range(inline.map[0] + 1, min(inline.map[1], len(look.lines))):
            line, above = look.lines[number], look.lines[number - 1].rstrip()
            is_margin = bool(_LAZY.match(line)) and not line.startswith((" ", ">"))
            if is_margin and (depth["quote"] or above.endswith((".", "!", "?", ":", "”"))):
                around = "quotation" if depth["quote"] else "item"
                look.report.warn(
                    "runs-on",
                    f"This line runs on from the {around} above",
                    look.place(number),
                    "Put an empty line above it; or set it in, if it belongs there.",
                )


def _check_blocks(tokens: Sequence[Token], look: Look) -> None:
    """Look for code, headings and depths that came about by the look of a line."""
    for token in tokens:
        line = token.map[0] if token.map else 0
        if token.level >= _DEEPEST:
            hint = "Begin a list of its own instead."
            look.report.error(
                "too-deep",
                "Lists or quotations stand too deep in each other here",
                look.place(line),
                hint,
            )
            return
        if token.type == "code_block":
            look.report.warn(
                "set-in-text",
                "This is set in by four spaces or more, so it is printed as code",
                look.place(line),
                "Take the spaces out; or put code between two lines of three back-ticks.",
            )
        if token.type == "heading_open" and token.markup in ("-", "=") and token.map:
            lines = look.lines[line : token.map[1]]
            rule = lines[-1].strip(" >")
            if len(lines) > 2 or len(rule) < _SHORT_RULE:
                look.report.warn(
                    "underlined",
                    f"The line “{rule}” makes a heading of the text above it",
                    look.place(token.map[1] - 1),
                    "Put an empty line between the two; or write the heading as “## …”.",
                )


def _check_headings(tokens: Sequence[Token], look: Look) -> None:
    before = 0
    for token in tokens:
        if token.type == "heading_open" and token.map:
            level = int(token.tag[1])
            if before and level > before + 1:
                look.report.warn(
                    "skipped-heading",
                    f"This heading is {level - before} levels below the one before it",
                    look.place(token.map[0]),
                    f"Write “{'#' * (before + 1)}”: a screen reader announces levels.",
                )
            before = level


def _check_tables(tokens: Sequence[Token], look: Look) -> None:
    width = 0
    for index, token in enumerate(tokens):
        if token.type == "tr_open" and token.map:
            line = look.lines[token.map[0]]
            if tokens[index - 1].type == "thead_open":
                width = _cells(line)
            elif _cells(line) > width:
                look.report.error(
                    "lost-cell",
                    f"This row has {_cells(line)} cells, the table’s head {width}: words are lost",
                    look.place(token.map[0]),
                    "Give the head a cell for each, or write “\\|” for a bar in a cell.",
                )
            elif not _CELL.search(line):
                look.report.warn(
                    "runs-on",
                    "This line becomes a row of the table above",
                    look.place(token.map[0]),
                    "Put an empty line above it.",
                )


def _cells(line: str) -> int:
    bare = _EXPRESSION.sub("x", line).strip(" \t>")
    return len(_CELL.findall(bare.removeprefix("|"))) + (not re.search(r"(?<!\\)\|$", bare))


BLOCK_CHECKS: tuple[Callable[[Sequence[Token], Look], None], ...] = (
    _check_running_on,
    _check_lazy_lines,
    _check_blocks,
    _check_headings,
    _check_tables,
)
