"""What people do in an exercise, as its blocks say it, and the symbols for it."""

from __future__ import annotations

import pytest

from tests.composing.conftest import Desk, visible_text
from workshop.composing.views.activities import ACTIVITIES
from workshop.limits import GROUP_SIZE

CARDS = """\
::: cards {title="Roles" each=pair}
::: card {title="Asker"}
Ask.
:::
:::
"""
SPACE = "::: space {lines=2}\n:::\n"
POSTER = '::: slide {title="Ask" layout=points on=wall}\n- Wait\n:::\n'
SHOWN = (
    "{% for one in modules[0].exercises %}{{ one.activities | join(' ') or 'nothing' }}{% endfor %}"
)


def exercise(blocks: str, kind: str = "individual") -> str:
    head = f'::: exercise {{#one-question title="Ask" kind={kind} minutes=60 min=30}}'
    return f"{head}\n::: purpose\nTo ask.\n:::\n\n1. {{60 min}} Ask.\n\n{blocks}:::\n"


def done_in(
    desk: Desk, blocks: str, kind: str = "individual", audience: str = "participant"
) -> str:
    desk.module("", exercise(blocks, kind))
    desk.page(SHOWN, audience)
    return visible_text(desk.html())


@pytest.mark.parametrize(
    ("blocks", "kind", "done"),
    [
        ("", "individual", "nothing"),
        ("", "trios", "talk"),
        (SPACE, "individual", "write"),
        (CARDS, "individual", "cards"),
        (f"{CARDS}::: participant\n{SPACE}:::\n", "pairs", "talk write cards"),
    ],
)
def test_it_is_what_the_blocks_are_for(desk: Desk, blocks: str, kind: str, done: str) -> None:
    assert done_in(desk, blocks, kind) == done


def test_what_the_case_holds_counts(desk: Desk) -> None:
    desk.write(
        "modules/cases/role.md", "---\ntitle: A role\n---\n::: space {lines=2}\n:::\n\n" + CARDS
    )
    assert done_in(desk, "::: case {name=role}\n:::\n") == "write cards"


def test_a_poster_counts_where_posters_are_printed(desk: Desk) -> None:
    # Also for participants, whose papers have no slides.
    assert done_in(desk, POSTER) == "wall"
    desk.client("name: Test Ltd\ndocuments: {exclude: [posters]}\n")
    assert done_in(desk, POSTER) == "nothing"


def test_there_is_a_symbol_for_all_that_can_be_said(desk: Desk) -> None:
    drawn = {
        *(f"does-{activity}" for activity in ACTIVITIES),
        *(f"seats-{people}" for people in range(1, GROUP_SIZE.most + 1)),
        "seats-room",
    }
    desk.page(
        '{% import "_shared/symbols.svg.j2" as symbols with context %}'
        "{% for name in symbols.names %}"
        "{{ name }}:{{ symbols.symbol(name).count('<svg') }} {% endfor %}"
    )
    assert set(visible_text(desk.html()).split()) == {f"{name}:1" for name in drawn}


def test_words_say_what_symbols_show(desk: Desk) -> None:
    desk.module("", exercise(SPACE, "pairs"))
    desk.client("name: Test Ltd\ncohorts: {day: {headcount: 8}}\n")
    html = desk.html()
    assert '<span class="symbol seats-2"></span> In pairs' in html
    assert '<span class="symbol does-talk"></span> talk' in html
    assert '<span class="symbol does-write"></span> write' in html
