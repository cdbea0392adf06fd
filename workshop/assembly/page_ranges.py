"""Which pages of a document are which part, listed in the file for whoever prints it.

A list of an application's own (ISO 32000-1, 14.5), beside those that stamping reads.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pikepdf import Array, Dictionary, Pdf, String


@dataclass(frozen=True)
class PageRange:
    """A part by its name: how many pages it has, and how many copies of them the group needs."""

    name: str
    pages: int
    copies: int = 1


def listed_ranges(ranges: Iterable[PageRange]) -> Array:
    """Return the list that `page_ranges` reads."""
    return Array([Array([String(one.name), one.pages, one.copies]) for one in ranges])


def page_ranges(pdf: Pdf) -> tuple[PageRange, ...]:
    """Return a document's parts in their order; none, if the file does not list them."""
    piece = pdf.Root.get("/PieceInfo", Dictionary()).get("/WorkshopKit", Dictionary())
    listed = piece.get("/Private", Dictionary()).get("/Parts", Array())
    return tuple(PageRange(str(name), int(pages), int(copies)) for name, pages, copies in listed)
