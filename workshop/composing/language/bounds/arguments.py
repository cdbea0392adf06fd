"""Check what texts and templates hand to the functions they are given."""

from __future__ import annotations

from jinja2 import Undefined
from markupsafe import Markup

from workshop.composing.language.bounds.nesting import UNPRINTABLE
from workshop.composing.language.mistakes import Mistake
from workshop.composing.language.recipient_seen import WatchedText
from workshop.limits import GIVEN_COUNT, WORD_LENGTH

_WORDS = (str, int, float, WatchedText)
_SHOWN = 40


def as_word(value: object, function: str) -> str:
    """Return a name that a template gave to a function; raises `Mistake` for what is none."""
    if isinstance(value, Undefined):
        # An unknown name is a fault here as anywhere else: `str` raises it.
        return str(value)
    text = str(value) if isinstance(value, _WORDS) else None
    if text is None or len(text) > WORD_LENGTH.most or UNPRINTABLE.search(text):
        raise _wrong(function, "a name in quotation marks", value)
    return text.striptags() if isinstance(value, Markup) and isinstance(text, Markup) else text


def as_text(value: object, function: str) -> str:
    """Return a text that a template gave to a function to be printed, without its tags."""
    if value is None:
        return ""
    if not isinstance(value, (*_WORDS, Undefined)):
        raise _wrong(function, "a text or a number", value)
    text = value.striptags() if isinstance(value, Markup) else str(value)
    if UNPRINTABLE.search(text):
        raise _wrong(function, "a text without codes that cannot be printed", value)
    return text


def as_count(value: object, function: str, least: int = 0) -> int:
    """Return a whole number that a template gave to a function."""
    if isinstance(value, Undefined):
        return int(str(value))
    most = GIVEN_COUNT.most
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise _wrong(function, f"a whole number from {least} to {most:,}", value)
    return value


def _wrong(function: str, wanted: str, value: object) -> Mistake:
    shown = "".join(char for char in repr(value)[:_SHOWN] if char.isprintable())
    if isinstance(value, str | int | float):
        return Mistake("template", f"{function}() takes {wanted}, not {shown}")
    return Mistake("template", f"{function}() takes {wanted}, not {_kind(value)}")


def _kind(value: object) -> str:
    if value is None:
        return "nothing"
    return "rows of values" if isinstance(value, list | tuple | dict) else "this"
