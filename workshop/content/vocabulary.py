"""The kinds of block and their options, as data; an opening fence's words into checked values.

Whatever is not listed here is a fault: a word the product does not know is never let through.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, Protocol

from workshop.diagnostics import Location, Report, nearest

AUDIENCES = ("participant", "manager", "facilitator", "sponsor")

AUDIENCE_SEES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "participant": frozenset({"participant"}),
        "manager": frozenset({"manager"}),
        "sponsor": frozenset({"sponsor"}),
        "facilitator": frozenset({"facilitator", "participant"}),
    }
)
"""Which audience blocks a document made for an audience may print."""

# A case file is not the `case` block that calls for it: the block holds no cards of its own.
MODULE, CASE_FILE = "the module", "the case file"
ROOTS: Mapping[str, str] = MappingProxyType({"module": MODULE, "case": CASE_FILE})

_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_A4_HEIGHT = 297  # mm: a writing space stands on one page


class Value(Protocol):
    """What an option may be set to."""

    @property
    def expected(self) -> str:
        """Finish the sentence “this option takes …”."""

    def read(self, text: str) -> str | int | None:
        """Return the value written, or None where `text` is not one."""

    def hint(self, text: str) -> str | None:
        """Say what would be right in place of `text`."""


@dataclass(frozen=True)
class Whole:
    """A whole number between two bounds, both included."""

    least: int
    most: int

    @property
    def expected(self) -> str:
        return f"a whole number from {self.least} to {self.most}"

    def read(self, text: str) -> int | None:
        number = int(text) if re.fullmatch(r"[0-9]{1,6}", text) else -1
        return number if self.least <= number <= self.most else None

    def hint(self, text: str) -> str | None:
        return None


@dataclass(frozen=True)
class OneOf:
    """A word from a list."""

    words: tuple[str, ...]

    @property
    def expected(self) -> str:
        return "one of " + ", ".join(self.words)

    def read(self, text: str) -> str | None:
        return text if text in self.words else None

    def hint(self, text: str) -> str | None:
        return nearest(text, self.words)


@dataclass(frozen=True)
class Matching:
    """Text of one form."""

    form: re.Pattern[str]
    expected: str

    def read(self, text: str) -> str | None:
        return text if self.form.fullmatch(text) else None

    def hint(self, text: str) -> str | None:
        return None


@dataclass(frozen=True)
class Companion:
    """An option that means something only beside one of others."""

    of: tuple[str, ...]
    required: bool = False


@dataclass(frozen=True)
class Kind:
    """Where a block stands and what its opening line may say.

    `alternatives`: exactly one of these options must be given. `plain_in`: where it takes none.
    """

    stands_in: frozenset[str]
    id: Literal["required", "allowed", "forbidden"] = "forbidden"
    options: Mapping[str, Value] = MappingProxyType({})
    required: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()
    companions: Mapping[str, Companion] = MappingProxyType({})
    plain_in: frozenset[str] = frozenset()


_TEXT = Matching(re.compile(r"(?s).*\S.*"), "some text")
_FILE_NAME = Matching(_NAME, "a name of small letters, digits and hyphens, without “.md”")
_SCALE = Matching(re.compile(r"[01]-(?:[2-9]|10)"), "a scale such as “0-10” or “1-5”")
_COUNT = Whole(1, 50)
_MINUTES, _LEAST_MINUTES = Whole(1, 600), Whole(0, 600)
_MILLIMETRES = Whole(5, _A4_HEIGHT)
_EACH = OneOf(("person", "pair", "trio", "group", "room"))
_GROUPING = OneOf(("individual", "pairs", "trios", "groups", "coaching"))


def _kind(
    *stands_in: str,
    id: Literal["required", "allowed", "forbidden"] = "forbidden",  # noqa: A002
    required: tuple[str, ...] = (),
    alternatives: tuple[str, ...] = (),
    companions: Mapping[str, Companion] | None = None,
    plain_in: Iterable[str] = (),
    **options: Value,
) -> Kind:
    return Kind(
        frozenset(stands_in), id, MappingProxyType(options), required, alternatives
    )
