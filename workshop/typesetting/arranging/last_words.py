"""Keep a short last word of a paragraph on the line of the word before it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from workshop.typesetting.inside.paging.page_room import with_too_long_lines

_TEXTS = frozenset({"p", "li"})
_INLINE = frozenset({"a", "b", "bdi", "br", "code", "em", "i", "img", "span", "strong"})
# What is shorter stands on one line anyhow. A last word with more letters may stand alone, and two
# words that are longer together would leave too wide a gap in the line before.
_SHORTEST_TEXT, _MOST_LETTERS, _LONGEST_PAIR = 30, 5, 17


def render_bound(tree: Any, render: Callable[[], Any]) -> Any:
    """Return the document that `render` lays out of a tree with its last words bound.

    Where two words are wider than their column, they are free again in another layout.
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
    """Put a no-break space before the last word of each text that may run over a line."""
    for element in tree.iter():
        if element.tag in _TEXTS and all(inner.tag in _INLINE for inner in _inside(element)):
            text = "".join(element.itertext()).strip()
            if len(text) >= _SHORTEST_TEXT:
                yield from _bind(element)


def _inside(element: Any) -> Iterator[Any]:
    return (inner for inner in element.iter() if inner is not element)


def _bind(element: Any) -> Iterator[BoundWords]:
    """Bind the last two words of an element, as long as they stand in one piece of its text."""
    *_, (holder, place) = _pieces(element)
    text = getattr(holder, place)
    # A line break, which a style sheet may want to stay, is left alone.
    before, _, last = text.rstrip().rpartition(" ")
    word_before = before[-_LONGEST_PAIR:].split()[-1:]
    if not word_before or before[-1].isspace() or last.split() != [last]:
        return
    if len(f"{word_before[0]} {last}") > _LONGEST_PAIR:
        return
    if sum(character.isalpha() for character in last) <= _MOST_LETTERS:
        # What stands behind may be the number of a page: the space before it stays.
        behind = text[len(text.rstrip()) :]
        setattr(holder, place, f"{before}\N{NO-BREAK SPACE}{last}{behind}")
        yield BoundWords(element, holder, place, text)


def _pieces(element: Any) -> Iterator[tuple[Any, str]]:
    """Yield where each piece of an element's text stands, but those that are blank."""
    if (element.text or "").strip():
        yield element, "text"
    for child in element:
        yield from _pieces(child)
        if (child.tail or "").strip():
            yield child, "tail"
