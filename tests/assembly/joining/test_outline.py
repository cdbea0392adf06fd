"""The outline of a linked document is the one of its headings in a row."""

from __future__ import annotations

from tests.assembly.pages import bind, job
from tests.assembly.reading import Reading
from tests.slow_way import SlowWay

# Levels that jump, go back past where they began, and begin below the top.
PARTS = (
    "<h2>Before any chapter</h2><h1>One</h1><h3>Deep</h3><h2>Less deep</h2>",
    "<h3>Below the last part</h3><h2>Two of one</h2>",
    "<h1>Two</h1>",
)


def test_headings_nest_across_parts_as_in_one_layout_of_the_whole() -> None:
    book = bind(*PARTS)
    actual = [
        (heading.level, heading.title, heading.place.page) for heading in book.shared.outline()
    ]
    assert actual == [
        (0, "Before any chapter", 0),
        (0, "One", 0),
        (1, "Deep", 0),
        (1, "Less deep", 0),
        (2, "Below the last part", 1),
        (1, "Two of one", 1),
        (0, "Two", 2),
    ]
    whole = Reading(SlowWay(book.composition, {}, {}).pdf()).outline()
    assert actual == [(heading.level, heading.title, heading.place.page) for heading in whole]


def test_a_document_without_headings_has_no_outline() -> None:
    assert bind("<p>Text</p>").shared.outline() == []


def test_what_is_closed_hides_what_is_below_it() -> None:
    css = "h1 { bookmark-state: closed }"
    parts = ("<h1>Closed</h1><h2>Hidden</h2><h3>Hidden deeper</h3>", "<h1>Closed too</h1>")
    closed, opened = bind(*parts, css=css).shared, bind(*parts).shared
    assert int(closed.root.Outlines.Count) == 2
    assert int(closed.root.Outlines.First.Count) < 0
    assert int(opened.root.Outlines.Count) == 4
    assert int(opened.root.Outlines.First.Count) == 2


def test_headings_are_read_in_any_script() -> None:
    titles = ["Fragen & antworten", "«Ελένη»", "質問", "(a\\b)"]
    book = bind(*(job(f"<h1>{title.replace('&', '&amp;')}</h1>") for title in titles))
    assert [heading.title for heading in book.shared.outline()] == titles
