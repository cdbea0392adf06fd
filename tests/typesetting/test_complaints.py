"""What WeasyPrint logs, as diagnostics: each sentence the product knows is provoked for real."""

from __future__ import annotations

import logging

import pytest

from tests.typesetting.conftest import Table
from workshop.diagnostics import Location, Severity
from workshop.typesetting.complaints import Complaints

NS = 'xmlns="http://www.w3.org/2000/svg"'


def test_a_sound_page_has_nothing_to_complain_of(table: Table) -> None:
    assert table.complaints("<h1>Fine</h1><p>All of it.</p>", "p { color: red }") == []


@pytest.mark.parametrize(
    ("css", "line", "column", "message"),
    [
        ("p { colr: red}", 1, 5, "Ignored `colr: red` at 1:5, unknown property"),
        ("\n\n  p {\n  color: blu}", 4, 3, "Ignored `color: blu` at 4:3, invalid value"),
        # What looks like a position in the value is not taken for one.
        ('\np { colr: " at 9:9, "}', 2, 5, 'Ignored `colr: " at 9:9, "` at 2:5'),
        ("\n@foo x;", 2, 1, "Unknown empty rule"),
        ("@page { @nowhere {} }", 1, 9, "Unknown @page rule"),
    ],
)
def test_a_fault_in_css_is_a_warning_at_its_line_and_column(
    table: Table, css: str, line: int, column: int, message: str
) -> None:
    faults = table.lay_out("<p>x</p>", css).diagnostics
    [fault] = faults
    assert fault.severity is Severity.WARNING
    assert fault.location == Location(table.assets / "own.css", line, column)
    assert message in fault.message


@pytest.mark.parametrize(
    ("path", "css"),
    [("own.css.j2", "p { colr: red }"), ("own.css", "@import 'b.css'; p { colr: red }")],
)
def test_no_line_is_named_where_it_may_be_another_files(table: Table, path: str, css: str) -> None:
    from dataclasses import replace

    from workshop.composing.pages.render_job import Stylesheet
    from workshop.typesetting.typeset import typeset

    (table.assets / "b.css").write_text("i { foo: 1 }")
    job = replace(table.job("<p>x</p>"), stylesheets=(Stylesheet(table.assets / path, css),))
    faults = typeset(job).diagnostics
    assert faults
    assert {fault.location for fault in faults} == {Location(table.assets / path)}


@pytest.mark.parametrize(
    ("body", "css", "complaint"),
    [
        (
            "<img src='nothing.svg' alt='x'>",
            "",
            "error: nothing.svg could not be read: this is no file's whole address [not-loaded]",
        ),
        (
            "<img src='ASSETS/it%27s \"here\".png' alt='x'>",
            "",
            "error: assets/it%27s%20%22here%22.png could not be read: there is no such file",
        ),
        (
            "<img src='ASSETS/words.svg' alt='x'>",
            "",
            "assets/words.svg: error: assets/words.svg could not be read: it is no picture, or a "
            "damaged one",
        ),
        (
            "<img src='ASSETS/ring.svg' alt='x'>",
            "",
            "assets/ring.svg: error: This picture cannot be drawn: an element in it uses itself",
        ),
        (
            "<p>x</p>",
            'p { background: url("it\'s : here.png") }',
            "error: assets/it's%20:%20here.png could not be read: there is no such file",
        ),
        (
            "<p>x</p>",
            "@import 'nothing : here.css';",
            "assets/own.css: error: assets/nothing%20:%20here.css could not be read: "
            "there is no such file [not-loaded]",
        ),
        (
            "<p>x</p>",
            "@font-face { font-family: 'A : b'; src: url(words.svg) }",
            "assets/own.css: error: None of the files for the font “A : b” can be used",
        ),
        (
            "<img src='ASSETS/fine.svg' alt=''>",
            "",
            "error: The picture assets/fine.svg has no words for those who cannot see it "
            "[no-alternative]",
        ),
    ],
)
def test_what_would_be_missing_on_paper_is_an_error(
    table: Table, body: str, css: str, complaint: str
) -> None:
    (table.assets / "fine.svg").write_text(f'<svg {NS} width="9" height="9"/>')
    (table.assets / "words.svg").write_text("These are words.")
    (table.assets / "ring.svg").write_text(
        f'<svg {NS} width="9" height="9"><g id="a"><use href="#a"/></g></svg>'
    )
    [line] = table.complaints(body.replace("ASSETS", table.assets.as_uri()), css)
    assert line.startswith(complaint)


def test_every_error_says_what_to_do(table: Table) -> None:
    faults = table.lay_out(
        "<img src='x.svg' alt='x'><img src='data:,x' alt='x'>"
        f"<img src='{table.outside.as_uri()}/secret.svg'>"
    ).diagnostics
    assert len(faults) >= 3
    assert all(fault.hint for fault in faults)


def test_a_fault_on_every_page_is_told_once(table: Table) -> None:
    body = "<p style='break-after: page'>x<img src='x.svg' alt='x'></p>" * 4
    assert len(table.complaints(body)) == 1


def test_a_refusal_and_weasyprints_own_line_are_one_fault(table: Table) -> None:
    assert len(table.complaints(f"<img src='{table.outside.as_uri()}/secret.svg' alt='x'>")) == 1


def test_a_long_address_is_cut(table: Table) -> None:
    [line] = table.complaints(f"<img src='data:image/png;base64,{'A' * 4000}' alt='x'>")
    assert len(line) < 300
    assert "…" in line


def test_css_that_stops_the_layout_is_an_error_and_no_traceback(table: Table) -> None:
    from workshop.diagnostics import ContentError

    css = "@color-profile --x { src: url(nothing.icc) }"
    with pytest.raises(ContentError) as caught:
        table.lay_out("<p>x</p>", css)
    [fault] = caught.value.diagnostics
    assert fault.location == Location(table.assets / "own.css")
    assert "nothing.icc could not be read: there is no such file" in fault.message


def test_a_fault_in_css_without_a_position_names_the_file(table: Table) -> None:
    [fault] = table.lay_out("<p>x</p>", "p {}\np::nope, {}").diagnostics
    assert fault.location == Location(table.assets / "own.css")
    assert fault.message == "Invalid or unsupported selector, 'p::nope, '"


def test_what_weasyprint_says_otherwise_keeps_its_words_and_weight(table: Table) -> None:
    [warning] = table.lay_out("<div>x</div>", "div { display: inline-grid }").diagnostics
    assert (warning.code, warning.severity) == ("layout", Severity.WARNING)
    assert warning.message == "Inline grids are not supported"


def test_nobody_else_gets_the_log_and_it_is_left_as_it_was(
    table: Table, caplog: pytest.LogCaptureFixture
) -> None:
    logger = logging.getLogger("weasyprint")
    before = (logger.propagate, list(logger.handlers), logger.level)
    table.lay_out("<p>\U0001f600</p>", "p { colr: red }")
    assert (logger.propagate, list(logger.handlers), logger.level) == before
    assert not caplog.records


def test_what_pango_complains_of_is_told_and_stays_off_the_terminal(
    table: Table, capfd: pytest.CaptureFixture[str]
) -> None:
    drawing = f"<svg {NS} width='9' height='9'><text font-size='1e9' y='9'>x</text></svg>"
    faults = table.lay_out(f"<p>x</p>{drawing}").diagnostics
    assert any("Pango, which sets the type, refuses something" in fault.message for fault in faults)
    assert capfd.readouterr() == ("", "")


def test_what_fonttools_remarks_of_a_font_stays_off_the_terminal(
    capfd: pytest.CaptureFixture[str],
) -> None:
    complaints = Complaints()
    with complaints.listening():
        logging.getLogger("fontTools.subset").warning("a timestamp is odd")
        logging.getLogger("fontTools.ttLib").error("a table is damaged")
    assert [fault.message for fault in complaints.diagnostics] == ["a table is damaged"]
    assert capfd.readouterr() == ("", "")
