from __future__ import annotations

import pytest

from workshop.cli.wording import columns, count


@pytest.mark.parametrize(
    ("number", "said"),
    [(0, "0 pages"), (1, "1 page"), (2, "2 pages"), (1234, "1,234 pages")],
)
def test_numbers_take_their_plural(number: int, said: str) -> None:
    assert count(number, "page") == said


def test_columns_are_aligned_without_spaces_at_the_end() -> None:
    rows = [("a", "long", ""), ("longer", "b", "c"), ("d", "", "")]
    assert columns(rows, indent=" ") == " a       long\n longer  b     c\n d"


def test_no_rows_are_no_text() -> None:
    assert columns([]) == ""
