"""The parts of a document in their order: on which page each begins, and what stands where."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from workshop.diagnostics import Diagnostic
from workshop.typesetting.laid_out import LaidOut

# What a slot is called that the document itself fills in.
PAGE, PAGES, TARGET, SHEETS = "page", "pages", "page-of:", "sheets:"
# The name, among those of things referred to, of how many pages there are: no id is empty.
ALL = ""
_PAPER = re.compile(r"(\d+)x(\d+)@([^+]+)")


@dataclass(frozen=True)
class Assembled:
    """Parts in their order. Pages are counted from 0, printed numbers from 1."""

    parts: tuple[LaidOut, ...]

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """The page each part begins on."""
        starts, page = [], 0
        for part in self.parts:
            starts.append(page)
            page += part.pages
        return tuple(starts)

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return sum(part.pages for part in self.parts)

    @cached_property
    def numbers(self) -> Mapping[str, str]:
        """The printed page number of everything that can be referred to, where it stands first.

        And under `ALL` how many pages there are.
        """
        found = {ALL: str(self.pages)}
        for start, part in zip(self.starts, self.parts, strict=True):
            for anchor in part.anchors:
                found.setdefault(anchor.name, str(start + anchor.page + 1))
        return found


def number_for(
    name: str, page: int, document: Assembled, others: Mapping[str, Mapping[str, str]]
) -> str | Diagnostic | None:
    """Return the text of a slot that the document fills in; None for one that a person does.

    `page` is the slot's own, `others` the page numbers of other documents by their names. A
    `Diagnostic` says what a reference leads to that is not there.
    """
    if name == PAGE:
        return str(page + 1)
    if name == PAGES:
        return str(document.pages)
    if name.startswith(SHEETS):
        return str(_sheets(name, others))
    if not name.startswith((TARGET, f"{PAGES}@")):
        return None
    target, _, other = name.removeprefix(TARGET).removeprefix(PAGES).partition("@")
    numbers = others.get(other, {}) if other else document.numbers
    if target in numbers:
        return numbers[target]
    where = f"the document “{other}”" if other else "the document"
    message = f"A page number is asked for of “#{target}”, and nothing in {where} has that id"
    return Diagnostic("no-target", message, None, "Write the id of something that is in it.")


def _sheets(name: str, others: Mapping[str, Mapping[str, str]]) -> int:
    """Return how many sheets a slot’s documents take, each copy on sheets of its own."""
    return sum(
        int(copies) * -(-int(others[document][ALL]) // int(on_a_sheet))
        for copies, on_a_sheet, document in _PAPER.findall(name)
    )
