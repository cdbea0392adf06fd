"""Work out what is to be typed: the number, date or time meant, and a value as a line of YAML.

Nothing is guessed where two readings are as good as each other: then both are named.
"""

from __future__ import annotations

import datetime
import json
import math
import re
from collections.abc import Mapping

__all__ = ["date_meant", "in_one_line", "time_meant", "whole_number_meant"]

# What YAML reads as the text that it is, also within brackets.
_PLAIN = re.compile(r"[A-Za-z][\w’-]*(?:[ ./][\w’-]+)*\.?")
_NOT_TEXT = {"true", "false", "null", "yes", "no", "on", "off", "y", "n"}
_WITH_WORDS = re.compile(r"(\d{1,18})(?:\s*[^\W\d_]\D*)?")
_IN_THOUSANDS = re.compile(r"\d{1,3}(?:([,._'’ \u00a0\u202f])\d{3})(?:\1\d{3})*|\d+(?:_\d+)+")
_YEAR_FIRST = re.compile(r"(\d{4})([-./]?)(\d{1,2})\2(\d{1,2})(?:[T ].*)?")
_YEAR_LAST = re.compile(r"(\d{1,2})[-./ ]{1,2}(\d{1,2})[-./ ]{1,2}(\d{4})")
_NEARLY_A_TIME = re.compile(
    r"(?P<hours>\d{1,2})(?:[h:., ]{0,2}(?P<minutes>\d{2})(?::\d{2})?)?"
    r"\s*(?:(?P<half>[ap])\.?m\.?|h|uhr|o.?clock)?",
    re.IGNORECASE,
)


def in_one_line(value: object) -> str:
    """Return a value as one line of YAML, with quotation marks only where it needs them."""
    if isinstance(value, Mapping):
        pairs = (f"{in_one_line(key)}: {in_one_line(item)}" for key, item in value.items())
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(in_one_line, value)) + "]"
    text = str(value).lower() if isinstance(value, bool) else str(value)
    if isinstance(value, int) or (_PLAIN.fullmatch(text) and text.lower() not in _NOT_TEXT):
        return text
    return json.dumps(text, ensure_ascii=False)


def whole_number_meant(written: str) -> int | None:
    """Return the whole number in a text such as "45 minutes", "1,000", "1_000" or "1e3"."""
    text = written.strip()
    if match := _WITH_WORDS.fullmatch(text):
        return int(match[1])
    if _IN_THOUSANDS.fullmatch(text):
        return int(re.sub(r"\D", "", text)[:18])
    try:
        number = float(text)
    except ValueError:
        return None
    return int(number) if math.isfinite(number) and number == int(number) < 10**18 else None


def date_meant(written: str) -> str | None:
    """Return the date in a text such as "5.10.2027", or both it may be, as ISO 8601 writes it."""
    text = written.strip()
    if match := _YEAR_FIRST.fullmatch(text):
        orders = [(match[1], match[3], match[4])]
    elif match := _YEAR_LAST.fullmatch(text):
        orders = [(match[3], match[2], match[1])]
        if "." not in text:  # With full stops nobody writes the month first.
            orders.append((match[3], match[1], match[2]))
    else:
        return None
    dates = (_date(*map(int, order)) for order in orders)
    return " or ".join(dict.fromkeys(date for date in dates if date)) or None


def time_meant(written: object) -> str | None:
    """Return the time in a value such as 9.3, 930, "9h30", "2 pm", as files have it: "09:30"."""
    text = f"{written:.2f}" if isinstance(written, float) else str(written).strip()
    match = _NEARLY_A_TIME.fullmatch(text)
    if not match:
        return None
    hours, minutes = int(match["hours"]), int(match["minutes"] or 0)
    if match["half"]:
        hours = hours % 12 + 12 * (match["half"] in "pP") if 1 <= hours <= 12 else 24
    return f"{hours:02}:{minutes:02}" if hours < 24 and minutes < 60 else None


def _date(year: int, month: int, day: int) -> str | None:
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return None
