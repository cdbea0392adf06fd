"""A planned day, and how late a module starts, into what to leave out and the new clock.

Time is made up as early as it can be: before the next break, and only what that stretch cannot give
after it. Breaks keep their minutes, the last module keeps all of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from workshop.planning.day import Day, PlannedModule, PlannedPart
from workshop.planning.schedule import ScheduleEntry
from workshop.planning.share_minutes import RoundTimes, share_rounds

LATE = (10, 20, 30)


@dataclass(frozen=True)
class Cut:
    """A part that gives minutes: `minutes` are what is left of it, 0 where it is skipped.

    `rounds` are the new minutes of its rounds, where it has any.
    """

    module: PlannedModule
    part: PlannedPart
    minutes: int
    rounds: RoundTimes | None

    @property
    def less(self) -> int:
        """How many minutes it gives."""
        return self.part.minutes - self.minutes


@dataclass(frozen=True)
class ClockLine:
    """A line of the running order on the new clock, in minutes after midnight."""

    entry: ScheduleEntry
    start: int
    minutes: int

    @property
    def finish(self) -> int:
        """When it is over."""
        return self.start + self.minutes


@dataclass(frozen=True)
class Recovery:
    """What to do when a module starts `late` minutes late.

    `lines` are the rest of the day. Nothing in it begins before its planned time: what is cut
    beyond the need is time in hand. `over` is by how many minutes the day ends late all the same;
    `instead` is a way to end on time then, by moving the module `moved` to another day.
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

    `movable` names modules that the programme can do without, the first to be moved.
    """
    return tuple(recover(day, module, late, movable) for late in LATE)


def recover(day: Day, module: PlannedModule, late: int, movable: Collection[str] = ()) -> Recovery:
    """Return what to do when a module starts `late` minutes late."""
    found = _recovery(day, module, late, None)
    if not found.over:
        return found
    # The first module opens the day, and the last but one leads up to the close.
    others = [one for one in day.modules[1:-2] if one.number >= module.number]
    ways = [way for one in others if not (way := _recovery(day, module, late, one)).over]
    best = min(ways, key=lambda way: _price(way, movable), default=None)
    return Recovery(found.late, found.cuts, found.lines, found.over, instead=best)


def reserve(day: Day, module: PlannedModule) -> int:
    """Return the minutes that a module and all after it can give, the close excepted."""
    return sum(
        _most(part) for one in day.modules[:-1] if one.number >= module.number for part in one.parts
    )


def _price(way: Recovery, movable: Collection[str]) -> tuple[bool, int, int]:
    """Prefer what can be moved, then the least that is lost, then the later module."""
    moved = way.moved
    assert moved  # noqa: S101  # only ways that move one are compared
    lost = moved.minutes + sum(cut.less for cut in way.cuts)
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
    """Yield what gives how much, so that the break after a stretch is no later than it must be."""
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
    """Return what each part gives: `debt` together, more where only whole parts can go.

    In a room it is easier to skip a part than to shorten several. So whole parts go first, as near
    to the debt as they come, and what is still missing is taken from as few others as possible.
    Where all that can be given is less than the debt, all of it is.
    """
    if sum(_most(part) for part in parts) <= debt:
        return [_most(part) for part in parts]
    skipped = _skipped(parts, debt)
    less = [part.minutes if index in skipped else 0 for index, part in enumerate(parts)]
    missing = debt - sum(less)
    kept = [index for index in range(len(parts)) if index not in skipped]
    for index in sorted(kept, key=lambda index: -_room(parts[index])):
        less[index] = max(0, min(_room(parts[index]), missing))
        missing -= less[index]
    return less


def _skipped(parts: Sequence[PlannedPart], debt: int) -> frozenset[int]:
    """Choose the parts to skip: nearest to the debt, then the fewest, then the earliest."""
    ways: dict[int, tuple[int, ...]] = {0: ()}
    for index, part in enumerate(parts):
        if part.part.timed.droppable:
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
    """Return by how much a part can be shortened and still be worth running."""
    timed = part.part.timed
    least = min(timed.ideal, part.minutes) if timed.droppable else timed.minimum
    return part.minutes - least


def _most(part: PlannedPart) -> int:
    """Return the most a part can give: all of it where it can be skipped."""
    return part.minutes if part.part.timed.droppable else _room(part)


def _rounds(part: PlannedPart, minutes: int) -> RoundTimes | None:
    exercise = part.part.exercise
    if not exercise or not exercise.rounds or not minutes:
        return None
    return share_rounds(exercise.rounds, exercise.round_minutes, exercise.setup_minutes, minutes)
