"""Work out what to leave out, and the new clock times, when a module of the day starts late.

Time is made up as early as possible: before the next break, and after it only if that stretch
cannot give enough. Breaks and the last module keep all their minutes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from workshop.planning.day import Day, PlannedModule, PlannedPart
from workshop.planning.minutes.schedule import ScheduleEntry
from workshop.planning.minutes.share_minutes import RoundTimes, share_rounds

LATE = (10, 20, 30)


@dataclass(frozen=True)
class Cut:
    """Describes a part that gives minutes: it keeps `minutes`, 0 if it is skipped.

    `rounds` are the new minutes of its rounds, if it has any.
    """

    module: PlannedModule
    part: PlannedPart
    minutes: int
    rounds: RoundTimes | None

    @property
    def less(self) -> int:
        """How many minutes the part gives."""
        return self.part.minutes - self.minutes


@dataclass(frozen=True)
class ClockLine:
    """Holds an entry of the schedule with its new start, in minutes after midnight."""

    entry: ScheduleEntry
    start: int
    minutes: int

    @property
    def finish(self) -> int:
        """When the entry ends."""
        return self.start + self.minutes


@dataclass(frozen=True)
class Recovery:
    """Says what to do when a module starts `late` minutes late.

    `lines` are the rest of the day. No entry begins before its planned time: minutes that are cut
    beyond the need are time in hand. `over` is by how many minutes the day still ends late;
    `instead` is then a recovery that ends on time, because the module `moved` moves to another day.
    """

    late: int
    cuts: tuple[Cut, ...]
    lines: tuple[ClockLine, ...]
    over: int
    moved: PlannedModule | None = None
    instead: Recovery | None = None


def recoveries(
    day: Day, module: PlannedModule, movable: Collection[str] = ()
) -> tuple[Recovery, ...]:
    """Return what to do when a module starts 10, 20 and 30 minutes late.

    `movable` names modules that the programme can do without: they are moved before others.
    """
    return tuple(recover(day, module, late, movable) for late in LATE)


def recover(day: Day, module: PlannedModule, late: int, movable: Collection[str] = ()) -> Recovery:
    """Return what to do when a module starts `late` minutes late."""
    recovery = _recovery(day, module, late, None)
    if not recovery.over:
        return recovery
    # The first module opens the day, and the last but one leads up to the close: both stay.
    later = [planned for planned in day.modules[1:-2] if planned.number >= module.number]
    with_moves = [_recovery(day, module, late, moved) for moved in later]
    on_time = [candidate for candidate in with_moves if not candidate.over]
    best = min(on_time, key=lambda candidate: _price(candidate, movable), default=None)
    return replace(recovery, instead=best)


def reserve(day: Day, module: PlannedModule) -> int:
    """Return the minutes that a module and all later ones can give, except the last."""
    return sum(
        _most(part)
        for planned in day.modules[:-1]
        if planned.number >= module.number
        for part in planned.parts
    )


def _price(recovery: Recovery, movable: Collection[str]) -> tuple[bool, int, int]:
    """Order recoveries that move a module: movable modules first, then the least lost minutes.

    Of equal recoveries, the one that moves the later module comes first.
    """
    moved = recovery.moved
    assert moved  # noqa: S101  # only recoveries that move a module are compared
    lost = moved.minutes + sum(cut.less for cut in recovery.cuts)
    return (moved.module.name not in movable, lost, -moved.number)


def _recovery(day: Day, module: PlannedModule, late: int, moved: PlannedModule | None) -> Recovery:
    now = module.start + late
    cuts: list[Cut] = []
    lines: list[ClockLine] = []
    rest = [entry for entry in day.schedule.entries if entry.start >= module.start]
    for is_pause, run in groupby(rest, key=lambda entry: entry.module is None):
        entries = list(run)
        if not is_pause:
            cuts += _in_stretch(day, entries, now - entries[0].start, moved)
        for entry in entries:
            if moved is None or entry.module != moved.module.name:
                less = sum(cut.less for cut in cuts if cut.module.module.name == entry.module)
                lines.append(ClockLine(entry, max(now, entry.start), entry.minutes - less))
                now = lines[-1].finish
    return Recovery(late, tuple(cuts), tuple(lines), max(0, now - day.schedule.finish), moved)


def _in_stretch(
    day: Day, entries: Sequence[ScheduleEntry], debt: int, moved: PlannedModule | None
) -> Iterator[Cut]:
    """Yield the cuts in a stretch that make up for `debt` minutes, or for as many as it can."""
    names = {entry.module for entry in entries}
    if moved and moved.module.name in names:
        debt -= moved.minutes
    may_give = [
        (module, part)
        for module in day.modules[:-1]
        if module.module.name in names and module != moved
        for part in module.parts
        if part.minutes
    ]
    shares = _shares([part for _, part in may_give], max(0, debt))
    for (module, part), less in zip(may_give, shares, strict=True):
        if less:
            left = part.minutes - less
            yield Cut(module, part, left, _rounds(part, left))


def _shares(parts: Sequence[PlannedPart], debt: int) -> list[int]:
    """Return the minutes each part gives: `debt` in total, more if only whole parts can be skipped.

    In a room it is easier to skip a part than to shorten several. So whole parts are skipped first,
    whose sum is as near to the debt as possible. Minutes that are still missing are taken from as
    few other parts as possible. If all parts together cannot give the debt, they give all they can.
    """
    if sum(_most(part) for part in parts) <= debt:
        return [_most(part) for part in parts]
    skipped = _skipped(parts, debt)
    less = [part.minutes if index in skipped else 0 for index, part in enumerate(parts)]
    missing = debt - sum(less)
    running = [index for index in range(len(parts)) if index not in skipped]
    for index in sorted(running, key=lambda index: -_room(parts[index])):
        less[index] = max(0, min(_room(parts[index]), missing))
        missing -= less[index]
    return less


def _skipped(parts: Sequence[PlannedPart], debt: int) -> frozenset[int]:
    """Choose the parts to skip: nearest to the debt, then the fewest, then the earliest."""
    ways: dict[int, tuple[int, ...]] = {0: ()}
    for index, part in enumerate(parts):
        if part.timed_part.timed.droppable:
            for minutes, chosen in list(ways.items()):
                more = minutes + part.minutes
                if more not in ways or len(chosen) + 1 < len(ways[more]):
                    ways[more] = (*chosen, index)

    def enough(minutes: int, chosen: tuple[int, ...]) -> bool:
        rooms = (_room(part) for index, part in enumerate(parts) if index not in chosen)
        return minutes + sum(rooms) >= debt

    sufficient = [
        (abs(debt - minutes), len(chosen), chosen)
        for minutes, chosen in ways.items()
        if enough(minutes, chosen)
    ]
    return frozenset(min(sufficient)[2])


def _room(part: PlannedPart) -> int:
    """Return how many minutes shorter a part can be and still be worth running."""
    timed = part.timed_part.timed
    least = min(timed.ideal, part.minutes) if timed.droppable else timed.minimum
    return part.minutes - least


def _most(part: PlannedPart) -> int:
    """Return the most minutes a part can give: all of them if it can be skipped."""
    return part.minutes if part.timed_part.timed.droppable else _room(part)


def _rounds(part: PlannedPart, minutes: int) -> RoundTimes | None:
    exercise = part.timed_part.exercise
    if not exercise or not exercise.rounds or not minutes:
        return None
    return share_rounds(exercise.rounds, exercise.round_minutes, exercise.setup_minutes, minutes)
