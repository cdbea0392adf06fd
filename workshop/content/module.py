"""A module's file into its front matter, its block tree and the parts its minutes are made of."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from workshop.content.block_tree import Block, Node, Text, scan
from workshop.content.front_matter import FrontMatter
from workshop.content.minute_bounds import Minutes, Timed
from workshop.content.source_file import parse_source
from workshop.content.yaml.files import YamlSource, read_text, validate
from workshop.diagnostics import Location, Report, nearest

TIMED_KINDS = ("input", "exercise", "debrief")


@dataclass(frozen=True)
class Step:
    """One numbered step of an exercise: its ideal minutes, once or in each round."""

    minutes: int
    each_round: bool


@dataclass(frozen=True)
class Exercise:
    """An exercise as its block says it; minutes are the ideal ones."""

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


@dataclass(frozen=True)
class TimedPart:
    """A part of a module that takes minutes: an input, an exercise or the debrief."""

    timed: Timed
    block: Block
    exercise: Exercise | None


@dataclass(frozen=True)
class Module:
    """A unit of the day. `name` is its file's name without the ending."""

    name: str
    path: Path
    front: FrontMatter
    source: YamlSource
    body: tuple[Node, ...]
    parts: tuple[TimedPart, ...]

    @property
    def minutes(self) -> Minutes:
        """The module's own bounds."""
        return Minutes(self.front.minutes.min, self.front.minutes.ideal, self.front.minutes.max)

    @property
    def exercises(self) -> tuple[Exercise, ...]:
        """The module's exercises in their order on paper."""
        return tuple(part.exercise for part in self.parts if part.exercise)


def read_module(path: Path, segments: Collection[str] | None, report: Report) -> Module | None:
    """Read a module's file; None when anything in it is wrong, with every fault in `report`.

    `segments` are the programme's; None where a module need not suit the programme at hand.
    """
    text = read_text(path, report)
    if text is None:
        return None
    module, found = _read(text, path, None if segments is None else tuple(segments))
    report.extend(found)
    return None if found.errors else module


@lru_cache(maxsize=256)
def _read(text: str, path: Path, segments: tuple[str, ...] | None) -> tuple[Module | None, Report]:
    # The library's modules are read for each client.
    report = Report()
    return _parsed(text, path, segments, report), report


def _parsed(
    text: str, path: Path, segments: Collection[str] | None, report: Report
) -> Module | None:
    file = parse_source(text, path, report)
    if file is None:
        return None
    front = validate(file.front, FrontMatter, report)
    if front and segments is not None:
        _check_segments(front, file.front, segments, report)
    scanned = Report()
    body = scan(file.body, path, scanned, first_line=file.first_line)
    report.extend(scanned)
    if scanned.errors:
        # The tree has holes: what does not add up now may well do once they are mended.
        return None
    parts = tuple(_timed_parts(body, report))
    if front is None:
        return None
    module = Module(path.stem, path, front, file.front, body, parts)
    _check_sums(module, report)
    _check_materials(module, report)
    return module


def _timed_parts(body: Sequence[Node], report: Report) -> Iterator[TimedPart]:
    for block in body:
        if not isinstance(block, Block) or block.kind not in TIMED_KINDS:
            continue
        if block.kind == "exercise":
            exercise = _exercise(block, report)
            yield TimedPart(Timed(exercise.ideal, exercise.minimum), block, exercise)
        else:
            minutes, minimum = _whole(block, "minutes"), _whole(block, "min")
            yield TimedPart(Timed(minutes, minimum), block, None)


def _whole(block: Block, option: str, default: int = 0) -> int:
    value = block.options.get(option, default)
    return value if isinstance(value, int) else default


def _exercise(block: Block, report: Report) -> Exercise:
    rounds, each = _whole(block, "rounds"), _whole(block, "round-minutes")
    setup = _whole(block, "setup-minutes")
    ideal = setup + rounds * each if rounds else _whole(block, "minutes")
    found = Report()
    exercise = Exercise(
        id=block.id or "",
        title=str(block.options.get("title", "")),
        kind=str(block.options.get("kind", "")),
        ideal=ideal,
        minimum=_whole(block, "min"),
        rounds=rounds,
        round_minutes=each,
        setup_minutes=setup,
        own_time_if_cut=block.options.get("if-cut") == "own-time",
        steps=tuple(_steps(block, found)),
        block=block,
    )
    if not found.errors:  # steps without minutes cannot add up
        _check_steps(exercise, found)
    _check_exercise(exercise, found)
    report.extend(found)
    return exercise


NUMBERED = re.compile(r"^(?P<lead>\s*\d+[.)]\s+)(?P<rest>.*)$")
STEP_MINUTES = re.compile(r"\{(?P<minutes>[1-9][0-9]{0,2}) min(?P<each> each round)?\}\s*")


def _steps(block: Block, report: Report) -> Iterator[Step]:
    for text in block.children:
        if not isinstance(text, Text):
            continue
        for offset, line in enumerate(text.source.split("\n")):
            item = NUMBERED.match(line)
            if not item:
                continue
            match = STEP_MINUTES.match(item["rest"])
            if match:
                yield Step(int(match["minutes"]), bool(match["each"]))
            else:
                # Of an indented block it is not known how much was taken off a line.
                column = item.start("rest") + 1 if block.location.column == 1 else None
                report.error(
                    "step-minutes",
                    "A numbered step of an exercise must begin with its minutes",
                    Location(text.location.path, (text.location.line or 1) + offset, column),
                    "Write `1. {3 min} …` or `2. {5 min each round} …`; other lists take bullets.",
                )


def _check_steps(exercise: Exercise, report: Report) -> None:
    place, name = exercise.block.location, f"“{exercise.title}”"
    once = sum(step.minutes for step in exercise.steps if not step.each_round)
    every = sum(step.minutes for step in exercise.steps if step.each_round)
    hint = "Change the minutes of its steps, or its options."
    if not exercise.steps:
        report.error(
            "no-steps",
            f"The exercise {name} has no numbered steps",
            place,
            "Write them as a numbered list: `1. {3 min} …`.",
        )
    elif exercise.rounds:
        for label, steps, said in (
            ("each round", every, exercise.round_minutes),
            ("once", once, exercise.setup_minutes),
        ):
            if steps != said:
                message = (
                    f"The steps of {name} taken {label} add up to {steps} minutes, "
                    f"its options say {said}"
                )
                report.error("minutes", message, place, hint)
    elif every:
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


def _check_sums(module: Module, report: Report) -> None:
    said = module.front.minutes
    for key, total, wanted in (
        ("ideal", sum(part.timed.ideal for part in module.parts), said.ideal),
        ("min", sum(part.timed.minimum for part in module.parts), said.min),
    ):
        if total != wanted:
            report.error(
                "minutes",
                f"The parts of “{module.front.title}” add up to {total} minutes, "
                f"its front matter says {wanted} ({key})",
                module.source.location("minutes", key),
                "Change the parts’ own minutes, or the front matter’s.",
            )


def _check_segments(
    front: FrontMatter, source: YamlSource, segments: Collection[str], report: Report
) -> None:
    for index, segment in enumerate(front.suits):
        if segment not in segments:
            report.error(
                "unknown-segment",
                f"There is no segment “{segment}”",
                source.location("suits", index),
                nearest(segment, segments),
            )


def _check_materials(module: Module, report: Report) -> None:
    ids = [exercise.id for exercise in module.exercises]
    for index, material in enumerate(module.front.materials):
        if material.exercise is not None and material.exercise not in ids:
            report.error(
                "unknown-exercise",
                f"This module has no exercise “{material.exercise}”",
                module.source.location("materials", index, "for"),
                nearest(material.exercise, ids),
            )
