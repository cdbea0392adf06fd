"""Read a module's file: its front matter, its block tree and the parts that take its minutes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from workshop.content.block_scanner import scan_all
from workshop.content.block_tree import Block, Node, walk
from workshop.content.doubts.doubtful_diagrams import check_diagrams
from workshop.content.doubts.doubtful_texts import check_texts
from workshop.content.exercises.exercise import Exercise, read_exercise, whole_number
from workshop.content.exercises.minute_bounds import Minutes, Timed
from workshop.content.front_matter import FrontMatter
from workshop.content.source_file import parse_source
from workshop.content.yaml.files import YamlSource, read_text, validate
from workshop.diagnostics import Report, nearest
from workshop.keeping.memory import Memory

TIMED_KINDS = ("input", "exercise", "debrief")
_SAY_MINUTES = (*TIMED_KINDS, "purpose")


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

    def with_title(self, title: str) -> Module:
        """Return the module under another title."""
        return replace(self, front=self.front.model_copy(update={"title": title}))

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
    check_texts("module", file, scanned, block_faults, doubts, memory)
    check_diagrams(scanned.tree, doubts)
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
    """Tell whether the minutes of a tree can be added up: no fault stands where they are said."""
    others = {block.location.line for block in walk(tree) if block.kind not in _SAY_MINUTES}
    return all(fault.location and fault.location.line in others for fault in faults.errors)


def _timed_parts(body: Sequence[Node], report: Report) -> Iterator[TimedPart]:
    for block in body:
        if not isinstance(block, Block) or block.kind not in TIMED_KINDS:
            continue
        if block.kind == "exercise":
            exercise = read_exercise(block, report)
            yield TimedPart(Timed(exercise.ideal, exercise.minimum), block, exercise)
        else:
            minutes, minimum = whole_number(block, "minutes"), whole_number(block, "min")
            yield TimedPart(Timed(minutes, minimum), block, None)


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
