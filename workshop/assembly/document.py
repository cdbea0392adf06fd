"""Number the pages of a document: where each part begins, and what stands on which page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from workshop.diagnostics import Diagnostic
from workshop.typesetting.laid_out import LaidOut

# Names of the slots that the document itself fills in, or how these names begin.
PAGE, PAGES, TARGET, SHEETS = "page", "pages", "page-of:", "sheets:"
# Among the ids and their page numbers, this key holds the number of pages: no id is empty. Of
# another document it holds the pages of each file, with spaces between; the last file is printed
# for all copies that have none of their own.
ALL = ""
# Under this key are the sheets that are printed besides, once for the room. No id has a space.
APART = " apart"
_PAPER = re.compile(r"(\d+)x(\d+)@([^+]+)")


@dataclass(frozen=True)
class Assembled:
    """Holds the parts of a document in order. Pages are counted from 0, printed numbers from 1."""

    parts: tuple[LaidOut, ...]

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """The page that each part begins on."""
        starts, page = [], 0
        for part in self.parts:
            starts.append(page)
            page += part.pages
        return tuple(starts)

    @property
    def pages(self) -> int:
        """The number of pages."""
        return sum(part.pages for part in self.parts)

    @cached_property
    def numbers(self) -> Mapping[str, str]:
        """The printed page number of every id, where it stands first.

        The key `ALL` holds the number of pages.
        """
        numbers = {ALL: str(self.pages)}
        for start, part in zip(self.starts, self.parts, strict=True):
            for anchor in part.anchors:
                numbers.setdefault(anchor.name, str(start + anchor.page + 1))
        return numbers


def number_for(
    name: str, page: int, document: Assembled, other_numbers: Mapping[str, Mapping[str, str]]
) -> str | Diagnostic | None:
    """Return the text of a slot that the document fills in; None for a slot of a person's text.

    `page` is the page of the slot, `other_numbers` are the page numbers of other documents by their
    names. Returns a `Diagnostic` for a reference to an id that is not there.
    """
    if name == PAGE:
        return str(page + 1)
    if name == PAGES:
        return str(document.pages)
    if name.startswith(SHEETS):
        return str(_sheets(name, other_numbers))
    if not name.startswith((TARGET, f"{PAGES}@")):
        return None
    target, _, elsewhere = name.removeprefix(TARGET).removeprefix(PAGES).partition("@")
    numbers = other_numbers.get(elsewhere, {}) if elsewhere else document.numbers
    if target == ALL and target in numbers:
        fewest, most = min(_counts(numbers)), max(_counts(numbers))
        return str(most) if fewest == most else f"{fewest}–{most}"
    if target in numbers:
        return numbers[target]
    where = f"the document “{elsewhere}”" if elsewhere else "the document"
    message = f"A page number is asked for of “#{target}”, and nothing in {where} has that id"
    return Diagnostic("no-target", message, None, "Write the id of something that is in it.")


def _sheets(name: str, other_numbers: Mapping[str, Mapping[str, str]]) -> int:
    """Return how many sheets all documents that a slot names take; no two copies share a sheet.

    Parts that are printed for the room, such as cards, are counted as often as it needs them.
    """
    return sum(
        sum(-(-pages // int(on_a_sheet)) for pages in _for_copies(int(copies), files))
        + int(other_numbers[document].get(APART, 0))
        for copies, on_a_sheet, document in _PAPER.findall(name)
        for files in [_counts(other_numbers[document])]
    )


def _for_copies(copies: int, files: list[int]) -> list[int]:
    """Return the number of pages of each copy."""
    return [*files[:copies], *files[-1:] * (copies - len(files))]


def _counts(numbers: Mapping[str, str]) -> list[int]:
    """Return the number of pages of each file of a document."""
    return [int(count) for count in numbers[ALL].split()]
