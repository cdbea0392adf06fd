"""Find words of a composed text that its laid-out boxes do not have."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from workshop.diagnostics import Location
from workshop.typesetting.laid_out import Finding
from workshop.typesetting.pages import UnseenPicture

LOST_TEXT, CLIPPED_TEXT = "lost-text", "clipped-text"

_LONGEST = 120
# Spaces, marks over letters, signs without a shape, and dashes: layout adds and drops them.
_NOT_COMPARED = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf", "Mn", "Pd"})
_HINT = (
    "What they stand in may be larger than its page or box: shorten it, part it in two, or set it "
    "smaller in the style sheet."
)
_HINT_FOR_HIDDEN = (
    "Take it out of the style sheet, or change it. What is not to be printed takes "
    "`display: none`; what is only to be read out to those who cannot see it, the class `hidden`."
)
_HINT_FOR_DRAWINGS = (
    "The drawing’s own typeface may be missing here: turn the text into outlines in the drawing "
    "program, or set it smaller."
)


@dataclass(frozen=True)
class ElementText:
    """Holds an element's own text as composed and as laid out, where the two differ.

    `hyphen` is what layout puts at the ends of broken words. `page` is that of the text or, where
    none of it was laid out, of the text before it. `heading` is the heading above. `ids` are those
    of the elements around it, the nearest first, and then the first id of the part. `cut` are words
    of a drawing that reach over its edge. `why` says what hides the text, and `rule` where that is
    set, where it is known. `source` is the address of the drawing they stand in, if it is a file.
    `called` is what a message calls a picture or slot of which nothing is laid out.
    """

    composed: str
    laid_out: str
    hyphen: str
    page: int
    heading: str
    ids: tuple[str, ...]
    cut: str = ""
    why: str = ""
    rule: Location | None = None
    source: str = ""
    called: str = ""

    @cached_property
    def lost(self) -> tuple[str, ...]:
        """The words that are in no box, in their order."""
        words = self.composed.split()
        wanted = [self._plain(word) for word in words]
        printed = self._plain(self.laid_out)
        if "".join(wanted) in printed:
            return ()
        start, end = _differing(wanted, printed)
        # A word that is there as often as it was written only stands elsewhere.
        kept = "".join((*wanted[:start], *wanted[end:]))
        return tuple(
            words[at]
            for at in range(start, end)
            if wanted[at] and printed.count(wanted[at]) <= kept.count(wanted[at])
        )

    def _plain(self, text: str) -> str:
        """Return the letters and signs of a text, whatever their case, and nothing else."""
        text = unicodedata.normalize("NFKD", text.replace(self.hyphen, "")).casefold()
        text = unicodedata.normalize("NFKD", text).replace("ı", "i")
        return "".join(sign for sign in text if unicodedata.category(sign) not in _NOT_COMPARED)


def lost_text(texts: Sequence[ElementText]) -> Iterator[Finding]:
    """Yield a finding for all neighbouring texts of one place that lost words, or have cut ones."""
    for text in texts:
        if text.cut:
            message = f"“{_short(text.cut)}” reaches over the edge of its drawing"
            yield Finding(
                CLIPPED_TEXT,
                message,
                text.page,
                text.ids,
                text.source,
                _HINT_FOR_DRAWINGS,
                tuple(text.cut.split()),
            )
        elif text.called:
            what = f"cannot be seen: {text.why}" if text.why else "is on no page"
            message, rule = f"{text.called} {what}", text.rule
            yield Finding(LOST_TEXT, message, text.page, text.ids, text.source, _HINT, rule=rule)
    losing = (text for text in texts if text.lost and not text.called)
    for (page, ids, heading, why, rule, source), group in groupby(
        losing, lambda text: (text.page, text.ids, text.heading, text.why, text.rule, text.source)
    ):
        words = tuple(word for text in group for word in text.lost)
        if why:
            yield unseen_text(words, why, page, ids, rule)
            continue
        below = f", below the heading “{_short(heading)}”" if heading else ""
        message = f"{quoted(words)} {'are' if words[1:] else 'is'} on no page{below}"
        yield Finding(LOST_TEXT, message, page, ids, source, _HINT, words)


def unseen_text(
    words: Sequence[str], why: str, page: int, ids: tuple[str, ...], rule: Location | None
) -> Finding:
    """Return the finding for words that are on a page and cannot be seen."""
    message = f"{quoted(words)} cannot be seen: {why}"
    hint = _HINT_FOR_HIDDEN
    return Finding(LOST_TEXT, message, page, ids, hint=hint, words=tuple(words), rule=rule)


def unseen_picture(page: int, unseen: UnseenPicture) -> Finding:
    """Return the finding for a picture or a slot that is on a page and cannot be seen."""
    picture = unseen.picture
    message = f"{picture.called} cannot be seen: {unseen.why}"
    hint = _HINT_FOR_HIDDEN
    return Finding(LOST_TEXT, message, page, picture.ids, picture.address, hint, rule=unseen.rule)


def _differing(wanted: Sequence[str], printed: str) -> tuple[int, int]:
    """Return between which words two texts differ: before and behind, they are the same."""
    start, reached = 0, 0
    while start < len(wanted) and printed.startswith(wanted[start], reached):
        reached += len(wanted[start])
        start += 1
    end, left = len(wanted), len(printed)
    while (
        end > start
        and left - len(wanted[end - 1]) >= reached
        and printed.endswith(wanted[end - 1], 0, left)
    ):
        left -= len(wanted[end - 1])
        end -= 1
    return start, end


def quoted(words: Sequence[str]) -> str:
    """Return words in quotation marks, the first of them and their number if they are many."""
    text = " ".join(words)
    if len(text) <= _LONGEST:
        return f"“{text}”"
    shown = re.sub(r"\s\S*$", "", text[:_LONGEST])
    return f"“{shown} …” and more, {len(words)} words,"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST // 2 else text[: _LONGEST // 2 - 1].rstrip() + "…"
