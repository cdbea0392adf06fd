"""Which blocks a file may hold: every kind, where it stands, its id and its options, as data.

What is not listed here is a fault: a word the product does not know is never let through.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

from workshop.diagnostics import nearest

AUDIENCES = ("participant", "manager", "facilitator", "sponsor")

# Document audience -> the blocks that it may print and others may not. What is shown to the room,
# on the screen or the wall, is seen by everybody in it.
AUDIENCE_SEES: Mapping[str, frozenset[str]] = {
    "participant": frozenset({"participant"}),
    "room": frozenset({"participant", "slide"}),
    "manager": frozenset({"manager"}),
    "facilitator": frozenset({"facilitator", "participant", "slide"}),
    "sponsor": frozenset({"sponsor"}),
}
KEPT_BACK = frozenset().union(*AUDIENCE_SEES.values())

# The file itself, as a place to stand in. A case's file is not the `case` block that calls for
# it: cards stand in the file, nothing stands in the block.
MODULE, CASE_FILE = "the module", "the case’s file"
ROOTS: Mapping[str, str] = {"module": MODULE, "case": CASE_FILE}
UNKNOWN = "a block of unknown kind"

NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")


@dataclass(frozen=True)
class WholeNumber:
    """A whole number between two bounds, both included."""

    least: int
    most: int

    @property
    def expected(self) -> str:
        """The end of the sentence “this option takes …”."""
        return f"a whole number from {self.least} to {self.most}"

    def read(self, text: str) -> int | None:
        """Return the number written, or None."""
        number = int(text) if re.fullmatch(r"[0-9]{1,6}", text) else -1
        return number if self.least <= number <= self.most else None

    def hint(self, text: str) -> str | None:
        """Return the nearest number as a hint."""
        digits = re.search(r"[0-9]{1,6}", text)
        return digits and f"Did you mean “{min(max(int(digits[0]), self.least), self.most)}”?"


@dataclass(frozen=True)
class OneOf:
    """A word from a list."""

    words: tuple[str, ...]

    @property
    def expected(self) -> str:
        """The end of the sentence “this option takes …”."""
        return "one of " + ", ".join(self.words)

    def read(self, text: str) -> str | None:
        """Return the word written, or None."""
        return text if text in self.words else None

    def hint(self, text: str) -> str | None:
        """Return the nearest word as a hint."""
        return nearest(text, self.words)


@dataclass(frozen=True)
class Matching:
    """Text of one form; `expected` ends the sentence “this option takes …”."""

    form: re.Pattern[str]
    expected: str

    def read(self, text: str) -> str | None:
        """Return the text written, or None."""
        return text if self.form.fullmatch(text) else None

    def hint(self, text: str) -> str | None:
        """Return no hint: `expected` shows the form."""
        return None


@dataclass(frozen=True)
class Companion:
    """An option that means something only beside one of others, which may need it."""

    of: tuple[str, ...]
    needed: bool = False


@dataclass(frozen=True)
class Kind:
    """Where a block stands and what its opening fence says.

    Each option in `required` must be given, and one of `alternatives`, not more. In the places
    `bare_in` the block takes no options at all.
    """

    stands_in: frozenset[str]
    options: Mapping[str, WholeNumber | OneOf | Matching] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()
    companions: Mapping[str, Companion] = field(default_factory=dict)
    bare_in: frozenset[str] = frozenset()
    id: Literal["required", "allowed", "forbidden"] = "forbidden"


_TEXT = Matching(re.compile(r"\s*\S[\s\S]*"), "some text")
_FILE_NAME = Matching(NAME, "a file’s name without its ending, such as “fact-sheet”")
_SCALE = Matching(re.compile(r"[01]-(?:[2-9]|10)"), "a scale such as “0-10” or “1-5”")
_MINUTES, _LEAST, _COUNT = WholeNumber(1, 600), WholeNumber(0, 600), WholeNumber(1, 50)
# A writing space stands on one page, at most 297 mm high; a ruled line takes 9 mm.
_LINES, _MILLIMETRES = WholeNumber(1, 297 // 9), WholeNumber(5, 297)

KINDS: Mapping[str, Kind] = {
    "input": Kind(
        frozenset({MODULE}),
        {"title": _TEXT, "minutes": _MINUTES, "min": _LEAST},
        required=("title", "minutes", "min"),
        id="allowed",
    ),
    "exercise": Kind(
        frozenset({MODULE}),
        {
            "title": _TEXT,
            "kind": OneOf(("individual", "pairs", "trios", "groups", "coaching")),
            "min": _LEAST,
            "minutes": _MINUTES,
            "rounds": _COUNT,
            "round-minutes": _MINUTES,
            "setup-minutes": _LEAST,
            "if-cut": OneOf(("out", "own-time")),
        },
        required=("title", "kind", "min"),
        alternatives=("minutes", "rounds"),
        companions={
            "round-minutes": Companion(("rounds",), needed=True),
            "setup-minutes": Companion(("rounds",)),
        },
        id="required",
    ),
    "debrief": Kind(
        frozenset({MODULE, "exercise"}),
        {"minutes": _MINUTES, "min": _LEAST},
        required=("minutes", "min"),
        bare_in=frozenset({"exercise"}),
    ),
    "purpose": Kind(frozenset({"exercise"})),
    "space": Kind(
        frozenset({MODULE, CASE_FILE, "input", "exercise", "debrief", "card", "participant"}),
        {
            "label": _TEXT,
            "lines": _LINES,
            "box": _MILLIMETRES,
            "boxes": _TEXT,
            "height": _MILLIMETRES,
            "rows": _COUNT,
            "columns": _TEXT,
            "first": _TEXT,
            "row-height": _MILLIMETRES,
            "rating": _SCALE,
            "canvas": OneOf(("firm", "ring-map", "plan", "ask-card")),
        },
        alternatives=("lines", "box", "boxes", "rows", "rating", "canvas"),
        companions={
            "height": Companion(("boxes",)),
            "columns": Companion(("rows", "rating"), needed=True),
            "first": Companion(("rows",)),
            "row-height": Companion(("rows",)),
        },
    ),
    "case": Kind(
        frozenset({MODULE, "input", "exercise"}), {"name": _FILE_NAME}, required=("name",)
    ),
    "cards": Kind(
        frozenset({MODULE, CASE_FILE, "input", "exercise", "participant"}),
        {"title": _TEXT, "each": OneOf(("person", "pair", "trio", "group", "room"))},
        required=("title", "each"),
    ),
    "card": Kind(frozenset({"cards"}), {"title": _TEXT}),
    "slide": Kind(
        frozenset({MODULE, "input", "exercise", "debrief"}),
        {
            "title": _TEXT,
            "layout": OneOf(
                (
                    "statement",
                    "question",
                    "points",
                    "steps",
                    "columns",
                    "rings",
                    "picture",
                    "sheet",
                )
            ),
            "on": OneOf(("screen", "wall", "both")),
        },
        required=("title",),
    ),
    # These stand anywhere, but in each other: `headers.check_place` sees to it.
    **{audience: Kind(frozenset()) for audience in AUDIENCES},
}

# A kind of fewer letters is an ordinary word but for one letter: “space” and “place”.
_LONG, _CLOSE = 7, 0.8


@lru_cache(maxsize=4096)
def kind_meant(word: str) -> str | None:
    """Return the kind that a word in small letters names or nearly names.

    A letter that is not Latin may stand for any: there is an “а” in Cyrillic too. So may a word
    have letters too many or too few, or be joined to another.
    """
    if word in KINDS:
        return word
    if word.removesuffix("s") in KINDS:
        return word.removesuffix("s")
    for kind in KINDS:
        if _drawn_alike(word, kind) or (len(kind) >= _LONG and kind in word):
            return kind
    return next((kind for kind in KINDS if len(kind) >= _LONG and _close(word, kind)), None)


def _drawn_alike(word: str, kind: str) -> bool:
    latin = sum(map(str.isascii, word))
    return 2 * latin >= len(word) == len(kind) and all(
        letter == meant or not letter.isascii() for letter, meant in zip(word, kind, strict=True)
    )


def _close(word: str, kind: str) -> bool:
    few = abs(len(word) - len(kind)) <= len(kind) - _LONG + 1
    return few and SequenceMatcher(None, word, kind, autojunk=False).ratio() >= _CLOSE
