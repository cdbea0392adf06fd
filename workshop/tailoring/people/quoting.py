"""Show what stands in a roster, in short and so that it cannot steer a terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

_JOINERS = "\u200c\u200d"  # Persian, Hindi and other languages need them to spell names
# A message lists this many texts, and says how many more there are.
_MOST_LISTED = 12


def shown(text: str) -> str:
    """Return user text for a message: cut short, without characters that can steer a terminal."""
    safe = "".join("\ufffd" if is_unprintable(char) else char for char in text)
    return safe if len(safe) <= 60 else safe[:59] + "…"


def listed(texts: Sequence[str]) -> str:
    """Return texts in quotation marks: “Ward”, “No.” and 4 more."""
    quoted = [f"“{shown(text)}”" for text in texts[:_MOST_LISTED]]
    if (more := len(texts) - _MOST_LISTED) > 0:
        return f"{', '.join(quoted)} and {more:,} more"
    return " and ".join(filter(None, [", ".join(quoted[:-1]), quoted[-1]]))


def is_unprintable(char: str) -> bool:
    """Whether a character is a control character, a line break or invisible formatting."""
    return unicodedata.category(char) in {"Cc", "Cf", "Zl", "Zp"} and char not in _JOINERS
