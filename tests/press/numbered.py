"""PDFs whose pages say their number at a known place, and where those stand on printed sheets."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from pikepdf import Array, Dictionary, Name, Page, Pdf

from workshop.building.kit.manifest import KitFile
from workshop.press.sheets.imposition import SheetSize
from workshop.press.source_pages import MM, PackSource, SourcePage

# Where the number stands, in mm from the lower left corner of what is seen of the page.
AT = (20.0, 30.0)
A4 = SheetSize(210, 297)


def numbered(path: Path, pages: int, size: SheetSize = A4, *, origin: float = 0) -> KitFile:
    """Write a PDF of numbered pages and return how a manifest describes it.

    `origin` is where the lower left corner of its pages is, in points, on both axes.
    """
    with Pdf.new() as pdf:
        font = pdf.make_indirect(
            Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        )
        for number in range(pages):
            x, y = (origin + at * MM for at in AT)
            text = f"BT /F 24 Tf 1 0 0 1 {x:.4f} {y:.4f} Tm (#{number}) Tj ET"
            width, height = origin + size.width * MM, origin + size.height * MM
            page = Dictionary(
                Type=Name.Page,
                MediaBox=Array([origin, origin, width, height]),
                Resources=Dictionary(Font=Dictionary(F=font)),
                Contents=pdf.make_stream(text.encode()),
            )
            pdf.pages.append(Page(pdf.make_indirect(page)))
        pdf.save(path, deterministic_id=True)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return KitFile(path.name, path.stem, "participant", None, pages, digest)


@contextmanager
def pages_of(path: Path) -> Iterator[list[SourcePage | None]]:
    """Open a numbered PDF as pages to be printed."""
    with Pdf.open(path) as pdf:
        entry = KitFile(path.name, path.stem, "participant", None, len(pdf.pages), "")
        source = PackSource(entry, pdf, tuple(range(len(pdf.pages))))
        yield [SourcePage(source, number) for number in source.pages]


@dataclass(frozen=True)
class Found:
    """A page’s number on a sheet: where its first character stands, and how high it is, in mm."""

    page: int
    x: float
    y: float
    height: float
    upright: bool


def found_on(path: Path) -> list[list[Found]]:
    """Return the numbers that stand on each page of a PDF, from left to right."""
    pdf = pypdfium2.PdfDocument(path)
    try:
        return [sorted(_numbers(page), key=lambda number: number.x) for page in pdf]
    finally:
        pdf.close()


def _numbers(page: pypdfium2.PdfPage) -> Iterator[Found]:
    text = page.get_textpage()
    chars = text.get_text_range()
    for at, char in enumerate(chars):
        if char != "#":
            continue
        digits = ""
        while at + 1 + len(digits) < len(chars) and chars[at + 1 + len(digits)].isdigit():
            digits += chars[at + 1 + len(digits)]
        left, bottom, right, top = (edge / MM for edge in text.get_charbox(at))
        after = text.get_charbox(at + 1)
        upright = after[0] / MM >= right - 0.5 * (right - left)
        yield Found(int(digits), left, bottom, top - bottom, upright)
