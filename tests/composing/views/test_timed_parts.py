"""A module as whoever leads it reads it: on the clock, with notes, slides, materials, and late."""

from __future__ import annotations

import pytest

from tests.composing.conftest import HEAD, Desk, visible_text

PARTS = """
::: slide {title="Before it"}
::: facilitator
**Do** Wait.
:::
:::

::: input {title="A short talk" minutes=10 min=5}
Read in the workbook.

::: facilitator
**Say** Good morning.

**Ask** Who slept?
:::
:::

::: exercise {#ask title="One question" kind=trios rounds=3 round-minutes=10 setup-minutes=5 min=10}
::: purpose
To ask.
:::

1. {5 min} Form trios.
2. {10 min each round} Ask.

::: space {lines=2 label="What I heard"}
:::

::: case {name=story}
:::

::: facilitator
**Watch** The clock.
:::

::: debrief
- What did you hear?
:::
:::

::: slide {title="After it"}
:::

::: debrief {minutes=10 min=10}
- And now?

::: facilitator
**Do** Listen.
:::
:::

::: slide {title="At the end"}
:::
"""

CASE = """\
---
title: Story
---
Once.

::: facilitator
**Do** Tell it standing.
:::
"""

MATERIALS = """\
materials:
  - {item: Bell, each: room, count: 1}
  - {item: "Card for {{ client.name }}", for: ask, each: trio, count: 2, spare: 1}
"""

LED_HEAD = HEAD.replace("min: 30, ideal: 60", "min: 25, ideal: 55").replace(
    "suits:", MATERIALS + "suits:"
)

SHOWN = """
{% for module in modules %}{% for part in module.parts %}
[{{ part.kind }} {{ part.title }} {{ part.start | clock }}–{{ part.finish | clock }}
{{ part.minutes }} T: {{ part.text }} N: {{ part.notes }}
S: {% for slide in part.slides %}{{ slide.title }}({{ slide.notes }}){% endfor %}
M: {% for need in part.needs %}{{ need.quantity }}+{{ need.spare }} {{ need.item }}{% endfor %}
{% if part.exercise %}
R: {% for start in part.exercise.round_starts %}{{ start | clock }} {% endfor %}
{{ part.exercise.groups }} / {{ part.exercise.steps }}{% endif %}]
{% endfor %}
for the module: {% for need in module.needs %}{{ need.item }}{% endfor %}
suits: {{ module.suits | join(", ") }}
{% endfor %}
"""


@pytest.fixture
def led(desk: Desk) -> Desk:
    """An hour of talk, three rounds and a debrief, for a trainer's paper."""
    desk.write("modules/asking.md", LED_HEAD + PARTS)
    desk.write("modules/cases/story.md", CASE)
    desk.client("name: Test Ltd\ncohorts: {one: {headcount: 8}}\n")
    desk.page(SHOWN, "facilitator")
    return desk


def parts(desk: Desk) -> list[str]:
    return [part.strip() for part in visible_text(desk.html()).split("[")[1:]]


def test_parts_are_on_the_clock_with_their_notes_and_slides(led: Desk) -> None:
    talk, exercise, debrief = parts(led)
    assert talk == (
        "input A short talk 09:00–09:11 11 T: Read in the workbook. "
        "N: Say Good morning. Ask Who slept? S: Before it( Do Wait. )M: ]"
    )
    assert exercise.startswith("exercise One question 09:11–09:49 38 T: N: ")
    assert debrief.startswith("debrief 09:49–10:00 11 T: And now? N: Do Listen. ")


def test_an_exercise_has_its_groups_rounds_and_steps_without_its_spaces(led: Desk) -> None:
    exercise = parts(led)[1]
    assert "R: 09:16 09:27 09:38 2 trios and 1 pair / " in exercise
    assert "5 min Form trios. 3 × 11 min Ask." in exercise
    assert "What I heard" not in exercise
    assert "Once." not in exercise


def test_notes_in_a_case_are_with_the_exercise_that_calls_for_it(led: Desk) -> None:
    assert "N: Do Tell it standing. Watch The clock. S:" in parts(led)[1]


def test_a_slide_between_parts_is_shown_with_the_next_one(led: Desk) -> None:
    _, exercise, debrief = parts(led)
    assert "After it" not in exercise
    assert "S: After it()At the end()M:" in debrief


def test_materials_are_counted_where_they_are_needed(led: Desk) -> None:
    talk, exercise, debrief = parts(led)
    assert "M: 6+1 Card for Test Ltd" in exercise
    assert "Card" not in talk
    assert "for the module: Bell" in debrief


def test_the_kit_is_counted_for_the_day(led: Desk) -> None:
    led.page(
        "{% for need in kit %}{{ need.quantity }} {{ need.item }}; {% endfor %}", "participant"
    )
    assert visible_text(led.html()) == "1 Bell; 6 Card for Test Ltd;"


@pytest.mark.parametrize(
    ("audience", "suits"),
    [("facilitator", "asked to come"), ("sponsor", "asked to come"), ("participant", "")],
)
def test_only_trainer_and_sponsor_learn_for_whom_a_module_is(
    led: Desk, audience: str, suits: str
) -> None:
    programme = (led.root / "modules/programme.yaml").read_text("utf-8")
    more = programme.replace("{keen: asked to come}", "{keen: asked to come, sent: were sent}")
    led.write("modules/programme.yaml", more)
    led.client("name: Test Ltd\ncohorts: {one: {roster: people.csv}}\n")
    led.write("clients/test/people.csv", "name,segment\nAnna Berg,sent\n")
    led.page("{% for module in modules %}suits: {{ module.suits | join }}{% endfor %}", audience)
    assert visible_text(led.html()) == f"suits: {suits}".strip()


def test_a_module_that_is_for_everybody_says_nothing_of_it(led: Desk) -> None:
    assert "suits: asked" not in parts(led)[2]


def test_a_participant_s_paper_has_none_of_the_notes(led: Desk) -> None:
    led.page(SHOWN, "participant")
    talk, exercise, debrief = parts(led)
    for words in ("Good morning", "Wait.", "Tell it standing", "The clock", "Listen"):
        assert words not in talk + exercise + debrief
    assert "Before it" not in talk


LATE = """
{% for module in modules %}{% for way in late(module.name) %}
{{ way.late }} {{ way.start | clock }}:
{% for cut in way.cuts %}
{{ cut.number }} {{ cut.title }} {{ cut.planned }}-{{ cut.minutes }} ({{ cut.round_minutes }})
{% endfor %}
{% for line in way.lines %}
{{ line.start | clock }} {{ line.title }}
{% endfor %}
{{ way.over }} {{ way.finish | clock }};
{% endfor %} can give {{ reserve(module.name) }}{% endfor %}
"""


def test_running_late_is_told_with_the_new_clock(led: Desk) -> None:
    # The only module is the last one, and the last one is never cut.
    led.page(LATE, "facilitator")
    text = visible_text(led.html())
    assert text == (
        "10 09:10: 09:10 Asking 10 10:10; 20 09:20: 09:20 Asking 20 10:20; "
        "30 09:30: 09:30 Asking 30 10:30; can give 0"
    )


def test_a_module_before_the_last_gives_parts_by_their_numbers(led: Desk) -> None:
    close = HEAD.replace("Asking", "Closing").replace("min: 30, ideal: 60", "min: 5, ideal: 5")
    led.write("modules/closing.md", close + "\n::: debrief {minutes=5 min=5}\n- And?\n:::\n")
    programme = (led.root / "modules/programme.yaml").read_text("utf-8")
    led.write(
        "modules/programme.yaml",
        programme.replace("[{module: asking}]", "[{module: asking}, {module: closing}]"),
    )
    led.page(LATE, "facilitator")
    text = visible_text(led.html())
    assert "10 09:10: 1.1 One question 35-25 (7) 09:10 Asking 09:55 Closing 0 10:00;" in text
    assert "can give 30" in text


def test_a_misspelt_module_is_a_fault_of_the_template(led: Desk) -> None:
    led.page("{% for way in late('askin') %}{% endfor %}", "facilitator")
    [fault] = led.faults()
    assert "This day has no module “askin” Did you mean “asking”?" in fault
