"""Writing spaces: what their options and bullets become, and what has no place in them."""

from __future__ import annotations

import re

import pytest

from tests.composing.conftest import FIRST, Desk, visible_text


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """A workspace whose page prints what stands before the first exercise: the space."""
    desk.page("{{ modules[0].intro }}")
    return desk


def rows(html: str) -> list[list[str]]:
    """Return the cells of the first table's body."""
    body = re.search(r"<tbody>(.*?)</tbody>", html, re.DOTALL)
    assert body
    return [
        re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)
        for row in re.findall(r"<tr[^>]*>(.*?)</tr>", body[1], re.DOTALL)
    ]


def heads(html: str) -> list[str]:
    """Return the headings of the first table's columns."""
    return re.findall(r"<th [^>]*>(.*?)</th>", html, re.DOTALL)


def test_lines_are_as_many_as_asked_for(desk: Desk) -> None:
    desk.module('::: space {lines=7 label="What *I* heard"}\n:::')
    html = desk.html()
    assert html.count('class="line"') == 7
    assert "What *I* heard" in html


def test_a_box_has_its_height(desk: Desk) -> None:
    desk.module("::: space {box=55}\n:::")
    assert "height: 55mm" in desk.html()


@pytest.mark.parametrize(("height", "printed"), [("", "40mm"), (" height=25", "25mm")])
def test_boxes_have_their_labels_and_one_height(desk: Desk, height: str, printed: str) -> None:
    desk.module(f'::: space {{boxes="Aim | {{{{ client.name }}}} & co | End"{height}}}\n:::')
    html = desk.html()
    assert visible_text(html).count("Aim Test Ltd & co End") == 1
    assert html.count(f"height: {printed}") == 3


@pytest.mark.parametrize(("height", "printed"), [("", "12mm"), (" row-height=20", "20mm")])
def test_a_table_has_its_rows_and_first_cells(desk: Desk, height: str, printed: str) -> None:
    desk.module(f'::: space {{rows=3 columns="What | When" first="One | <b>Two"{height}}}\n:::')
    html = desk.html()
    assert heads(html) == ["What", "When"]
    assert rows(html) == [["One", ""], ["&lt;b&gt;Two", ""], ["", ""]]
    assert html.count(f"height: {printed}") == 3


def test_more_first_cells_than_rows_are_an_error(desk: Desk) -> None:
    desk.module('::: space {rows=2 columns="What | When" first="One | Two | Three"}\n:::')
    assert desk.faults() == [
        f"modules/asking.md:{FIRST}:1: “first” names 3 rows, “rows” says 2 Write rows=3."
    ]


RATING = '::: space {rating="0-10" columns="Now | Later"}\n'


def test_a_rating_grid_has_a_row_for_every_bullet(desk: Desk) -> None:
    desk.module(
        f"{RATING}- I can *ask* a {{{{ term('team') }}}}.\n"
        "* I can wait, even where\n  it takes\nthree lines.\n\n+ I <i>can</i> & do.\n:::"
    )
    html = desk.html()
    assert heads(html) == ["From 0 to 10", "Now", "Later"]
    assert rows(html) == [
        ["I can <em>ask</em> a team.", "", ""],
        ["I can wait, even where\nit takes\nthree lines.", "", ""],
        ["I <i>can</i> &amp; do.", "", ""],
    ]


def test_a_wrong_word_in_a_statement_is_told_at_its_line(desk: Desk) -> None:
    desk.module(f"{RATING}- Fine.\n- Not\n  {{{{ nope }}}}\n:::")
    [fault] = desk.faults()
    assert fault.startswith(f"modules/asking.md:{FIRST + 3}: Nothing is called “nope” here")


@pytest.mark.parametrize(
    ("block", "line"),
    [
        ("::: space {lines=3}\nLost.\n:::", 1),
        ("::: space {canvas=firm}\n- Lost.\n:::", 1),
        ("::: space {lines=3}\n::: participant\nLost.\n:::\n:::", 1),
        (f"{RATING}Lost.\n\n- Kept.\n:::", 1),
        (f"{RATING}- Kept.\n\nLost.\n:::", 3),
        (f"{RATING}1. Lost.\n:::", 1),
    ],
)
def test_text_that_no_space_prints_is_an_error_at_its_line(
    desk: Desk, block: str, line: int
) -> None:
    desk.module(block)
    [fault] = desk.faults()
    assert fault.startswith(f"modules/asking.md:{FIRST + line}")
    assert "A space is for a hand to write in: nothing is printed of this" in fault


def test_a_note_for_others_may_stand_in_a_space(desk: Desk) -> None:
    desk.module("::: space {lines=3}\n::: facilitator\nTwo minutes.\n:::\n:::")
    assert desk.html().count('class="line"') == 3


@pytest.mark.parametrize("name", ["firm", "ring-map", "plan", "ask-card"])
def test_every_canvas_can_be_called_for(desk: Desk, name: str) -> None:
    desk.module(f"::: space {{canvas={name}}}\n:::")
    assert f"canvas-{name}" in desk.html()


def test_a_canvas_has_the_clients_words(desk: Desk) -> None:
    desk.client("name: Test\nterms: {customer: house guest}\n")
    desk.module("::: space {canvas=plan}\n:::")
    assert "house guest" in desk.html()


def test_a_client_draws_a_canvas_of_its_own(desk: Desk) -> None:
    desk.write(
        "clients/test/templates/_shared/canvases/firm.html.j2",
        '<svg><title>{{ client.name }}</title></svg>{{ term("team") }}',
    )
    desk.module("::: space {canvas=firm}\n:::")
    assert "<svg><title>Test Ltd</title></svg>team" in desk.html()


def test_a_canvas_that_is_not_there_is_an_error_at_its_block(desk: Desk) -> None:
    desk.module("Text.\n\n::: space {canvas=frim}\n:::")
    [fault] = desk.faults()
    assert fault.startswith(f"modules/asking.md:{FIRST + 2}:")
    assert "Did you mean “firm”?" in fault


def test_a_row_is_left_out_with_the_words_that_name_it(desk: Desk) -> None:
    first = "One | {% if has('plan-30-60-90') %}My plan{% endif %} | Three"
    desk.module(f'::: space {{rows=4 columns="What | When" first="{first}"}}\n:::')
    assert rows(desk.html()) == [["One", ""], ["Three", ""], ["", ""]]


@pytest.mark.parametrize("count", [1, 2])
def test_a_table_goes_with_the_words_of_its_only_row(desk: Desk, count: int) -> None:
    first = "{% if has('plan-30-60-90') %}My plan{% endif %}"
    desk.module(f'Text.\n\n::: space {{rows={count} columns="What | When" first="{first}"}}\n:::')
    html = desk.html()
    assert html.count("<tbody>") == html.count("What</th>") == count - 1
