"""Find the words and the pictures of a page that a style sheet hides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from unicodedata import category

from weasyprint.text.line_break import strut

from workshop.typesetting.inside import POINTS
from workshop.typesetting.inside.areas import common
from workshop.typesetting.inside.paint_order import Canvas, Order
from workshop.typesetting.pages import (
    SLOT,
    Area,
    DoubtfulSlot,
    DoubtfulWords,
    Picture,
    PrintedWords,
    UnseenPicture,
    UnseenWords,
)
from workshop.typesetting.style_rules import StyleRules

# Classes for words that are only read out: the words themselves, and the head of a table.
_READ_OUT = frozenset({"hidden", "hidden-head"})
_LEAST_OPACITY = 0.1
# No type is printed smaller, in points: a third of what can be read.
_SMALLEST = 2.0
# Letters closer than this part of the type size are printed over each other. What is set into a
# slot is not known yet: there, letters or words set closer by so much are.
_CLOSEST, _FAR_CLOSER = 0.12, 0.4
# Less of a picture is as good as nothing of it, and so is one so low or narrow, in points.
_LEAST_SEEN, _LEAST_SIZE = 1 / 3, 1.0
# Lines closer than this part of the type size are printed over each other.
_LOWEST_LINE = 0.6
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
class LaidPicture:
    """Holds a picture or a slot before it is known whether it is seen.

    `place` is where it stands on the paper, and `shown` the part of it that no box cuts off; the
    others are as for words.
    """

    picture: Picture
    place: Area
    shown: float
    box: Any
    order: Order
    opacity: float
    matrix: Any


@dataclass(frozen=True)
class _Hidden:
    """Says what hides words, and which properties may have been set for it."""

    why: str
    names: tuple[str, ...]


def is_read_out_only(element: Any) -> bool:
    """Tell whether an element is marked as words for the ear, and not for the eye."""
    return not _READ_OUT.isdisjoint((element.get("class") or "").split())


def part_words(
    laid: Sequence[LaidWords], canvas: Canvas, rules: StyleRules
) -> tuple[tuple[PrintedWords, ...], tuple[UnseenWords, ...], tuple[DoubtfulWords, ...]]:
    """Return the words that can be seen, those that cannot, and those of the first in doubt."""
    seen: list[PrintedWords] = []
    unseen: list[UnseenWords] = []
    doubtful: list[DoubtfulWords] = []
    for entry in laid:
        hidden = _hidden(entry, canvas)
        if hidden is not None:
            if not entry.written:
                unseen.append(_unseen(entry, hidden, rules))
            continue
        seen.append(entry.words)
        if not entry.written and canvas.may_be_covered(entry.words.place, entry.order):
            doubtful.append(DoubtfulWords(entry.words, partial(_unseen, entry, _COVERED, rules)))
    return tuple(seen), tuple(unseen), tuple(doubtful)


def unseen_pictures(
    laid: Sequence[LaidPicture], canvas: Canvas, rules: StyleRules, paper: Area
) -> tuple[UnseenPicture, ...]:
    """Return the pictures and slots that cannot be seen; ornaments, which have no words, may."""
    return tuple(
        _unseen_picture(entry, hidden, rules)
        for entry in laid
        if entry.picture.words and (hidden := _hidden_picture(entry, canvas, paper))
    )


def slots_in_doubt(
    laid: Sequence[LaidPicture], canvas: Canvas, rules: StyleRules, paper: Area
) -> tuple[DoubtfulSlot, ...]:
    """Return the slots over which something is painted that may be opaque."""
    return tuple(
        DoubtfulSlot(entry.picture, partial(_unseen_picture, entry, _COVERED, rules))
        for entry in laid
        if entry.picture.words.startswith(SLOT)
        and canvas.may_be_covered(entry.place, entry.order)
        and not _hidden_picture(entry, canvas, paper)
    )


def _unseen(entry: LaidWords, hidden: _Hidden, rules: StyleRules) -> UnseenWords:
    rule = rules.place_of(hidden.names, entry.box.element)
    return UnseenWords(entry.words.text, hidden.why, rule, entry.words.ids)


def _unseen_picture(entry: LaidPicture, hidden: _Hidden, rules: StyleRules) -> UnseenPicture:
    rule = rules.place_of(hidden.names, entry.box.element)
    return UnseenPicture(entry.picture, hidden.why, rule)


def _hidden(entry: LaidWords, canvas: Canvas) -> _Hidden | None:
    box, style = entry.box, entry.box.style
    if hidden := _hidden_whole(style, entry.opacity) or _too_small(style, entry.matrix):
        return hidden
    if _are_on_one_spot(entry.words.text, box, style["font_size"]):
        return _by("`letter-spacing`", "letter-spacing")
    if " " in entry.words.text and _closer(style, "word_spacing"):
        return _by("`word-spacing`", "word-spacing")
    return _by_paint(style, entry.words.place, entry, canvas)


def _hidden_picture(entry: LaidPicture, canvas: Canvas, paper: Area) -> _Hidden | None:
    style, place = entry.box.style, entry.place
    if hidden := _hidden_whole(style, entry.opacity):
        return hidden
    if min(entry.box.width, entry.box.height) * POINTS < _LEAST_SIZE:
        return _Hidden("it has no size", ("width", "height", "max-width", "max-height"))
    if min(place.right - place.left, place.bottom - place.top) < _LEAST_SIZE:
        return _by("`transform`", "transform")
    if entry.shown < _LEAST_SEEN:
        return _Hidden("the box it stands in cuts it off", ("overflow", "clip"))
    if common(paper, place).share_of(place) < _LEAST_SEEN:
        return _Hidden("it stands beside the paper", ())
    if not entry.picture.words.startswith(SLOT):
        return _COVERED if canvas.is_covered(place, entry.order) else None
    return (
        _too_small(style, entry.matrix)
        or next((_by(f"`{n}`", n) for n in _SPACINGS if _closer(style, n.replace("-", "_"))), None)
        or _out_of_line(entry.box)
        or _by_paint(style, place, entry, canvas)
    )


def _hidden_whole(style: Any, opacity: float) -> _Hidden | None:
    if style["visibility"] != "visible":
        return _by(f"`visibility: {style['visibility']}`", "visibility")
    if opacity < _LEAST_OPACITY:
        return _by(f"`opacity: {opacity:.2g}`", "opacity")
    return None


def _too_small(style: Any, matrix: Any) -> _Hidden | None:
    scale = abs(matrix.determinant) ** 0.5 if matrix else 1
    size = style["font_size"] * POINTS
    if size < _SMALLEST:
        return _by(f"`font-size: {size:.2g}pt`", "font-size")
    return _by("`transform`", "transform") if size * scale < _SMALLEST else None


def _by_paint(
    style: Any, place: Area, entry: LaidWords | LaidPicture, canvas: Canvas
) -> _Hidden | None:
    if canvas.has_colour_of(style, place, entry.order, entry.opacity):
        why = "the colour is that of what is behind"
        return _Hidden(why, ("color", "background-color", "background"))
    return _COVERED if canvas.is_covered(place, entry.order) else None


def _by(what: str, name: str) -> _Hidden:
    return _Hidden(f"hidden by {what}", (name,))


_COVERED = _Hidden("a coloured box is printed over that place", ("z-index", "position"))
_SPACINGS = ("letter-spacing", "word-spacing")


def _closer(style: Any, name: str) -> bool:
    """Tell whether a spacing takes away far more than there is between letters or words."""
    spacing = style[name]
    return isinstance(spacing, int | float) and spacing < -_FAR_CLOSER * style["font_size"]


def _out_of_line(box: Any) -> _Hidden | None:
    """Return what keeps the lines in a slot from standing in it, one below the other."""
    height, size = strut(box.style)[0], box.style["font_size"]
    breaks = box.style["white_space"] not in ("nowrap", "pre")
    if (breaks and height < _LOWEST_LINE * size) or height / 2 > box.height + size:
        return _by("`line-height`", "line-height")
    return None


def _are_on_one_spot(text: str, box: Any, size: float) -> bool:
    if not box.style["letter_spacing"] or box.style["letter_spacing"] == "normal":
        return False
    letters = sum(category(letter)[0] in _WIDE_ENOUGH for letter in text)
    return letters > 1 and bool(box.width < _CLOSEST * size * letters)
