"""Keep a short last word of a paragraph on the line of the word before it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_TEXTS = frozenset({"p", "li"})
_INLINE = frozenset({"a", "b", "bdi", "br", "code", "em", "i", "img", "span", "strong"})
# What is shorter stands on one line anyhow. A last word with more letters may stand alone, and two
# words that are longer together would leave too wide a gap in the line before.
_SHORTEST_TEXT, _MOST_LETTERS, _LONGEST_PAIR = 30, 5, 17


def bind_last_words(tree: Any) -> None:
    """Put a no-break space before the last word of each text that may run over a line."""
    for element in tree.iter():
        if element.tag in _TEXTS and all(one.tag in _INLINE for one in _inside(element)):
            text = "".join(element.itertext()).strip()
            if len(text) >= _SHORTEST_TEXT:
                _bind(element)


def _inside(element: Any) -> Iterator[Any]:
    return (one for one in element.iter() if one is not element)


def _bind(element: Any) -> None:
    """Bind the last two words of an element, as long as they stand in one piece of its text."""
    *_, (holder, place) = _pieces(element)
    text = getattr(holder, place)
    *before, last = text.rsplit(None, 1)
    if not before or len(f"{before[0][-_LONGEST_PAIR:].split()[-1]} {last}") > _LONGEST_PAIR:
        return
    if sum(character.isalpha() for character in last) <= _MOST_LETTERS:
        # What stands behind may be the number of a page: the space before it stays.
        behind = text[len(text.rstrip()) :]
        setattr(holder, place, f"{before[0]}\N{NO-BREAK SPACE}{last}{behind}")


def _pieces(element: Any) -> Iterator[tuple[Any, str]]:
    """Yield where each piece of an element's text stands, but those that are blank."""
    if (element.text or "").strip():
        yield element, "text"
    for child in element:
        yield from _pieces(child)
        if (child.tail or "").strip():
            yield child, "tail"
