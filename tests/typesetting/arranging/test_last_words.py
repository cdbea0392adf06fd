"""No paragraph ends with a scrap of a line."""

from __future__ import annotations

from xml.etree.ElementTree import fromstring

import pytest

from tests.typesetting.conftest import Table
from workshop.typesetting.arranging.last_words import bind_last_words

LONG = "Somebody who is named covers the desk of each person for"


def bound(words: str) -> str:
    return LONG.removesuffix("for") + words.replace(" ", "\xa0")


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        pytest.param(f"<p>{LONG} a job.</p>", bound("for a job."), id="a paragraph"),
        pytest.param(
            f"<p>{LONG} an international job.</p>", f"{LONG} an international job.", id="a hole"
        ),
        pytest.param(f"<p>{LONG} a table.</p>", f"{LONG} a table.", id="no scrap"),
        pytest.param(f"<h2>{LONG} a job</h2>", bound("for a job"), id="a title"),
        pytest.param(f"<h2>{LONG} a table</h2>", f"{LONG} a table", id="no scrap of a title"),
        pytest.param(
            f"<li>{LONG} <em>a <b>big</b> job</em>.</li>", f"{LONG} a big job.", id="parted words"
        ),
        pytest.param(
            f'<p>{LONG} page <img src="slot:page"/></p>',
            bound("for page") + " ",
            id="before a number",
        ),
        pytest.param(f"<p>{'w' * 100_000}</p>", "w" * 100_000, id="one endless word"),
        pytest.param(f"<p>{LONG}\na job.</p>", f"{LONG}\na\xa0job.", id="lines"),
        pytest.param(f"<p>{LONG} a\njob.</p>", f"{LONG} a\njob.", id="a break, which may be meant"),
        pytest.param(f"<p>{bound('for a job.')}</p>", bound("for a job."), id="bound already"),
        pytest.param(f"<p>{LONG} a\xa0job.</p>", bound("for a job."), id="bound in part"),
        pytest.param(f"<p>{LONG} months.</p>", f"{LONG} months.", id="a long word"),
        pytest.param(f"<p>{LONG} consequences.</p>", f"{LONG} consequences.", id="a line"),
        pytest.param("<p>What is the job?</p>", "What is the job?", id="one line"),
        pytest.param(
            f"<p>{LONG} responsibilities now.</p>",
            f"{LONG} responsibilities now.",
            id="a wide pair",
        ),
        pytest.param(f"<td>{LONG} a job.</td>", f"{LONG} a job.", id="a cell"),
        pytest.param(f"<li><p>{LONG} a job.</p></li>", bound("for a job."), id="inside an item"),
    ],
)
def test_the_last_words_stay_together(html: str, expected: str) -> None:
    tree = fromstring(f"<body>{html}</body>")
    assert len(list(bind_last_words(tree))) == (expected != "".join(fromstring(html).itertext()))
    assert "".join(tree.itertext()) == expected


def test_a_sentence_on_a_page_of_its_own_ends_on_no_scrap() -> None:
    tree = fromstring('<header data-quote="Is there anything for me in your team?"/>')
    assert list(bind_last_words(tree)) == []
    assert tree.get("data-quote") == "Is there anything for me in your\xa0team?"


def test_a_page_has_two_words_in_its_last_line(table: Table) -> None:
    part = table.lay_out("<p>Each person who comes is to have a job.</p>", "p { width: 75mm }")
    assert part.diagnostics == ()
    assert "a job." in part.texts[0].replace("\xa0", " ")


def test_the_outline_has_titles_as_they_were_typed(table: Table) -> None:
    title = "Each person who comes is to have a job"
    part = table.lay_out(f"<h1>{title}</h1>", "h1 { width: 75mm; font-size: 12pt }")
    assert [bookmark.label for bookmark in part.bookmarks] == [title]


@pytest.mark.parametrize(
    "html",
    [
        "<table><tr><td><p>{}</p></td></tr></table>",
        "<ul><li>{}</li></ul>",
        '<p dir="rtl">{}</p>',
        "<p><em>{}</em></p>",
    ],
)
def test_words_that_are_wider_than_their_column_stay_apart(table: Table, html: str) -> None:
    text = "Whether they have ever had an international yes"
    css = "table, ul, p { width: 22mm; margin: 0; padding: 0; font-size: 10pt }"
    css += "table { table-layout: fixed } td { padding: 0 } li { list-style: none }"
    part = table.lay_out(html.format(text), css)
    assert part.findings == ()
    assert "international yes" in part.texts[0]
