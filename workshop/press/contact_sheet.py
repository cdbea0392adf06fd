"""Draw the pages of a PDF in one picture, small and in rows, as a photographer's contact sheet."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import pypdfium2
from PIL import Image

from workshop.press.sheets.imposition import SheetSize

# In pixels: the width of the picture, the greatest width of a page, the gap between and around
# pages, the line around a page.
_WIDTH, _WIDEST, _GAP, _LINE = 1800, 460, 20, 1
# How many pages fit in a row, and how many rows, for upright and for wide pages. The later pages of
# a long document look like those before.
_UPRIGHT, _WIDE = (5, 6), (4, 7)
_TABLE, _EDGE = "#e4e1dc", "#b9b4ac"
# Pages have black, greys and one colour with its tints; more colours only make the file larger.
_COLOURS = 64
# Pages are drawn larger by this factor and then reduced, so that hairlines turn pale and do not
# vanish.
_OVERSIZE = 3
_MM_PER_INCH, _POINTS_PER_INCH = 25.4, 72


@dataclass(frozen=True)
class ContactSheet:
    """Holds a PNG of the first `shown` pages; `size` is that of the first page, in mm."""

    png: bytes
    shown: int
    size: SheetSize


def contact_sheet(pdf: bytes) -> ContactSheet:
    """Draw the first pages of a PDF in one picture; the same bytes give the same picture.

    It shows at most 30 pages, up to five in a row. The fewer pages, the larger they are drawn.
    """
    with _opened(pdf) as document:
        first = SheetSize(*document.get_page_size(0))
        in_a_row, rows = _WIDE if first.is_landscape else _UPRIGHT
        count = min(len(document), in_a_row * rows)
        across = min(count, in_a_row)
        sizes = [SheetSize(*document.get_page_size(number)) for number in range(count)]
        width = min(_WIDEST, (_WIDTH - _GAP) // across - _GAP)
        scale = width / max(size.width for size in sizes)
        pages = [_draw_page(document[number], scale) for number in range(count)]
    table = _on_a_table([pages[at : at + across] for at in range(0, count, across)], width)
    return ContactSheet(_png(table), count, _in_mm(first))


@contextmanager
def _opened(pdf: bytes) -> Iterator[pypdfium2.PdfDocument]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        yield document
    finally:
        document.close()


def _draw_page(page: pypdfium2.PdfPage, scale: float) -> Image.Image:
    """Draw a page in RGB, with `scale` pixels to the point."""
    bitmap = page.render(scale=scale * _OVERSIZE, draw_annots=False)
    picture: Image.Image = bitmap.to_pil()
    return picture.convert("RGB").reduce(_OVERSIZE)


def _on_a_table(rows: Sequence[Sequence[Image.Image]], width: int) -> Image.Image:
    """Lay out rows of pages, each in the middle of a place that is `width` pixels wide."""
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
