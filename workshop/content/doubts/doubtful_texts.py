"""Report doubtful marks in all texts of a file: those that are Markdown, and those that are not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from workshop.content.block_scanner import Scanned
from workshop.content.block_tree import Node, Text, texts_of
from workshop.content.doubts.doubtful_articles import check_articles
from workshop.content.doubts.doubtful_marks import report_doubts
from workshop.content.doubts.doubtful_notes import ask_about_notes
from workshop.content.doubts.doubtful_statements import check_statements
from workshop.content.grammar.numbered_items import numbered_items
from workshop.content.hidden_characters import report_hidden
from workshop.content.source_file import SourceFile
from workshop.content.vocabulary import UNKNOWN
from workshop.content.yaml.source import YamlSource
from workshop.diagnostics import Location, Report
from workshop.keeping.fingerprint import digest_of
from workshop.keeping.memory import Memory

_BRACES = re.compile(r"\{[^}]*\}")
STEP_MINUTES = re.compile(r"\{(?P<minutes>[1-9][0-9]{0,2}) min(?P<each> each round)?\}\s*")


# Marks in texts that are printed plain.
_PLAIN = re.compile(
    r"\*\*(?=\S)|~~(?=\S)|(?<![\w*])\*(?=\w)[^*\n]+(?<=\S)\*(?![\w*])|\[[^\]]+\]\([^)]*\)|`[^`]+`|<!--"
    r"|</?(?:b|i|u|br|em|strong|sup|sub|mark|span|small)\b[^>]*>|&(?:[a-z]{2,8}|#[0-9]+);"
)
_PLAIN_KEYS = frozenset(("title", "summary", "outcomes", "promise", "gains"))
_NOT_KNOWN = ("unclosed-code", "malformed-code", "unclosed-comment", "block-depth")
_STEPS = ("exercise", UNKNOWN)  # a block of unknown kind may be meant as an exercise
_PLAIN_OPTIONS = ("title", "label", "boxes", "columns", "first")


def check_texts(
    kind: str,
    file: SourceFile,
    scanned: Scanned,
    faults: Report,
    report: Report,
    memory: Memory | None,
) -> None:
    """Report what is doubtful in a file's titles and texts, those of left-out blocks with them.

    `kind` is what the file holds: a module or a case. If `memory` has that nothing in such a text
    is doubtful, it is not looked through again. Where one of the `faults` of its blocks says that
    code or a comment has no end, what is text is not known: then its marks are not looked at.
    """
    key = f"sound {digest_of((kind, file.text))}"
    if memory and memory.texts.get(key):
        return
    doubts = Report()
    _look_through(file, scanned, faults, doubts)
    report.extend(doubts)
    if memory and not (list(doubts) or list(faults)):
        memory.texts.put(key, True)


def _look_through(file: SourceFile, scanned: Scanned, faults: Report, report: Report) -> None:
    report_hidden(file.body, file.path, report, file.first_line, is_markdown=True)
    check_articles(file, report)
    if file.front:
        check_plain_values(file.front, report)
    if all(fault.code not in _NOT_KNOWN for fault in faults.errors):
        check_marks((*scanned.tree, *scanned.left_out), report)


def check_marks(nodes: Sequence[Node], report: Report) -> None:
    """Report what of a file's texts would be printed as typed, run together or left out."""
    check_statements(texts_of(nodes), report)
    _check_texts(nodes, report, "module")


def _check_texts(nodes: Iterable[Node], report: Report, around: str) -> None:
    for node in nodes:
        if isinstance(node, Text):
            source = _without_minutes(node.source) if around in _STEPS else node.source
            report_doubts(source, node.location, report)
            if around != "facilitator":
                ask_about_notes(source, node.location, report)
        else:
            for option in _PLAIN_OPTIONS:
                check_plain(str(node.options.get(option, "")), node.location, report)
            theirs = "facilitator" if "facilitator" in (around, node.kind) else node.kind
            _check_texts(node.children, report, theirs)


def check_plain_values(file: YamlSource, report: Report) -> None:
    """Report marks in titles and the like, which are printed plain."""
    for keys, place in file.places.items():
        if keys and keys[0] in _PLAIN_KEYS:
            check_plain(place.written, place.value, report)


def check_plain(text: str, location: Location, report: Report) -> None:
    """Report the first mark in a text that is printed plain."""
    if marks := _PLAIN.search(text):
        report.warn(
            "plain-text",
            f"“{marks[0]}” is printed as typed: titles, labels and cells are plain text",
            location,
            "Take the marks out, or move the words into the text.",
        )


def _without_minutes(source: str) -> str:
    """Put words in the place of the minutes of steps: whoever reads the steps looks at them."""
    lines = source.split("\n")
    for index, start in numbered_items(source).items():
        if mark := _BRACES.match(lines[index], start):
            lines[index] = lines[index][:start] + "x" * len(mark[0]) + lines[index][mark.end() :]
    return "\n".join(lines)
