"""Put the English article before words that a client may have chosen: "a team", "an HR partner"."""

from __future__ import annotations

import re

# Letters that are read out with a vowel before them: "an MP", but "a UN report".
_SPELT_OUT = re.compile(r"[AEFHILMNORSX](?:[A-Z0-9]|\b)")
_SILENT_H = re.compile(r"(?:heir|honest|honou?r|hour)", re.IGNORECASE)
# Written with a vowel, and spoken with a consonant: "a user", "a European", "a one-off".
_SPOKEN_OTHERWISE = re.compile(
    r"(?:eu|ewe|onc?e\b|uni(?!n|m)|un\b|us[aeiu]|ut[aei]|ur[aein]|ub[ei]|ufo)", re.IGNORECASE
)
_MARKS = re.compile(r"^[\W_]+")


def with_article(words: str) -> str:
    """Return words with "a" or "an" before them, as they are spoken."""
    return f"{'an' if _begins_with_vowel(_MARKS.sub('', words)) else 'a'} {words}"


def _begins_with_vowel(words: str) -> bool:
    if _SPELT_OUT.match(words) or _SILENT_H.match(words):
        return True
    return words[:1].lower() in tuple("aeiouàáâäãåæèéêëìíîïòóôöõøœùúûü") and not (
        _SPOKEN_OTHERWISE.match(words)
    )
