"""The editions of a real workbook: large print to be read, fields to be filled in on screen."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest

import workshop
from tests.assembly.reading import faults_of
from tests.conftest import READINGS, REPOSITORY, Kits
from tests.kits.kit_text import type_sizes
from workshop.composing.composer import Composer

EDITIONS = ("standard", "large-print", "fillable")
NUMBER = re.compile(r"^\d+\.\d+$", re.MULTILINE)


@pytest.fixture(scope="module")
def books(kits: Kits, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The workbook of a client without a roster, in each edition."""
    # The usual one was laid out for the kits, and is kept.
    assert kits.root.exists()
    output = tmp_path_factory.mktemp("editions")
    report = workshop.build(
        REPOSITORY, "minimal", (), ["participant-workbook"], EDITIONS, output=output, jobs=1
    )
    [kit] = report.kits
    assert report.warnings == ()
    return {
        "standard": kit.folder / "participant-workbook/00-blank.pdf",
        "large-print": kit.folder / "participant-workbook-large-print/00-blank.pdf",
        "fillable": kit.folder / "participant-workbook-fillable/00-blank.pdf",
    }


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_edition_is_sound_and_can_be_read_by_all(
    books: dict[str, Path], edition: str
) -> None:
    assert faults_of(books[edition].read_bytes()) == []


@pytest.mark.parametrize("edition", EDITIONS[1:])
def test_exercises_have_the_same_numbers_in_every_edition(
    books: dict[str, Path], edition: str, text_of: Callable[[Path], str]
) -> None:
    numbers = NUMBER.findall(text_of(books["standard"]).replace("\r", ""))
    assert len(numbers) > 20
    assert NUMBER.findall(text_of(books[edition]).replace("\r", "")) == numbers


def test_nothing_in_large_print_is_smaller_than_16_points(books: dict[str, Path]) -> None:
    sizes = type_sizes(books["large-print"])
    small = [(page, size, char) for page, size, char in sizes if size < 15.99]
    assert small == []
    # The measure sees what there is to see.
    assert min(size for _, size, _ in type_sizes(books["standard"])) < 9


@dataclass(frozen=True)
class Field:
    """A field of a form: its page from 0, its box from the lower left of the page in points."""

    page: int
    name: str
    label: str
    left: float
    bottom: float
    right: float
    top: float


def fields_of(path: Path) -> list[Field]:
    with pikepdf.open(path) as pdf:
        return [
            Field(number, str(one.T), str(one.TU), *sorted_box(*(float(edge) for edge in one.Rect)))
            for number, page in enumerate(pdf.pages)
            for one in page.get("/Annots", [])
            if one.Subtype == "/Widget"
        ]


def sorted_box(x: float, y: float, u: float, v: float) -> tuple[float, float, float, float]:
    return min(x, u), min(y, v), max(x, u), max(y, v)


def test_every_place_to_write_is_a_field_with_a_label_of_its_own(books: dict[str, Path]) -> None:
    tailored = workshop.load(REPOSITORY, "minimal", READINGS)
    [cohort] = workshop.plan(tailored, (), ["participant-workbook"], ["fillable"]).cohorts
    [copy] = Composer(tailored, cohort.day, None, "fillable").compose_all(cohort.jobs)
    html = "".join(part.job.html for part in copy.composition.parts)
    spaces = html.split('<div class="space ')[1:]
    assert len(spaces) > 40
    assert all("<textarea" in space for space in spaces)
    fields = fields_of(books["fillable"])
    assert len(fields) == html.count("<textarea")
    assert len({one.name for one in fields}) == len(fields)
    assert all(one.label.strip() for one in fields)


def test_no_field_is_too_small_to_type_in_or_lies_off_its_page(books: dict[str, Path]) -> None:
    with pikepdf.open(books["fillable"]) as pdf:
        width, height = (float(edge) for edge in pdf.pages[0].MediaBox[2:])
    for one in fields_of(books["fillable"]):
        assert one.right - one.left > 30, one
        assert one.top - one.bottom > 13, one
        assert one.left > 0, one
        assert one.right < width, one
        assert one.bottom > 0, one
        assert one.top < height, one


def test_the_tab_key_goes_through_the_fields_as_they_are_read(books: dict[str, Path]) -> None:
    with pikepdf.open(books["fillable"]) as pdf:
        for page in pdf.pages:
            if "/Annots" in page:
                assert page.Tabs == "/S"
        tree = pdf.Root.StructTreeRoot
        order = [str(one.T) for one in _in_reading_order(tree.K)]
        assert order == [str(one.T) for one in pdf.Root.AcroForm.Fields]


def _in_reading_order(kids: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Yield the fields in the order of the structure. Source: ISO 32000-1, 14.7.4.3."""
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary):
            if kid.get("/Type") == "/OBJR" and kid.Obj.get("/Subtype") == "/Widget":
                yield kid.Obj
            elif "/K" in kid:
                yield from _in_reading_order(kid.K)


def test_what_is_typed_into_a_field_is_shown(books: dict[str, Path]) -> None:
    field = fields_of(books["fillable"])[0]
    with pypdfium2.PdfDocument(books["fillable"]) as pdf:
        pdf.init_forms()
        form = pdf.formenv
        page = pdf[field.page]
        before = page.render(may_draw_forms=True).to_pil().tobytes()
        x, y = (field.left + field.right) / 2, (field.top + field.bottom) / 2
        pdfium.FORM_OnLButtonDown(form, page, 0, x, y)
        pdfium.FORM_OnLButtonUp(form, page, 0, x, y)
        for character in "Ask Řehoř – by 14 March":
            pdfium.FORM_OnChar(form, page, ord(character), 0)
        pdfium.FORM_ForceToKillFocus(form)
        assert page.render(may_draw_forms=True).to_pil().tobytes() != before


def test_an_edition_is_set_beside_the_usual_one(books: dict[str, Path]) -> None:
    assert all(path.is_file() for path in books.values())
    titles = []
    for path in books.values():
        with pikepdf.open(path) as pdf:
            titles.append(str(pdf.docinfo["/Title"]))
    assert titles == [
        "Participant workbook – Minimal Ltd",
        "Participant workbook, large print – Minimal Ltd",
        "Participant workbook, to fill in on screen – Minimal Ltd",
    ]
