"""Read a file's lines into a tree of texts and blocks, before any Markdown is read.

A misspelt fence never becomes text, it is a fault.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, MutableSequence, Set
from dataclasses import dataclass, field, replace
from pathlib import Path

from workshop.content.block_tree import Block, Node, Text
from workshop.content.fences import Fence, like_fence, read_fence
from workshop.content.grammar.code_fences import CODE, CODE_IN_LIST, length_of_code
from workshop.content.grammar.comments import uncomment
from workshop.content.grammar.indentation import dedent, indent_of
from workshop.content.headers import Header, SourceLine, check_place, read_options
from workshop.content.vocabulary import KINDS, MODULE, ROOTS, UNKNOWN
from workshop.diagnostics import Location, Report, nearest
from workshop.limits import BLOCK_DEPTH


@dataclass(frozen=True)
class Scanned:
    """Holds a file's block tree, and the blocks that are left out of it as they are at fault."""

    tree: tuple[Node, ...]
    left_out: tuple[Block, ...]


def scan(
    source: str, path: Path, report: Report, *, root: str = "module", first_line: int = 1
) -> tuple[Node, ...]:
    """Read a file's text into a block tree, and put every fault into `report`.

    `root` says what the file is, "module" or "case"; `first_line` is the number of the source's
    first line in its file. A block of unknown kind or in a wrong place is left out whole.
    """
    return scan_all(source, path, report, root=root, first_line=first_line).tree


def scan_all(
    source: str, path: Path, report: Report, *, root: str = "module", first_line: int = 1
) -> Scanned:
    """Read a file's text as `scan` does; return also what is left out, for other faults in it."""
    texts = re.split(r"\r\n|\r|\n", source)
    lines = [SourceLine(text, path, number) for number, text in enumerate(texts, first_line)]
    scanner = _Scanner(lines, report, [_OpenBlock(ROOTS[root], Location(path, first_line))])
    tree = scanner.run()
    return Scanned(tree, tuple(scanner.left_out))


def lines_of_code(source: str) -> Set[int]:
    """Return the indices, from 0, of the lines of a text that stand in fenced code."""
    lines = [SourceLine(text, Path(), number) for number, text in enumerate(source.split("\n"))]
    return _Scanner(lines, Report(), [_OpenBlock(MODULE, Location(Path()))]).code_lines()


@dataclass
class _OpenBlock:
    """Collects the content of the file itself, or of a block that has not been closed yet.

    `named` says whether its kind could be read, `in_tree` whether it becomes part of the tree.
    `indent` is in columns.
    """

    place: str
    location: Location
    indent: int = 0
    named: bool = False
    in_tree: bool = False
    id: str | None = None
    options: Mapping[str, str | int] = field(default_factory=dict)
    children: list[Node] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    text_location: Location | None = None

    def add(self, line: SourceLine) -> None:
        """Add a line of text."""
        text, taken = dedent(line.text, self.indent)
        self.text_location = self.text_location or line.at(taken)
        self.text.append(text)

    def end_text(self) -> None:
        """Make a child of the lines since the last fence, unless all are empty."""
        source = "\n".join(self.text)
        if self.text_location and source.strip():
            self.children.append(Text(source, self.text_location))
        self.text, self.text_location = [], None


@dataclass
class _Scanner:
    """Reads lines one by one, with the file and all open blocks on a stack."""

    lines: MutableSequence[SourceLine]
    report: Report
    stack: list[_OpenBlock]
    ids: dict[str, Location] = field(default_factory=dict)
    left_out: list[Block] = field(default_factory=list)

    def run(self) -> tuple[Node, ...]:
        """Return the tree of all lines, and report every fault in them."""
        index = 0
        while index < len(self.lines) and not self._is_too_deep():
            self._take_out_comments(index)
            end = self._code_end(index)
            if end is None or like_fence(self.lines[index].text):
                self._read_line(self.lines[index])
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

    def code_lines(self) -> Set[int]:
        """Return the indices of the lines that stand in fenced code."""
        inside: set[int] = set()
        for index in range(len(self.lines)):
            if index not in inside:
                inside.update(range(index, self._code_end(index) or index))
        return inside

    def _take_out_comments(self, index: int) -> None:
        """Take out the comments that begin in a line, with all fences and code inside them.

        A line such as `<!-- facilitator -->` is left, as other programs mark a block with it.
        """
        line = self.lines[index]
        is_code = CODE.match(dedent(line.text, self.stack[-1].indent)[0])
        if "<!--" not in line.text or is_code or (":::" not in line.text and like_fence(line.text)):
            return
        read = uncomment(line.text)
        opened = line.at(read.opened or 0)
        self.lines[index] = replace(line, text=read.text)
        while read.opened is not None and index + 1 < len(self.lines):
            index += 1
            read = uncomment(self.lines[index].text, is_open=True)
            self.lines[index] = replace(self.lines[index], text=read.text)
        if read.opened is not None:
            hint = "Close it with “-->”. To print “<!--”, put it between back-ticks."
            self.report.error("unclosed-comment", "This comment is not closed", opened, hint)
            for block in self.stack:
                block.named = False  # it may be closed inside of the comment

    def _read_line(self, line: SourceLine) -> None:
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
            hint = "Take it out, or look for the block above that it should close."
            self.report.error("stray-fence", "This fence closes no block", fence.location, hint)

    def _open(self, fence: Fence, line: SourceLine) -> None:
        indent = max(self.stack[-1].indent, indent_of(line.text))
        opened = _OpenBlock(UNKNOWN, fence.location, indent, named=fence.header is not None)
        if fence.header:
            self._read_header(fence.header, opened)
        self.stack.append(opened)

    def _read_header(self, header: Header, opened: _OpenBlock) -> None:
        self._check_unique(header)
        kind = header.kind
        if kind.text not in KINDS:
            message = f"There is no block “{kind.text}”"
            self.report.error("unknown-block", message, kind.location, nearest(kind.text, KINDS))
            return
        around = [block.place for block in self.stack]
        opened.place = kind.text
        opened.in_tree = check_place(kind, around, self.report)
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
        children = tuple(closed.children)
        block = Block(closed.place, closed.id, closed.options, children, closed.location)
        siblings = self.stack[-1].children if closed.in_tree else self.left_out
        siblings.append(block)

    def _is_too_deep(self) -> bool:
        return len(self.stack) > BLOCK_DEPTH.most

    def _report_unclosed(self) -> None:
        hint = "Close it with “:::” on a line of its own."
        if self._is_too_deep():
            message = f"Blocks are open within each other more than {BLOCK_DEPTH.most} deep"
            self.report.error("block-depth", message, self.stack[-1].location, hint)
            return
        for unclosed in self.stack[1:]:
            # A fence that could not be read may have opened no block, and was reported.
            if unclosed.named:
                message = "This block is not closed"
                self.report.error("unclosed-block", message, unclosed.location, hint)

    def _code_end(self, index: int) -> int | None:
        """Return the index after the fenced code that begins here; None where none begins.

        Code without an end would swallow the fences after it, and print the blocks that they keep
        back. So it is a fault, and its lines are read as if no code had begun. Back-ticks with a
        kind's name behind them are how other programs write a block: `read_fence` reports these.
        """
        line, indent = self.lines[index], self.stack[-1].indent
        text, taken = dedent(line.text, indent)
        opening = CODE.match(text)
        if not opening:
            self._check_code_in_list(line)
            return None
        places = range(index + 1, len(self.lines))
        following = (dedent(self.lines[place].text, indent)[0] for place in places)
        length = length_of_code(opening["run"], following, in_block=len(self.stack) > 1)
        if length is not None:
            return index + 1 + length
        if like_fence(line.text):
            return None
        self.report.error(
            "unclosed-code",
            "This code block is not closed",
            line.at(taken + opening.start("run")),
            f"Close it with {opening['run']} on a line of its own.",
        )
        return None

    def _check_code_in_list(self, line: SourceLine) -> None:
        # Its closing fence, on a line of its own, would be read as the opening of more code.
        match = CODE_IN_LIST.match(line.text)
        if match and not like_fence(line.text):
            self.report.error(
                "malformed-code",
                "A code block cannot begin on the line of a list’s item",
                line.at(match.start("run")),
                "Begin it on the next line, indented like the item’s text.",
            )
