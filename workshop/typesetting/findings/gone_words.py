"""Find words that stand on a page in vain: hidden, cut off by a box, or beside the paper."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from workshop.typesetting.findings.lost_words import LOST_TEXT, quoted, unseen_picture, unseen_text
from workshop.typesetting.laid_out import Finding
from workshop.typesetting.pages import DrawnWords, Page, PrintedWords, UnseenWords

# How much of its height a letter may lose, on any side, and still be read.
_PART_OF_A_LETTER = 0.4
# What is said of one word, and of several.
_RUN_OFF = "runs off the paper", "run off the paper"
_CUT_OFF = "is cut off by the box it stands in", "are cut off by the box they stand in"
_IN_DRAWING = "cut off, moved away, too small, or something is drawn over them"
_HINT_FOR_DRAWINGS = "Make them visible in the drawing program, or take them out."
_HINT = "Shorten the text, or give its box more room in the style sheet."


def gone_words(number: int, page: Page) -> Iterator[Finding]:
    """Yield the words of a page, counted from 0, that nobody can read; those of one place at once.

    `is_gone` tells which of the printed words these are.
    """
    for (why, rule, ids), hidden in groupby(
        page.unseen, lambda unseen: (unseen.why, unseen.rule, unseen.ids)
    ):
        yield unseen_text(_in_one(hidden), why, number, ids, rule)
    for (address, ids), drawn in groupby(
        page.unseen_drawn, lambda words: (words.address, words.ids)
    ):
        lost = _in_one(drawn)
        message = f"{quoted(lost)} in this drawing cannot be seen: {_IN_DRAWING}"
        yield Finding(LOST_TEXT, message, number, ids, address, _HINT_FOR_DRAWINGS, lost)
    for gone_picture in page.unseen_pictures:
        yield unseen_picture(number, gone_picture)
    gone = (words for words in page.words if is_gone(words, page))
    for (is_beside, ids), group in groupby(gone, lambda words: (words.cut_by is None, words.ids)):
        lost = _in_one(group)
        what = _RUN_OFF if is_beside else _CUT_OFF
        message = f"{quoted(lost)} {what[len(lost) > 1]}"
        yield Finding(LOST_TEXT, message, number, ids, hint=_HINT, words=lost)


def is_gone(words: PrintedWords, page: Page) -> bool:
    """Tell whether more than a part of a letter is cut off, or stands beside the paper."""
    part = _PART_OF_A_LETTER * (words.area.bottom - words.area.top)
    if words.cut_by:
        return words.area.sticks_out_of(words.cut_by, part)
    return words.place.sticks_out_of(page.paper, part)


def _in_one(
    group: Iterator[PrintedWords] | Iterator[UnseenWords] | Iterator[DrawnWords],
) -> tuple[str, ...]:
    return tuple(" ".join(words.text for words in group).split())
