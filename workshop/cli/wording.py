"""Put numbers and columns into words a user reads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from workshop.cli.terminal import harmless
from workshop.in_a_row import in_a_row


def count(number: int, thing: str) -> str:
    """Return "1 page", "2 pages", "1,234 pages"."""
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"


def listed(words: Sequence[str]) -> str:
    """Return "A", "A and B", "A, B and C", in one line."""
    return harmless(in_a_row(words), one_line=True)


def columns(rows: Iterable[Sequence[str]], indent: str = "") -> str:
    """Return rows as aligned columns, two spaces apart."""
    table = [[harmless(cell, one_line=True) for cell in row] for row in rows]
    if not table:
        return ""
    widths = [max(len(cell) for cell in column) for column in zip(*table, strict=True)]
    lines = (
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in table
    )
    return "\n".join(indent + line for line in lines)
