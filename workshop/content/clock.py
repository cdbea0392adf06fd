"""Convert clock times: "09:15" in a file, minutes after midnight everywhere else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated

from pydantic import BeforeValidator, PlainSerializer, PlainValidator

from workshop.content.yaml.files import Fault
from workshop.content.yaml.what_to_type import time_meant
from workshop.limits import NAME_LENGTH

_CLOCK = re.compile(r"(?P<hours>[01]?\d|2[0-3])[:.](?P<minutes>[0-5]\d)")
# A time, and what is said of it behind a space or one of these signs: "08:15, with rolls".
_WITH_NOTE = re.compile(r"\s*(?P<time>\d{1,2}[:.]\d{2})(?P<note>(?:[\s,;(–—-]|\.(?!\S)).*?)\s*")
# A time with words that follow in another way: "08:15: with rolls".
_WORDS_BEHIND = re.compile(r"\s*(?P<time>\d{1,2}[:.]\d{2})\W*(?P<words>[^\W\d].*?)\s*")
_HALF_OF_DAY = re.compile(r"[ap]\.?\s?m\.?$", re.IGNORECASE)
_NOTE_BEGINS = re.compile(r"[\s,;(–—-]")
_LONGEST_TIME = 20


@dataclass(frozen=True)
class Opening:
    """Says when the doors open, and what is to be read behind the time, from its comma on."""

    at: int
    note: str = ""

    def __str__(self) -> str:
        """Return the opening as it is typed: "08:15, with rolls"."""
        return f"{clock(self.at)}{self.note}"


def parse_clock(text: object) -> int:
    """Return the minutes after midnight for a time such as "9:15"; raise `Fault` for others."""
    match = _CLOCK.fullmatch(text.strip()) if isinstance(text, str) else None
    if not match:
        what = f"“{text}”" if isinstance(text, str | int | float) else "This"
        hint = f'Write it like "{time_meant(text) or "09:15"}".'
        raise Fault(f"{what} is not a time of day", hint)
    return int(match["hours"]) * 60 + int(match["minutes"])


def parse_opening(text: object) -> Opening:
    """Return the time that a text begins with, and the rest of it; raise `Fault` without a time."""
    if not isinstance(text, str) or time_meant(text):
        return Opening(parse_clock(text))
    match, typed = _WITH_NOTE.fullmatch(text), _time_in_front(text)
    if typed and (match is None or _HALF_OF_DAY.search(typed)):
        hint = f'Write it like "{time_meant(typed)}{text[len(typed) :]}".'
        raise Fault(f"“{typed.strip()}” is not a time of day", hint)
    if match is None:
        return Opening(_without_words(text))
    time, note = match["time"], match["note"]
    if len(note) > NAME_LENGTH.most:
        what = f"The text behind “{time}” has {len(note)} characters"
        raise Fault(what, hint=f"There may be {NAME_LENGTH.most}.")
    return Opening(parse_clock(time), note)


def _without_words(text: str) -> int:
    """Return the time that a text is; raise `Fault`, with what to type where words follow it."""
    try:
        return parse_clock(text)
    except Fault as fault:
        words = _WORDS_BEHIND.fullmatch(text)
        if words is None or not _CLOCK.fullmatch(words["time"]):
            raise
        hint = f'Words may follow the time behind a comma: "{words["time"]}, {words["words"]}".'
        raise Fault(fault.message, hint) from None


def _time_in_front(text: str) -> str | None:
    """Return the longest beginning of a text that means a time, in whatever form: "8:15pm"."""
    ends = [match.start() for match in _NOTE_BEGINS.finditer(text[:_LONGEST_TIME])]
    return next((text[:end].rstrip() for end in reversed(ends) if time_meant(text[:end])), None)


def clock(minutes: int) -> str:
    """Return minutes after midnight as a time of day: 555 is "09:15", and 1500 is "01:00"."""
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"


def part_of_day(minutes: int) -> str:
    """Return the part of the day at some minutes after midnight: "morning", "evening"."""
    hour = minutes // 60 % 24
    return "morning" if hour < 12 else "afternoon" if hour < 17 else "evening"


ClockTime = Annotated[int, BeforeValidator(parse_clock, json_schema_input_type=str)]
# A time of day, and perhaps a text behind it.
OpeningTime = Annotated[
    Opening,
    PlainValidator(parse_opening, json_schema_input_type=str),
    # Without it pydantic warns of whatever a plain validator returns: it may be of any type.
    PlainSerializer(str, return_type=str),
]
