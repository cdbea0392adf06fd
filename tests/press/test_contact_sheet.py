from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageChops

from tests.press.numbered import A4, numbered
from workshop.press.contact_sheet import contact_sheet
from workshop.press.sheets.imposition import SheetSize

pytestmark = pytest.mark.slow

RED, GREEN, BLUE, BLACK = (200, 0, 0), (0, 160, 0), (0, 0, 200), (0, 0, 0)
OCHRE, VIOLET, TEAL = (200, 140, 0), (130, 0, 160), (0, 140, 150)
Box = tuple[int, int, int, int]


def coloured(colours: Sequence[tuple[int, int, int]], sizes: Sequence[tuple[int, int]]) -> bytes:
    """Return a PDF with a page of each colour, in points."""
    written = io.BytesIO()
    with pikepdf.new() as pdf:
        for colour, size in zip(colours, sizes, strict=True):
            page = pdf.add_blank_page(page_size=size)
            red, green, blue = (part / 255 for part in colour)
            page.obj.Contents = pdf.make_stream(
                f"{red} {green} {blue} rg 0 0 {size[0]} {size[1]} re f".encode()
            )
        pdf.save(written)
    return written.getvalue()


def places(png: bytes, colours: Sequence[tuple[int, int, int]]) -> list[Box]:
    """Return where on the picture each colour stands: left, top, right, bottom."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    boxes = []
    for colour in colours:
        apart = ImageChops.difference(picture, Image.new("RGB", picture.size, colour))
        near = apart.convert("L").point(lambda value: 255 if value < 12 else 0)
        box = near.getbbox()
        assert box is not None, colour
        boxes.append(box)
    return boxes


def test_pages_stand_in_rows_in_reading_order() -> None:
    colours = [RED, GREEN, BLUE, OCHRE, VIOLET, TEAL, BLACK]
    boxes = places(contact_sheet(coloured(colours, [(595, 842)] * 7)).png, colours)
    first, second = boxes[:5], boxes[5:]
    assert len({box[1] for box in first}) == 1
    assert [box[0] for box in first] == sorted({box[0] for box in first})
    assert [box[0] for box in second] == [box[0] for box in first[:2]]
    assert min(box[1] for box in second) > max(box[3] for box in first)
    for left, top, right, bottom in boxes:
        assert (bottom - top) / (right - left) == pytest.approx(842 / 595, rel=0.02)


def test_pages_of_several_sizes_keep_their_proportion() -> None:
    colours = [RED, GREEN]
    [upright, wide] = places(
        contact_sheet(coloured(colours, [(300, 400), (400, 300)])).png, colours
    )
    assert upright[2] - upright[0] == pytest.approx(0.75 * (wide[2] - wide[0]), abs=2)
    assert upright[2] < wide[0]


@pytest.mark.parametrize(
    ("size", "pages", "shown"),
    [(A4, 1, 1), (A4, 30, 30), (A4, 31, 30), (A4.turned, 31, 28), (A4.turned, 27, 27)],
)
def test_of_a_long_document_the_first_rows_are_shown(
    tmp_path: Path, size: SheetSize, pages: int, shown: int
) -> None:
    numbered(tmp_path / "in.pdf", pages, size)
    sheet = contact_sheet((tmp_path / "in.pdf").read_bytes())
    assert sheet.shown == shown
    assert sheet.size.is_about(size)


def test_the_fewer_pages_the_larger_and_no_picture_is_too_wide_for_a_page() -> None:
    widths = []
    for count in (1, 3, 5, 30):
        png = contact_sheet(coloured([RED] * count, [(595, 842)] * count)).png
        picture = Image.open(io.BytesIO(png))
        assert picture.width <= 1800
        widths.append(picture.width / min(count, 5))
    assert widths == sorted(widths, reverse=True)
    assert widths[0] > widths[2]


def test_a_hairline_is_still_seen() -> None:
    written = io.BytesIO()
    with pikepdf.new() as pdf:
        for _ in range(5):
            page = pdf.add_blank_page(page_size=(595, 842))
            page.obj.Contents = pdf.make_stream(b"0.6 0.2 0.1 RG 0.5 w 50 421.3 m 545 421.3 l S")
        pdf.save(written)
    picture = Image.open(io.BytesIO(contact_sheet(written.getvalue()).png)).convert("L")
    middle = picture.width // 10
    darkest, _ = picture.crop((middle, 40, middle + 1, picture.height - 40)).getextrema()
    assert darkest < 245  # type: ignore[operator]  # of one channel: numbers


def test_the_same_pages_give_the_same_bytes(tmp_path: Path) -> None:
    numbered(tmp_path / "in.pdf", 3)
    content = (tmp_path / "in.pdf").read_bytes()
    assert contact_sheet(content) == contact_sheet(content)
