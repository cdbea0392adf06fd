"""Open the files of a pack, and put the pages to be printed into reading order.

Each document begins on a right-hand page. A document that is printed on one side only leaves the
backs of its sheets blank. None stands for a page with nothing on it.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from pikepdf import Dictionary, Name, Page, Pdf

from workshop.assembly.page_ranges import page_ranges
from workshop.building.kit.finished_kit import FinishedKit
from workshop.building.kit.manifest import KitFile
from workshop.press.inks.greys import Greys
from workshop.press.inks.spot import name_spot
from workshop.press.sheets.imposition import SheetSize
from workshop.tailoring.profiles import ProfileFile

MM = 72 / 25.4


@dataclass(frozen=True)
class PackSource:
    """Holds a file of the kit and the numbers, from 0, of its pages that are printed.

    A page that is wanted several times has its number there as often.
    """

    entry: KitFile
    pdf: Pdf
    pages: tuple[int, ...]

    @property
    def is_simplex(self) -> bool:
        """Tell whether the document is meant for one side of the sheet."""
        return self.pdf.Root.get("/ViewerPreferences", Dictionary()).get("/Duplex") == Name.Simplex

    @property
    def is_whole(self) -> bool:
        """Tell whether all of its pages are printed, each once."""
        return self.pages == tuple(range(len(self.pdf.pages)))


@dataclass(frozen=True)
class SourcePage:
    """Names a page of a file of the kit."""

    source: PackSource
    number: int

    @property
    def page(self) -> Page:
        """The page itself."""
        return self.source.pdf.pages[self.number]

    @property
    def size(self) -> SheetSize:
        """The size of the page in mm as it is seen, once it is trimmed."""
        x0, y0, x1, y1 = (float(edge) for edge in self.page.trimbox)
        size = SheetSize((x1 - x0) / MM, (y1 - y0) / MM)
        return size.turned if int(self.page.obj.get("/Rotate", 0)) % 180 else size


@contextmanager
def opened(
    kit: FinishedKit, entries: Sequence[KitFile], profile: ProfileFile, greys: Greys
) -> Iterator[list[PackSource]]:
    """Open the files of a pack for as long as the block runs, in the inks that the profile says.

    Raises `ContentError` for a file that is missing or is not the one the manifest describes.
    """
    with ExitStack() as stack:
        sources = []
        for entry in entries:
            pdf = stack.enter_context(_flat(Pdf.open(io.BytesIO(kit.content(entry)))))
            if profile.colour == "black-and-white":
                greys.turn(pdf)
            if profile.spot:
                name_spot(pdf, profile.spot)
            sources.append(PackSource(entry, pdf, tuple(_pages(pdf, profile))))
        yield sources


def _flat(pdf: Pdf) -> Pdf:
    """Draw form fields as part of their pages: on paper they are boxes like any other."""
    if "/AcroForm" in pdf.Root:
        pdf.generate_appearance_streams()
        pdf.flatten_annotations("print")
    return pdf


def _pages(pdf: Pdf, profile: ProfileFile) -> Iterator[int]:
    """Yield the numbers of the pages that the profile takes, in their order."""
    ranges = page_ranges(pdf)
    if not (profile.parts or profile.leave_out) or not ranges:
        # Without ranges, nobody knows which pages are which part.
        yield from () if profile.parts else range(len(pdf.pages))
        return
    start = 0
    pages: dict[int, int] = {}
    for part in ranges:
        wanted = not profile.parts or part.name in profile.parts
        if wanted and part.name not in profile.leave_out:
            copies = max(1, part.copies) if profile.made_for == "room" else 1
            pages |= dict.fromkeys(range(start, start + part.pages), copies)
        start += part.pages
    yield from _repeated(pages)


def _repeated(pages: dict[int, int]) -> Iterator[int]:
    """Yield pages as often as each is wanted, a front together with its back."""
    numbers = list(pages)
    while numbers:
        sheet = [numbers.pop(0)]
        if numbers and numbers[0] == sheet[0] + 1 and sheet[0] % 2 == 0:
            sheet.append(numbers.pop(0))
        for _ in range(max(pages[number] for number in sheet)):
            yield from sheet


def in_reading_order(sources: Sequence[PackSource], *, duplex: bool) -> list[SourcePage | None]:
    """Return all pages of a pack; with `duplex`, each document begins on a right-hand page."""
    pages: list[SourcePage | None] = []
    for source in sources:
        if duplex and len(pages) % 2:
            pages.append(None)
        for number in source.pages:
            # A page stays a front or a back, whatever was left out before it.
            if duplex and not source.is_simplex and len(pages) % 2 != number % 2:
                pages.append(None)
            pages.append(SourcePage(source, number))
            if duplex and source.is_simplex:
                pages.append(None)
    while pages and pages[-1] is None:
        pages.pop()
    return pages
