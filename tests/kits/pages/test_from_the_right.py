"""Pages in a language that is read from right to left have their frame the other way round."""

from __future__ import annotations

from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from tests.tiny_workspace.workspace import Tiny
from workshop.composing.language.measures import MEASURES

MM = 72 / 25.4
WIDTH = MEASURES.papers["A4"].width
# In mm: the column of numbers and minutes, and the foot of a page.
COLUMN, FOOT = 36, MEASURES.bottom
STEPS = {
    "Ask your partner what would make tomorrow easier.": "اسأل شريكك عما يجعل الغد أسهل.",
    "Change over.": "تبادلا الأدوار.",
}


@pytest.fixture(name="pages")
def pages_from_the_right(tiny: Tiny) -> Iterator[pypdfium2.PdfDocument]:
    tiny.change("clients/tiny/client.yaml", "name: Tiny Ltd\n", "name: Tiny Ltd\nlanguage: ar\n")
    for english, arabic in STEPS.items():
        tiny.change("modules/asking.md", english, arabic)
    built = tiny.build("participant-workbook")
    assert [fault.code for fault in built.warnings] == []
    workbook = min((built.folder / "participant-workbook").iterdir())
    with pypdfium2.PdfDocument(workbook) as pdf:
        yield pdf


def places(page: pypdfium2.PdfPage, words: str) -> list[tuple[float, float]]:
    """Return where words begin on a page: from the left and from the bottom, in mm."""
    text = page.get_textpage()
    search = text.search(words)
    found = []
    while match := search.get_next():
        left, bottom, *_ = text.get_charbox(match[0])
        found.append((left / MM, bottom / MM))
    return found


def test_numbers_and_minutes_stand_on_the_right(pages: pypdfium2.PdfDocument) -> None:
    page = next(page for page in pages if places(page, "1.1") and places(page, "20"))
    for words in ("1.1", "20"):
        assert max(left for left, _ in places(page, words)) > WIDTH - MEASURES.inner - COLUMN


def test_page_numbers_and_tabs_are_on_the_outside(pages: pypdfium2.PdfDocument) -> None:
    tabs = feet = 0
    for number, page in enumerate(pages, 1):
        # The first page is a left-hand one.
        outside = [
            (left if number % 2 else WIDTH - left, bottom)
            for digit in ("1", "2", str(number))
            for left, bottom in places(page, digit)
        ]
        feet += any(
            MEASURES.outer - 1 < at < MEASURES.outer + 5 and bottom < FOOT for at, bottom in outside
        )
        tabs += any(at < MEASURES.outer - 1 for at, _ in outside)
        assert not any(at > WIDTH - MEASURES.outer for at, _ in outside)
    # The pages of the modules have a tab, all but the covers a number.
    assert tabs == 4
    assert feet == len(pages) - 2


def test_papers_are_bound_on_the_right(pages: pypdfium2.PdfDocument) -> None:
    broad = WIDTH - MEASURES.inner - MEASURES.outer
    seen = set()
    for number, page in enumerate(pages, 1):
        for shape in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH]):
            left, _, right, _ = (edge / MM for edge in shape.get_bounds())
            if right - left == pytest.approx(broad, abs=0.5):
                seen.add((number % 2, round(left)))
    assert seen == {(1, MEASURES.outer), (0, MEASURES.inner)}
