"""Imposed PDFs are read again: which page stands where, to a tenth of a millimetre."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.assembly.reading import syntax_faults_of
from tests.press.numbered import A4, Found, found_on, numbered, pages_of
from workshop.press.impose import Trim, impose
from workshop.press.sheets.imposition import (
    Sheet,
    SheetSize,
    booklet,
    bound_on_the_right,
    fit,
    single,
    two_up,
)
from workshop.press.source_pages import MM

LETTER = SheetSize(215.9, 279.4)
EXACT = 0.1
PAPERS = {
    "A5 on A4": (A4, A4.turned),
    "A4 on A3": (A4, SheetSize(420, 297)),
    "half-Letter on Letter": (LETTER, LETTER.turned),
    "Letter on Tabloid": (LETTER, SheetSize(431.8, 279.4)),
}


def assert_where_they_belong(
    printed: list[list[Found]], alone: list[list[Found]], sheets: list[Sheet], size: SheetSize
) -> None:
    """Make sure that every page is where its cell is, upright, and nothing else is there.

    `alone` is what stands on the pages before they are imposed.
    """
    faces = [face for sheet in sheets for face in sheet.faces]
    assert len(printed) == len(faces)
    for here, face in zip(printed, faces, strict=True):
        assert [number.page for number in here] == [placed.page for placed in face]
        for number, placed in zip(here, face, strict=True):
            [before] = alone[placed.page]
            how = fit(size, placed.cell)
            assert number.upright
            assert number.x == pytest.approx(how.x + how.scale * before.x, abs=EXACT)
            assert number.y == pytest.approx(how.y + how.scale * before.y, abs=EXACT)
            assert number.height == pytest.approx(how.scale * before.height, abs=EXACT)


@pytest.mark.parametrize("papers", PAPERS)
@given(pages=st.integers(1, 45), creep=st.floats(0, 0.2))
@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_a_booklet_has_every_page_at_its_place(
    tmp_path: Path, papers: str, pages: int, creep: float
) -> None:
    page, sheet = PAPERS[papers]
    numbered(tmp_path / "in.pdf", pages, page)
    sheets = booklet(pages, sheet, creep)
    with pages_of(tmp_path / "in.pdf") as sources:
        impose(sources, sheets, sheet, "short", "Booklet", tmp_path / "out.pdf")
    printed, alone = found_on(tmp_path / "out.pdf"), found_on(tmp_path / "in.pdf")
    assert_where_they_belong(printed, alone, sheets, page)


def test_a_booklet_that_is_read_from_the_right_is_folded_on_the_right() -> None:
    from_left = booklet(8, A4.turned, 0.1)
    from_right = bound_on_the_right(from_left, A4.turned)
    halves = [
        [(placed.page, placed.cell.x > 0, placed.cell.shift > 0) for placed in face]
        for sheet in from_right
        for face in sheet.faces
    ]
    assert [[page for page, *_ in face] for face in halves] == [[7, 0], [1, 6], [5, 2], [3, 4]]
    assert [right for _, right, _ in halves[0]] == [True, False]
    # Towards the fold.
    assert [inwards for *_, inwards in halves[2]] == [False, True]


@pytest.mark.parametrize("duplex", [True, False])
def test_two_pages_to_a_side_are_at_their_places(tmp_path: Path, duplex: bool) -> None:
    numbered(tmp_path / "in.pdf", 7)
    sheets = two_up(7, A4.turned, duplex=duplex)
    with pages_of(tmp_path / "in.pdf") as sources:
        impose(sources, sheets, A4.turned, "short", "Two up", tmp_path / "out.pdf")
    printed, alone = found_on(tmp_path / "out.pdf"), found_on(tmp_path / "in.pdf")
    assert_where_they_belong(printed, alone, sheets, A4)


def test_pages_whose_corner_is_elsewhere_are_at_their_places_too(tmp_path: Path) -> None:
    numbered(tmp_path / "in.pdf", 5, origin=-37)
    sheets = booklet(5, A4.turned)
    with pages_of(tmp_path / "in.pdf") as sources:
        impose(sources, sheets, A4.turned, "short", "Booklet", tmp_path / "out.pdf")
    numbered(tmp_path / "plain.pdf", 5)
    printed, alone = found_on(tmp_path / "out.pdf"), found_on(tmp_path / "plain.pdf")
    assert_where_they_belong(printed, alone, sheets, A4)


def test_a_page_on_its_side_is_turned_to_the_left(tmp_path: Path) -> None:
    numbered(tmp_path / "in.pdf", 1, A4.turned)
    sheets = single(1, A4, A4, duplex=False)
    with pages_of(tmp_path / "in.pdf") as sources:
        impose(sources, sheets, A4, "none", "Turned", tmp_path / "out.pdf")
    [[number]], [[before]] = found_on(tmp_path / "out.pdf"), found_on(tmp_path / "in.pdf")
    assert number.y == pytest.approx(before.x, abs=EXACT)
    # Its upper edge is now at the left.
    assert number.x == pytest.approx(A4.width - before.y - before.height, abs=EXACT)


def test_crop_marks_stand_around_the_trim_box_and_outside_of_the_bleed(tmp_path: Path) -> None:
    numbered(tmp_path / "in.pdf", 2)
    trim = Trim(A4, bleed=3, marks=True)
    sheets = single(2, trim.sheet, A4, duplex=True)
    with pages_of(tmp_path / "in.pdf") as sources:
        impose(sources, sheets, trim.sheet, "long", "Press", tmp_path / "out.pdf", trim)
    with pikepdf.open(tmp_path / "out.pdf") as pdf:
        page = pdf.pages[0]
        boxes = {
            name: pytest.approx([float(edge) / MM for edge in page.obj[name]], abs=EXACT)
            for name in ("/MediaBox", "/TrimBox", "/BleedBox")
        }
    around = (trim.sheet.width - A4.width) / 2
    assert boxes["/MediaBox"] == [0, 0, 236, 323]
    assert boxes["/TrimBox"] == [around, around, around + 210, around + 297]
    assert boxes["/BleedBox"] == [around - 3, around - 3, around + 213, around + 300]
    dark = marks_on(tmp_path / "out.pdf")
    assert dark
    for x, y in dark:
        on_an_edge = any(
            abs(at - edge) < 0.3
            for at, edges in ((x, (around, around + 210)), (y, (around, around + 297)))
            for edge in edges
        )
        assert on_an_edge
        in_the_bleed = around - 2.9 < x < around + 212.9 and around - 2.9 < y < around + 299.9
        assert not in_the_bleed


def marks_on(path: Path) -> list[tuple[float, float]]:
    """Return where the first page is black, but for its number; mm from the lower left."""
    pdf = pypdfium2.PdfDocument(path)
    picture = pdf[0].render(scale=200 / 72).to_pil().convert("L")
    pdf.close()
    dark = picture.point(lambda value: 255 * (value < 128))
    unit = 25.4 / 200
    black = []
    for top in range(0, picture.height):
        row = dark.crop((0, top, picture.width, top + 1)).tobytes()
        black += [
            (left * unit, (picture.height - top) * unit) for left, value in enumerate(row) if value
        ]
    return [(x, y) for x, y in black if not (30 < x < 60 and 35 < y < 60)]


def test_colour_up_to_the_edge_is_mirrored_into_the_bleed(tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(A4.width * MM, A4.height * MM))
        # Red in the right half up to its edge, a blue band at the top of it.
        half, height = A4.width / 2 * MM, A4.height * MM
        page.obj.Contents = pdf.make_stream(
            f"1 0 0 rg {half} 0 {half} {height} re f "
            f"0 0 1 rg {half} {height - 10} {half} 10 re f".encode()
        )
        pdf.save(tmp_path / "in.pdf")
    trim = Trim(A4, bleed=3, marks=False, reaching=frozenset({0}))
    with pages_of(tmp_path / "in.pdf") as sources:
        sheets = single(1, trim.sheet, A4, duplex=False)
        impose(sources, sheets, trim.sheet, "none", "x", tmp_path / "out.pdf", trim)
    drawn = pypdfium2.PdfDocument(tmp_path / "out.pdf")
    picture = drawn[0].render(scale=1).to_pil().convert("RGB")
    drawn.close()
    width, height_in_pixels = picture.size
    assert picture.getpixel((width - 3, height_in_pixels // 2)) == (255, 0, 0)
    assert picture.getpixel((width - 20, 3)) == (0, 0, 255)
    assert picture.getpixel((width - 3, 3)) == (0, 0, 255)
    assert picture.getpixel((3, height_in_pixels // 2)) == (255, 255, 255)


def test_a_page_does_not_reach_into_its_neighbour(tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        for colour in ("1 0 0", "0 0 1"):
            page = pdf.add_blank_page(page_size=(A4.width * MM, A4.height * MM))
            page.obj.Contents = pdf.make_stream(f"{colour} rg -500 -500 3000 3000 re f".encode())
        pdf.save(tmp_path / "in.pdf")
    with pages_of(tmp_path / "in.pdf") as sources:
        sheets = booklet(2, A4.turned, 5)
        impose(sources, sheets, A4.turned, "short", "x", tmp_path / "out.pdf")
    drawn = pypdfium2.PdfDocument(tmp_path / "out.pdf")
    front, back = (page.render(scale=1).to_pil().convert("RGB") for page in drawn)
    drawn.close()
    assert front.getpixel((front.width // 2 - 3, 300)) == (255, 255, 255)
    assert front.getpixel((front.width // 2 + 3, 300)) == (255, 0, 0)
    assert back.getpixel((back.width // 2 - 3, 300)) == (0, 0, 255)
    assert back.getpixel((back.width // 2 + 3, 300)) == (255, 255, 255)


def test_sheets_are_sound_and_say_what_they_are_and_how_to_turn_them(tmp_path: Path) -> None:
    numbered(tmp_path / "in.pdf", 3)
    with pages_of(tmp_path / "in.pdf") as sources:
        sheets = booklet(3, A4.turned)
        impose(sources, sheets, A4.turned, "short", "My booklet", tmp_path / "out.pdf")
    assert syntax_faults_of((tmp_path / "out.pdf").read_bytes()) == []
    with pikepdf.open(tmp_path / "out.pdf") as pdf:
        assert str(pdf.docinfo.Title) == "My booklet"
        assert pdf.Root.ViewerPreferences.Duplex == "/DuplexFlipShortEdge"
        assert "/StructTreeRoot" not in pdf.Root
