"""A file's lines into a tree of text and blocks, before any of it is read as Markdown.

What is not meant for an audience is pruned from the tree, so it can never become part of that
audience's page. Nothing is ever text because it was misspelt: what looks like a fence is one or
is a fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from pathlib import Path

from workshop.content.fences import Fence, like_fence, read_fence
from workshop.content.headers import Header, Line, check_place, read_options
from workshop.content.vocabulary import AUDIENCE_SEES, KEPT_BACK, KINDS, MODULE, ROOTS, UNKNOWN
from workshop.diagnostics import Location, Report, nearest

_TAB = 4  # CommonMark 0.31, section 2.2: a tab reaches to the next multiple of four columns
_CODE = re.compile(r" {0,3}(?P<run>`{3,}(?=[^`]*$)|~{3,})(?P<info>.*)")
_CODE_IN_LIST = re.compile(r"[ \t]*(?:(?:[*+-]|[0-9]{1,9}[.)])[ \t]+)+(?P<run>`{3,}[^`]*$|~{3,})")


@dataclass(frozen=True)
class Text:
    """Markdown without the indentation of the block it stands in; `location` is its first line's.

    The location's column is that of the first character left.
    """

    source: str
    location: Location


@dataclass(frozen=True)
class Block:
    """A fenced block; `location` is that of its opening colons.

    Its options are of the vocabulary's types. Where the report holds errors, options at fault are
    missing.
    """

    kind: str
    id: str | None
    options: Mapping[str, str | int]
    children: tuple[Node, ...]
    location: Location


Node = Text | Block


def scan(
    source: str, path: Path, report: Report, *, root: str = "module", first_line: int = 1
) -> tuple[Node, ...]:
    """Read a file's text into its blocks, with every fault in `report`.

    `root` says what the file is, "module" or "case"; `first_line` is the number of the source's
    first line in its file. A block of unknown kind or in a wrong place is left out whole.
    """
    texts = re.split(r"\r\n|\r|\n", source)
    lines = [Line(text, path, number) for number, text in enumerate(texts, first_line)]
    return _Scanner(lines, report, [_OpenBlock(ROOTS[root], Location(path, first_line))]).run()


def lines_of_code(source: str) -> Set[int]:
    """Return which lines of a text, from 0, stand in fenced code."""
    place = Location(Path())
    lines = [Line(text, place.path, number) for number, text in enumerate(source.split("\n"))]
    return _Scanner(lines, Report(), [_OpenBlock(MODULE, place)]).code()


def visible(nodes: Iterable[Node], audience: str) -> tuple[Node, ...]:
    """Return the tree without what a document's audience may not see, at every depth."""
    shown = KINDS.keys() - KEPT_BACK | AUDIENCE_SEES[audience]
    return tuple(
        replace(node, children=visible(node.children, audience))
        if isinstance(node, Block)
        else node
        for node in nodes
        if isinstance(node, Text) or node.kind in shown
    )


def walk(nodes: Iterable[Node]) -> Iterator[Block]:
    """Yield every block, each before the blocks inside it."""
    for node in nodes:
        if isinstance(node, Block):
            yield node
            yield from walk(node.children)


def texts_of(nodes: Iterable[Node]) -> Iterator[Text]:
    """Yield every text, at every depth."""
    for node in nodes:
        yield from (node,) if isinstance(node, Text) else texts_of(node.children)


@dataclass
class _OpenBlock:
    """The file itself, or a block whose closing fence has not come yet.

    Only where `kept` does it become part of the tree. `named` says that its kind could be read.
    """

    place: str
    location: Location
    indent: int = 0
    named: bool = False
    kept: bool = False
    id: str | None = None
    options: Mapping[str, str | int] = field(default_factory=dict)
    children: list[Node] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    text_location: Location | None = None

    def add(self, line: Line) -> None:
        """Take a line of text."""
        text, taken = _dedent(line.text, self.indent)
        self.text_location = self.text_location or line.at(taken)
        self.text.append(text)

    def end_text(self) -> None:
        """Make a child of the lines since the last fence, if anything is written on them."""
        source = "\n".join(self.text)
        if self.text_location and source.strip():
            self.children.append(Text(source, self.text_location))
        self.text, self.text_location = [], None


@dataclass
class _Scanner:
    lines: Sequence[Line]
    report: Report
    stack: list[_OpenBlock]
    ids: dict[str, Location] = field(default_factory=dict)

    def run(self) -> tuple[Node, ...]:
        index = 0
        while index < len(self.lines):
            end = self._code_end(index)
            if end is None or like_fence(self.lines[index].text):
                self._take(self.lines[index])
                index = end or index + 1
            else:
                for line in self.lines[index:end]:
                    self.stack[-1].add(line)
                index = end
        self._report_unclosed()
        while len(self.stack) > 1:
            self._close()
        self.stack[0].end_text()
        return tuple(self.stack[0].children)

    def code(self) -> Set[int]:
        """Return the indices of the lines that stand in code."""
        inside: set[int] = set()
        for index in range(len(self.lines)):
            if index not in inside:
                inside.update(range(index, self._code_end(index) or index))
        return inside

    def _take(self, line: Line) -> None:
        fence = read_fence(line, self.report)
        if fence is None:
            self.stack[-1].add(line)
            return
        self.stack[-1].end_text()
        if fence.does == "open":
            self._open(fence, line)
        elif fence.does == "close" and len(self.stack) > 1:
            self._close()
        elif fence.does == "close" and not fence.at_fault:
            self.report.error(
                "stray-fence",
                "This fence closes no block",
                fence.location,
                "Take it out, or look for the block above that it should close.",
            )

    def _open(self, fence: Fence, line: Line) -> None:
        indent = max(self.stack[-1].indent, _indent(line.text))
        opened = _OpenBlock(UNKNOWN, fence.location, indent, named=fence.header is not None)
        if fence.header:
            self._read(fence.header, opened)
        self.stack.append(opened)

    def _read(self, header: Header, opened: _OpenBlock) -> None:
        self._check_unique(header)
        kind = header.kind
        if kind.text not in KINDS:
            message = f"There is no block “{kind.text}”"
            hint = nearest(kind.text, KINDS)
            self.report.error("unknown-block", message, kind.location, hint)
            return
        around = [open_.place for open_ in self.stack]
        opened.place = kind.text
        opened.kept = check_place(kind, around, self.report)
        opened.id = header.id.text if header.id else None
        opened.options = read_options(header, around[-1], self.report)

    def _check_unique(self, header: Header) -> None:
        if header.id is None:
            return
        first = self.ids.setdefault(header.id.text, header.id.location)
        if first != header.id.location:
            self.report.error(
                "duplicate-id",
                f"The id “{header.id.text}” is used twice in this file",
                header.id.location,
                f"It is first used on line {first.line}.",
            )

    def _close(self) -> None:
        closed = self.stack.pop()
        closed.end_text()
        if closed.kept:
            children = tuple(closed.children)
            block = Block(closed.place, closed.id, closed.options, children, closed.location)
            self.stack[-1].children.append(block)

    def _report_unclosed(self) -> None:
        for unclosed in self.stack[1:]:
            # A fence that could not be read may have opened no block, and was reported.
            if unclosed.named:
                self.report.error(
                    "unclosed-block",
                    "This block is not closed",
                    unclosed.location,
                    "Close it with “:::” on a line of its own.",
                )

    def _code_end(self, index: int) -> int | None:
        """Return the index after the fenced code that begins here; None where none does.

        Code without an end would swallow the fences after it, and print what they keep back: it is
        a fault and its lines are read as if it had not begun. So is a second opening inside, which
        CommonMark (0.31, section 4.5) takes for code: an end was most likely forgotten. What other
        programs write as a block, a kind’s name behind the back-ticks, is told when it is taken.
        """
        line, indent = self.lines[index], self.stack[-1].indent
        text, taken = _dedent(line.text, indent)
        opening = _CODE.match(text)
        if not opening:
            self._check_code_in_list(line)
            return None
        for end in range(index + 1, len(self.lines)):
            inner = _CODE.match(_dedent(self.lines[end].text, indent)[0])
            if inner and inner["run"].startswith(opening["run"]):
                if not inner["info"].strip(" \t"):
                    return end + 1
                break
        if like_fence(line.text):
            return None
        self.report.error(
            "unclosed-code",
            "This code block is not closed",
            line.at(taken + opening.start("run")),
            f"Close it with {opening['run']} on a line of its own.",
        )
        return None

    def _check_code_in_list(self, line: Line) -> None:
        # Its closing fence stands alone and would pass for the opening of another code block.
        match = _CODE_IN_LIST.match(line.text)
        if match and not like_fence(line.text):
            self.report.error(
                "malformed-code",
                "A code block cannot begin on the line of a list’s item",
                line.at(match.start("run")),
                "Begin it on the next line, indented like the item’s text.",
            )


def _indent(text: str) -> int:
    """Return the columns of white space a line begins with."""
    return len(text[: len(text) - len(text.lstrip(" \t"))].expandtabs(_TAB))


def _dedent(text: str, width: int) -> tuple[str, int]:
    """Take up to `width` columns of indentation off; also say how many characters that took.

    A tab that reaches beyond `width`, or stands after it, is turned into spaces, since it would
    reach another column than where its author saw it.
    """
    if not width:
        return text, 0
    columns = taken = 0
    while columns < width and text[taken : taken + 1] in (" ", "\t"):
        columns += _TAB - columns % _TAB if text[taken] == "\t" else 1
        taken += 1
    return " " * (_indent(text) - min(columns, width)) + text.lstrip(" \t"), taken
