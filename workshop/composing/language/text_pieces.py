"""Split a module's text into the pieces that readers read, to compare them with other texts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workshop.content.grammar.cues import CUES
from workshop.content.grammar.pasted_lines import BULLETS

# A piece begins with marks of a list, a quotation or a heading, a step's minutes, or a cue.
_PIECE = re.compile(
    rf"\s*(?:(?:[-*+>:{BULLETS}]|[0-9]+[.)]|\#{{1,6}})\s+)+(?:\{{[0-9]+ min[^}}]*\}}\s*)?"
    rf"|\s*\*\*(?:{'|'.join(CUES)}):?\*\*:?"
)


def pieces_of(source: str) -> Iterator[str]:
    """Yield the paragraphs, list items, headings and table cells of a text, each on one line.

    A piece may be empty.
    """
    lines: list[str] = []
    for line in [*source.split("\n"), ""]:
        opening = _PIECE.match(line)
        is_row = line.lstrip().startswith("|")
        if opening or is_row or not line.strip():
            yield " ".join(lines)
            lines = []
        if is_row:
            yield from line.split("|")
        else:
            lines.append(line[opening.end() if opening else 0 :])
