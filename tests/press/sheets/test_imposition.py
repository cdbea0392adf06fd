"""Sheets are folded and stacked here as hands do it, and the pages read in the order they come."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.press.sheets.imposition import (
    Cell,
    Face,
    Fit,
    Placed,
    Sheet,
    SheetSize,
    booklet,
    fit,
    single,
    two_up,
)

A4, A3, LETTER = SheetSize(210, 297), SheetSize(297, 420), SheetSize(215.9, 279.4)
A4_FLAT = A4.turned
PAGES = st.integers(1, 300)


@dataclass(frozen=True)
class Half:
    """Half of a folded sheet: the page on each of its two sides, as the sheet's front sees it."""

    front: int | None
    back: int | None


def halves(sheet: Sheet, width: float) -> tuple[Half, Half]:
    """Cut a sheet along its fold; what the back shows on its left is behind the front's right."""
    left = Half(at(sheet.front, 0, width), at(sheet.back or (), width / 2, width))
    right = Half(at(sheet.front, width / 2, width), at(sheet.back or (), 0, width))
    return left, right


def at(face: Face, x: float, width: float) -> int | None:
    """Return the page whose cell is the half of the face that begins at `x`."""
    for placed in face:
        assert placed.cell.size.width == pytest.approx(width / 2)
        if placed.cell.x == pytest.approx(x):
            return placed.page
    return None


def read_through(sheets: list[Sheet], width: float) -> list[int | None]:
    """Lay sheets in each other, fold them, and turn the leaves one by one.

    Folded with its front outside, a sheet has its right half before everything inside it and its
    left half after. Of a leaf before the fold, the sheet's front comes first; of one after it, what
    was the back.
    """
    before: list[int | None] = []
    after: list[int | None] = []
    for sheet in sheets:
        left, right = halves(sheet, width)
        before += [right.front, right.back]
        after = [left.back, left.front, *after]
    return before + after


@given(PAGES)
def test_a_folded_booklet_has_its_pages_in_order(pages: int) -> None:
    sheets = booklet(pages, A4_FLAT)
    read = read_through(sheets, A4_FLAT.width)
    assert read[:pages] == list(range(pages))
    assert set(read[pages:]) <= {None}
    assert len(read) % 4 == 0
    assert len(read) - pages < 4


@given(PAGES, st.floats(0, 0.3))
def test_pages_of_inner_sheets_are_moved_towards_the_fold_by_the_paper_before_them(
    pages: int, creep: float
) -> None:
    for depth, sheet in enumerate(booklet(pages, A3.turned, creep)):
        for face in sheet.faces:
            for placed in face:
                on_the_left = placed.cell.x == 0
                towards = placed.cell.shift if on_the_left else -placed.cell.shift
                assert towards == pytest.approx(depth * creep)


@given(PAGES, st.booleans())
def test_two_to_a_side_are_read_from_left_to_right(pages: int, duplex: bool) -> None:
    sheets = two_up(pages, A4_FLAT, duplex=duplex)
    faces = [face for sheet in sheets for face in sheet.faces]
    read = [at(face, x, A4_FLAT.width) for face in faces for x in (0, A4_FLAT.width / 2)]
    assert [page for page in read if page is not None] == list(range(pages))
    assert all((sheet.back is not None) == duplex for sheet in sheets)
    assert len(sheets) == -(-pages // (4 if duplex else 2))


@given(PAGES, st.booleans())
def test_single_pages_are_in_the_middle_of_their_sheets(pages: int, duplex: bool) -> None:
    sheets = single(pages, SheetSize(236, 323), A4, duplex=duplex)
    faces = [face for sheet in sheets for face in sheet.faces]
    placed = [page for face in faces for page in face]
    assert [page.page for page in placed] == list(range(pages))
    assert {page.cell for page in placed} == {Cell(13, 13, A4)}
    assert len(sheets) == (-(-pages // 2) if duplex else pages)


@given(
    st.sampled_from([A4, LETTER, A4.turned, SheetSize(148, 210)]),
    st.sampled_from([A4_FLAT, A3.turned, LETTER.turned, SheetSize(431.8, 279.4)]),
)
def test_a_page_is_as_large_as_its_half_and_in_the_middle_of_it(
    page: SheetSize, sheet: SheetSize
) -> None:
    cell = Cell(sheet.width / 2, 0, SheetSize(sheet.width / 2, sheet.height))
    how = fit(page, cell)
    seen = page.turned if how.turn else page
    width, height = how.scale * seen.width, how.scale * seen.height
    assert width <= cell.size.width + 0.8
    assert height <= cell.size.height + 0.8
    assert how.x + width / 2 == pytest.approx(cell.x + cell.size.width / 2)
    assert how.y + height / 2 == pytest.approx(cell.y + cell.size.height / 2)
    assert min(cell.size.width - width, cell.size.height - height) == pytest.approx(0, abs=0.8)


@pytest.mark.parametrize(
    ("page", "sheet", "expected"),
    [
        (A4, A3.turned, Fit(1, 0, 210, 0)),
        (A4, A4_FLAT, Fit(148.5 / 210, 0, 148.5, 0)),
        (LETTER, SheetSize(431.8, 279.4), Fit(1, 0, 215.9, 0)),
    ],
)
def test_usual_papers_fill_half_of_their_sheets(
    page: SheetSize, sheet: SheetSize, expected: Fit
) -> None:
    how = fit(page, Cell(sheet.width / 2, 0, SheetSize(sheet.width / 2, sheet.height)))
    assert how.scale == pytest.approx(expected.scale, abs=1e-4)
    assert how.turn == 0
    assert (how.x, how.y) == pytest.approx((expected.x, expected.y), abs=0.02)


def test_a_page_on_its_side_is_turned_in_an_upright_place() -> None:
    how = fit(A4.turned, Cell(0, 0, A4))
    assert (how.turn, how.scale) == (90, 1)


def test_a_booklet_of_one_page_is_one_sheet() -> None:
    [sheet] = booklet(1, A4_FLAT)
    assert [placed.page for placed in sheet.front] == [0]
    assert sheet.front == (Placed(0, Cell(148.5, 0, SheetSize(148.5, 210), 0)),)
    assert sheet.back == ()
