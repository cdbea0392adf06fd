"""Keep the last words of a paragraph together, so that its last line is not a scrap."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from workshop.typesetting.findings.left_alone import FEWEST_LETTERS
from workshop.typesetting.inside.paging.page_room import with_too_long_lines

_TEXTS = frozenset({"h1", "h2", "h3", "h4", "p", "li"})
_INLINE = frozenset({"a", "b", "bdi", "br", "code", "em", "i", "img", "span", "strong"})
# The attribute with a sentence that a style sheet prints in large type on a page of its own.
_QUOTE = "data-quote"
# A shorter text stands on one line anyhow. To make up for a scrap on the last line, so many letters
# at most are taken from the line before: it would have a hole.
_SHORTEST_TEXT, _MOST_TAKEN = 30, 12
# So many at the end of a text are looked at: more than a line that is made up.
_SEARCHED = 40
# A word may have no-break spaces in it; a line break ends what is looked at.
_LAST_WORDS = re.compile("[^ \n\r\t\f]+(?: [^ \n\r\t\f]+)*\\Z")


def render_bound(tree: Any, render: Callable[[], Any]) -> Any:
    """Return the document that `render` lays out of a tree with its last words bound.

    Where they are wider than their column, they are free again in another layout.
    """
    bound = list(bind_last_words(tree))
    document = render()
    narrow = {element for page in document.pages for element in with_too_long_lines(page)}
    too_wide = [pair for pair in bound if pair.element in narrow]
    if not too_wide:
        return document
    for pair in too_wide:
        setattr(pair.holder, pair.place, pair.before)
    return render()


@dataclass(frozen=True)
class BoundWords:
    """Holds an element whose last words were bound, and where they stand: their text before."""

    element: Any
    holder: Any
    place: str
    before: str


def bind_last_words(tree: Any) -> Iterator[BoundWords]:
    """Put no-break spaces between the last words of each text that may run over a line."""
    for element in tree.iter():
        if quote := element.get(_QUOTE):
            # It stands in a margin that is as wide as the page, so that it need not be free again.
            element.set(_QUOTE, _bound(quote) or quote)
        if element.tag in _TEXTS and all(inner.tag in _INLINE for inner in _inside(element)):
            text = "".join(element.itertext()).strip()
            if len(text) >= _SHORTEST_TEXT:
                yield from _bind(element)


def _inside(element: Any) -> Iterator[Any]:
    return (inner for inner in element.iter() if inner is not element)


def _bind(element: Any) -> Iterator[BoundWords]:
    """Bind the last words of an element, as long as they stand in one piece of its text."""
    *_, (holder, place) = _pieces(element)
    text = getattr(holder, place)
    bound = _bound(text)
    if bound:
        setattr(holder, place, bound)
        yield BoundWords(element, holder, place, text)


def _bound(text: str) -> str | None:
    """Return a text with its last words bound; None if there are not two of them to bind."""
    # What stands behind may be the number of a page: the space before it stays.
    written, behind = text.rstrip(), text[len(text.rstrip()) :]
    # A line break, which a style sheet may want to stay, is left alone.
    together = _LAST_WORDS.search(written[-_SEARCHED:])
    words = together[0].split(" ") if together else [""]
    line, taken = words.pop(), 0
    while words and _letters(line) < FEWEST_LETTERS and taken + len(words[-1]) < _MOST_TAKEN:
        word = words.pop()
        taken += len(word) + 1
        line = f"{word} {line}"
    if not taken:
        return None
    bound = line.replace(" ", "\N{NO-BREAK SPACE}")
    return f"{written.removesuffix(line)}{bound}{behind}"


def _letters(line: str) -> int:
    return sum(map(str.isalnum, line))


def _pieces(element: Any) -> Iterator[tuple[Any, str]]:
    """Yield where each piece of an element's text stands, but those that are blank."""
    if (element.text or "").strip():
        yield element, "text"
    for child in element:
        yield from _pieces(child)
        if (child.tail or "").strip():
            yield child, "tail"
