"""The edge on which sheets are turned over, for every way in which faces can follow each other."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.assembly.flip import FaceSize, Flip, flip_for

UPRIGHT, WIDE, SQUARE = (210.0, 297.0), (297.0, 210.0), (100.0, 100.0)
FACES = st.lists(st.sampled_from([UPRIGHT, WIDE, None]), min_size=1).filter(any)


@pytest.mark.parametrize(
    ("faces", "flip"),
    [
        ([UPRIGHT], "long"),
        ([WIDE], "short"),
        ([SQUARE], "long"),
        ([UPRIGHT] * 5, "long"),
        ([WIDE] * 5, "short"),
        # Upright and wide pages in one pack, on one sheet or on two.
        ([WIDE, WIDE, UPRIGHT, UPRIGHT], "long"),
        ([UPRIGHT, WIDE], "long"),
        # An upright agenda on one side, before or after a wide handout on both.
        ([UPRIGHT, None, WIDE, WIDE], "short"),
        ([WIDE, WIDE, UPRIGHT], "short"),
        ([WIDE, None, UPRIGHT, UPRIGHT], "long"),
        # No back is printed.
        ([WIDE, None, WIDE], "short"),
        ([WIDE, None, UPRIGHT], "long"),
        ([None, WIDE], "short"),
    ],
)
def test_sheets_are_turned_over_like_the_page_of_a_book(
    faces: Sequence[FaceSize | None], flip: Flip
) -> None:
    assert flip_for(faces, duplex=True) == flip


@given(faces=FACES)
def test_sheets_of_one_side_are_not_turned_over(faces: Sequence[FaceSize | None]) -> None:
    assert flip_for(faces, duplex=False) == "none"


@given(faces=FACES)
def test_every_upright_sheet_with_two_printed_sides_is_turned_on_its_left_edge(
    faces: Sequence[FaceSize | None],
) -> None:
    sheets = list(zip(faces[::2], faces[1::2], strict=False))
    if (UPRIGHT, UPRIGHT) in sheets:
        assert flip_for(faces, duplex=True) == "long"
