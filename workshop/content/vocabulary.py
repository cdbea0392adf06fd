"""List the kinds of blocks: where each may stand, whether it has an id, which options it takes.

A kind, an option or a value that is not listed here is a fault.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

from workshop.content.audiences import BLOCK_AUDIENCES
from workshop.content.grammar.diagram_kinds import DIAGRAM_KINDS
from workshop.diagnostics import nearest
from workshop.limits import FEWER_THAN, PART_MINUTES, ROUNDS

# Names of the file itself, as the place that blocks stand in. A case's file is another place than
# a `case` block, which calls for the file and holds no blocks.
MODULE, CASE_FILE = "the module", "the case’s file"
ROOTS: Mapping[str, str] = {"module": MODULE, "case": CASE_FILE}
UNKNOWN = "a block of unknown kind"

# In mm: from one ruled line to the next, and how high rows of a table and boxes are unless their
# block says otherwise.
LINE_PITCH, ROW_HEIGHT, BOX_HEIGHT = 9, 12, 40

NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")


@dataclass(frozen=True)
class WholeNumber:
    """Accepts a whole number between two bounds, both included."""

    least: int
    most: int

    @property
    def expected(self) -> str:
        """The end of the sentence “this option takes …”."""
        return f"a whole number from {self.least} to {self.most}"

    def read(self, text: str) -> int | None:
        """Return the number that a text is, None for any other text."""
        number = int(text) if re.fullmatch(r"[0-9]{1,6}", text) else -1
        return number if self.least <= number <= self.most else None

    def hint(self, text: str) -> str | None:
        """Return a hint at the nearest number within the bounds, None for a text without digits."""
        digits = re.search(r"[0-9]{1,6}", text)
        return digits and f"Did you mean “{min(max(int(digits[0]), self.least), self.most)}”?"


@dataclass(frozen=True)
class OneOf:
    """Accepts a word from a list."""

    words: tuple[str, ...]

    @property
    def expected(self) -> str:
        """The end of the sentence “this option takes …”."""
        return "one of " + ", ".join(self.words)

    def read(self, text: str) -> str | None:
        """Return a word from the list as it is, None for any other text."""
        return text if text in self.words else None

    def hint(self, text: str) -> str | None:
        """Return a hint at the nearest word, if one is near."""
        return nearest(text, self.words)


@dataclass(frozen=True)
class Matching:
    """Accepts text of one form; `expected` ends the sentence “this option takes …”."""

    form: re.Pattern[str]
    expected: str

    def read(self, text: str) -> str | None:
        """Return a text of this form as it is, None for any other text."""
        return text if self.form.fullmatch(text) else None

    def hint(self, text: str) -> str | None:
        """Return no hint, as `expected` shows the form."""
        return None


@dataclass(frozen=True)
class Companion:
    """Describes an option that has a meaning only beside one of the options in `beside`.

    Where it is `needed`, none of these may stand without it.
    """

    beside: tuple[str, ...]
    needed: bool = False


@dataclass(frozen=True)
class Kind:
    """Describes where blocks of a kind may stand and which options they take.

    Every option in `required` must be given, and exactly one of those in `alternatives`. In the
    places `bare_in` the block takes no options at all.
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
_NAMES = Matching(
    re.compile(rf"\s*{NAME.pattern}(?:[\s,]+{NAME.pattern})*\s*"),
    "ids of exercises and names of modules, with a space between them",
)
_MINUTES, _LEAST = WholeNumber(1, PART_MINUTES.most), WholeNumber(0, PART_MINUTES.most)
_COUNT = WholeNumber(1, ROUNDS.most)
# A writing space stands on one page, at most 297 mm high.
_LINES, _MILLIMETRES = WholeNumber(1, 297 // LINE_PITCH), WholeNumber(5, 297)

_IN_MODULE = frozenset({"input", "exercise", "debrief", "if-fewer"})

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
            "builds-on": _NAMES,
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
    "if-fewer": Kind(frozenset({"exercise"}), {"than": WholeNumber(2, FEWER_THAN.most)}),
    "space": Kind(
        frozenset({MODULE, CASE_FILE, "card", "participant", *_IN_MODULE}),
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
        frozenset({MODULE, "input", "exercise", "if-fewer"}),
        {"name": _FILE_NAME},
        required=("name",),
    ),
    "cards": Kind(
        frozenset({MODULE, CASE_FILE, "input", "exercise", "participant"}),
        {"title": _TEXT, "each": OneOf(("person", "pair", "trio", "group", "room"))},
        required=("title", "each"),
        id="allowed",
    ),
    "card": Kind(frozenset({"cards"}), {"title": _TEXT}),
    "slide": Kind(
        frozenset({MODULE, *_IN_MODULE}),
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
                    "diagram",
                    "sheet",
                )
            ),
            "on": OneOf(("screen", "wall", "both")),
        },
        required=("title",),
    ),
    "diagram": Kind(
        frozenset({MODULE}),
        {"kind": OneOf(tuple(DIAGRAM_KINDS))},
        required=("kind",),
    ),
    # These may stand anywhere but in each other, which `headers.check_place` checks.
    **{audience: Kind(frozenset()) for audience in BLOCK_AUDIENCES},
}

# Kinds with fewer letters are too like ordinary words, as “space” is like “place”, to be guessed.
_LONG = 7
# How alike two words are that most likely mean the same; equal ones have 1.
_ALIKE = 0.8
WORD = re.compile(r"[^\W_]+(?:[-_'’][^\W_]+)*")


@lru_cache(maxsize=4096)
def kind_meant(word: str) -> str | None:
    """Return the kind that a word in lower case most likely means, None where it means none.

    Any letter of another script counts as right, since it may look the same: Cyrillic has an “а”
    too. A long kind is also recognised with some letters wrong, or as a part of the word.
    """
    if word in KINDS:
        return word
    if word.removesuffix("s") in KINDS:
        return word.removesuffix("s")
    for kind in KINDS:
        if _drawn_alike(word, kind) or (len(kind) >= _LONG and kind in word):
            return kind
    return next((kind for kind in KINDS if len(kind) >= _LONG and _is_like(word, kind)), None)


def kind_in(word: str) -> str | None:
    """Return the kind that a word in lower case or its first part most likely means."""
    parts = re.findall(r"[^\W_]+", word)
    return kind_meant("".join(parts)) or kind_meant(parts[0])


def audience_in(text: str) -> str | None:
    """Return the first audience of blocks that a word of a text most likely means."""
    kinds = map(kind_in, WORD.findall(text))
    return next((kind for kind in kinds if kind in BLOCK_AUDIENCES), None)


def _drawn_alike(word: str, kind: str) -> bool:
    """Tell whether a word has the letters of a kind; up to half may be of another script."""
    latin = sum(map(str.isascii, word))
    return 2 * latin >= len(word) == len(kind) and all(
        letter == meant or not letter.isascii() for letter, meant in zip(word, kind, strict=True)
    )


def _is_like(word: str, kind: str) -> bool:
    near_length = abs(len(word) - len(kind)) <= len(kind) - _LONG + 1
    return near_length and SequenceMatcher(None, word, kind, autojunk=False).ratio() >= _ALIKE
