"""Find words of a composed text that its laid-out boxes do not have."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from workshop.typesetting.laid_out import Finding

LOST_TEXT = "lost-text"

_LONGEST = 120
# Spaces, marks over letters, signs without a shape, and dashes: layout adds and drops them.
_NOT_COMPARED = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf", "Mn", "Pd"})
_HINT = (
    "What they stand in may be larger than its page or box: shorten it, part it in two, or set it "
    "smaller in the style sheet."
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
    of a drawing that reach over its edge.
    """

    composed: str
    laid_out: str
    hyphen: str
    page: int
    heading: str
    ids: tuple[str, ...]
    cut: str = ""

    @cached_property
    def lost(self) -> tuple[str, ...]:
        """The words that are in no box, in their order."""
        words = self.composed.split()
        wanted = [self._plain(word) for word in words]
        found = self._plain(self.laid_out)
        if "".join(wanted) in found:
            return ()
        start, end = _differing(wanted, found)
        # A word that is there as often as it was written only stands elsewhere.
        kept = "".join((*wanted[:start], *wanted[end:]))
        return tuple(
            words[at]
            for at in range(start, end)
            if wanted[at] and found.count(wanted[at]) <= kept.count(wanted[at])
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
            yield Finding("clipped-text", message, text.page, text.ids, hint=_HINT_FOR_DRAWINGS)
    losing = (text for text in texts if text.lost)
    for (page, ids, heading), group in groupby(
        losing, lambda text: (text.page, text.ids, text.heading)
    ):
        words = tuple(word for text in group for word in text.lost)
        below = f", below the heading “{_short(heading)}”" if heading else ""
        message = f"{_quoted(words)} {'are' if words[1:] else 'is'} on no page{below}"
        yield Finding(LOST_TEXT, message, page, ids, hint=_HINT, words=words)


def _differing(wanted: Sequence[str], found: str) -> tuple[int, int]:
    """Return between which words two texts differ: before and behind, they are the same."""
    start, reached = 0, 0
    while start < len(wanted) and found.startswith(wanted[start], reached):
        reached += len(wanted[start])
        start += 1
    end, left = len(wanted), len(found)
    while (
        end > start
        and left - len(wanted[end - 1]) >= reached
        and found.endswith(wanted[end - 1], 0, left)
    ):
        left -= len(wanted[end - 1])
        end -= 1
    return start, end


def _quoted(words: Sequence[str]) -> str:
    text = " ".join(words)
    if len(text) <= _LONGEST:
        return f"“{text}”"
    shown = re.sub(r"\s\S*$", "", text[:_LONGEST])
    return f"“{shown} …” and more, {len(words)} words,"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST // 2 else text[: _LONGEST // 2 - 1].rstrip() + "…"
