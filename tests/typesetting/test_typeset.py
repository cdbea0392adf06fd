"""A render job into a PDF: its bytes, its tags, and what a viewer and a printer read of it."""

from __future__ import annotations

import pickle
from dataclasses import replace
from pathlib import Path

import page
import pikepdf
import pytest

from tests.typesetting.conftest import Desk, Table, open_pdf
from workshop.composing.render_job import RenderJob, Stylesheet
from workshop.typesetting.typeset import typeset

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


def test_the_pdf_keeps_pdf_ua_1_and_its_syntax_is_sound(job: RenderJob, tmp_path: Path) -> None:
    made = typeset(job)
    assert not made.diagnostics
    report = page.validate_pdf_bytes(made.pdf, profile=page.ValidationProfile.PDF_UA_1)
    assert report.is_compliant, report.failures
    path = tmp_path / "page.pdf"
    path.write_bytes(made.pdf)
    with pikepdf.open(path) as pdf:
        assert pdf.check_pdf_syntax() == []


def test_pages_language_title_and_outline(job: RenderJob) -> None:
    made = typeset(job)
    pdf = open_pdf(made.pdf)
    assert made.pages == len(pdf.pages) == 2
    assert str(pdf.Root.Lang) == "en-GB"
    assert str(pdf.docinfo.Title) == "A small page"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    with pdf.open_outline() as outline:
        titles = [(item.title, [child.title for child in item.children]) for item in outline.root]
    assert titles == [("One", ["Under one"]), ("Two", [])]


def labels(pdf: pikepdf.Pdf) -> list[str]:
    """Return the label a viewer shows for each page."""
    return [str(one.label) for one in pdf.pages]


@pytest.mark.parametrize(("has_cover", "expected"), [(False, ["1", "2"]), (True, ["Cover", "2"])])
def test_pages_are_labelled_by_number_and_a_cover_by_name(
    job: RenderJob, has_cover: bool, expected: list[str]
) -> None:
    assert labels(open_pdf(typeset(replace(job, has_cover=has_cover)).pdf)) == expected


def test_a_cover_alone_is_labelled_too(table: Table) -> None:
    job = replace(table.job("<h1>Cover</h1>"), has_cover=True)
    assert labels(open_pdf(typeset(job).pdf)) == ["Cover"]


@pytest.mark.parametrize(
    ("sides", "offered"), [("duplex", "/DuplexFlipLongEdge"), ("simplex", "/Simplex")]
)
def test_the_print_dialogue_is_offered_the_documents_sides_at_full_size(
    job: RenderJob, sides: str, offered: str
) -> None:
    pdf = open_pdf(typeset(replace(job, sides=sides)).pdf)
    preferences = pdf.Root.ViewerPreferences
    assert preferences.Duplex == pikepdf.Name(offered)
    assert preferences.PrintScaling == pikepdf.Name("/None")


def test_later_style_sheets_win(table: Table) -> None:
    sheets = tuple(
        Stylesheet(table.assets / f"{width}.css", f"@page {{ size: {width}mm 50mm }}")
        for width in (60, 80, 70)
    )
    pdf = open_pdf(typeset(replace(table.job("<p>x</p>"), stylesheets=sheets)).pdf)
    assert float(pdf.pages[0].mediabox[2]) == pytest.approx(70 / 25.4 * 72, abs=0.01)


def test_the_date_of_making_is_that_of_the_build_and_else_none(desk: Desk) -> None:
    [undated] = desk.jobs("page")
    [dated] = desk.jobs("page", created="2027-01-02T03:04:05Z")
    without, having = open_pdf(typeset(undated).pdf), open_pdf(typeset(dated).pdf)
    assert "/CreationDate" not in without.docinfo
    assert "/ModDate" not in without.docinfo
    assert str(having.docinfo.CreationDate).startswith("D:20270102030405")
    assert str(having.docinfo.ModDate) == str(having.docinfo.CreationDate)
