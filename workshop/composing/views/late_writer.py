"""Show templates what to shorten when a module starts late, and the new times of the day."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from workshop.composing.language.bounds.arguments import as_word
from workshop.composing.language.mistakes import Mistake
from workshop.composing.language.text_writer import TextWriter
from workshop.content.programme import Programme
from workshop.diagnostics import nearest
from workshop.planning.day import Day, PlannedModule
from workshop.planning.running_late import ClockLine, Cut, Recovery, recoveries, reserve


@dataclass(frozen=True)
class CutView:
    """Describes a part that is shortened to `minutes`, which are 0 where it is skipped.

    `number` is the exercise's, or the module's where the part is not an exercise. `kind` is input,
    exercise or debrief. `round_minutes` are 0 where the part has no rounds.
    """

    number: str
    kind: str
    title: str
    planned: int
    minutes: int
    round_minutes: int


@dataclass(frozen=True)
class LineView:
    """Describes a line of the new running order: a module with its number, or a break without."""

    number: int | None
    title: str
    planned: int
    start: int
    minutes: int


@dataclass(frozen=True)
class RecoveryView:
    """Says what to do when a module starts `late` minutes late, at `start`.

    `pause` is the next break, if there is one. The day ends at `finish`, `over` minutes too late.
    `instead` is a way to end on time, if there is one: it moves the module `moved` to another day.
    """

    late: int
    start: int
    cuts: tuple[CutView, ...]
    lines: tuple[LineView, ...]
    pause: LineView | None
    over: int
    finish: int
    moved: LineView | None
    instead: RecoveryView | None


class LateWriter:
    """Writes what to do when the modules of a day start late."""

    def __init__(self, day: Day, programme: Programme, texts: TextWriter) -> None:
        self._day = day
        self._texts = texts
        self._movable = _movable(programme)

    def late(self, name: str) -> tuple[RecoveryView, ...]:
        """Return what to do when the module of that name starts 10, 20 and 30 minutes late."""
        module = self._planned(name)
        return tuple(
            self._recovery(module, recovery)
            for recovery in recoveries(self._day, module, self._movable)
        )

    def reserve(self, name: str) -> int:
        """Return the minutes that the module of that name and all after it can give."""
        return reserve(self._day, self._planned(name))

    def _planned(self, name: object) -> PlannedModule:
        by_name = {planned.module.name: planned for planned in self._day.modules}
        wanted = as_word(name, "late")
        module = by_name.get(wanted)
        if module is None:
            hint = nearest(wanted, by_name)
            raise Mistake("unknown-module", f"This day has no module “{wanted}”", hint)
        return module

    def _recovery(self, module: PlannedModule, recovery: Recovery) -> RecoveryView:
        lines = tuple(self._lines(recovery.lines))
        moved, instead = recovery.moved, recovery.instead
        return RecoveryView(
            late=recovery.late,
            start=module.start + recovery.late,
            cuts=tuple(self._cut(cut) for cut in recovery.cuts),
            lines=lines,
            pause=next((line for line in lines if line.number is None), None),
            over=recovery.over,
            finish=self._day.schedule.finish + recovery.over,
            moved=self._line(moved, moved.start, 0) if moved else None,
            instead=self._recovery(module, instead) if instead else None,
        )

    def _cut(self, cut: Cut) -> CutView:
        block, exercise = cut.part.timed_part.block, cut.part.exercise
        title = str(block.options.get("title", ""))
        return CutView(
            number=exercise.number if exercise else str(cut.module.number),
            kind=block.kind,
            title=self._texts.plain(title, block.location),
            planned=cut.part.minutes,
            minutes=cut.minutes,
            round_minutes=cut.rounds.each if cut.rounds else 0,
        )

    def _lines(self, lines: tuple[ClockLine, ...]) -> Iterator[LineView]:
        by_name = {planned.module.name: planned for planned in self._day.modules}
        for line in lines:
            entry = line.entry
            if entry.module:
                yield self._line(by_name[entry.module], line.start, line.minutes)
            else:
                yield LineView(None, entry.title, entry.start, line.start, line.minutes)

    def _line(self, module: PlannedModule, start: int, minutes: int) -> LineView:
        front, source = module.module.front, module.module.source
        title = self._texts.plain(front.title, source.location("title"))
        return LineView(module.number, title, module.start, start, minutes)


def _movable(programme: Programme) -> Collection[str]:
    """Return the names of modules that only some of the programme's days have."""
    days = [
        {item.module for item in variant.items if item.module}
        for variant in programme.file.variants.values()
    ]
    return {name for names in days for name in names if not all(name in names for names in days)}
