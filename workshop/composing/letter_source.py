"""Look through a letter’s template for what would not be written as it is meant."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path

from workshop.content.doubts.doubtful_marks import report_doubts
from workshop.content.fences import may_be_fence
from workshop.content.grammar.comments import without_comments
from workshop.content.hidden_characters import report_hidden
from workshop.diagnostics import Location, Report, nearest

_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
_TAG = re.compile(r"\{%[-+]?\s*(?P<word>\w+)\s*(?P<rest>.*?)[-+]?%\}", re.DOTALL)
_BLOCK = re.compile(r"\{%[-+]?\s*block\b.*?%\}(?P<text>.*?)(?=\{%[-+]?\s*endblock\b)", re.DOTALL)
_HOLDERS = frozenset(("block", "macro", "call", "filter", "set"))


def report_letter(source: str, path: Path, blocks: Collection[str], report: Report) -> None:
    """Report words and blocks that no letter would have, fences, and Markdown that is no mark.

    `blocks` are the names of those that make a letter.
    """
    report_hidden(source, path, report, is_markdown=True)
    source = _COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), source)
    depth, end = 0, 0
    for tag in _TAG.finditer(source):
        _report_piece(source[end : tag.start()], _place(source, end, path), depth, report)
        end = tag.end()
        word, rest = tag["word"], tag["rest"].strip()
        if word == "block" and depth == 0 and (name := rest.partition(" ")[0]) not in blocks:
            message = f"A letter has no block “{name}”, so nobody would read it"
            place = _place(source, tag.start(), path)
            report.error("unknown-block", message, place, nearest(name, blocks))
        if word in _HOLDERS and not (word == "set" and "=" in rest):
            depth += 1
        elif word.removeprefix("end") in _HOLDERS and word.startswith("end"):
            depth = max(depth - 1, 0)
    _report_piece(source[end:], _place(source, end, path), depth, report)
    for block in _BLOCK.finditer(source):
        place = _place(source, block.start("text"), path)
        report_doubts(without_comments(block["text"]), place, report)


def _report_piece(text: str, place: Location, depth: int, report: Report) -> None:
    if not text.strip():
        return
    if depth == 0:
        skipped = len(text) - len(text.lstrip())
        line = (place.line or 1) + text.count("\n", 0, skipped)
        report.error(
            "outside-blocks",
            f"“{' '.join(text.split())}” stands outside the letter’s blocks: nobody would read it",
            Location(place.path, line, 1),
            "Put it between {% block body %} and its {% endblock %}.",
        )
        return
    for offset, written in enumerate(text.split("\n")):
        if may_be_fence(written):
            report.error(
                "malformed-fence",
                "A letter has no blocks with fences: this would be sent as it stands",
                Location(place.path, (place.line or 1) + offset, 1),
                "Take it out. What a manager is not to read does not belong in a letter.",
            )


def _place(source: str, index: int, path: Path) -> Location:
    return Location(path, 1 + source.count("\n", 0, index), 1)
