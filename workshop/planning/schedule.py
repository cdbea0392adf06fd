"""A day's modules and pauses, in order, into a running order that is right to the minute."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import groupby

from workshop.content.clock import clock
from workshop.diagnostics import Location, Report
from workshop.planning.misfits import misfits, time_faults
from workshop.planning.sections import (
    LONGEST_STRETCH,
    Pause,
    Section,
    Session,
    cut_at_pins,
    shortest,
)

__all__ = [
    "LONGEST_STRETCH",
    "Pause",
    "Schedule",
    "ScheduleEntry",
    "Session",
    "clock",
    "make_schedule",
]


@dataclass(frozen=True)
class ScheduleEntry:
    """A line of the running order, in minutes after midnight; `module` is None for a pause."""

    start: int
    minutes: int
    title: str
    module: str | None

    @property
    def finish(self) -> int:
        """When the next line starts."""
        return self.start + self.minutes


@dataclass(frozen=True)
class Schedule:
    """The running order of a day, without gaps."""

    entries: tuple[ScheduleEntry, ...]

    @property
    def start(self) -> int:
        """When the day starts."""
        return self.entries[0].start

    @property
    def finish(self) -> int:
        """When the day is over."""
        return self.entries[-1].finish

    def stretches(self) -> tuple[tuple[ScheduleEntry, ...], ...]:
        """Group the modules that run without a pause between them."""
        runs = groupby(self.entries, key=lambda entry: entry.module is None)
        return tuple(tuple(run) for is_pause, run in runs if not is_pause)


def make_schedule(
    items: Sequence[Session | Pause],
    start: int,
    finish: int,
    report: Report,
    location: Location | None = None,
) -> Schedule | None:
    """Give every module its minutes so that the day runs exactly from `start` to `finish`.

    Times are minutes after midnight. Modules keep their targets and deviate only by need, within
    their minutes; pauses keep theirs and start where they are pinned; no stretch between pauses is
    longer than `LONGEST_STRETCH` or holds more than one optional module. Where that cannot be,
    returns None and reports at `location` under the codes `times`, `day-too-full`, `day-too-empty`,
    `stretch-too-long` and `two-optional`.
    """
    sections = cut_at_pins(items, start, finish)
    faults = [*time_faults(items, start, finish)] or [*misfits(sections)]
    report.extend(replace(fault, location=location) for fault in faults)
    if faults:
        return None
    return Schedule(tuple(entry for section in sections for entry in _entries(section)))


def _entries(section: Section) -> Iterator[ScheduleEntry]:
    now = section.start
    minutes = iter(_fill(section))
    for item in (*section.items, *filter(None, [section.closing])):
        if isinstance(item, Pause):
            entry = ScheduleEntry(now, item.minutes, item.title, None)
        else:
            entry = ScheduleEntry(now, next(minutes), item.title, item.module)
        yield entry
        now = entry.finish


def _fill(section: Section) -> list[int]:
    """Choose the minutes of each module in a section that fits.

    From the minimums up, every minute goes to the module for which it is cheapest. That is exact,
    not a rule of thumb: the price of a module's next minute never falls (the costs are convex), and
    the limits (a module's maximum, its stretch's 90 minutes, the section's sum) lie inside each
    other (are laminar). There the greedy choice is optimal: Federgruen and Groenevelt, "The greedy
    procedure for resource allocation problems", Operations Research 34 (1986). The earlier module
    wins a tie.
    """
    stretches = section.stretches
    places = [(session, row) for row, stretch in enumerate(stretches) for session in stretch]
    minutes = [session.minutes.minimum for session, _ in places]
    used = [shortest(stretch) for stretch in stretches]
    for _ in range(section.room - sum(minutes)):
        prices = {
            index: _price(session, minutes[index])
            for index, (session, row) in enumerate(places)
            if minutes[index] < session.minutes.maximum and used[row] < LONGEST_STRETCH
        }
        cheapest = min(prices, key=prices.__getitem__)
        minutes[cheapest] += 1
        used[places[cheapest][1]] += 1
    return minutes


def _price(session: Session, minutes: int) -> tuple[int, Fraction]:
    """Price one more minute: what it changes in deviation² / room on that side of the target.

    So each module gives, or takes, the same part of what it can. One to keep comes before all
    others up to its target, and after all others beyond it.
    """
    deviation = minutes - session.target
    keep = int(session.keep)
    if deviation < 0:
        room = session.target - session.minutes.minimum
        return (-keep, Fraction(2 * deviation + 1, room))
    return (keep, Fraction(2 * deviation + 1, session.minutes.maximum - session.target))
