"""Show what stands in a roster, in short and so that it cannot steer a terminal."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from workshop.content.hidden_characters import hidden_in
from workshop.in_a_row import in_a_row
from workshop.tailoring.people.tables.table import WORDS_FOR_DELIMITERS

_BREAKS = re.compile("[\n\t\xad]")  # a text may have them, a cell not
# A message lists this many texts, and says how many more there are.
_MOST_LISTED = 12


def shown(text: str) -> str:
    """Return user text for a message: cut short, without characters that can steer a terminal."""
    hidden = dict.fromkeys(unprintable_in(text), "�")
    safe = "".join(hidden.get(at, char) for at, char in enumerate(text))
    return safe if len(safe) <= 60 else safe[:59] + "…"


def listed(texts: Sequence[str]) -> str:
    """Return texts in quotation marks: “Ward”, “No.” and 4 more."""
    quoted = [f"“{shown(text)}”" for text in texts[:_MOST_LISTED]]
    if (more := len(texts) - _MOST_LISTED) > 0:
        return f"{', '.join(quoted)} and {more:,} more"
    return in_a_row(quoted)


def unprintable_in(text: str) -> Iterator[int]:
    """Yield where a cell holds a hidden character, a line break or a tab, or a soft hyphen."""
    yield from sorted((*hidden_in(text), *(match.start() for match in _BREAKS.finditer(text))))


def quoted_whole(cells: Sequence[str], count_known: Callable[[Iterable[str]], int]) -> str | None:
    """Say what to do where each line stands in quotation marks as a whole, as if it were a cell."""
    split = (cell.split(delimiter) for cell in cells for delimiter in WORDS_FOR_DELIMITERS)
    if any(count_known(headings) > 1 for headings in split):
        return "Each line stands in quotation marks as a whole: take these out."
    return None
