"""Exercises, steps, cases and cards as a document prints them."""

from __future__ import annotations

import re

import pytest

from tests.composing.conftest import FIRST, HEAD, PROGRAMME, Desk, visible_text


def step_minutes(html: str) -> list[str]:
    """Return what is printed at each numbered step."""
    return re.findall(r'<li><span class="step-minutes">(.*?)</span>', html)


IN_ROUNDS = """
::: exercise {#one-question title="Ask" kind=trios rounds=3 round-minutes=18 setup-minutes=6 min=30}
::: purpose
To ask.
:::

1. {6 min} Form trios.
2. {12 min each round} Ask.
3. {6 min each round} Change over.
:::
"""


def test_every_step_has_its_minutes_in_front(desk: Desk) -> None:
    html = desk.html()
    assert step_minutes(html) == ["40 min", "20 min"]
    assert '<li><span class="step-minutes">40 min</span>Ask.</li>' in html
    assert "{40 min}" not in html


def test_steps_are_scaled_to_the_minutes_of_the_day(desk: Desk) -> None:
    desk.client("name: Test\nvariant: short\n")
    assert step_minutes(desk.html()) == ["20 min", "10 min"]


def test_steps_of_a_round_say_how_often(desk: Desk) -> None:
    desk.module("", IN_ROUNDS)
    assert step_minutes(desk.html()) == ["6 min", "3 × 12 min", "3 × 6 min"]


def test_scaled_rounds_still_add_up(desk: Desk) -> None:
    desk.module("", IN_ROUNDS)
    desk.client("name: Test\nvariant: short\n")
    printed = re.findall(r"(?:(\d) × )?(\d+) min", " ".join(step_minutes(desk.html())))
    minutes = [int(times or 1) * int(each) for times, each in printed]
    assert len(minutes) == 3
    assert sum(minutes) == 30


def test_numbers_outside_an_exercises_own_text_are_no_steps(desk: Desk) -> None:
    desk.module("1. Not a step.\n\n::: participant\n1. Nor this.\n:::")
    html = desk.html()
    assert step_minutes(html) == ["40 min", "20 min"]
    assert "<li>Not a step.</li>" in html


def test_steps_go_on_behind_a_space_with_the_number_that_is_written(desk: Desk) -> None:
    desk.module(
        "",
        """
::: exercise {#one title="One" kind=pairs minutes=60 min=30}
::: purpose
Why.
:::
Take your time:
1) {10 min} Tie it.
2) {20 min} Look at it.

::: space {lines=2}
:::

3) {30 min} Show it.
:::
""",
    )
    html = desk.html()
    assert step_minutes(html) == ["10 min", "20 min", "30 min"]
    assert html.count('<li><span class="step-minutes">') == 3
    assert '<ol start="3">' in html


def test_a_value_and_minutes_stand_in_one_step(desk: Desk) -> None:
    desk.client("name: '*A* & B'\n")
    desk.module(
        "",
        """
::: exercise {#one title="One" kind=pairs minutes=60 min=30}
::: purpose
Why.
:::
1. {60 min} Ask **{{ client.name }}**
   about {{ ref("one") }}.
:::
""",
    )
    [step] = re.findall(r"<li>(.*?)</li>", desk.html(), re.DOTALL)
    assert step.startswith(
        '<span class="step-minutes">60 min</span>Ask <strong>*A* &amp; B</strong>'
    )
    assert 'about <span class="ref">exercise\u00a01.1' in step


TWO_EXERCISES = """
::: exercise {#first title="First" kind=pairs minutes=30 min=30}
::: purpose
Why.
:::
1. {30 min} Ask.
:::

::: exercise {#second title="Second {{ client.name }}" kind=pairs minutes=30 min=0 IF-CUT}
::: purpose
Why not.
:::
1. {30 min} Change over.
:::
"""


def test_an_exercise_the_day_has_no_time_for_is_left_out(desk: Desk) -> None:
    desk.client("name: Test\nvariant: short\n")
    desk.module('See {{ ref("second") }}.', TWO_EXERCISES.replace(" IF-CUT", ""))
    html = desk.html("participant-workbook")
    assert 'id="exercise-first"' in html
    assert 'id="exercise-second"' not in html
    assert "See “Second Test” ." in visible_text(html)


def test_an_exercise_for_the_participants_own_time_keeps_its_number_and_minutes(
    desk: Desk,
) -> None:
    desk.client("name: Test\nvariant: short\n")
    desk.module('See {{ ref("second") }}.', TWO_EXERCISES.replace("IF-CUT", "if-cut=own-time"))
    desk.page(
        "{% for exercise in modules[0].exercises %}"
        "{{ exercise.number }} {{ exercise.minutes }} {{ exercise.own_time }}; {% endfor %}"
        "{{ modules[0].body }}"
    )
    html = desk.html()
    assert "1.1 30 False; 1.2 30 True;" in html
    assert step_minutes(html) == ["30 min", "30 min"]
    assert "In your own time" in html


def test_what_is_read_before_the_first_exercise_is_the_intro(desk: Desk) -> None:
    desk.write(
        "modules/asking.md",
        (desk.root / "modules/asking.md").read_text("utf-8").replace("---\n\n\n", "---\nBefore.\n")
        + "\nAfter.\n",
    )
    desk.page("{% for m in modules %}[{{ m.intro }}][{{ m.body }}]{% endfor %}")
    intro, body = desk.html().split("][")
    assert "Before." in intro
    assert "After." not in intro
    assert "After." in body
    assert "One question" in body


def test_an_input_without_minutes_on_this_day_is_left_out_with_its_text(desk: Desk) -> None:
    talk = '::: input {title="Talk" minutes=30 min=0}\nSpoken words.\n:::\n'
    exercise = TWO_EXERCISES.partition("\n::: exercise {#second")[0]
    desk.module(talk, exercise)
    assert "Spoken words." in desk.html()
    desk.client("name: Test\nvariant: short\n")
    assert "Spoken words." not in desk.html()


def test_groups_are_those_of_the_real_headcount(desk: Desk) -> None:
    desk.client("name: Test\ncohorts: {one: {headcount: 7}}\n")
    desk.page("{{ modules[0].exercises[0].groups }}")
    assert "1 trio and 2 pairs" in desk.html()


def test_headings_nest_below_what_they_stand_in(desk: Desk) -> None:
    desk.write("modules/cases/story.md", "---\ntitle: Story\n---\n# Part\n")
    desk.module("# Outside\n\n## Below\n\n::: case {name=story}\n:::")
    html = desk.html()
    for heading in (
        "<h2>Outside</h2>",
        "<h3>Below</h3>",
        '<h2 class="case-title">Story</h2>',
        "<h3>Part</h3>",
    ):
        assert heading in html


CASE = "---\ntitle: The tale of {{ client.name }}\n---\nOnce, at {{ client.name }}.\n"
IN_CASE = """
::: exercise {#one title="One" kind=pairs minutes=60 min=30}
::: purpose
Why.
:::
1. {60 min} Read.
::: case {name=story}
:::
:::
"""


def test_a_case_is_printed_where_it_is_called_for(desk: Desk) -> None:
    desk.write("modules/cases/story.md", CASE)
    desk.module("", IN_CASE)
    text = visible_text(desk.html())
    assert "The tale of Test Ltd Once, at Test Ltd." in text


def test_a_client_replaces_a_case(desk: Desk) -> None:
    desk.write("modules/cases/story.md", CASE)
    desk.write("clients/test/cases/story.md", "---\ntitle: Ours\n---\nOur own.\n")
    desk.module("", IN_CASE)
    html = desk.html()
    assert "Our own." in html
    assert "Once, at" not in html


def test_a_wrong_word_in_a_case_is_told_in_the_cases_file(desk: Desk) -> None:
    desk.write("modules/cases/story.md", CASE + "\n{{ nope }}\n")
    desk.module("", IN_CASE)
    [fault] = desk.faults()
    assert fault.startswith("modules/cases/story.md:6: Nothing is called “nope” here")


CARDS = """
::: cards {title="Deck of {{ client.name }}" each=EACH}
::: card {title="Ace"}
High **card**.

# Rule
:::
::: card
Low card.
:::
:::
"""
WITH_CARDS = IN_CASE.replace("::: case {name=story}\n:::\n", CARDS)


@pytest.mark.parametrize(
    ("each", "sets"), [("room", 1), ("person", 14), ("pair", 7), ("trio", 5), ("group", 3)]
)
def test_cards_come_in_as_many_sets_as_the_group_needs(desk: Desk, each: str, sets: int) -> None:
    desk.client("name: Test Ltd\ncohorts: {one: {headcount: 14}}\n")
    desk.module("", WITH_CARDS.replace("EACH", each))
    assert f'<div class="set">Deck of Test Ltd: {sets}\n' in desk.html()


def test_cards_are_on_the_exercise_sheets_and_nowhere_else(desk: Desk) -> None:
    desk.module("", WITH_CARDS.replace("EACH", "pair"))
    sheets = desk.html("exercises")
    assert "High <strong>card</strong>." in sheets
    assert "<h3>Rule</h3>" in sheets
    assert "High" not in desk.html("participant-workbook")


@pytest.mark.parametrize("inside", ["", "::: participant\n"])
def test_cards_in_a_case_are_cut_out_too(desk: Desk, inside: str) -> None:
    deck = inside + CARDS.replace("EACH", "pair") + (":::\n" if inside else "")
    desk.write("modules/cases/story.md", f"---\ntitle: Story\n---\n{deck}")
    desk.module("", IN_CASE)
    html = desk.html("exercises")
    assert "Low card." in html
    # The case is nothing but cards: it has no place on the sheet itself.
    assert '<h3 class="case-title">Story</h3>' not in html


@pytest.mark.parametrize("around", ["", '::: input {title="Talk" minutes=1 min=1}\n'])
def test_cards_that_no_sheet_would_print_are_an_error(desk: Desk, around: str) -> None:
    cards = CARDS.replace("EACH", "pair").strip()
    body = around + cards + ("\n:::" if around else "")
    minutes = IN_CASE.replace("60", "59").replace("30", "29") if around else IN_CASE
    desk.write("modules/cases/story.md", "---\ntitle: Story\n---\n")
    desk.module(body, minutes)
    line = FIRST + around.count("\n")
    assert desk.faults() == [
        f"modules/asking.md:{line}:1: These cards stand in no exercise, so no sheet would print "
        "them Move them, or the case they come from, into an exercise."
    ]


def test_words_beside_the_cards_of_a_set_are_an_error(desk: Desk) -> None:
    desk.module("", WITH_CARDS.replace("EACH}\n", "pair}\nLost words.\n"))
    [fault] = desk.faults()
    assert "Nothing is printed of what stands beside the cards of a set" in fault


DEBRIEFED = """
::: exercise {#first title="First" kind=pairs minutes=30 min=30}
::: purpose
Why.
:::
1. {30 min} Ask.

::: debrief
- In pairs?
:::
:::

::: slide {title="And now?"}
:::

::: debrief {minutes=10 min=10}
- In the room?
:::

::: debrief {minutes=5 min=5}
- And then?
:::

::: exercise {#second title="Second" kind=pairs minutes=10 min=10}
::: purpose
Why not.
:::
1. {10 min} Ask.
:::

A word between.

::: debrief {minutes=5 min=5}
- What of the day?
:::
"""


def test_a_debrief_belongs_to_the_exercise_right_before_it(desk: Desk) -> None:
    desk.write("modules/asking.md", HEAD.replace("min: 30", "min: 60") + "To begin.\n" + DEBRIEFED)
    desk.page(
        "{% for module in modules %}{{ module.intro }} @ {{ module.body }} @ "
        "{% for exercise in module.exercises %}{{ exercise.title }}: {{ exercise.room }};"
        "{% endfor %}{% endfor %}"
    )
    intro, body, exercises = visible_text(desk.html()).split(" @ ")
    assert intro == "To begin."
    assert exercises == "First: In the room? And then? ;Second: ;"
    for words in ("In the room?", "And then?", "A word between.", "What of the day?"):
        assert body.count(words) == 1
    assert body.index("And then?") < body.index("Second") < body.index("Debrief What of the day?")


def test_a_programme_says_which_modules_teach_nothing(desk: Desk) -> None:
    desk.page("{% for module in modules %}{{ module.name }} {{ module.teaches }}{% endfor %}")
    assert visible_text(desk.html()) == "asking True"
    desk.write("modules/programme.yaml", PROGRAMME + "frame: [asking]\n")
    assert visible_text(desk.html()) == "asking False"
