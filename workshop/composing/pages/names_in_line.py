"""Put names one behind the other in a line, whatever direction each of them runs in."""

from __future__ import annotations

import re

# Hebrew, Arabic and the scripts after them, their presentation forms, and scripts of the past.
RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_ISOLATE, _END = "\u2068", "\u2069"


def isolated(name: str) -> str:
    """Return a name that does not change places with its neighbours in a line.

    The marks around it (Unicode Standard Annex 9) are not printed; only names from right to left
    have them.
    """
    return f"{_ISOLATE}{name}{_END}" if RIGHT_TO_LEFT.search(name) else name
