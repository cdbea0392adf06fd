"""Read a module's file: its front matter, its block tree and the parts that take its minutes."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from workshop.content.block_tree import Block, Node, Text, scan_all, walk
from workshop.content.doubts.doubtful_texts import STEP_MINUTES, check_texts
from workshop.content.front_matter import FrontMatter
from workshop.content.grammar.numbered_items import numbered_items
from workshop.content.minute_bounds import Minutes, Timed
from workshop.content.source_file import parse_source
from workshop.content.vocabulary import NAME
from workshop.content.yaml.files import YamlSource, read_text, validate
from workshop.diagnostics import Location, Report, nearest
from workshop.keeping.memory import Memory

TIMED_KINDS = ("input", "exercise", "debrief")
_SAY_MINUTES = (*TIMED_KINDS, "purpose")


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


@dataclass(frozen=True)
class TimedPart:
    """Holds a part of a module that takes minutes: an input, an exercise or the debrief."""

    timed: Timed
    block: Block
    exercise: Exercise | None


@dataclass(frozen=True)
class Module:
    """Holds a unit of the day as its file describes it. `name` is the file's name without `.md`."""

    name: str
    path: Path
    front: FrontMatter
    source: YamlSource
    body: tuple[Node, ...]
    parts: tuple[TimedPart, ...]

    @property
    def minutes(self) -> Minutes:
        """The bounds that the module's front matter sets."""
        return Minutes(self.front.minutes.min, self.front.minutes.ideal, self.front.minutes.max)

    @property
    def part_ids(self) -> tuple[str, ...]:
        """The ids of its exercises and inputs, as far as they have one."""
        return tuple(part.block.id for part in self.parts if part.block.id)

    @property
    def exercises(self) -> tuple[Exercise, ...]:
        """The module's exercises in their order on paper."""
        return tuple(part.exercise for part in self.parts if part.exercise)


def read_module(
    path: Path, segments: Collection[str] | None, report: Report, memory: Memory | None = None
) -> Module | None:
    """Read a module's file; return None if its blocks or minutes are at fault.

    `report` gets every fault. What is wrong in its texts alone leaves a module, of which other
    faults can be found. `segments` are the programme's; with None, those that the module suits are
    not checked.
    """
    text = read_text(path, report)
    if text is None:
        return None
    memory = memory or Memory()
    key = text, path, None if segments is None else tuple(segments)
    reading: tuple[Module | None, Report] = memory.modules.get_or_make(
        key, lambda: _parsed(text, path, segments, memory)
    )
    module, faults = reading
    report.extend(faults)
    return module


def _parsed(
    text: str, path: Path, segments: Collection[str] | None, memory: Memory
) -> tuple[Module | None, Report]:
    faults, doubts = Report(), Report()
    module = _parse(text, path, segments, faults, doubts, memory)
    return None if faults.errors else module, Report([*faults, *doubts])


def _parse(
    text: str,
    path: Path,
    segments: Collection[str] | None,
    report: Report,
    doubts: Report,
    memory: Memory,
) -> Module | None:
    """Return a module as far as it can be read; `doubts` gets what is wrong in its texts."""
    file = parse_source(text, path, report, memory)
    if file is None:
        return None
    front = validate(file.front, FrontMatter, report) if file.front else None
    if front and file.front and segments is not None:
        _check_segments(front, file.front, segments, doubts)
    block_faults = Report()
    scanned = scan_all(file.body, path, block_faults, first_line=file.first_line)
    report.extend(block_faults)
    check_texts(file, scanned, block_faults, doubts)
    if not _has_minutes(scanned.tree, block_faults):
        return None
    parts = tuple(_timed_parts(scanned.tree, report))
    if front is None or file.front is None:
        return None
    module = Module(path.stem, path, front, file.front, scanned.tree, parts)
    _check_sums(module, report)
    _check_parts_named(module, doubts)
    return module


def _has_minutes(tree: Sequence[Node], faults: Report) -> bool:
    """Whether the minutes of a tree can be added up: no fault stands where they are said."""
    others = {block.location.line for block in walk(tree) if block.kind not in _SAY_MINUTES}
    return all(fault.location and fault.location.line in others for fault in faults.errors)


def _timed_parts(body: Sequence[Node], report: Report) -> Iterator[TimedPart]:
    for block in body:
        if not isinstance(block, Block) or block.kind not in TIMED_KINDS:
            continue
        if block.kind == "exercise":
            exercise = _exercise(block, report)
            yield TimedPart(Timed(exercise.ideal, exercise.minimum), block, exercise)
        else:
            minutes, minimum = _whole_number(block, "minutes"), _whole_number(block, "min")
            yield TimedPart(Timed(minutes, minimum), block, None)


def _whole_number(block: Block, option: str) -> int:
    value = block.options.get(option, 0)
    return value if isinstance(value, int) else 0


def _exercise(block: Block, report: Report) -> Exercise:
    rounds, each = _whole_number(block, "rounds"), _whole_number(block, "round-minutes")
    setup = _whole_number(block, "setup-minutes")
    ideal = setup + rounds * each if rounds else _whole_number(block, "minutes")
    faults = Report()
    exercise = Exercise(
        id=block.id or "",
        title=str(block.options.get("title", "")),
        kind=str(block.options.get("kind", "")),
        ideal=ideal,
        minimum=_whole_number(block, "min"),
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


def _check_sums(module: Module, report: Report) -> None:
    minutes = module.front.minutes
    for key, total, in_front_matter in (
        ("ideal", sum(part.timed.ideal for part in module.parts), minutes.ideal),
        ("min", sum(part.timed.minimum for part in module.parts), minutes.min),
    ):
        if total != in_front_matter:
            report.error(
                "minutes",
                f"The parts of “{module.front.title}” add up to {total} minutes, "
                f"its front matter says {in_front_matter} ({key})",
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


def _check_parts_named(module: Module, report: Report) -> None:
    """Report outcomes and materials that belong to exercises the module does not have."""
    for key, entries in (
        ("outcomes", module.front.outcomes),
        ("materials", module.front.materials),
    ):
        for index, entry in enumerate(entries):
            part = None if isinstance(entry, str) else entry.part
            if part is not None and part not in module.part_ids:
                report.error(
                    "unknown-exercise",
                    f"This module has no exercise “{part}”",
                    module.source.location(key, index, "for"),
                    nearest(part, module.part_ids),
                )
