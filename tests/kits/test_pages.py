"""How the sample kits' pages hang together: numbers, sheets, contents, nothing left empty."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest

from tests.conftest import Kits
from tests.kits.kit_text import Heading, letters, outline_of, pages_of
from workshop.planning.day import Day

COHORTS = [
    ("acme", "boston-march"),
    ("acme", "leeds-february"),
    ("acme", "rotterdam-may"),
    ("minimal", "session"),
]
# In points; a number stands beside its exercise's title.
_SAME_LINE = 30


@pytest.fixture(params=COHORTS, ids=lambda cohort: cohort[1])
def folder(request: pytest.FixtureRequest, kits: Kits) -> Path:
    """Each of the kits in turn."""
    return kits.root.joinpath(*request.param)


@pytest.fixture
def workbook(folder: Path) -> Path:
    """One workbook of the kit: but for the names they are all the same."""
    return min((folder / "participant-workbook").iterdir())


@pytest.fixture
def exercises(folder: Path) -> Path:
    return folder / "exercises.pdf"


def tops(page: pypdfium2.PdfPage, wanted: str) -> list[float]:
    """Return how high on a page a text stands, wherever it does."""
    text = page.get_textpage()
    search = text.search(wanted, match_case=True)
    found = []
    while hit := search.get_next():
        found.append(text.get_charbox(hit[0])[3])
    return found


def numbers_of(path: Path, day: Day) -> dict[str, str]:
    """Return the title of each exercise a file prints, by the number printed beside it."""
    planned = [exercise for module in day.modules for exercise in module.exercises]
    headings = outline_of(path)
    found = {}
    with pypdfium2.PdfDocument(path) as pdf:
        for exercise in planned:
            title = exercise.exercise.title
            [page] = [heading.page for heading in headings if heading.title == title]
            beside = [
                number
                for number in (one.number for one in planned)
                if re.search(rf"^{re.escape(number)}\s*$", pages_of(path)[page], re.MULTILINE)
                for top in tops(pdf[page], number)
                for line in tops(pdf[page], title)
                if abs(top - line) < _SAME_LINE
            ]
            assert len(set(beside)) == 1, (title, beside)
            found[beside[0]] = title
    return found


def test_an_exercise_has_one_number_in_workbook_and_sheets(
    workbook: Path, exercises: Path, day: Day
) -> None:
    planned = {one.number: one.exercise.title for module in day.modules for one in module.exercises}
    assert numbers_of(workbook, day) == planned
    assert numbers_of(exercises, day) == planned


def test_an_exercise_is_one_duplex_sheet_at_most(exercises: Path, day: Day) -> None:
    planned = [one.number for module in day.modules for one in module.exercises]
    pages = pages_of(exercises)
    sheets = {
        number: [
            index
            for index, text in enumerate(pages)
            if re.search(rf"Exercise {re.escape(number)}\s+\d+$", text)
        ]
        for number in planned
    }
    for number, indexes in sheets.items():
        assert 1 <= len(indexes) <= 2, number
        assert indexes[0] % 2 == 0, f"{number} does not begin on the front of a sheet"
        assert indexes == list(range(indexes[0], indexes[0] + len(indexes))), number


def test_cards_have_their_backs_behind_them(exercises: Path) -> None:
    pages = pages_of(exercises)
    sheet = re.compile(r"Exercise \S+\s+\d+$")
    cards = [index for index, text in enumerate(pages) if not sheet.search(text)]
    fronts = [index for index in cards if "cut along the lines" in pages[index]]
    assert fronts
    assert all(index % 2 == 0 for index in fronts)
    assert cards == sorted([*fronts, *(index + 1 for index in fronts)])
    for front in fronts:
        head = pages[front]
        number = head.split()[0]
        assert pages[front + 1].split()[0] == number
        # As many backs as fronts, each with the number of the exercise; the heading has it too.
        assert head.split().count(number) - 1 == pages[front + 1].split().count(number)


def test_the_contents_give_the_pages_the_modules_stand_on(workbook: Path, day: Day) -> None:
    pages, headings = pages_of(workbook), outline_of(workbook)
    assert headings[1] == Heading(0, "Contents", 1)
    # As many pages as it takes; the feet between them have no digits before the page's number.
    contents = letters("".join(pages[1 : headings[2].page]))
    modules = [one for one in headings[2:] if one.level == 0][: len(day.modules)]
    position = 0
    for planned, heading in zip(day.modules, modules, strict=True):
        listed = " ".join(one.exercise.title for one in planned.exercises)
        line = letters(f"{planned.number} {heading.title} {listed} {heading.page + 1}")
        assert line in contents[position:]
        position = contents.index(line, position) + len(line)
        opener = pages[heading.page]
        assert letters(heading.title) in letters(opener)
        assert "What you leave with".upper() in opener
        assert opener.split()[-1] == str(heading.page + 1)
    for title in ("A page for you", "Notes"):
        for heading in (one for one in headings if one.title == title):
            line = letters(f"{title} {heading.page + 1}")
            assert contents[position:].startswith(line)
            position += len(line)


def test_references_give_the_page_their_exercise_stands_on(workbook: Path, day: Day) -> None:
    pages, headings = pages_of(workbook), outline_of(workbook)
    text = " ".join("\n".join(pages).split())
    references = re.findall(r"exercise (\d+\.\d+), page (\d+)", text)
    assert references
    titles = {one.number: one.exercise.title for module in day.modules for one in module.exercises}
    for number, page in references:
        [stands] = [one.page + 1 for one in headings if one.title == titles[number]]
        assert int(page) == stands


def without_feet(path: Path) -> bool:
    """Whether a document is no more than its pages, each for itself."""
    return path.name in ("agenda.pdf", "name-tents.pdf", "posters.pdf", "slides.pdf") or (
        path.parent.name == "certificates"
    )


def test_every_page_is_numbered_but_covers_and_cards(folder: Path) -> None:
    for path in sorted(folder.rglob("*.pdf")):
        for number, text in enumerate(pages_of(path), start=1):
            has_no_foot = without_feet(path) or (
                (number == 1 and path.parent.name == "participant-workbook")
                or (path.name == "exercises.pdf" and not re.search(r"Exercise \S+\s+\d+$", text))
            )
            assert has_no_foot or text.split()[-1] == str(number), (path.name, number)


def test_no_page_is_empty_that_nobody_asked_for(folder: Path) -> None:
    for path in sorted(folder.rglob("*.pdf")):
        for number, text in enumerate(pages_of(path), start=1):
            lines = text.strip().splitlines()
            # The last tents wait for a name.
            assert path.name == "name-tents.pdf" or len(lines) > (not without_feet(path)), (
                f"{path.name}, page {number} is empty"
            )


def test_a_document_ends_before_a_sheet_nobody_writes_on(workbook: Path) -> None:
    """Two pages for notes end the book; nothing comes after them."""
    first, last = pages_of(workbook)[-2:]
    assert first.startswith("Notes")
    assert last.startswith("More notes")


def test_page_labels_count_as_the_feet_do(workbook: Path) -> None:
    with pypdfium2.PdfDocument(workbook) as pdf:
        labels = [pdf.get_page_label(index) for index in range(len(pdf))]
    assert labels[0] == "Cover"
    assert labels[1:] == [str(number) for number in range(2, len(labels) + 1)]
    assert all(int(one) + 1 == int(other) for one, other in pairwise(labels[1:]))
