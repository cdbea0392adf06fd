"""Find words that are printed over other words, or over a picture such as a logo."""

from __future__ import annotations

from workshop.typesetting.pages import Area, Page, Picture, PrintedWords

_SLOT = "slot:"
# How deep one may reach into the other, in points: a rounding, an accent.
_TOLERANCE = 1.5


def overprints(page: Page) -> list[tuple[PrintedWords, PrintedWords | Picture]]:
    """Return words, each with what it is printed over.

    Whatever flows makes room for what flows; so only what is positioned is compared with the rest.
    What an overflow hides is no overprint, nor is what runs into the foot: other rules report it.
    """
    seen = [words for words in page.words if not words.cut_by and not _in_foot(words, page)]
    positioned: list[PrintedWords | Picture] = [words for words in seen if not words.flows]
    positioned += [
        picture
        for picture in page.pictures
        if picture.words and not picture.flows and not picture.words.startswith(_SLOT)
    ]
    return [
        (words, other)
        for other in positioned
        for words in _over(_place(other), seen)
        # What stands in one block is set there by hand: a small word drawn close to a large one.
        if not (isinstance(other, PrintedWords) and words.column == other.column)
    ]


def _in_foot(words: PrintedWords, page: Page) -> bool:
    return words.flows and words.place.bottom > page.body.bottom + _TOLERANCE


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
