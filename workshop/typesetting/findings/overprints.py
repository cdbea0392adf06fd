"""Find words that are printed over other words, or over a picture such as a logo."""

from __future__ import annotations

from collections.abc import Iterator

from workshop.typesetting.findings.gone_words import is_gone
from workshop.typesetting.pages import DESCENT, SLOT, Area, Page, Picture, PrintedWords

# How deep one may reach into the other, in points: a rounding, an accent.
_TOLERANCE = 1.5
# Lines set close reach into each other with accents and descenders: by a part of their height.
_CLOSE_LINES = 0.25
_CLOSE_IN_LINE = 0.5


def overprints(page: Page) -> Iterator[tuple[PrintedWords, PrintedWords | Picture]]:
    """Yield words, each with what it is printed over.

    What flows makes room for what flows, unless a style sheet takes the room away. What a box cuts
    off is no overprint, nor is what runs into the foot or out of its place: other rules report it.
    """
    seen = [words for words in page.words if not is_gone(words, page) and not _is_told(words, page)]
    positioned: list[PrintedWords | Picture] = [words for words in seen if not words.flows]
    positioned += [
        picture
        for picture in page.pictures
        if picture.words and not picture.flows and not picture.words.startswith(SLOT)
    ]
    yield from _run_together(sorted(filter(_is_upright, seen), key=lambda words: words.place.top))
    yield from _over_positioned(positioned, seen)


def _run_together(words: list[PrintedWords]) -> Iterator[tuple[PrintedWords, PrintedWords]]:
    """Yield words that flow into other words; they come in the order of their upper edges."""
    for at, upper in enumerate(words):
        for lower in words[at + 1 :]:
            if lower.place.top >= upper.place.bottom:
                break
            if _is_deep_in(upper.place, lower.place, in_line=_are_in_line(upper, lower)):
                yield lower, upper


def _is_upright(words: PrintedWords) -> bool:
    """Tell whether words flow unturned; around turned ones, the corners of their place are free."""
    area, place = words.area, words.place
    moved = abs((place.right - place.left) - (area.right - area.left))
    return words.flows and moved < _TOLERANCE


def _are_in_line(first: PrintedWords, second: PrintedWords) -> bool:
    apart = _base_line(first.place) - _base_line(second.place)
    return first.column == second.column and abs(apart) < _TOLERANCE


def _base_line(area: Area) -> float:
    return area.bottom - DESCENT * (area.bottom - area.top)


def _is_deep_in(first: Area, second: Area, *, in_line: bool) -> bool:
    """Tell whether two texts reach far into each other; in a line, some are set close by hand."""
    height = min(first.bottom - first.top, second.bottom - second.top)
    depth = min(first.bottom, second.bottom) - max(first.top, second.top)
    width = min(first.right, second.right) - max(first.left, second.left)
    narrower = min(first.right - first.left, second.right - second.left)
    least = _CLOSE_IN_LINE * narrower if in_line else _TOLERANCE
    return width > least and depth > _CLOSE_LINES * height


def _over_positioned(
    positioned: list[PrintedWords | Picture], seen: list[PrintedWords]
) -> Iterator[tuple[PrintedWords, PrintedWords | Picture]]:
    for other in positioned:
        for words in _over(_place(other), seen):
            # What stands in one block is set there by hand: a small word close to a large one.
            if not (isinstance(other, PrintedWords) and words.column == other.column):
                yield words, other


def _is_told(words: PrintedWords, page: Page) -> bool:
    in_foot = words.flows and words.place.bottom > page.body.bottom + _TOLERANCE
    return in_foot or words.runs_out_of_box(_TOLERANCE) or words.runs_out_of_column(_TOLERANCE)


def _place(what: PrintedWords | Picture) -> Area:
    return what.place if isinstance(what, PrintedWords) else what.area


def _over(area: Area, every: list[PrintedWords]) -> list[PrintedWords]:
    left, right = area.left + _TOLERANCE, area.right - _TOLERANCE
    top, bottom = area.top + _TOLERANCE, area.bottom - _TOLERANCE
    return [
        words
        for words in every
        if words.place.top < bottom
        and words.place.bottom > top
        and words.place.left < right
        and words.place.right > left
    ]
