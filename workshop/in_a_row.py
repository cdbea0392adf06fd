"""Write words in a row, and whole numbers, as a sentence has them: "A, B and C", "twelve"."""

from __future__ import annotations

from collections.abc import Sequence

_WORDS = (
    "none one two three four five six seven eight nine ten eleven twelve".split()  # noqa: SIM905
)


def in_words(number: int) -> str:
    """Return a whole number as English texts write it: up to twelve as a word."""
    return _WORDS[number] if 0 <= number < len(_WORDS) else str(number)


def in_a_row(words: Sequence[str], last: str = "and") -> str:
    """Return words with commas between them, and `last` before the last: "" without any."""
    return f" {last} ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))
