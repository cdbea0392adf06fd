"""What a print shop has to know of a run: sheets, sides, stock, colour, finishing, files."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from pydantic import TypeAdapter

NAME = "ticket.json"
_FORMAT = 1


@dataclass(frozen=True)
class Count:
    """How much there is to print. `sides` are printed sides: `colour` and `black`, not `blank`."""

    sheets: int
    sides: int
    blank: int
    colour: int
    black: int

    def times(self, copies: int) -> Count:
        """Return the count of so many copies."""
        return Count(*(value * copies for value in asdict(self).values()))


def total(counts: Iterable[Count]) -> Count:
    """Return the sum of counts."""
    every = [tuple(asdict(one).values()) for one in counts]
    return Count(*(sum(column) for column in zip(*every, strict=True)))


@dataclass(frozen=True)
class TicketFile:
    """A file of the run, relative to the ticket. `pages` are those of the PDF: faces of sheets."""

    path: str
    pages: int
    sha256: str


@dataclass(frozen=True)
class PackLine:
    """A pack, its file, and how much one copy of it takes."""

    name: str
    file: TicketFile
    copies: int
    documents: tuple[str, ...]
    count: Count


@dataclass(frozen=True)
class PackGroup:
    """Packs that are alike but for names: how many, of what, and how much one of them takes."""

    copies: int
    documents: tuple[str, ...]
    count: Count


@dataclass(frozen=True)
class Ticket:
    """A run as a whole. `flip` is the edge to turn sheets over on: long, short, or none.

    Sizes are in mm. `sheet` is as the trade calls it, `media` as a printer does; `made_from` is a
    digest of all that the run was made from, `sources` are those of the kit’s files. Totals count
    every copy.
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
    sheet: str
    media: str
    size: tuple[float, float]
    flip: str
    stock: str
    finishing: tuple[str, ...]
    colour: str
    bleed: float
    crop_marks: bool
    notes: tuple[str, ...]
    total: Count
    packs: tuple[PackLine, ...]
    run: TicketFile
    sources: tuple[str, ...]
    made_from: str

    @property
    def groups(self) -> tuple[PackGroup, ...]:
        """The packs that are alike, in the order of the first of them."""
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


def read(folder: Path) -> Ticket | None:
    """Return the ticket in a folder, or None when there is none of this format."""
    try:
        data = json.loads((folder / NAME).read_text(encoding="utf-8"))
        return TypeAdapter(Ticket).validate_python(data) if data["format"] == _FORMAT else None
    except (OSError, ValueError, KeyError, TypeError):
        return None
