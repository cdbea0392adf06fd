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
# What stands in the foot of an exercise sheet.
_SHEET = re.compile(r"Module \d+")
_CONTINUED = re.compile(r"\d+\.\d+\s.*, continued")
_NUMBER_ALONE = re.compile(r"^\d+\.\d+\s*$", re.MULTILINE)
# In points; a number stands beside its exercise's title.
_SAME_LINE = 30
_FOOT_BELOW = 60
_HEADING, _CARD = 60, 110


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


def test_the_sheets_of_a_module_begin_on_a_front(exercises: Path, day: Day) -> None:
    pages = pages_of(exercises)
    for module in (module for module in day.modules if module.exercises):
        foot = re.compile(rf"Module {module.number}\b")
        first = next(index for index, text in enumerate(pages) if foot.search(text[-160:]))
        assert first % 2 == 0, module.number


def test_what_goes_on_says_so_and_is_never_behind_its_beginning(
    exercises: Path, workbook: Path
) -> None:
    """It lies beside the page it goes on from. An ask card says nothing: it is cut out."""
    for path, sides in ((exercises, {0}), (workbook, {0, 1})):
        goes_on = [i for i, text in enumerate(pages_of(path)) if _CONTINUED.search(text)]
        assert goes_on, path.name
        assert {index % 2 for index in goes_on} <= sides, path.name
        # None begins there: the one before is over, and its head with it.
        begun = [i for i in goes_on if _NUMBER_ALONE.search(pages_of(path)[i])]
        assert begun == [], path.name


def test_the_back_of_the_ask_card_says_whom_it_is_for(exercises: Path, workbook: Path) -> None:
    for path in (exercises, workbook):
        pages = pages_of(path)
        fronts = [i for i, text in enumerate(pages) if "cut along both lines" in text]
        assert all(index % 2 == 0 for index in fronts)
        for index in fronts:
            assert pages[index + 1].split()[:2] == ["To", "From"]


def test_cards_have_their_backs_behind_them(exercises: Path) -> None:
    pages = pages_of(exercises)
    cards = [
        index for index, text in enumerate(pages) if text.strip() and not _SHEET.search(text[-160:])
    ]
    fronts = [index for index in cards if "cut along" in pages[index]]
    assert fronts
    assert all(index % 2 == 0 for index in fronts)
    assert cards == sorted([*fronts, *(index + 1 for index in fronts)])
    for front in fronts:
        head = pages[front]
        if "cut along both lines" in head:
            continue  # an ask card to hold up
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
    assert contents[position:].startswith("finish")
    position += len("finish")
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
    """Tell whether a document is no more than its pages, each for itself."""
    return path.name in ("agenda.pdf", "name-tents.pdf", "posters.pdf", "slides.pdf") or (
        path.parent.name == "certificates"
    )


def places_in_foot(page: pypdfium2.PdfPage, number: int) -> list[float]:
    """Return how far from the left a number stands in a page's foot, as parts of the width."""
    text, (width, _) = page.get_textpage(), page.get_size()
    search = text.search(str(number), match_whole_word=True)
    places = []
    while hit := search.get_next():
        left, bottom, *_ = text.get_charbox(hit[0])
        if bottom < _FOOT_BELOW:
            places.append(float(left / width))
    return places


def test_every_page_is_numbered_on_the_outside_but_covers_and_cards(folder: Path) -> None:
    for path in sorted(folder.rglob("*.pdf")):
        texts = pages_of(path)
        with pypdfium2.PdfDocument(path) as pdf:
            folios = [places_in_foot(page, number) for number, page in enumerate(pdf, start=1)]
        for number, (text, places) in enumerate(zip(texts, folios, strict=True), start=1):
            has_no_foot = (
                without_feet(path)
                or (number in (1, len(texts)) and path.parent.name == "participant-workbook")
                or (path.name == "exercises.pdf" and not _SHEET.search(text[-160:]))
                or text.strip() in ("", "Notes")
            )
            outside = any(place > 0.8 if number % 2 else place < 0.2 for place in places)
            assert has_no_foot or outside, (path.name, number)


def test_no_page_is_empty_that_nobody_asked_for(folder: Path) -> None:
    for path in sorted(folder.rglob("*.pdf")):
        for number, text in enumerate(pages_of(path), start=1):
            lines = text.strip().splitlines()
            # The last tents wait for a name. What is handed over leaf by leaf has blank backs.
            with_notes = ("facilitator-guide.pdf", "follow-up-kit.pdf")
            in_books = "workbook" in path.parent.name or path.name in with_notes
            in_leaves = path.name == "exercises.pdf" or path.parent.name == "coaching-kit"
            may_be_empty = (
                path.name == "name-tents.pdf"
                or (in_leaves and number % 2 == 0)
                or (in_books and lines == ["Notes"])
            )
            assert may_be_empty or len(lines) > (not without_feet(path)), (
                f"{path.name}, page {number} is empty"
            )


def test_a_workbook_folds_into_a_booklet_with_a_back_cover(workbook: Path) -> None:
    pages = pages_of(workbook)
    assert len(pages) % 4 == 0
    assert pages[-1].startswith("My ninety days")


def test_page_labels_count_as_the_feet_do(workbook: Path) -> None:
    with pypdfium2.PdfDocument(workbook) as pdf:
        labels = [pdf.get_page_label(index) for index in range(len(pdf))]
    assert labels[0] == "Cover"
    assert labels[1:] == [str(number) for number in range(2, len(labels) + 1)]
    assert all(int(one) + 1 == int(other) for one, other in pairwise(labels[1:]))


def test_the_back_of_a_card_lies_behind_it(exercises: Path) -> None:
    """A card's back is where its front is when the sheet is turned over its long edge."""
    with pypdfium2.PdfDocument(exercises) as pdf:
        for front, back in pairwise(pdf):
            number = card_numbers(front)
            if "cut along the lines" in front.get_textpage().get_text_bounded():
                width = front.get_size()[0]
                middles = sorted((round(width - x), round(y)) for x, y in card_numbers(back))
                assert len(middles) == len(number)
                for (x, y), (left, low) in zip(sorted(number), middles, strict=True):
                    assert (x > width / 2) == (left > width / 2)
                    assert abs(y - low) < _CARD


def card_numbers(page: pypdfium2.PdfPage) -> list[tuple[float, float]]:
    """Return where the numbers on cards stand, in points; the heading of the sheet has one too."""
    text = page.get_textpage()
    found = re.findall(r"\d+\.\d+", text.get_text_bounded())
    if not found:
        return []
    search, places = text.search(found[0], match_whole_word=True), []
    while hit := search.get_next():
        left, bottom, *_ = text.get_charbox(hit[0])
        places.append((left, bottom))
    return [place for place in places if place[1] < page.get_size()[1] - _HEADING]
