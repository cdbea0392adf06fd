"""Let texts in Hebrew, Arabic and other such scripts run from right to left, block by block."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

_LETTERS = {"L": False, "R": True, "AL": True}
# A letter alone is half of the day in a clock time, or a mark; it has no say.
_WORD = re.compile(r"\w\w+")
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_PARTS = frozenset({"p", "li", "dt", "dd", "td", "th", "caption", "figcaption", "div"})
# These take their direction from all they hold, so that bullets and numbers stand on one side.
_LISTS = frozenset({"ul", "ol", "dl", "blockquote"})
_BLOCKS = _HEADINGS | _PARTS | _LISTS
# They hang beside a step: “4 min” is not to become “min 4” where that runs from right to left.
_MINUTES = "step-minutes"
# A text that begins from right to left may quote some of another, and the other way round.
_LEAST, _MOST = 1 / 3, 2 / 3


def set_directions(html: Any) -> None:
    """Give every block of text that runs the other way than the page a `dir`, unless it has one.

    The frame of the page stays as it is. A `bdi` element does not count: it holds a name.
    """
    of_page = html.get("dir", "ltr")
    for element in html.iter():
        is_block = element.tag in _BLOCKS or element.get("class") == _MINUTES
        if (is_block or _is_table_of_texts(element)) and not element.get("dir"):
            own = "".join(_texts(element, whole=element.tag not in _HEADINGS | _PARTS))
            direction = _direction_of(own) or of_page
            if direction != of_page:
                element.set("dir", direction)


def _is_table_of_texts(element: Any) -> bool:
    """Tell whether it is a table as Markdown and spaces make it, and no part of a page's frame."""
    return element.tag == "table" and element.get("class") in (None, "writing-table")


def _texts(element: Any, *, whole: bool) -> Iterator[str]:
    """Yield the text of a block; without that of blocks in it, unless the whole is wanted."""
    yield element.text or ""
    for child in element:
        inside = whole or child.tag not in _BLOCKS
        if isinstance(child.tag, str) and child.tag != "bdi" and inside:
            yield from _texts(child, whole=whole)
        yield child.tail or ""


def _direction_of(text: str) -> str:
    """Return the direction that a text runs in, "rtl" or "ltr"; nothing for one without words."""
    letters = [
        _LETTERS[kind]
        for word in _WORD.findall(text)
        for character in word
        if (kind := unicodedata.bidirectional(character)) in _LETTERS
    ]
    if not letters:
        return ""
    share = sum(letters) / len(letters)
    return "rtl" if share >= (_LEAST if letters[0] else _MOST) else "ltr"
