"""Compute how large a value will be before an operator, a filter or a method makes it.

Sizes are in characters; an item of a row is as large as some of these.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from math import isfinite
from typing import Any

from jinja2 import Undefined

from workshop.composing.language.mistakes import Mistake
from workshop.composing.language.plain import words_of
from workshop.composing.language.recipient_seen import WatchedText
from workshop.limits import GIVEN_COUNT, NUMBER_BITS, TEXT_WIDTH, TEXT_WITH_TAGS

# What may be asked for: the values, with all that is iterated over once as a list.
Sized = tuple[int, tuple[Any, ...]]
NOT_SET = "Nothing is set that could be printed here"
SET_IT = "Set it in client.yaml, or write {% if … %} and {% endif %} around this."
# Every value that is printed is checked against these: a tuple is faster than a union.
_PRINTED = (str, int, float, datetime.date, Undefined, WatchedText)
# The characters that take as much memory as an item.
ITEM = 8
_PLACE = re.compile(r"%(?:\([^()]*\))?[-#0 +]*(?P<width>\*|\d*)(?:\.(?P<digits>\*|\d*))?")
# The largest number of digits behind the point that a float has.
_MOST_DIGITS = 20


def check_number(value: object) -> None:
    """Raise `Mistake` for a whole number that is far too long to be printed."""
    if isinstance(value, int) and value.bit_length() > NUMBER_BITS.most:
        raise _too_long()


def check_size(operator: str, left: Any, right: Any) -> int:
    """Return the size of what an operator makes; raises `Mistake` for a number far too long."""
    if isinstance(left, int) and isinstance(right, int):
        bits = left.bit_length()
        bits = bits * max(right, 0) if operator == "**" else bits + right.bit_length()
        if operator in ("**", "*", "+", "-") and bits > NUMBER_BITS.most:
            raise _too_long()
        return 1
    if operator == "*":
        for row, times in ((left, right), (right, left)):
            if isinstance(row, str | list | tuple) and isinstance(times, int):
                return _size(row) * max(times, 0)
    if operator == "+" and all(isinstance(row, str | list | tuple) for row in (left, right)):
        return _size(left) + _size(right)
    if operator == "%" and isinstance(left, str):
        return _size_of_format(left, right if isinstance(right, tuple) else (right,))
    return 1


def _size(row: str | list[Any] | tuple[Any, ...]) -> int:
    return len(row) * (1 if isinstance(row, str) else ITEM)


def check_plain(value: object) -> None:
    """Raise `Mistake` for a value that nobody means to print, or to join with a text.

    Rows may be far longer as a text than they are; a record would be printed as its address in
    memory, and nothing as the word None.
    """
    if isinstance(value, _PRINTED):
        if isinstance(value, float) and not isfinite(value):
            raise Mistake("unprintable", "This number is too large, or is none")
        return
    if value is None:
        raise Mistake("not-set", NOT_SET, SET_IT)
    if callable(value):
        hint = 'Write {{ term("team") }}, not {{ term }}.'
        raise Mistake("unprintable", "This has to be called with its words, in brackets", hint)
    words = words_of(value)
    hint = f"It has: {', '.join(words)}." if words else "Print its items one by one."
    raise Mistake("unprintable", "Only text and numbers can be printed", hint)


def _too_long() -> Mistake:
    digits = NUMBER_BITS.most * 3 // 10
    return Mistake("unprintable", f"This number would have more than {digits:,} digits")


def _size_of_format(text: str, values: tuple[Any, ...]) -> int:
    every = [
        part
        for value in values
        for part in (value.values() if isinstance(value, Mapping) else (value,))
    ]
    for value in every:
        check_plain(value)
    longest = max((len(value) for value in every if isinstance(value, str)), default=0)
    places = list(_PLACE.finditer(text))
    for place in places:
        for width in (place["width"], place["digits"]):
            if width == "*":
                for value in every:
                    _check_width(value)
            elif width:
                _check_width(int(width[:9]))
    return len(text) + len(places) * (longest + TEXT_WIDTH.most)


def _check_width(width: object, most: int = TEXT_WIDTH.most) -> None:
    # No number at all (“nan”) is not less than anything either.
    if isinstance(width, int | float) and not abs(width) <= most:
        raise Mistake("unprintable", f"“{str(width)[:20]}” is too much here: {most:,} is the most")


def _given(
    values: tuple[Any, ...], options: Mapping[str, Any], at: int, name: str, default: Any = None
) -> Any:
    return values[at] if len(values) > at else options.get(name, default)


def _length(value: object) -> int:
    return len(value) if isinstance(value, str) else 1


def _of_width(values: tuple[Any, ...], options: dict[str, Any], first: int) -> Sized:
    """Check the numbers given to a filter that makes a text as wide or rows as long as they say."""
    for value in (*values[first + 1 :], *options.values()):
        _check_width(value)
    return _length(values[first]) if values[first:] else 1, values


def _of_text_width(values: tuple[Any, ...], options: dict[str, Any], first: int) -> Sized:
    """Check the same of a filter that turns any value into a text first."""
    _of_text(values, options, first)
    return _of_width(values, options, first)


def _of_digits(values: tuple[Any, ...], options: dict[str, Any], first: int) -> Sized:
    for value in (*values[first + 1 :], *options.values()):
        _check_width(value, _MOST_DIGITS)
    return 1, values


def _of_indent(values: tuple[Any, ...], options: dict[str, Any], first: int) -> Sized:
    size, values = _of_width(values, options, first)
    width = _given(values, options, first + 1, "width", 4)
    width = len(width) if isinstance(width, str) else TEXT_WIDTH.most
    lines = values[first].count("\n") + 1 if isinstance(values[first], str) else 1
    return size + lines * width, values


def _of_wrapping(values: tuple[Any, ...], options: dict[str, Any], first: int) -> Sized:
    size, values = _of_width(values, options, first)
    between = _length(_given(values, options, first + 3, "wrapstring"))
    return size * (1 + between), values


def _of_join(values: tuple[Any, ...], options: dict[str, Any], first: int) -> Sized:
    """Compute the size of a filter's join: the row comes first, and may be read only once."""
    row = list(values[first])
    separator = _given(values, options, first + 1, "d", "")
    between = _length(separator)
    for item in (separator, *row):
        check_plain(item)
    size = sum(_length(item) + between for item in row)
    return size, (*values[:first], row, *values[first + 1 :])


def _of_words(values: tuple[Any, ...], options: dict[str, Any], first: int) -> Sized:
    """Compute the size of the filter that leaves out what is empty."""
    row = [value for value in values[first] if value]
    return _of_join((*values[:first], row, *values[first + 1 :]), options, first)


def _of_text_join(values: tuple[Any, ...], _options: dict[str, Any], _first: int) -> Sized:
    text, rows = values[0], values[1:]
    if not rows:
        return 1, values
    row = list(rows[0])
    return sum(_length(item) + len(text) for item in row), (text, row, *rows[1:])


def _of_replace(values: tuple[Any, ...], options: dict[str, Any], first: int) -> Sized:
    text, old = _given(values, options, first, "s"), _given(values, options, first + 1, "old")
    new = _given(values, options, first + 2, "new")
    for value in (text, old, new):
        check_plain(value)
    places = _length(text) // max(1, _length(old)) + 1
    return _length(text) + places * _length(new), values


def _of_format(values: tuple[Any, ...], options: dict[str, Any], first: int) -> Sized:
    text = values[first] if values[first:] else ""
    check_plain(text)
    every = (*values[first + 1 :], *options.values())
    return _size_of_format(text if isinstance(text, str) else "", every), values


def _of_text(values: tuple[Any, ...], _options: dict[str, Any], first: int) -> Sized:
    for value in values[first : first + 1]:
        check_plain(value)
    return 1, values


def _of_tags(values: tuple[Any, ...], _options: dict[str, Any], first: int) -> Sized:
    # The library takes each comment out of the whole text anew.
    if values[first:] and _length(values[first]) > TEXT_WITH_TAGS.most:
        message = f"Tags can be taken out of {TEXT_WITH_TAGS.most:,} characters at most"
        raise Mistake("unprintable", message)
    return _of_text(values, _options, first)


def _of_rows(values: tuple[Any, ...], _options: dict[str, Any], first: int) -> Sized:
    """Count all values in rows within rows, which a filter compares or writes one by one.

    Their letters count too: a text may stand in a row many times, and is written each time.
    """
    count, size, rest = 0, 0, list(values[first : first + 1])
    while rest:
        value = rest.pop()
        count += 1
        if count > GIVEN_COUNT.most:
            raise Mistake("unprintable", "There are too many values in these rows within rows")
        if isinstance(value, dict):
            rest += value.values()
        elif isinstance(value, list | tuple):
            rest += value
        size += _length(value)
    return size, values


def _of_json(values: tuple[Any, ...], options: dict[str, Any], first: int) -> Sized:
    _of_width(values, options, first)
    return _of_rows(values, options, first)


# What turns any value into a text first, a row of values too.
_TEXT_FILTERS = (
    *("string", "e", "escape", "forceescape", "safe", "urlencode"),
    *("capitalize", "lower", "title", "trim", "upper", "wordcount", "an"),
)
# By the name of a filter, or of a method with a full stop before it.
SIZES_OF_CALLS: dict[str, Callable[[tuple[Any, ...], dict[str, Any], int], Sized]] = {
    **dict.fromkeys(("batch", "slice", "truncate"), _of_width),
    "center": _of_text_width,
    **dict.fromkeys(("sort", "unique", "groupby", "min", "max"), _of_rows),
    **dict.fromkeys(_TEXT_FILTERS, _of_text),
    "round": _of_digits,
    "indent": _of_indent,
    "wordwrap": _of_wrapping,
    "join": _of_join,
    "listed": _of_words,
    "replace": _of_replace,
    "format": _of_format,
    "striptags": _of_tags,
    "tojson": _of_json,
    ".join": _of_text_join,
    ".replace": _of_replace,
    ".striptags": _of_tags,
}
