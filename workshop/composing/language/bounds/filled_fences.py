"""Refuse lines that look like a block's fence once values are filled into a text."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from workshop.content.block_scanner import lines_of_code
from workshop.content.fences import may_be_fence
from workshop.diagnostics import Location, Report


def check_filled_fences(source: str, filled: str, location: Location) -> None:
    """Raise `ContentError` if a line looks like a block's fence once values are filled in.

    Before, such lines can only stand in fenced code. There they may stay as they are.
    """
    written, lines = source.split("\n"), filled.split("\n")
    likely = [index for index, line in enumerate(lines) if may_be_fence(line)]
    code = lines_of_code(filled) if likely else ()
    report = Report()
    for index in likely:
        if lines[index] in written and index in code:
            continue
        source_index = index if len(written) == len(lines) else _nearest(lines[index], written)
        report.error(
            "malformed-fence",
            "This looks like a block’s fence once it is filled in",
            Location(location.path, location.line and location.line + source_index),
            "Write a fence as it is, outside of all expressions; begin a text with a word.",
        )
    report.stop_on_errors()


def _nearest(line: str, lines: Sequence[str]) -> int:
    """Return the index of the written line that a filled-in line most likely comes from."""
    return lines.index(get_close_matches(line, lines, n=1, cutoff=0.0)[0])
