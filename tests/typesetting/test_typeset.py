"""A render job into a PDF: its bytes, its sides, its end, and what it says of itself."""

from __future__ import annotations

import gc
import logging
import pickle
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import page
import pikepdf
import pytest

from tests.typesetting.conftest import Table, fonts_in, open_pdf, steps_of, text_of_pdf
from workshop.composing.pages.render_job import JobFile, RenderJob, Side, Stylesheet
from workshop.diagnostics import ContentError
from workshop.keeping.memory import Memory
from workshop.tailoring.look.typefaces import folders_of
from workshop.typesetting.laid_out import LaidOut
from workshop.typesetting.typeset import no_garbage_collection, typeset

BODY = """\
<h1>One</h1><p>Text with a <a href="#two">link</a>.</p>
<h2>Under one</h2>
<table><thead><tr><th scope="col">A</th></tr></thead><tbody><tr><td>B</td></tr></tbody></table>
<h1 id="two" style="break-before: page">Two</h1><ul><li>Item</li></ul>
"""


@pytest.fixture
def job(table: Table) -> RenderJob:
    """Two pages with headings, a link, a table and a list."""
    return table.job(BODY, "@page { size: A5 }")


def test_the_same_job_gives_the_same_bytes(job: RenderJob) -> None:
    first = typeset(job)
    assert first == typeset(job)
    assert first == typeset(pickle.loads(pickle.dumps(job)))


@pytest.mark.usefixtures("nothing_parsed_before")
def test_a_memory_saves_work_and_changes_nothing(job: RenderJob) -> None:
    fresh, memory = typeset(job), Memory()
    for _ in range(2):
        assert typeset(job, memory) == fresh
        assert len(memory.engine_sheets) == len(job.stylesheets)
        assert len(memory.font_settings) == 1


def test_fonts_of_a_style_sheet_are_not_remembered(table: Table) -> None:
    [folder] = folders_of(["Lato"])
    address = table.assets / "lato.ttf"
    font = JobFile(str(address), next(folder.rglob("Lato-Regular.ttf")).read_bytes())
    rule = f"@font-face {{ font-family: Named; src: url({address.as_uri()}) }} "
    css = "p { font-family: Named, 'Source Sans 3' }"
    with_rule = replace(table.job("<p>Words</p>", rule + css), files=(font,))
    without_rule = table.job("<p>Words</p>", css)
    fresh = typeset(without_rule)
    assert fonts_in(typeset(with_rule, table.memory).pdf) != fonts_in(fresh.pdf)
    assert typeset(without_rule, table.memory) == fresh


def test_the_pdf_keeps_pdf_ua_1_and_its_syntax_is_sound(job: RenderJob, tmp_path: Path) -> None:
    part = typeset(job)
    assert not part.diagnostics
    report = page.validate_pdf_bytes(part.pdf, profile=page.ValidationProfile.PDF_UA_1)
    assert report.is_compliant, report.failures
    path = tmp_path / "page.pdf"
    path.write_bytes(part.pdf)
    with pikepdf.open(path) as pdf:
        assert pdf.check_pdf_syntax() == []


def test_a_part_says_its_pages_headings_and_ids(job: RenderJob) -> None:
    part = typeset(job)
    assert part.pages == len(open_pdf(part.pdf).pages) == 2
    assert [(heading.level, heading.label, heading.page) for heading in part.bookmarks] == [
        (1, "One", 0),
        (2, "Under one", 0),
        (1, "Two", 1),
    ]
    assert [(anchor.name, anchor.page) for anchor in part.anchors] == [("two", 1)]


def test_later_style_sheets_win(table: Table) -> None:
    sheets = tuple(
        Stylesheet(table.assets / f"{width}.css", f"@page {{ size: {width}mm 50mm }}")
        for width in (60, 80, 70)
    )
    pdf = open_pdf(typeset(replace(table.job("<p>x</p>"), stylesheets=sheets)).pdf)
    assert float(pdf.pages[0].mediabox[2]) == pytest.approx(70 / 25.4 * 72, abs=0.01)


SIDES = "@page :left { margin-left: 40mm } @page :right { margin-left: 5mm } p { margin: 0 }"


def edges(part: LaidOut) -> list[float | None]:
    """Return where the text of each page begins, in mm; None for a page without text."""
    places: list[float | None] = []
    for pdf_page in open_pdf(part.pdf).pages:
        x = [
            (pikepdf.Matrix(*map(float, operands)) @ matrix).e
            for operator, operands, matrix in steps_of(pdf_page)
            if operator == "Tm"
        ]
        places.append(round(x[0] * 25.4 / 72, 1) if x else None)
    return places


TWO = "<p>1</p><p style='break-before: page'>2</p>"
LEFT, RIGHT = 42.1, 7.1


def test_a_part_begins_on_the_side_it_is_told(table: Table) -> None:
    job = table.job(TWO, SIDES)
    assert job.start == "right"
    assert edges(typeset(job)) == [RIGHT, LEFT]
    assert edges(typeset(replace(job, start="left"))) == [LEFT, RIGHT]


@pytest.mark.parametrize(
    ("start", "then", "expected"),
    [
        ("right", None, [RIGHT, LEFT]),
        ("right", "right", [RIGHT, LEFT]),
        ("right", "left", [RIGHT, LEFT, None]),
        ("left", "right", [LEFT, RIGHT, None]),
        ("left", "left", [LEFT, RIGHT]),
    ],
)
def test_a_page_is_left_blank_where_what_follows_has_to_begin_on_the_other_side(
    table: Table, start: Side, then: Side | None, expected: list[float | None]
) -> None:
    job = replace(table.job(TWO, SIDES), start=start, then=then)
    part = typeset(job)
    assert edges(part) == expected
    assert part.pages == len(expected)
    assert part.diagnostics == ()


@pytest.mark.parametrize(
    ("start", "then", "expected"),
    [
        ("right", None, [LEFT, RIGHT]),
        ("left", None, [RIGHT, LEFT]),
        ("right", "left", [LEFT, RIGHT, None]),
        ("left", "left", [RIGHT, LEFT]),
    ],
)
def test_the_front_of_a_leaf_is_on_the_left_where_pages_turn_from_the_right(
    table: Table, start: Side, then: Side | None, expected: list[float | None]
) -> None:
    turned = f"{SIDES} html {{ direction: rtl }} p {{ text-align: left }}"
    part = typeset(replace(table.job(TWO, turned), start=start, then=then))
    assert edges(part) == expected
    assert part.diagnostics == ()


def test_nothing_of_what_follows_is_in_the_part(table: Table) -> None:
    css = (
        "section { page: other; bookmark-level: 1; bookmark-label: 'Next' }"
        "@page other { size: 50mm 50mm; @top-left { content: 'of the next' } }"
        "@page :blank { @top-left { content: 'blank' } }"
    )
    job = replace(table.job("<h1>One</h1>", css), then="right")
    part = typeset(job)
    assert part.pages == 2
    assert [heading.label for heading in part.bookmarks] == ["One"]
    text = text_of_pdf(part.pdf)
    assert "of the next" not in text
    assert "blank" in text
    widths = {round(float(pdf_page.mediabox[2])) for pdf_page in open_pdf(part.pdf).pages}
    assert widths == {round(90 / 25.4 * 72)}


def test_a_layout_without_an_end_is_stopped_and_told(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = import_module("workshop.typesetting.typeset")
    monkeypatch.setattr(module, "_MOST_PAGES", 3)
    body = "<p style='break-after: page'>x</p>"
    assert table.lay_out(body * 2 + "x").pages == 3
    logger = logging.getLogger("weasyprint.progress")
    before = (logger.level, logger.propagate, list(logger.handlers))
    with pytest.raises(ContentError) as caught:
        table.lay_out(body * 9)
    [fault] = caught.value.diagnostics
    assert fault.code == "endless"
    assert fault.message == "A part of this document ran over 3 pages, and may never end"
    assert fault.hint
    assert (logger.level, logger.propagate, list(logger.handlers)) == before


def test_garbage_is_collected_again_after_a_layout(job: RenderJob) -> None:
    assert gc.isenabled()
    typeset(job)
    assert gc.isenabled()
    with no_garbage_collection(), no_garbage_collection():
        assert not gc.isenabled()
    assert gc.isenabled()
