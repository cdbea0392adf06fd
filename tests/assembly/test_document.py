"""Where the parts of a document begin, and what its own numbers are."""

from __future__ import annotations

import pytest

from workshop.assembly.document import ALL, Assembled, number_for
from workshop.diagnostics import Diagnostic
from workshop.typesetting.laid_out import Anchor, LaidOut


def part(pages: int, *anchors: tuple[str, int]) -> LaidOut:
    """Return a part of so many pages, with ids on some of them."""
    placed = tuple(Anchor(name, page, 0, 0) for name, page in anchors)
    return LaidOut(b"", pages, placed, (), (), (), ())


BOOK = Assembled((part(1), part(3, ("asking", 2), ("twice", 0)), part(2, ("twice", 1))))


# What other documents are known for.
OTHERS = {
    "agenda": {"asking": "12", ALL: "5"},
    "sign-in": {ALL: "2"},
    "briefing": {ALL: "6 12 7"},
}


def test_each_part_begins_after_the_pages_of_those_before_it() -> None:
    assert BOOK.starts == (0, 1, 4)
    assert BOOK.pages == 6


def test_printed_numbers_count_from_one_and_name_the_first_place() -> None:
    assert BOOK.numbers == {"asking": "4", "twice": "2", ALL: "6"}


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("page", "3"),
        ("pages@agenda", "5"),
        ("sheets:14x2@agenda", "42"),
        ("sheets:14x2@agenda+3x1@sign-in", "48"),
        ("pages@briefing", "6–12"),
        ("sheets:3x2@briefing", "13"),
        ("sheets:5x2@briefing", "21"),
        ("pages", "6"),
        ("page-of:asking", "4"),
        ("page-of:asking@agenda", "12"),
        ("name", None),
        ("pages-of-mine", None),
    ],
)
def test_a_document_fills_in_its_own_numbers_alone(name: str, number: str | None) -> None:
    assert number_for(name, 2, BOOK, OTHERS) == number


@pytest.mark.parametrize(
    ("name", "reference_to"),
    [
        ("page-of:nothing", "of “#nothing”, and nothing in the document has that id"),
        ("page-of:twice@agenda", "of “#twice”, and nothing in the document “agenda” has that id"),
        ("page-of:twice@nothing", "of “#twice”, and nothing in the document “nothing” has that id"),
    ],
)
def test_a_number_of_what_is_not_there_is_a_fault(name: str, reference_to: str) -> None:
    fault = number_for(name, 2, BOOK, OTHERS)
    assert isinstance(fault, Diagnostic)
    assert fault.code == "no-target"
    assert fault.message == f"A page number is asked for {reference_to}"
