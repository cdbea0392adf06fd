"""List in a document's file which pages belong to which part, for printing, and read that list.

It is application data (ISO 32000-1, 14.5), beside the lists that stamping reads.
"""

from __future__ import annotations

from collections.abc import Iterable

from pikepdf import Array, Dictionary, Pdf, String

from workshop.assembly.values import PageRange


def listed_ranges(ranges: Iterable[PageRange]) -> Array:
    """Return the list that `page_ranges` reads."""
    entries = ([String(part.name), part.pages, part.copies] for part in ranges)
    return Array([Array(entry) for entry in entries])


def page_ranges(pdf: Pdf) -> tuple[PageRange, ...]:
    """Return a document's parts in their order; none if the file does not list them."""
    piece = pdf.Root.get("/PieceInfo", Dictionary()).get("/WorkshopKit", Dictionary())
    listed = piece.get("/Private", Dictionary()).get("/Parts", Array())
    return tuple(PageRange(str(name), int(pages), int(copies)) for name, pages, copies in listed)
