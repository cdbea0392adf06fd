"""The order of a document's style sheets, from the brand's look to the client's own."""

from __future__ import annotations

import pytest

from tests.composing.conftest import Desk, in_part
from workshop.composing.pages.late_colours import STAND_INS
from workshop.composing.pages.render_job import Stylesheet
from workshop.workspace.overlay import library_root


def sheets_of(desk: Desk, document: str) -> tuple[Stylesheet, ...]:
    """Return a document's sheets; all its parts have the same."""
    [sheets] = {part.job.stylesheets for part in desk.copies(document)[0].composition.parts}
    return sheets


def names(desk: Desk, document: str) -> list[str]:
    """Return the paths of a document's sheets below the folder they come from."""
    roots = (desk.root / "clients/test/templates", desk.root / "templates", library_root())
    found = []
    for sheet in sheets_of(desk, document):
        root = next(root for root in roots if sheet.path.is_relative_to(root.resolve()))
        found.append(sheet.path.relative_to(root.resolve()).as_posix().removeprefix("templates/"))
    return found


def test_look_shared_document_and_client_in_this_order(desk: Desk) -> None:
    desk.write("templates/page/document.css", "")
    desk.write("clients/test/templates/client.css", "")
    desk.write("clients/test/templates/_shared/aaa.css", "")
    desk.write("clients/test/templates/_shared/zzz.css", "")
    first, *shared, own, client = names(desk, "page")
    assert first == "_shared/look.css.j2"
    assert shared == sorted(shared)
    assert {"_shared/aaa.css", "_shared/blocks.css", "_shared/zzz.css"} <= set(shared)
    assert (own, client) == ("page/document.css", "client.css")


def test_a_document_needs_no_style_sheet(desk: Desk) -> None:
    assert names(desk, "page")[-1].startswith("_shared/")


def test_a_clients_sheet_stands_in_the_place_of_the_librarys(desk: Desk) -> None:
    before = names(desk, "agenda")
    ours = desk.write("clients/test/templates/_shared/blocks.css", "/* ours */")
    sheets = sheets_of(desk, "agenda")
    assert names(desk, "agenda") == before
    assert ours.resolve() in [sheet.path for sheet in sheets]
    assert "/* ours */" in [sheet.css for sheet in sheets]


@pytest.mark.parametrize(("paper", "size"), [("A4", "210mm 297mm"), ("Letter", "215.9mm 279.4mm")])
def test_the_look_has_the_paper_the_brand_and_the_typefaces(
    desk: Desk, paper: str, size: str
) -> None:
    desk.client(
        f"name: Test\npaper: {paper}\ncolours: {{brand: '#a00000'}}\nfonts: {{text: Lato}}\n"
    )
    look = sheets_of(desk, "page")[0].css
    assert f"size: {size}" in look
    assert f"--accent: {STAND_INS.accent}" in look
    assert '--text-face: "Lato", "Noto Sans"' in look


def test_the_look_is_the_same_for_every_copy(desk: Desk) -> None:
    desk.write("clients/test/templates/_shared/look.css.j2", "/* {{ participant.name }} */")
    desk.write("templates/page/document.html.j2", in_part("x"))
    [fault] = desk.faults()
    assert "Nothing is called “participant” here" in fault


@pytest.mark.parametrize(
    ("css", "named", "hint"),
    [
        ("p::after { content: counter(page) }", "counter(page", "page_number()"),
        ("p::after { content: 'of ' COUNTER( pages ) }", "COUNTER( pages", "page_count()"),
        ("p::after { content: counters(page, '.') }", "counters(page", "page_number()"),
        ("a::after { content: target-counter(attr(href), page) }", "target-counter(", "page_ref"),
        ("a::after { content: target-text(attr(href)) }", "target-text(", "page_ref"),
        ("@page :first { margin: 0 }", "@page :first", "@page cover"),
        ("@page x:nth(2n) { margin: 0 }", "@page x:nth", "@page cover"),
    ],
)
@pytest.mark.parametrize("path", ["templates/page/document.css", "templates/client.css"])
def test_what_a_part_cannot_know_is_told_with_its_line(
    desk: Desk, path: str, css: str, named: str, hint: str
) -> None:
    desk.write(path, f"p {{ color: red }}\n\n{css}\n")
    [fault] = desk.faults()
    assert fault.startswith(f"{path}:3: “{named}” is not known while a part is laid out ")
    assert hint in fault


def test_everything_that_is_not_known_is_told_at_once(desk: Desk) -> None:
    desk.write(
        "templates/page/document.css",
        "@page :first {}\nb::after { content: counter(page) counter(pages) }",
    )
    assert sorted(fault.split(":")[1] for fault in desk.faults()) == ["1", "2", "2"]


@pytest.mark.parametrize(
    "css",
    [
        "li { counter-increment: step } li::before { content: counter(step) }",
        "p::after { content: counter(pagelike) }",
        "@page cover { margin: 0 } @page :left { margin: 0 } p:first-child { color: red }",
    ],
)
def test_what_a_part_knows_by_itself_may_be_asked_for(desk: Desk, css: str) -> None:
    desk.write("templates/page/document.css", css)
    assert sheets_of(desk, "page")[-1].css == css


@pytest.mark.parametrize(
    ("css", "line", "told"),
    [
        (
            "p { color: red }\n.opener {\nh1 { margin: 0 }\n",
            2,
            "The { of this rule is never closed",
        ),
        ("p { color: red }\n@media print {\nh1 { margin: 0 }\n", 2, "The { of this rule"),
        ("p { color: red }\n}\nh1 { margin: 0 }\n", 2, "This } closes nothing"),
    ],
)
def test_a_rule_that_does_not_end_is_told_with_its_line(
    desk: Desk, css: str, line: int, told: str
) -> None:
    desk.write("templates/page/document.css", css)
    [fault] = desk.faults()
    assert fault.startswith(f"templates/page/document.css:{line}: {told}")


def test_braces_in_texts_and_comments_open_nothing(desk: Desk) -> None:
    css = """/* { */ p::after { content: "{" '}\\'{' }\nb { background: url(data:a,{) }\n"""
    desk.write("templates/page/document.css", css)
    assert names(desk, "page")[-1] == "page/document.css"
