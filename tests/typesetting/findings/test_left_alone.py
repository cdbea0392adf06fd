"""Headings at the foot of a page, and scraps of words on the last line of a title."""

from __future__ import annotations

import pytest

from tests.typesetting.conftest import Table

# The page of the table is 90 by 60 mm, with 5 mm around the text.
HIGH = "<div class='box' style='height: 30mm'></div>"
TALL = "<p>one<br>two<br>three</p><div style='height: 12mm'></div>"
CSS = """
p, h2 { margin: 1mm 0; font-size: 8pt; break-after: auto } .box { break-inside: avoid }
.display { font-size: 20pt; line-height: 1; width: 42mm }
"""
LONE = {
    "a heading": f"{TALL}<h2>Five</h2>{HIGH}",
    "a label": f"{TALL}<p class='label'>Five</p>{HIGH}",
    "a heading with a number beside it": (
        f"{TALL}<div style='display: flex'><h2>Five</h2><p>5</p></div>{HIGH}"
    ),
    "a heading of a section that begins there": f"{TALL}<section><h2>Five</h2>{HIGH}</section>",
}
NOT_LONE = {
    "a heading with a line of its text": f"{TALL}<h2>Five</h2><p>one</p>{HIGH}",
    "a heading with room to write": (
        f"{TALL}<h2>Five</h2><div class='box' style='height: 6mm'></div>{HIGH}"
    ),
    "a heading at the end of what it stands in": (
        f"{TALL}<h2>The end</h2><p style='break-before: page'>Another begins</p>"
    ),
    "a heading above lines for notes": f"{TALL}<h2>Notes</h2><div class='fill-lines'></div>{HIGH}",
    "a heading in the margin of its text": (
        f"{TALL}<div style='position: relative'><h2 style='position: absolute; right: 0'>Five</h2>"
        f"<p>text</p></div>{HIGH}"
    ),
    "a paragraph": f"{TALL}<p>Five</p>{HIGH}",
}
SCRAPS = {
    "a short word": ("<h1 class='display'>What are they waiting for</h1>", "for"),
    "a figure": ("<p class='display'>One plan for 30 and 60 and 90</p>", "90"),
    "a part of a word": (
        "<h1 class='display' style='width: 34mm'>Their own question&shy;ing</h1>",
        "ing",
    ),
}
NOT_SCRAPS = {
    "a longer word": "<h1 class='display'>What are they waiting there</h1>",
    "two words": "<h1 class='display'>What are they all waiting for it</h1>",
    "a line that is broken on purpose": "<h1 class='display'>What are they<br>for</h1>",
    "one line": "<h1 class='display'>For</h1>",
    "running text": "<p style='width: 30mm'>What are they waiting for</p>",
    "a script without spaces": "<h1 class='display'>領導力的職業發展之路走完了</h1>",
    "a slot": (
        "<h1 class='display'>What are they waiting "
        "<img class='slot' style='width: 15mm; height: 1em' src='slot:name' alt='slot:name'></h1>"
    ),
}


def told(table: Table, body: str) -> list[tuple[str, int, str]]:
    """Return the code, the page and the message of all that is found."""
    findings = table.lay_out(body, CSS).findings
    return [(finding.code, finding.page, finding.message) for finding in findings]


@pytest.mark.parametrize("how", LONE)
def test_a_heading_at_the_foot_of_a_page_is_found(table: Table, how: str) -> None:
    [(code, page, message)] = told(table, LONE[how])
    assert (code, page) == ("lone-heading", 0)
    assert message.startswith("“Five” stands last on this page")


@pytest.mark.parametrize("how", NOT_LONE)
def test_one_with_what_it_heads_is_not(table: Table, how: str) -> None:
    assert told(table, NOT_LONE[how]) == []


@pytest.mark.parametrize("how", SCRAPS)
def test_a_scrap_on_the_last_line_of_display_type_is_found(table: Table, how: str) -> None:
    body, scrap = SCRAPS[how]
    [(code, page, message)] = told(table, body)
    assert (code, page) == ("short-last-line", 0)
    assert message.startswith(f"Only “{scrap}” stands on the last line of “")


@pytest.mark.parametrize("how", NOT_SCRAPS)
def test_a_last_line_that_says_something_is_not(table: Table, how: str) -> None:
    assert told(table, NOT_SCRAPS[how]) == []
