"""Find what is left alone: a heading at the foot of a page, a scrap on a last line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from workshop.typesetting.laid_out import Finding
from workshop.typesetting.pages import Page, shortened

LONE_HEADING, SHORT_LAST_LINE = "lone-heading", "short-last-line"
# How much lower than a heading something stands that is its text, in points: the ink of what stands
# beside it, such as a number, may reach a little lower.
_BELOW = 4
# Words such as “with”, “them” and “here” have four letters at most. Alone on a line they say
# nothing; a longer word mostly does. Layout gives a last line as many, where words can be moved.
FEWEST_LETTERS = 5


def lone_headings(pages: Sequence[Page]) -> Iterator[Finding]:
    """Yield the headings that are the last on their page, with what they head on the next."""
    for number, (page, following) in enumerate(pairwise(pages)):
        headings = [words for words in page.words if words.heads and words.flows]
        if not following.runs_on or not headings or page.ruled:
            continue
        last = max(headings, key=lambda words: words.area.bottom)
        lowest = last.area.bottom + _BELOW
        below = (
            any(words.area.bottom > lowest for words in page.words if words.flows),
            any(picture.area.bottom > lowest for picture in page.pictures if picture.flows),
            any(space.area.bottom > lowest for space in page.spaces),
            page.kept_to > lowest,
        )
        if any(below):
            continue
        text = " ".join(words.text for words in headings if words.column == last.column)
        message = f"“{shortened(text)}” stands last on this page, and what it heads on the next"
        hint = (
            "Make what follows less high, or have the heading stay with it: `break-after: avoid`."
        )
        yield Finding(LONE_HEADING, message, number, last.ids, hint=hint)


def short_last_lines(pages: Sequence[Page]) -> Iterator[Finding]:
    """Yield the texts in display type whose last line has a scrap of a word alone."""
    for number, page in enumerate(pages):
        for last in page.last_lines:
            letters = sum(map(str.isalnum, last.line))
            # Scripts that have no spaces break anywhere.
            if letters < FEWEST_LETTERS and " " in last.text:
                message = f"Only “{last.line}” stands on the last line of “{shortened(last.text)}”"
                hint = "Say it in a word more or less, so that its lines end elsewhere."
                yield Finding(SHORT_LAST_LINE, message, number, last.ids, hint=hint)
