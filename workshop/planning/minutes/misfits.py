"""Say why a day cannot be right to the minute: where, and by how many minutes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from workshop.content.clock import clock
from workshop.in_a_row import in_a_row
from workshop.planning.minutes.sections import (
    LONGEST_STRETCH,
    AskedDay,
    Pause,
    Section,
    Session,
    Stretch,
    longest,
    optional_in,
    shortest,
)

FULL_CIRCLE = 24 * 60
_GOOD = f"people tire after {LONGEST_STRETCH}"


@dataclass(frozen=True)
class Misfit:
    """Says that a day cannot be, and where.

    `section` counts the sections of the day from 0. `over` is by how many minutes it is too full,
    below 0 if it is too empty. `stretch` is the one that is too long or holds two optional modules,
    `pause` the one whose time is wrong. `sitting` are the minutes without a break that people would
    have to sit. `accept_by` has the words by which a client accepts what is no more than bad
    practice; without them, a day cannot be so.
    """

    code: str
    message: str
    section: int = 0
    over: int = 0
    stretch: Stretch = ()
    pause: Pause | None = None
    sitting: int = 0
    accept_by: str = ""


def find_misfits(day: AskedDay) -> list[Misfit]:
    """Find what keeps a day from being right; where times contradict each other, only that."""
    return list(_time_faults(day)) or list(_section_faults(day.sections))


def weight(day: AskedDay) -> tuple[int, int, int]:
    """Count what keeps a day from being right, by kind: first what has to be mended first.

    Times that contradict each other; stretches that hold too much; sections too full or too empty.
    """
    misfits = find_misfits(day)
    times = sum(misfit.code == "times" for misfit in misfits)
    stretches = sum(bool(misfit.stretch) for misfit in misfits)
    return times, stretches, len(misfits) - times - stretches


def minutes_without_a_break(day: AskedDay) -> int:
    """Return by how many minutes the stretches of a day are too long, all together."""
    stretches = (stretch for section in day.sections for stretch in section.stretches)
    return sum(max(0, shortest(stretch) - LONGEST_STRETCH) for stretch in stretches)


def crowded_stretches(day: AskedDay) -> int:
    """Count the stretches of a day that hold more than one optional module."""
    return sum(_is_crowded(run) for section in day.sections for run in section.stretches)


def _is_crowded(stretch: Stretch) -> bool:
    return len(optional_in(stretch)) > 1


def _time_faults(day: AskedDay) -> Iterator[Misfit]:
    """Find fixed times that contradict each other, however long the modules are."""
    start, finish = day.start, day.finish
    pinned = [
        (item.at, item) for item in day.items if isinstance(item, Pause) and item.at is not None
    ]
    if start >= finish:
        yield Misfit("times", f"The day starts at {clock(start)} and finishes at {clock(finish)}")
    elif finish - start > FULL_CIRCLE:
        message = f"The day starts at {clock(start)} and is to last longer than 24 hours"
        yield Misfit("times", message)
    else:
        for at, pause in pinned:
            lasts = f"“{pause.title}” is fixed from {clock(at)} to {clock(at + pause.minutes)}"
            if at < start:
                message = f"{lasts}, but the day starts at {clock(start)}"
                yield Misfit("times", message, pause=pause)
            if at + pause.minutes > finish:
                message = f"{lasts}, but the day finishes at {clock(finish)}"
                yield Misfit("times", message, pause=pause)
    for (before, first), (at, second) in pairwise(pinned):
        if at < before + first.minutes:
            message = (
                f"“{second.title}” is fixed at {clock(at)}, but stands after “{first.title}”, "
                f"which lasts from {clock(before)} to {clock(before + first.minutes)}"
            )
            yield Misfit("times", message, pause=second)


def _section_faults(sections: Sequence[Section]) -> Iterator[Misfit]:
    """Find every section whose modules cannot fill it, and every stretch that holds too much."""
    for index, section in enumerate(sections):
        crowded = filter(_is_crowded, section.stretches)
        yield from (_two_optional(index, stretch) for stretch in crowded)
        is_stretched = section.capacity < section.room <= longest(section.sessions)
        long = [run for run in section.stretches if shortest(run) > LONGEST_STRETCH]
        if not is_stretched:  # Which says how long they really are.
            yield from (_too_long(section, index, run) for run in long)
        if shortest(section.sessions) > section.room:
            yield _too_full(section, index)
        elif section.room > longest(section.sessions):
            yield _too_empty(section, index)
        elif is_stretched:
            yield _stretched(section, index)


def _two_optional(index: int, stretch: Stretch) -> Misfit:
    titles = _titles(optional_in(stretch))
    message = (
        f"{titles} stand in one stretch between breaks; one optional module in a stretch is enough "
        "for most groups"
    )
    return Misfit("two-optional", message, index, stretch=stretch, accept_by=titles)


def _too_long(section: Section, index: int, stretch: Stretch) -> Misfit:
    least = shortest(stretch)
    message = (
        f"{_span(section)}, {_titles(stretch)} {'take' if len(stretch) > 1 else 'takes'} at least "
        f"{_count(least)} without a break; {_GOOD}"
    )
    return Misfit(
        "stretch-too-long",
        message,
        index,
        stretch=stretch,
        sitting=least,
        accept_by=_span(section),
    )


def _stretched(section: Section, index: int) -> Misfit:
    """Report a section that its modules fill only in stretches longer than is good."""
    sitting = max(section.limits)
    long = [run for run in section.stretches if longest(run) > LONGEST_STRETCH]
    runs = f"run {'' if len(long) == 1 else 'up to '}{_count(sitting)} without a break"
    modules = _titles(long[0]) if len(long) == 1 else "the modules"
    message = f"{_span(section)}, {modules} {runs}; {_GOOD}"
    over = section.capacity - section.room
    return Misfit(
        "stretch-too-long", message, index, over, sitting=sitting, accept_by=_span(section)
    )


def _too_full(section: Section, index: int) -> Misfit:
    least = shortest(section.sessions)
    over = least - section.room
    message = (
        f"{_there_are(section)}, but {_contents(section, 'the modules at their shortest')} take "
        f"{section.pauses + least}: {_count(over)} too many"
    )
    return Misfit("day-too-full", message, index, over)


def _too_empty(section: Section, index: int) -> Misfit:
    """Report a section that its modules cannot fill."""
    most = longest(section.sessions)
    spare = section.room - most
    contents = _contents(section, "the modules at their longest")
    filled = f"but {contents} fill {section.pauses + most}: {_count(spare)} too few"
    message = f"{_there_are(section)}, {filled if section.items else 'and nothing to fill them'}"
    return Misfit("day-too-empty", message, index, -spare)


def _there_are(section: Section) -> str:
    return f"{_span(section)} there are {_count(section.finish - section.start)}"


def _span(section: Section) -> str:
    is_over_night = section.start < FULL_CIRCLE < section.finish
    next_day = " the next day" if is_over_night else ""
    return f"From {clock(section.start)} to {clock(section.finish)}{next_day}"


def _contents(section: Section, modules: str) -> str:
    contents = [modules if section.sessions else "", "the pauses" if section.pauses else ""]
    return " and ".join(filter(None, contents))


def _count(minutes: int) -> str:
    return "1 minute" if minutes == 1 else f"{minutes} minutes"


def _titles(items: Sequence[Session | Pause]) -> str:
    return in_a_row([f"“{item.title}”" for item in items])
