"""Let texts in Hebrew, Arabic and other such scripts run from right to left, block by block."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from workshop.composing.pages.names_in_line import RIGHT_TO_LEFT

_LETTERS = {"L": False, "R": True, "AL": True}
# A letter alone is half of the day in a clock time, or a mark; it has no say.
_WORD = re.compile(r"\w\w+")
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_PARTS = frozenset({"p", "li", "dt", "dd", "td", "th", "caption", "figcaption", "div"})
# These take their direction from all they hold, so that bullets and numbers stand on one side.
_LISTS = frozenset({"ul", "ol", "dl", "blockquote"})
_BLOCKS = _HEADINGS | _PARTS | _LISTS
# A text that begins from right to left may quote some of another, and the other way round.
_LEAST, _MOST = 1 / 3, 2 / 3


def set_directions(html: Any) -> None:
    """Give every block of text that runs from right to left `dir="rtl"`, unless it has a `dir`.

    The frame of the page stays as it is. A `bdi` element does not count: it holds a name.
    """
    for element in html.iter():
        if (element.tag in _BLOCKS or _is_table_of_texts(element)) and not element.get("dir"):
            own = "".join(_texts(element, whole=element.tag not in _HEADINGS | _PARTS))
            if RIGHT_TO_LEFT.search(own) and _runs_from_the_right(own):
                element.set("dir", "rtl")


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


def _runs_from_the_right(text: str) -> bool:
    letters = [
        _LETTERS[kind]
        for word in _WORD.findall(text)
        for character in word
        if (kind := unicodedata.bidirectional(character)) in _LETTERS
    ]
    share = sum(letters) / len(letters) if letters else 0
    return share >= (_LEAST if letters and letters[0] else _MOST)
