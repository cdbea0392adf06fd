"""Check what texts and templates hand to the functions they are given."""

from __future__ import annotations

from jinja2 import Undefined
from markupsafe import Markup

from workshop.composing.language.bounds.nesting import UNPRINTABLE
from workshop.composing.language.mistakes import Mistake
from workshop.composing.language.recipient_seen import WatchedText
from workshop.limits import GIVEN_COUNT, SLOT_LENGTH, WORD_LENGTH

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
    if as_printable(value, function) is None:
        return ""
    text = value.striptags() if isinstance(value, Markup) else str(value)
    if UNPRINTABLE.search(text):
        raise _wrong(function, "a text without codes that cannot be printed", value)
    if len(text) > SLOT_LENGTH.most:
        message = f"{function}() takes at most {SLOT_LENGTH}, and {shown(text)} has {len(text):,}"
        raise Mistake("too-large", message, "Print it without a slot, or shorten it.")
    return text


def as_printable(value: object, function: str) -> object:
    """Return a text or a number that a template gave to a function, to be printed as it is."""
    if value is not None and not isinstance(value, (*_WORDS, Undefined)):
        raise _wrong(function, "a text or a number", value)
    return value


def as_count(value: object, function: str, least: int = 0) -> int:
    """Return a whole number that a template gave to a function."""
    if isinstance(value, Undefined):
        return int(str(value))
    most = GIVEN_COUNT.most
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise _wrong(function, f"a whole number from {least} to {most:,}", value)
    return value


def shown(value: object, most: int = _SHOWN) -> str:
    """Return a value as a message names it: the beginning of a text or number, in quotation marks.

    Rows are not written out: they may hold a long text many times.
    """
    if isinstance(value, str | int | float):
        beginning = (value if isinstance(value, str) else str(value))[:most]
        return f"“{''.join(char for char in beginning if char.isprintable())}”"
    if value is None:
        return "“None”"
    return "“[…]”" if isinstance(value, list | tuple | dict) else "this"


def _wrong(function: str, wanted: str, value: object) -> Mistake:
    if value is None:
        said = "nothing"
    else:
        said = "rows of values" if isinstance(value, list | tuple | dict) else shown(value)
    return Mistake("template", f"{function}() takes {wanted}, not {said}")
