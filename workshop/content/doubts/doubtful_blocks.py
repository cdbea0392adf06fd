"""Report lines that run together, cells that are lost, headings and code that came by chance."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from markdown_it.token import Token

from workshop.content.doubts.left_over_marks import RUNS_ON
from workshop.content.doubts.text_look import Look, inlines
from workshop.content.hidden_characters import HINT, SOFT_BREAKS, hidden_message

_EXPRESSION = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_END = Token("", "", 0)
_DEEPEST = 40  # of the parser's levels; a list in a list takes two
_LAZY = re.compile(r"[A-Z0-9“\"]")
_SHORT_RULE = 3
_CELL = re.compile(r"(?<!\\)\|")
_LETTERED = re.compile(r"\s*(?P<letter>[A-Z])[.)]\s+\S")
_LANGUAGE = re.compile(r"\{[^}]*\}|[A-Za-z0-9+#._-]{1,20}(?=\s|$)")
_CLOSING = re.compile(r"\S\s+(?P<marks>#+)\s*$")


def _check_running_on(tokens: Sequence[Token], look: Look) -> None:
    """Look for lines that begin like an item and run on from the line above."""
    for around, inline in inlines(tokens):
        if around.type != "paragraph_open" or not inline.map:
            continue
        lines = inline.content.split("\n")
        start = inline.map[0]
        for offset, line in enumerate(lines):
            if offset and (item := RUNS_ON.match(line.lstrip())):
                look.report.warn(
                    "runs-on",
                    f"This line begins like an item of a list (“{item[0].strip()}”), "
                    "but runs on from the line above",
                    look.place(start + offset),
                    "Put an empty line above it, and begin items with “-” or “1.” and a space.",
                )
                break
            if offset and _goes_on_in_letters(lines[offset - 1], line):
                look.report.warn(
                    "runs-on",
                    "This line begins like an item of a list, but runs on from the line above",
                    look.place(start + offset),
                    "Lists have numbers or bullets here: begin items with “1.” or “-” and a space.",
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


def _goes_on_in_letters(above: str, line: str) -> bool:
    """Tell whether two lines begin like “A.” and “B.”: one alone may be somebody’s initial."""
    first, second = _LETTERED.match(above), _LETTERED.match(line)
    return bool(first and second and ord(second["letter"]) == ord(first["letter"]) + 1)


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
    width, is_barred = 0, False
    for index, token in enumerate(tokens):
        if token.type == "tr_open" and token.map:
            line = look.lines[token.map[0]]
            if tokens[index - 1].type == "thead_open":
                width = _cells(line)
                is_barred = line.lstrip(" >").startswith("|")
            elif _cells(line) > width:
                look.report.error(
                    "lost-cell",
                    f"This row has {_cells(line)} cells, the table’s head {width}: words are lost",
                    look.place(token.map[0]),
                    "Give the head a cell for each, or write “\\|” for a bar in a cell.",
                )
            elif not _CELL.search(line) or (is_barred and not line.lstrip(" >").startswith("|")):
                look.report.warn(
                    "runs-on",
                    "This line becomes a row of the table above",
                    look.place(token.map[0]),
                    "Put an empty line above it.",
                )


def _cells(line: str) -> int:
    bare = _EXPRESSION.sub("x", line).strip(" \t>")
    return len(_CELL.findall(bare.removeprefix("|"))) + (not re.search(r"(?<!\\)\|$", bare))


def _check_numbers(tokens: Sequence[Token], look: Look) -> None:
    """Look for numbers of a list that do not go on by one, as they do in print."""
    items: list[list[Token]] = []
    for token in tokens:
        if token.type == "ordered_list_open":
            items.append([])
        elif token.type == "list_item_open" and token.info:
            items[-1].append(token)
        elif token.type == "ordered_list_close":
            _check_row(items.pop(), look)


def _check_row(items: Sequence[Token], look: Look) -> None:
    typed = [int(item.info) for item in items]
    if set(typed) == {1}:
        return
    pairs = [(number, typed[0] + turn) for turn, number in enumerate(typed)]
    for item, (number, printed) in zip(items, pairs, strict=True):
        if number != printed:
            look.report.warn(
                "list-number",
                f"This item is typed as {number} and printed as {printed}: a list counts on by one",
                look.place(item.map[0] if item.map else 0, f"{item.info}{item.markup}"),
                f"Write “{printed}{item.markup}”. A line of text above it, between two empty ones, "
                "begins a list of its own.",
            )
            return


def _check_code(tokens: Sequence[Token], look: Look) -> None:
    """Look for words on the line that opens code, where nothing is printed."""
    for token in tokens:
        info = token.info.strip() if token.type == "fence" else ""
        language = _LANGUAGE.match(info)
        words = info[language.end() :].strip() if language else info
        if words:
            look.report.error(
                "lost-words",
                f"“{words}” stands on the line that opens the code, where nothing is printed",
                look.place(token.map[0] if token.map else 0, words),
                "Write it on a line of its own: the text above the code, or the code below.",
            )


def _check_breaks(tokens: Sequence[Token], look: Look) -> None:
    """Look for line ends within a line where none can be printed: in code and in HTML."""
    for token in tokens:
        verbatim = [piece.content for piece in token.children or () if piece.type == "code_inline"]
        if token.type in ("fence", "code_block", "html_block"):
            verbatim.append(token.content)
        for code in (mark for mark in SOFT_BREAKS if any(mark in text for text in verbatim)):
            look.report.error(
                "hidden-character",
                hidden_message(code),
                look.place(token.map[0] if token.map else 0, code),
                HINT,
            )


def _check_closing_marks(tokens: Sequence[Token], look: Look) -> None:
    """Look for “#” at the end of a heading: Markdown takes it for its closing mark."""
    for token in tokens:
        if token.type == "heading_open" and token.markup.startswith("#") and token.map:
            closing = _CLOSING.search(look.lines[token.map[0]])
            if closing and closing["marks"] != token.markup:
                look.report.warn(
                    "lost-words",
                    f"The “{closing['marks']}” at the end of this heading is not printed",
                    look.place(token.map[0], f" {closing['marks']}"),
                    "Write “\\#” for the sign.",
                )


BLOCK_CHECKS: tuple[Callable[[Sequence[Token], Look], None], ...] = (
    _check_running_on,
    _check_lazy_lines,
    _check_blocks,
    _check_headings,
    _check_closing_marks,
    _check_tables,
    _check_numbers,
    _check_code,
    _check_breaks,
)
