"""Keep inserted values out of Markdown: marks stand for them until the HTML is there.

So no value is ever read as Markdown or HTML.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from markupsafe import Markup, escape

from workshop.content.grammar.typography import typographic

# Private-use characters, which nobody types.
OPEN, CLOSE = "\ue000", "\ue001"
_MARK = re.compile(f"{OPEN}(\\d+){CLOSE}")
_TAG_OR_MARK = re.compile(f"<[^>]*>|{OPEN}(\\d+){CLOSE}")
# In code, addresses and other attributes a value stands as it is typed.
_AS_TYPED_OR_MARK = re.compile(
    rf"<(code|pre)\b.*?</\1>|<[^>]*>|{OPEN}(?P<number>\d+){CLOSE}", re.DOTALL
)


def mark_of(number: int) -> str:
    """Return the mark of a value by its number, from 0."""
    return f"{OPEN}{number}{CLOSE}"


def with_values(
    html: str, values: Sequence[str], beside: Callable[[str], str] = lambda _value: ""
) -> Markup:
    """Return HTML with the values in place of their marks, escaped.

    What is read of them has typographic signs. In code, addresses and other attributes they stand
    as they are typed. Of a value that is HTML only the words can stand in a tag: behind the tag
    comes what `beside` returns for it.
    """

    def put_back(match: re.Match[str]) -> str:
        if match["number"] is None:
            return as_typed(match[0], values, beside)
        return _value(match["number"], values, printed)

    return Markup(_AS_TYPED_OR_MARK.sub(put_back, html))  # noqa: S704  # values are escaped


def as_typed(
    html: str, values: Sequence[str], beside: Callable[[str], str] = lambda _value: ""
) -> str:
    """Return HTML with the values in place of their marks, escaped and otherwise as typed."""

    def put_back(match: re.Match[str]) -> str:
        if match[1] is not None:
            return _value(match[1], values, escape)
        tag = _MARK.sub(lambda mark: _value(mark[1], values, _in_attribute), match[0])
        return tag + "".join(_value(number, values, beside) for number in _MARK.findall(match[0]))

    return _TAG_OR_MARK.sub(put_back, html)


def with_words(text: str, values: Sequence[str]) -> str:
    """Return a text with the words of the values in place of their marks."""
    return _MARK.sub(lambda match: _value(match[1], values, without_tags), text)


def printed(value: object) -> Markup:
    """Return a value as HTML with typographic signs; what is HTML already has them."""
    return value if isinstance(value, Markup) else escape(typographic(str(value)))


def without_tags(value: object) -> str:
    """Return the words of a value."""
    return str(value.striptags() if isinstance(value, Markup) else value)


def _in_attribute(value: object) -> Markup:
    return escape(without_tags(value))


def _value(number: str, values: Sequence[str], written: Callable[[str], str]) -> str:
    # Others than our own can stand in an address, written as “&#xE000;”.
    return "".join(map(written, values[int(number) :][:1]))
