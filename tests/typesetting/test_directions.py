"""Which blocks of a text run from right to left."""

from __future__ import annotations

from xml.etree.ElementTree import fromstring

import pytest

from workshop.typesetting.directions import set_directions

ARABIC = "هذا نص عربي قصير"


def from_the_right(body: str) -> list[str]:
    """Return the tags of the elements that are made to run from right to left."""
    tree = fromstring(f"<html><body>{body}</body></html>")
    set_directions(tree)
    return [element.tag for element in tree.iter() if element.get("dir") == "rtl"]


@pytest.mark.parametrize(
    ("body", "tags"),
    [
        (f"<p>{ARABIC}</p><p>English</p>", ["p"]),
        (f"<ul><li>one</li><li>two</li></ul><ol><li>{ARABIC}</li></ol>", ["ul", "li", "li"]),
        ("<p>123.</p><td>9:00</td>", []),
        (f"<li><span class='step-minutes'>4 min</span> {ARABIC}</li>", ["span"]),
    ],
)
def test_in_a_page_from_the_right_other_words_run_from_the_left(body: str, tags: list[str]) -> None:
    tree = fromstring(f"<html dir='rtl'><body>{body}</body></html>")
    set_directions(tree)
    assert [element.tag for element in tree.iter() if element.get("dir") == "ltr"] == tags


@pytest.mark.parametrize(
    ("body", "tags"),
    [
        (f"<p>{ARABIC} English كلمة.</p><p>English</p>", ["p"]),
        (f"<p>English, and then {ARABIC}, and then more of it</p>", []),
        ("<p>Excel هو برنامج للجداول الحسابية</p>", ["p"]),
        ("<p>קבוצת הים pays for the waiting twice, and loses some of those it would keep</p>", []),
        (f"<ul><li>{ARABIC}</li><li>OK</li></ul>", ["ul", "li"]),
        ("<h2>العقد</h2>", ["h2"]),
        (f"<p><strong>{ARABIC}</strong>.</p>", ["p"]),
        (f"<p><bdi>{ARABIC}</bdi> · Papers</p>", []),
        ("<td>9:00 ص</td>", []),
        (f"<p dir='ltr'>{ARABIC}</p>", []),
        (f"<table><tr><td>{ARABIC}</td></tr></table>", ["table", "td"]),
        (f"<table class='agenda'><tr><td>{ARABIC}</td></tr></table>", ["td"]),
        (f"<div><p>{ARABIC}</p></div>", ["p"]),
        ("<p>123.</p>", []),
    ],
)
def test_a_block_runs_the_way_its_words_do(body: str, tags: list[str]) -> None:
    assert from_the_right(body) == tags
