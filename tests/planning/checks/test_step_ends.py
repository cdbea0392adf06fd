"""When steps end, and notes for the trainer that say another minute."""

from __future__ import annotations

from pathlib import Path

import pytest

from workshop.content.block_scanner import scan
from workshop.content.block_tree import Block
from workshop.content.exercises.exercise import Exercise, Step
from workshop.content.exercises.minute_bounds import Timed
from workshop.content.module import TimedPart
from workshop.diagnostics import Report
from workshop.planning.checks.step_ends import _check_part, step_ends
from workshop.planning.day import PlannedExercise, PlannedPart

STEPS = (Step(1, False), Step(5, False), Step(4, False), Step(2, False))
PATH = Path("modules/asking.md")


def planned(note: str, minutes: tuple[int, ...] = (1, 5, 4, 2), rounds: int = 0) -> PlannedPart:
    """Return an exercise of four steps with a note that begins in line 3."""
    fence = '::: exercise {#a title="Ask" kind=pairs minutes=12 min=6}\n'
    text = f"{fence}::: facilitator\n{note}\n:::\n:::\n"
    [block] = scan(text, PATH, Report())
    assert isinstance(block, Block)
    steps = tuple(Step(step.minutes, bool(rounds)) for step in STEPS)
    exercise = Exercise("a", "Ask", "pairs", 12, 6, rounds, 12, 0, False, steps, block)
    part = PlannedExercise(exercise, "1.1", sum(minutes), 0, 12, minutes, False, ())
    return PlannedPart(TimedPart(Timed(12, 6), block, exercise), sum(minutes), part)


def told(part: PlannedPart) -> list[str]:
    report = Report()
    _check_part(part, {}, "spring", {}, report)
    return [f"{fault.location}: {fault.message}. {fault.hint}" for fault in report]


def test_steps_end_one_after_the_other_and_steps_of_a_round_in_each_round() -> None:
    once = planned("")
    assert once.exercise
    assert step_ends(once.exercise) == (1, 6, 10, 12)
    in_rounds = planned("", rounds=3)
    assert in_rounds.exercise
    assert step_ends(in_rounds.exercise) == (1, 6, 10, 12)


@pytest.mark.parametrize(
    "note",
    [
        "**Do** Call the time at one, six and ten minutes.",
        "**Do** Call “next” after 6 min, after ten “last”. Stop at minute 12.",
        "**Do** Wait until six minutes have gone.",
        "**Say** They asked about me for ten minutes. Take eight minutes, or 5 minutes each.",
        "**Do** After two minutes of silence, stop. Come back at three.",
        "**Do** Call “next” at {{ mark(2) }} and after {{ mark(3) | in_words }} minutes.",
        "**Say** At five in the morning, after three days, at half past ten.",
        "**Do** With seven minutes, give them four, one and two.",
    ],
)
def test_marks_that_are_right_and_other_minutes_are_nobodys_concern(note: str) -> None:
    assert told(planned(note)) == []


@pytest.mark.parametrize(
    ("note", "words", "hint"),
    [
        ("Stop them at 9 min.", "at 9 min", "mark(2) + 3"),
        ("Check after fifteen minutes.", "after fifteen minutes", "mark(4) + 3"),
        ("Call “next” (minute 8).", "minute 8", "mark(2) + 2"),
        ("Tell them when seven minutes have gone.", "seven minutes have gone", "mark(2) + 1"),
        (
            "Call “next”\nat one, seven\nand ten minutes.",
            "at one, seven and ten minutes",
            "mark(2)",
        ),
        ("At six minutes call “last”, and “out” after eleven.", "after eleven", "mark(3) + 1"),
        ("Call “last” at five and “out” at ten.", "at five", "mark(1) + 4"),
        ("By twenty-one minutes all have it.", "By twenty-one minutes", "mark(4) + 9"),
    ],
)
def test_a_mark_at_which_no_step_ends_is_told(note: str, words: str, hint: str) -> None:
    [fault] = told(planned(f"**Do** {note}"))
    assert fault.split(": ", 1)[1].startswith(
        f"“{words}” is not when a step of “Ask” ends in spring; its steps end after 1, 6, 10, 12"
    )
    assert f"{{{{ {hint}" in fault


def test_a_mark_is_that_of_its_step_on_a_day_with_other_minutes() -> None:
    [fault] = told(planned("**Do** Call “next”\nafter six minutes.", (1, 3, 2, 6)))
    assert fault == (
        "modules/asking.md:4: “after six minutes” is not when a step of “Ask” ends in spring; "
        "its steps end after 1, 4, 6, 12 minutes. Write {{ mark(2) }}."
    )


def test_in_a_part_without_steps_a_mark_is_too_late_only_after_its_end() -> None:
    [block] = scan(
        '::: input {title="Talk" minutes=5 min=5}\n::: facilitator\n'
        "After three minutes, ask. At 8 minutes stop.\n:::\n:::\n",
        PATH,
        Report(),
    )
    assert isinstance(block, Block)
    part = PlannedPart(TimedPart(Timed(5, 5), block, None), 5, None)
    [fault] = told(part)
    assert "“At 8 minutes” is later than the end of this part of 5 minutes in spring" in fault
