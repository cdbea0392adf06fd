"""A PDF into one picture of its pages, small and in rows, as photographers look through a film."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import pypdfium2
from PIL import Image

from workshop.press.sheets.imposition import SheetSize

# Pixels: the picture, the widest a page is drawn, what stands between pages and around them, the
# line around a page.
_WIDTH, _WIDEST, _GAP, _LINE = 1800, 460, 20, 1
# The most that is shown, pages in a row and rows, of upright pages and of wide ones. What comes
# after that in a long document looks like what came before.
_UPRIGHT, _WIDE = (5, 6), (4, 7)
_TABLE, _EDGE = "#e4e1dc", "#b9b4ac"
# Pages have black, greys and one colour with its tints; more colours only make the file larger.
_COLOURS = 64
# Drawn so many times as large and made smaller: hairlines become pale instead of vanishing.
_OVERSIZE = 3
_MM_PER_INCH, _POINTS_PER_INCH = 25.4, 72


@dataclass(frozen=True)
class ContactSheet:
    """A PNG of the first `shown` pages; `size` is the first page's, in mm."""

    png: bytes
    shown: int
    size: SheetSize


def contact_sheet(pdf: bytes) -> ContactSheet:
    """Picture the pages of a PDF; the same bytes give the same picture.

    There are at most 30 pages in it, up to five in a row. Few pages are drawn larger than many.
    """
    with _opened(pdf) as document:
        first = SheetSize(*document.get_page_size(0))
        in_a_row, rows = _WIDE if first.is_landscape else _UPRIGHT
        count = min(len(document), in_a_row * rows)
        across = min(count, in_a_row)
        sizes = [SheetSize(*document.get_page_size(number)) for number in range(count)]
        width = min(_WIDEST, (_WIDTH - _GAP) // across - _GAP)
        scale = width / max(size.width for size in sizes)
        pages = [_drawn(document[number], scale) for number in range(count)]
    table = _on_a_table([pages[at : at + across] for at in range(0, count, across)], width)
    return ContactSheet(_png(table), count, _in_mm(first))


@contextmanager
def _opened(pdf: bytes) -> Iterator[pypdfium2.PdfDocument]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        yield document
    finally:
        document.close()


def _drawn(page: pypdfium2.PdfPage, scale: float) -> Image.Image:
    """Return a page in RGB, `scale` pixels to the point."""
    bitmap = page.render(scale=scale * _OVERSIZE, draw_annots=False)
    picture: Image.Image = bitmap.to_pil()
    return picture.convert("RGB").reduce(_OVERSIZE)


def _on_a_table(rows: Sequence[Sequence[Image.Image]], width: int) -> Image.Image:
    """Lay rows of pages out, each page in the middle of its place, which is `width` pixels wide."""
    heights = [max(page.height for page in row) for row in rows]
    place = width + _GAP
    whole = (_GAP + place * len(rows[0]), _GAP + sum(heights) + _GAP * len(rows))
    table = Image.new("RGB", whole, _TABLE)
    top = _GAP
    for row, height in zip(rows, heights, strict=True):
        for column, page in enumerate(row):
            left = _GAP + column * place + (width - page.width) // 2
            edge = (left - _LINE, top - _LINE, left + page.width + _LINE, top + page.height + _LINE)
            table.paste(_EDGE, edge)
            table.paste(page, (left, top))
        top += height + _GAP
    return table


def _png(picture: Image.Image) -> bytes:
    few = picture.quantize(_COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    written = io.BytesIO()
    few.save(written, "PNG", optimize=True)
    return written.getvalue()


def _in_mm(size: SheetSize) -> SheetSize:
    mm = _MM_PER_INCH / _POINTS_PER_INCH
    return SheetSize(size.width * mm, size.height * mm)
