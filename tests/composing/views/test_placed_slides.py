"""Slides as the room and the facilitator get them, and nobody else does."""

from __future__ import annotations

import pytest

from tests.composing.conftest import EVERYTHING, Desk, as_read, visible_text
from workshop.content.audiences import AUDIENCES

SHOWN = """
{% macro show(slides) %}
{% for slide in slides %}
[{{ slide.id }} {{ slide.title }} {{ slide.layout }} {{ slide.on }} {{ slide.inside }}
{{ slide.body }} / {{ slide.notes }}]
{% endfor %}
{% endmacro %}
{% for module in modules %}
{{ show(module.slides) }}
{% for exercise in module.exercises %}({{ exercise.id }}) {{ show(exercise.slides) }}
{% endfor %}{% endfor %}
"""

SLIDE = """
::: slide {{title="{0}"}}
Shown with {0}.
::: facilitator
Said with {0}.
:::
:::
"""

PARTS = f"""
{SLIDE.format("first")}

::: input {{title="Talk" minutes=10 min=0}}
{SLIDE.format("talk")}
:::
"""

EXERCISES = f"""
::: exercise {{#one-question title="One question" kind=pairs minutes=30 min=30}}
::: purpose
To ask.
:::
1. {{30 min}} Ask.
{SLIDE.format("asking")}
:::

{SLIDE.format("between")}

::: exercise {{#another title="Another" kind=pairs minutes=10 min=0}}
::: purpose
To ask again.
:::
1. {{10 min}} Ask.
{SLIDE.format("again")}
:::

::: debrief {{minutes=10 min=0}}
- And now?
{SLIDE.format("after")}
:::
"""
EVERY = ("first", "talk", "asking", "between", "again", "after")


@pytest.fixture
def shown(desk: Desk) -> Desk:
    """A workspace whose module has slides in every place, on a page that prints them."""
    desk.module(PARTS, EXERCISES)
    desk.page(SHOWN, "room")
    return desk


def in_order(text: str) -> list[str]:
    """Return which slide or exercise comes after which."""
    marks = {f"asking-{number} {title} ": title for number, title in enumerate(EVERY, 1)}
    marks |= {"(one-question)": "EXERCISE 1", "(another)": "EXERCISE 2"}
    return [
        marks[mark] for mark in sorted((mark for mark in marks if mark in text), key=text.index)
    ]


def test_slides_come_in_the_order_in_which_they_are_shown(shown: Desk) -> None:
    assert in_order(visible_text(shown.html())) == [
        "first", "talk", "EXERCISE 1", "asking", "between", "EXERCISE 2", "again", "after",
    ]  # fmt: skip


def test_slides_of_what_the_day_leaves_out_go_with_it_and_keep_their_numbers(shown: Desk) -> None:
    shown.client("name: Test\nvariant: short\n")
    text = visible_text(shown.html())
    assert in_order(text) == ["first", "EXERCISE 1", "asking", "between"]
    assert "[asking-4 between points screen False" in text


def test_a_slide_says_whether_it_stands_in_its_exercise(shown: Desk) -> None:
    text = visible_text(shown.html())
    assert [title for title in EVERY if f"{title} points screen True" in text] == [
        "asking",
        "again",
    ]


def test_the_room_sees_the_slide_and_the_facilitator_the_notes_as_well(shown: Desk) -> None:
    room = visible_text(shown.html())
    shown.page(SHOWN, "facilitator")
    facilitator = visible_text(shown.html())
    for title in EVERY:
        assert f"Shown with {title}. / ]" in room
        assert f"Shown with {title}. / Said with {title}. ]" in facilitator
    assert "Said with" not in room


@pytest.mark.parametrize("audience", ["participant", "manager", "sponsor"])
def test_nobody_elses_documents_have_slides_to_print(shown: Desk, audience: str) -> None:
    shown.page(SHOWN + EVERYTHING, audience)
    html = shown.html()
    assert "To ask again." in html
    assert "Shown with" not in html
    assert "Said with" not in html


@pytest.mark.parametrize("audience", AUDIENCES)
def test_a_slide_is_never_part_of_a_modules_text(shown: Desk, audience: str) -> None:
    shown.page(EVERYTHING, audience)
    html = shown.html()
    assert "To ask again." in html
    assert "Shown with" not in html
    assert "Said with" not in html


@pytest.mark.parametrize(
    ("opening", "message"),
    [
        ("::: slide", "“slide” needs the option “title”"),
        ("::: slide {title=A layout=bullets}", "“layout” takes one of statement, question, points"),
        ("::: slide {title=A on=paper}", "“on” takes one of screen, wall, both"),
        ("::: slide {#one title=A}", "“slide” takes no id"),
    ],
)
def test_a_slide_that_is_wrong_is_told(desk: Desk, opening: str, message: str) -> None:
    desk.module(f"{opening}\nText.\n:::\n")
    [fault] = desk.faults()
    assert message in fault


def test_a_space_cannot_stand_on_a_slide(desk: Desk) -> None:
    desk.module("::: slide {title=A}\n::: space {lines=2}\n:::\n:::\n")
    [fault] = desk.faults()
    assert "“space” cannot stand in “slide”" in fault


def test_the_deck_sends_to_the_workbook_of_a_client_who_has_one(shown: Desk) -> None:
    assert visible_text(shown.html("slides")).count("workbook page") == 2
    shown.client("name: Test\ndocuments: {only: [slides]}\n")
    assert "workbook page" not in visible_text(shown.html("slides"))


def test_a_break_says_when_to_be_back_and_another_item_when_it_is(shown: Desk) -> None:
    break_ = "breaks: {Word from the top: {minutes: 15, after: asking%s}}\n"
    times = "name: Test\ntimes: {finish: '10:15'}\n"
    shown.client(times + break_ % "")
    deck = visible_text(as_read(shown.copies("slides")[0]))
    assert "Word from the top Back at 10:15" in deck
    shown.client(times + break_ % ", back: false")
    deck = visible_text(as_read(shown.copies("slides")[0]))
    assert "Word from the top 10:00 to 10:15" in deck
    assert "Back at" not in deck


WALLS = """
::: slide {title="Seen by all" on=both}
:::

::: slide {title="On the wall alone" on=wall}
:::
"""


def test_what_is_for_the_wall_is_on_the_posters_and_what_is_for_the_screen_in_the_deck(
    shown: Desk,
) -> None:
    shown.module(PARTS + WALLS, EXERCISES)
    deck, posters = visible_text(shown.html("slides")), visible_text(shown.html("posters"))
    assert [words in deck for words in ("Shown with first", "Seen by all", "On the wall")] == [
        True, True, False,
    ]  # fmt: skip
    assert [words in posters for words in ("Shown with first", "Seen by all", "On the wall")] == [
        False, True, True,
    ]  # fmt: skip


def test_an_exercise_left_for_the_participants_own_time_is_not_shown(shown: Desk) -> None:
    own_time = EXERCISES.replace(
        "minutes=10 min=0}\n::: purpose", "minutes=10 min=0 if-cut=own-time}\n::: purpose"
    )
    shown.module(PARTS, own_time)
    shown.client("name: Test\nvariant: short\n")
    deck = visible_text(shown.html("slides"))
    assert "Another" in visible_text(shown.html("participant-workbook"))
    assert "Shown with asking." in deck
    assert "Another" not in deck
    assert "Shown with again." not in deck


def test_the_day_s_end_has_a_line_of_its_own_where_it_is_asked_for(desk: Desk) -> None:
    line = "[{{ entry.start | clock }} {{ entry.title }} {{ entry.finish }}]"
    loop = f"{{% for entry in agenda_to_finish %}}{line}{{% endfor %}}"
    desk.page(loop + " {{ agenda | length }}")
    assert visible_text(desk.html()) == "[09:00 Asking False][10:00 Finish True] 1"


DIAGRAM = """
::: diagram {{kind=stairs}}
- **Aim** what
- {{% if {0} %}}**Tried** before{{% endif %}}
:::

::: slide {{title="Pictured" layout=diagram on=both}}
{1}
:::
"""


@pytest.mark.parametrize("audience", ["room", "facilitator"])
def test_a_slide_goes_with_the_diagram_that_it_shows(desk: Desk, audience: str) -> None:
    desk.page(SHOWN, audience)
    for condition, text, expected in (("true", "", 1), ("false", "", 0), ("false", "Look.", 1)):
        desk.module(DIAGRAM.format(condition, text) + SLIDE.format("other"))
        html = visible_text(desk.html())
        assert html.count("Pictured") == expected
        # The others keep their numbers.
        assert "asking-2 other points" in html


def test_no_slide_and_no_poster_is_left_with_a_title_alone(desk: Desk) -> None:
    desk.client("name: Test\ndocuments: {only: [slides, posters, facilitator-guide]}\n")
    for condition, expected in (("true", True), ("false", False)):
        desk.module(DIAGRAM.format(condition, ""))
        for document in ("slides", "posters", "facilitator-guide"):
            assert ("Pictured" in desk.html(document)) == expected
