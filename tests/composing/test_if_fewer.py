"""What is done instead of an exercise that needs more people."""

from __future__ import annotations

import workshop
from tests.composing.conftest import EXERCISE, Desk, visible_text
from tests.conftest import READINGS

ALONE = """
::: exercise {#one-question title="One question" kind=pairs minutes=60 min=30}
::: purpose
To ask.
:::

First a word.

1. {40 min} Ask your partner.

   And wait.
2. {20 min} Change over.

Last a word{% if groups_of(3) %}, in threes{% endif %}.

::: if-fewer
Ask the trainer.

::: facilitator
**Do** Answer.
:::
:::

::: space {lines=2 label="What I heard"}
:::

::: facilitator
**Do** Pair them.
:::
:::
"""


def in_groups_of(desk: Desk, headcount: int, audience: str = "participant") -> str:
    desk.client(f"name: Test Ltd\ncohorts: {{day: {{headcount: {headcount}}}}}\n")
    desk.page(
        "{% for one in modules %}{{ one.body }}{{ one.exercises[0].note }}{% endfor %}", audience
    )
    return visible_text(desk.html())


def warnings(desk: Desk) -> list[str]:
    plan = workshop.plan(workshop.load(desk.root, "test", READINGS), documents=["page"])
    return [
        f"{fault.location}".replace(f"{desk.root.as_posix()}/", "")
        + f": {fault.message} {fault.hint}"
        for fault in plan.warnings
        if fault.code == "too-few"
    ]


def test_it_stands_in_the_place_of_the_steps_alone(desk: Desk) -> None:
    desk.module("", ALONE)
    page = in_groups_of(desk, 1)
    assert "Ask the trainer." in page
    assert not [words for words in ("partner", "And wait", "Change over") if words in page]
    order = ["First a word.", "Ask the trainer.", "Last a word", "What I heard"]
    assert sorted(order, key=page.index) == order
    assert "Pair them" not in page


def test_enough_people_read_the_steps_alone(desk: Desk) -> None:
    desk.module("", ALONE)
    page = in_groups_of(desk, 3)
    assert "Ask your partner." in page
    assert "Ask the trainer" not in page
    assert "Last a word, in threes." in page


def test_the_trainer_s_notes_are_those_of_what_is_done(desk: Desk) -> None:
    desk.module("", ALONE)
    assert "Answer." in in_groups_of(desk, 1, "facilitator")
    assert "Pair them." not in in_groups_of(desk, 1, "facilitator")
    assert "Pair them." in in_groups_of(desk, 2, "facilitator")
    assert "Answer." not in in_groups_of(desk, 2, "facilitator")


def test_too_few_people_and_nothing_instead_are_told_at_the_exercise(desk: Desk) -> None:
    desk.module("", EXERCISE)
    in_groups_of(desk, 1)
    [told] = warnings(desk)
    assert told.startswith("modules/asking.md:")
    assert "“One question” takes 2 people at least, and day has 1 person" in told
    assert "::: if-fewer" in told
    in_groups_of(desk, 2)
    assert warnings(desk) == []
    desk.module("", ALONE)
    in_groups_of(desk, 1)
    assert warnings(desk) == []


def test_the_nearest_of_several_counts(desk: Desk) -> None:
    five = ALONE.replace(
        "::: if-fewer\n", "::: if-fewer {than=5}\nAsk in turn.\n:::\n\n::: if-fewer\n", 1
    )
    desk.module("", five)
    assert "Ask the trainer." in in_groups_of(desk, 1)
    assert "Ask in turn." not in in_groups_of(desk, 1)
    assert "Ask in turn." in in_groups_of(desk, 4)
    assert "Ask your partner." in in_groups_of(desk, 5)


def test_groups_are_named_in_exercises_for_groups_alone(desk: Desk) -> None:
    desk.module("", EXERCISE.replace("{40 min} Ask.", "{40 min} Form {{ groups() }}."))
    assert "Form pairs, with one trio." in in_groups_of(desk, 13)
    assert "Form pairs." in in_groups_of(desk, 12)
    assert "Form one trio." in in_groups_of(desk, 3)
    desk.module("In {{ groups() }}.")
    desk.page("{{ modules[0].intro }}")
    [told] = desk.faults()
    assert "Only what stands in an exercise for groups can name these" in told
