"""Part the words of a page into those that are seen and those that a style sheet hides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from unicodedata import category

from workshop.typesetting.inside import POINTS
from workshop.typesetting.inside.paint_order import Canvas, Order
from workshop.typesetting.pages import PrintedWords, UnseenWords
from workshop.typesetting.style_rules import StyleRules

# Classes for words that are only read out: the words themselves, and the head of a table.
_READ_OUT = frozenset({"hidden", "hidden-head"})
_LEAST_OPACITY = 0.1
# No type is printed smaller, in points: a third of what can be read.
_SMALLEST = 2.0
# Letters closer than this part of the type size are printed over each other.
_CLOSEST = 0.12
# Letters and signs with a width of their own.
_WIDE_ENOUGH = frozenset("LNPS")


@dataclass(frozen=True)
class LaidWords:
    """Holds words of a page before it is known whether they are seen.

    `order` is their place in the order of painting, `opacity` that of all around them. `written`
    says that a style sheet wrote them, and nobody else.
    """

    words: PrintedWords
    box: Any
    order: Order
    opacity: float
    matrix: Any
    written: bool


@dataclass(frozen=True)
class _Hidden:
    """Says what hides words, and which properties may have been set for it."""

    why: str
    names: tuple[str, ...]


def is_read_out_only(element: Any) -> bool:
    """Whether an element is marked as words for the ear, and not for the eye."""
    return not _READ_OUT.isdisjoint((element.get("class") or "").split())


def part_words(
    laid: Sequence[LaidWords], canvas: Canvas, rules: StyleRules
) -> tuple[tuple[PrintedWords, ...], tuple[UnseenWords, ...]]:
    """Return the words that can be seen, and those that cannot."""
    seen: list[PrintedWords] = []
    unseen: list[UnseenWords] = []
    for entry in laid:
        hidden = _hidden(entry, canvas)
        if hidden is None:
            seen.append(entry.words)
        elif not entry.written:
            rule = rules.place_of(hidden.names, entry.box.element)
            unseen.append(UnseenWords(entry.words.text, hidden.why, rule, entry.words.ids))
    return tuple(seen), tuple(unseen)


def _hidden(entry: LaidWords, canvas: Canvas) -> _Hidden | None:
    box, style = entry.box, entry.box.style
    if style["visibility"] != "visible":
        return _by(f"`visibility: {style['visibility']}`", "visibility")
    if entry.opacity < _LEAST_OPACITY:
        return _by(f"`opacity: {entry.opacity:.2g}`", "opacity")
    scale = abs(entry.matrix.determinant) ** 0.5 if entry.matrix else 1
    size = style["font_size"] * POINTS
    if size * scale < _SMALLEST:
        if size < _SMALLEST:
            return _by(f"`font-size: {size:.2g}pt`", "font-size")
        return _by("their `transform`", "transform")
    if _are_on_one_spot(entry.words.text, box, style["font_size"]):
        return _by("`letter-spacing`", "letter-spacing")
    if canvas.has_colour_of(style, entry.words.place, entry.order, entry.opacity):
        why = "they have the colour of what is behind them"
        return _Hidden(why, ("color", "background-color", "background"))
    if canvas.is_covered(entry.words.place, entry.order):
        return _Hidden("a coloured box is printed over them", ("z-index", "position"))
    return None


def _by(what: str, name: str) -> _Hidden:
    return _Hidden(f"{what} hides them", (name,))


def _are_on_one_spot(text: str, box: Any, size: float) -> bool:
    if not box.style["letter_spacing"] or box.style["letter_spacing"] == "normal":
        return False
    letters = sum(category(letter)[0] in _WIDE_ENOUGH for letter in text)
    return letters > 1 and bool(box.width < _CLOSEST * size * letters)
