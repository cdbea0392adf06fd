"""Write words in a row as a sentence has them: "A, B and C"."""

from __future__ import annotations

from collections.abc import Sequence


def in_a_row(words: Sequence[str], last: str = "and") -> str:
    """Return words with commas between them, and `last` before the last: "" without any."""
    return f" {last} ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))
