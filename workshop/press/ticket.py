"""Describe a run for a print shop: sheets, sides, stock, colour, finishing, files."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

from workshop.assembly.flip import Flip
from workshop.keeping.kept_file import read_data

NAME = "ticket.json"
_FORMAT = 2


@dataclass(frozen=True)
class Count:
    """Says how much there is to print; `sides` counts `colour` and `black` ones, not `blank`."""

    sheets: int
    sides: int
    blank: int
    colour: int
    black: int

    def times(self, copies: int) -> Count:
        """Return the count for this many copies."""
        return Count(*(value * copies for value in asdict(self).values()))


def total(counts: Iterable[Count]) -> Count:
    """Return the sum of counts."""
    rows = [tuple(asdict(count).values()) for count in counts]
    return Count(*(sum(column) for column in zip(*rows, strict=True)))


@dataclass(frozen=True)
class PaperCount:
    """Says how many sheets of a size there are, which the trade and printers name so; in mm."""

    sheet: str
    media: str
    size: tuple[float, float]
    sheets: int


@dataclass(frozen=True)
class TicketFile:
    """Names a file of the run below the ticket's folder; its pages are faces of sheets."""

    path: str
    pages: int
    sha256: str


@dataclass(frozen=True)
class PackLine:
    """Describes a pack: its file, its documents, and how much one copy of it takes."""

    name: str
    file: TicketFile
    copies: int
    documents: tuple[str, ...]
    count: Count


@dataclass(frozen=True)
class PackGroup:
    """Describes packs that differ only in names: their number, and how much one of them takes."""

    copies: int
    documents: tuple[str, ...]
    count: Count


@dataclass(frozen=True)
class Ticket:
    """Describes a whole run. Sizes are in mm, and totals count every copy.

    `papers` are the sheets by their size, the commonest first. `flip` is the edge on which sheets
    are turned over. `spot` is the ink of the brand's colour, if it has one. `made_from` is a digest
    of everything the run was made from, and `sources` are the digests of the kit's files.
    """

    client: str
    client_name: str
    cohort: str
    date: str | None
    venue: str | None
    profile: str
    title: str
    layout: str
    made_for: str
    people: int | None
    spares: int
    papers: tuple[PaperCount, ...]
    flip: Flip
    stock: str
    finishing: tuple[str, ...]
    colour: str
    spot: str | None
    bleed: float
    crop_marks: bool
    notes: tuple[str, ...]
    total: Count
    packs: tuple[PackLine, ...]
    run: TicketFile
    sources: tuple[str, ...]
    made_from: str

    @property
    def sheets(self) -> str:
        """How many sheets of which size there are, in words: "1,200 A4" or "12 A4 and 2 A3"."""
        *most, last = (f"{paper.sheets:,} {paper.sheet}" for paper in self.papers)
        return f"{', '.join(most)} and {last}" if most else last

    @property
    def groups(self) -> tuple[PackGroup, ...]:
        """The packs, grouped where they are alike, in the order of each group's first pack."""
        copies: dict[tuple[tuple[str, ...], Count], int] = {}
        for pack in self.packs:
            key = (pack.documents, pack.count)
            copies[key] = copies.get(key, 0) + pack.copies
        return tuple(PackGroup(number, *key) for key, number in copies.items())


def write(ticket: Ticket, folder: Path) -> None:
    """Write a ticket as JSON; the same run gives the same bytes."""
    data = {"format": _FORMAT, **asdict(ticket)}
    text = json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    (folder / NAME).write_text(text, encoding="utf-8")


@cache
def _form() -> TypeAdapter[Ticket]:
    """Return how a ticket is read; to work it out takes longer than to read one."""
    return TypeAdapter(Ticket)


def read(folder: Path) -> Ticket | None:
    """Return the ticket in a folder, or None if there is none in this format."""
    try:
        data = read_data(folder / NAME)
        return _form().validate_python(data) if data["format"] == _FORMAT else None
    except (OSError, ValueError, KeyError, TypeError):
        return None
