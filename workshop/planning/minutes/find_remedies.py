"""List what could be changed about a day at the place where it cannot be right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workshop.planning.minutes.misfits import FULL_CIRCLE, Misfit, minutes_without_a_break, weight
from workshop.planning.minutes.remedies import (
    AddPauses,
    DropPause,
    LeaveOut,
    MovePause,
    PutAfter,
    Remedy,
    Repin,
    Resize,
    Retime,
    RunFor,
)
from workshop.planning.minutes.sections import (
    LONGEST_STRETCH,
    AskedDay,
    Pause,
    Section,
    Session,
    Stretch,
    longest,
    optional_in,
    sessions_in,
    shortest,
)

# How long a new break may be: the first that lets the day add up is taken, and the shortest.
_NEW_MINUTES = (10, 15, 20, 5, 30)
# A break is made shorter to no less than half of it, and than so many minutes; or longer by half.
_SHORTEST_PAUSE = 5
# A break moves past no more modules than this.
_FURTHEST = 2


def remedies_for(misfit: Misfit, day: AskedDay, spare: Sequence[Session]) -> Iterator[Remedy]:
    """Yield what may help against a misfit; none of it has been tried.

    `spare` are modules that the day does not have.
    """
    if misfit.code == "times":
        yield from _other_times(misfit, day)
        return
    section = day.sections[misfit.section]
    if misfit.stretch or misfit.over < 0:
        yield from _new_pauses(misfit, day, section)
        yield from _elsewhere(optional_in(misfit.stretch), day)
    if misfit.over > 0 or misfit.stretch:
        yield from _left_out(sessions_in(misfit.stretch) or section.sessions)
    yield from _other_minutes(misfit, section)
    yield from _moved_pauses(section, day)
    if misfit.over:
        yield from _resized(misfit, section)
        yield from _find_times(misfit, day)
    if misfit.over > 0:
        yield from _elsewhere(optional_in(section.sessions), day)
    if misfit.over < 0:
        yield from _inserted(section, [other for other in spare if other not in day.items])


def _left_out(sessions: Sequence[Session]) -> Iterator[LeaveOut]:
    yield from (LeaveOut(session) for session in sessions if not session.keep)


def _other_minutes(misfit: Misfit, section: Section) -> Iterator[RunFor]:
    """Yield other minutes for the modules to which the client file gives theirs."""
    over = misfit.over or max(0, shortest(misfit.stretch) - LONGEST_STRETCH)
    for session in sessions_in(misfit.stretch) or section.sessions:
        if session.within is not None:
            least, most = session.within.minimum, session.within.maximum
            minutes = min(max(session.target - over, least), most)
            if minutes != session.target:
                yield RunFor(session, minutes)


def _new_pauses(misfit: Misfit, day: AskedDay, section: Section) -> Iterator[AddPauses]:
    """Yield the breaks that a stretch needs, or that let a section fill more of the day."""
    stretches = [misfit.stretch] if misfit.stretch else list(section.stretches)
    several = [run for run in stretches if len(sessions_in(run)) > 1]
    held = [run for run in several if longest(run) > LONGEST_STRETCH]
    for stretch in held or [run for run in stretches if len(optional_in(run)) > 1]:
        after = _before_breaks(stretch)
        new = [
            AddPauses(tuple((session, Pause("Break", minutes)) for session in after))
            for minutes in _NEW_MINUTES
        ]
        better = [remedy for remedy in new if _is_better(remedy.apply(day), day)]
        shortest_too = sorted(better, key=lambda remedy: remedy.pauses[0][1].minutes)
        yield from dict.fromkeys([*better[:1], *shortest_too[:1]])


def _is_better(mended: AskedDay, day: AskedDay) -> bool:
    # Breaks help a stretch even where one of its modules alone is still too long.
    shorter = minutes_without_a_break(mended) < minutes_without_a_break(day)
    return shorter or weight(mended) < weight(day)


def _before_breaks(stretch: Stretch) -> list[Session]:
    """Choose the modules to break after: halve the stretch until each piece is short enough."""
    middle = _middle(stretch)
    before, after = stretch[:middle], stretch[middle:]
    return [
        *(_before_breaks(before) if _is_too_long(before) else []),
        *sessions_in(before[-1:]),
        *(_before_breaks(after) if _is_too_long(after) else []),
    ]


def _is_too_long(stretch: Stretch) -> bool:
    return bool(_cuts(stretch)) and shortest(stretch) > LONGEST_STRETCH


def _cuts(stretch: Stretch) -> list[int]:
    """Return where a stretch can be cut: behind each module but the last item."""
    return [cut for cut in range(1, len(stretch)) if isinstance(stretch[cut - 1], Session)]


def _middle(stretch: Stretch) -> int:
    """Return where to cut a stretch so that its longer half is as short as can be.

    Of two optional modules, one stands on each side.
    """

    def price(cut: int) -> tuple[int, int]:
        before, after = stretch[:cut], stretch[cut:]
        crowd = max(len(optional_in(before)), len(optional_in(after)))
        return max(crowd, 1), max(shortest(before), shortest(after))

    return min(_cuts(stretch), key=price)


def _elsewhere(sessions: Sequence[Session], day: AskedDay) -> Iterator[PutAfter]:
    """Yield other places for optional modules: the ends of stretches that have none yet.

    None of them comes before what its own file says it follows.
    """
    for session in reversed(sessions):
        names = [other.module for other in day.sessions]
        first = names.index(session.follows) if session.follows in names else 0
        for section in day.sections:
            for stretch in filter(None, map(sessions_in, section.stretches)):
                # The last stretch leads up to the close of the day, and gets no optional module.
                is_free = not any(member.optional or member.keep for member in stretch)
                if is_free and names.index(stretch[-1].module) >= first:
                    yield PutAfter(session, stretch[-1])


def _moved_pauses(section: Section, day: AskedDay) -> Iterator[MovePause]:
    """Yield other places for the pauses in a section and at its ends, between two modules."""
    pauses = [item for item in section.items if isinstance(item, Pause)]
    for pause in filter(None, [section.opening, *pauses, section.closing]):
        index = next(number for number, item in enumerate(day.items) if item is pause)
        before = [item for item in day.items[:index] if isinstance(item, Session)]
        after = [item for item in day.items[index:] if isinstance(item, Session)]
        yield from (MovePause(pause, session) for session in before[-1 - _FURTHEST : -1])
        yield from (MovePause(pause, session) for session in after[:-1][:_FURTHEST])


def _resized(misfit: Misfit, section: Section) -> Iterator[Resize]:
    """Yield other minutes of the pauses in a section and before it."""
    pauses = [item for item in section.items if isinstance(item, Pause)]
    for pause in filter(None, [section.opening, *pauses]):
        least = max(_SHORTEST_PAUSE, (pause.minutes + 1) // 2)
        most = pause.minutes + pause.minutes // 2
        minutes = min(max(pause.minutes - misfit.over, min(least, pause.minutes)), most)
        if minutes != pause.minutes:
            yield Resize(pause, minutes)


def _find_times(misfit: Misfit, day: AskedDay) -> Iterator[Retime | Repin]:
    """Yield times that give a section the minutes it lacks, or take those it cannot fill."""
    section = day.sections[misfit.section]
    over = misfit.over
    if section.closing is not None:
        yield Repin(section.closing, section.finish + over)
    elif day.finish + over - day.start <= FULL_CIRCLE:
        yield Retime(finish=day.finish + over)
    if section.opening is not None:
        yield Repin(section.opening, (section.opening.at or 0) - over)
    elif day.start - over >= 0:
        yield Retime(start=day.start - over)


def _inserted(section: Section, spare: Sequence[Session]) -> Iterator[PutAfter]:
    """Yield modules that could come into a section, each at the end of a stretch."""
    for session in spare:
        for stretch in filter(None, map(sessions_in, section.stretches)):
            yield PutAfter(session, stretch[-1])


def _other_times(misfit: Misfit, day: AskedDay) -> Iterator[Remedy]:
    """Yield other times for the day or for a pause, where those that are set contradict."""
    pause = misfit.pause
    if pause is None:
        yield Retime(finish=min(_usual_end(day.items, day.start), day.start + FULL_CIRCLE))
        return
    index = next(number for number, item in enumerate(day.items) if item is pause)
    yield Repin(pause, _usual_end(day.items[:index], day.start))
    yield DropPause(pause)
    yield from (MovePause(pause, item) for item in day.items if isinstance(item, Session))
    if pause.at is not None and pause.at < day.start:
        yield Retime(start=pause.at)
    elif pause.at is not None and pause.at + pause.minutes > day.finish:
        yield Retime(finish=_usual_end(day.items[index:], pause.at))


def _usual_end(items: Sequence[Session | Pause], start: int) -> int:
    """Return when items end that begin at `start`, if modules have their targets."""
    now = start
    for item in items:
        if isinstance(item, Pause):
            now = max(now, item.at or 0) + item.minutes
        else:
            now += item.target
    return now
