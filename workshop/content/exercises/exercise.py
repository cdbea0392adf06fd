"""Read an exercise out of its block: its minutes, its rounds, its steps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from workshop.content.block_tree import Block, Text
from workshop.content.doubts.doubtful_texts import STEP_MINUTES
from workshop.content.grammar.numbered_items import numbered_items
from workshop.content.vocabulary import NAME
from workshop.diagnostics import Location, Report


@dataclass(frozen=True)
class Step:
    """Holds the ideal minutes of a numbered step of an exercise, taken once or in each round."""

    minutes: int
    each_round: bool


@dataclass(frozen=True)
class Exercise:
    """Describes an exercise as its block does; all minutes but `minimum` are ideal ones.

    `builds_on` are the exercises and modules whose results its text takes up.
    """

    id: str
    title: str
    kind: str
    ideal: int
    minimum: int
    rounds: int
    round_minutes: int
    setup_minutes: int
    own_time_if_cut: bool
    steps: tuple[Step, ...]
    block: Block
    builds_on: tuple[str, ...] = ()


def read_exercise(block: Block, report: Report) -> Exercise:
    """Read an exercise out of its block; `report` gets what is wrong in its steps and minutes."""
    rounds, each = whole_number(block, "rounds"), whole_number(block, "round-minutes")
    setup = whole_number(block, "setup-minutes")
    ideal = setup + rounds * each if rounds else whole_number(block, "minutes")
    faults = Report()
    exercise = Exercise(
        id=block.id or "",
        title=str(block.options.get("title", "")),
        kind=str(block.options.get("kind", "")),
        ideal=ideal,
        minimum=whole_number(block, "min"),
        rounds=rounds,
        round_minutes=each,
        setup_minutes=setup,
        own_time_if_cut=block.options.get("if-cut") == "own-time",
        builds_on=tuple(re.findall(NAME, str(block.options.get("builds-on", "")))),
        steps=tuple(_steps(block, faults)),
        block=block,
    )
    if not faults.errors:  # steps without minutes cannot add up
        _check_steps(exercise, faults)
    _check_exercise(exercise, faults)
    report.extend(faults)
    return exercise


def _steps(block: Block, report: Report) -> Iterator[Step]:
    for text in block.children:
        if not isinstance(text, Text):
            continue
        lines = text.source.split("\n")
        for offset, start in numbered_items(text.source).items():
            match = STEP_MINUTES.match(lines[offset], start)
            if match:
                yield Step(int(match["minutes"]), bool(match["each"]))
            else:
                # The scanner does not say how much indentation it took off an indented block.
                column = start + 1 if block.location.column == 1 else None
                report.error(
                    "step-minutes",
                    "A numbered step of an exercise must begin with its minutes",
                    Location(text.location.path, (text.location.line or 1) + offset, column),
                    "Write `1. {3 min} …` or `2. {5 min each round} …`; other lists take bullets.",
                )


def _check_steps(exercise: Exercise, report: Report) -> None:
    place, name = exercise.block.location, f"“{exercise.title}”"
    once = sum(step.minutes for step in exercise.steps if not step.each_round)
    each_round = sum(step.minutes for step in exercise.steps if step.each_round)
    hint = "Change the minutes of its steps, or its options."
    if not exercise.steps:
        report.error(
            "no-steps",
            f"The exercise {name} has no numbered steps",
            place,
            "Write them as a numbered list: `1. {3 min} …`.",
        )
    elif exercise.rounds:
        for label, total, in_options in (
            ("each round", each_round, exercise.round_minutes),
            ("once", once, exercise.setup_minutes),
        ):
            if total != in_options:
                message = (
                    f"The steps of {name} taken {label} add up to {total} minutes, "
                    f"its options say {in_options}"
                )
                report.error("minutes", message, place, hint)
    elif each_round:
        hint = "Write rounds=… and round-minutes=… in the braces, or `{5 min}` at the step."
        report.error("minutes", f"{name} has steps for each round, but no rounds", place, hint)
    elif once != exercise.ideal:
        message = f"The steps of {name} add up to {once} minutes, its options say {exercise.ideal}"
        report.error("minutes", message, place, hint)


def _check_exercise(exercise: Exercise, report: Report) -> None:
    place, name = exercise.block.location, f"“{exercise.title}”"
    least = exercise.setup_minutes + exercise.rounds
    if exercise.rounds and 0 < exercise.minimum < least:
        report.error(
            "minutes",
            f"{name} has no minute left for each round at its minimum",
            place,
            f"Write min={least} or more, or min=0 to have it dropped.",
        )
    if not any(
        isinstance(node, Block) and node.kind == "purpose" for node in exercise.block.children
    ):
        report.error(
            "no-purpose",
            f"The exercise {name} does not say its purpose",
            place,
            "Add a block “::: purpose” of one or two sentences.",
        )


def whole_number(block: Block, option: str) -> int:
    """Return the number that an option of a block has, or 0."""
    value = block.options.get(option, 0)
    return value if isinstance(value, int) else 0
