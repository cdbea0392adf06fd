"""Make a schedule of a day's modules and pauses that is right to the minute."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from workshop.content.clock import clock
from workshop.diagnostics import Diagnostic, Location, Proposal, Report, Severity
from workshop.planning.minutes.as_typed import as_proposals, where_to_type
from workshop.planning.minutes.mendings import mend
from workshop.planning.minutes.misfits import Misfit, find_misfits
from workshop.planning.minutes.sections import (
    LONGEST_STRETCH,
    AskedDay,
    Pause,
    Section,
    Session,
    sessions_in,
    shortest,
)
from workshop.tailoring.client_file.day_keys import DayKeys

__all__ = [
    "LONGEST_STRETCH",
    "AskedDay",
    "Pause",
    "Schedule",
    "ScheduleEntry",
    "Session",
    "clock",
    "make_schedule",
]


_LATER = "This may be otherwise once the day adds up."
_ABOVE = "What is proposed for the first fault of this day mends this one too."


@dataclass(frozen=True)
class ScheduleEntry:
    """Holds a line of the schedule; `start` is in minutes after midnight.

    `module` is the module's name, or None for a pause. People come `back` from a pause, but not
    from another item of the day, such as a talk.
    """

    start: int
    minutes: int
    title: str
    module: str | None
    back: bool = True

    @property
    def finish(self) -> int:
        """When the next entry starts."""
        return self.start + self.minutes


@dataclass(frozen=True)
class Schedule:
    """Holds the entries of a day, which follow each other without gaps."""

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
        """Group what runs without a break between: modules, and what is no break, as a talk."""
        runs = groupby(self.entries, key=lambda entry: entry.module is None and entry.back)
        return tuple(tuple(run) for is_break, run in runs if not is_break)


def make_schedule(
    asked: AskedDay,
    report: Report,
    location: Location | None = None,
    keys: DayKeys | None = None,
    spare: Sequence[Session] = (),
) -> Schedule | None:
    """Give every module its minutes so that the day runs exactly from its start to its finish.

    Times are minutes after midnight. Modules get their targets and deviate from them only where
    they must, within their ranges. Pauses keep their minutes and start where they are pinned. If
    there is no such schedule, return None and report errors at `location` under the codes `times`,
    `day-too-full` and `day-too-empty`. Where a stretch has to be longer than `LONGEST_STRETCH`, it
    is as short as can be, and a warning `stretch-too-long` says so; `two-optional` warns of a
    stretch between pauses with more than one optional module. Proposals are lines to type into a
    file that says `keys`; `spare` are modules that could come into the day.
    """
    typed = keys or DayKeys()
    misfits = find_misfits(asked)
    errors = [misfit for misfit in misfits if not misfit.accept_by]
    report.extend(_told_errors(errors, asked, location, typed, spare))
    bad_practice = [misfit for misfit in misfits if misfit.accept_by]
    if errors:
        for misfit in bad_practice:
            report.warn(misfit.code, misfit.message, location, _LATER)
        return None
    report.extend(_told_warning(misfit, asked, location, typed, spare) for misfit in bad_practice)
    schedule = Schedule(tuple(entry for section in asked.sections for entry in _entries(section)))
    report.extend(_sat_through(asked, schedule, location))
    return schedule


def _sat_through(
    asked: AskedDay, schedule: Schedule, location: Location | None
) -> Iterator[Diagnostic]:
    """Yield a warning for each stretch that gets too long by a talk at a fixed time."""
    talks = {item.at for item in asked.items if isinstance(item, Pause) and not item.back}
    for run in schedule.stretches():
        sitting = run[-1].finish - run[0].start
        fixed = [entry for entry in run if entry.module is None and entry.start in talks]
        if fixed and sitting > LONGEST_STRETCH:
            span = f"From {clock(run[0].start)} to {clock(run[-1].finish)}"
            yield Diagnostic(
                "stretch-too-long",
                f"{span} people sit for {sitting} minutes, as “{fixed[0].title}” is no break; "
                f"people tire after {LONGEST_STRETCH}",
                location,
                "Put a break before or after it; or tell the client, and accept this warning.",
                Severity.WARNING,
                accept_by=span,
            )


def _told_errors(
    misfits: Sequence[Misfit],
    asked: AskedDay,
    location: Location | None,
    keys: DayKeys,
    spare: Sequence[Session],
) -> Iterator[Diagnostic]:
    """Yield what makes a day impossible; the first holds the proposals that mend all of it."""
    proposals: tuple[Proposal, ...] = ()
    if misfits:
        proposals = as_proposals(mend(asked, spare, keys.wishes), keys)
    for number, misfit in enumerate(misfits):
        first = proposals if number == 0 else ()
        if proposals:
            hint = _ABOVE if number else f"To mend it, {where_to_type(keys, location)}"
        else:
            hint = _without_a_line(misfit)
        yield Diagnostic(misfit.code, misfit.message, location, hint, proposals=first)


def _told_warning(
    misfit: Misfit,
    asked: AskedDay,
    location: Location | None,
    keys: DayKeys,
    spare: Sequence[Session],
) -> Diagnostic:
    """Return a warning of what is only bad practice, which a client may want so."""
    mendings = mend(asked, spare, keys.wishes, misfit)
    proposals = as_proposals(mendings, keys, misfit)
    change = (
        f"To change it, {where_to_type(keys, location)}" if proposals else _without_a_line(misfit)
    )
    sitting = f"tell the client that people will sit for {misfit.sitting} minutes, and "
    hint = f"To keep it so, {sitting if misfit.sitting else ''}accept this warning. {change}"
    return Diagnostic(
        misfit.code,
        misfit.message,
        location,
        hint,
        Severity.WARNING,
        proposals=proposals,
        accept_by=misfit.accept_by,
    )


def _without_a_line(misfit: Misfit) -> str:
    """Say in words what helps where no few lines do."""
    if misfit.over > 0:
        return f"No few changes give {misfit.over} minutes: leave out several modules."
    if misfit.over < 0:
        return f"Include modules that fill {-misfit.over} minutes."
    if misfit.code == "times":
        return "Fix one time after the other, with room for the modules between them."
    alone = [item.title for item in misfit.stretch if shortest([item]) > LONGEST_STRETCH]
    if alone:
        return f"“{alone[0]}” alone is too long: make it shorter in its file, or two modules."
    return "Leave out one module after the other, until the rest fits."


def _entries(section: Section) -> Iterator[ScheduleEntry]:
    now = section.start
    minutes = iter(_fill(section))
    for item in (*section.items, *filter(None, [section.closing])):
        if isinstance(item, Pause):
            entry = ScheduleEntry(now, item.minutes, item.title, None, item.back)
        else:
            entry = ScheduleEntry(now, next(minutes), item.title, item.module)
        yield entry
        now = entry.finish


def _fill(section: Section) -> list[int]:
    """Choose the minutes of each module in a section that fits.

    Starting from the minimums, every minute goes to the module for which it is cheapest. This
    greedy choice is optimal: the price of a module's next minute never falls (the costs are
    convex), and the limits (a module's maximum, its stretch's limit, the section's sum) are
    nested (laminar). Source: Federgruen and Groenevelt, "The greedy procedure for resource
    allocation problems", Operations Research 34 (1986). The earlier module wins a tie.
    """
    stretches = section.stretches
    places = [
        (session, index)
        for index, stretch in enumerate(stretches)
        for session in sessions_in(stretch)
    ]
    minutes = [session.minutes.minimum for session, _ in places]
    used, limits = [shortest(stretch) for stretch in stretches], section.limits
    for _ in range(section.room - sum(minutes)):
        prices = {
            place: _price(session, minutes[place])
            for place, (session, stretch) in enumerate(places)
            if minutes[place] < session.minutes.maximum and used[stretch] < limits[stretch]
        }
        cheapest = min(prices, key=prices.__getitem__)
        minutes[cheapest] += 1
        used[places[cheapest][1]] += 1
    return minutes


def _price(session: Session, minutes: int) -> tuple[int, Fraction]:
    """Return the price of a module's next minute: how much it changes the module's cost.

    The cost is deviation² / room, where the room is how far the module can move on that side of its
    target. So all modules give, or take, the same share of what they can. A module with `keep`
    takes minutes before all others up to its target, and after all others beyond it.
    """
    deviation = minutes - session.target
    keep = int(session.keep)
    if deviation < 0:
        room = session.target - session.minutes.minimum
        return (-keep, Fraction(2 * deviation + 1, room))
    return (keep, Fraction(2 * deviation + 1, session.minutes.maximum - session.target))
