"""Find what would let a day add up; each remedy has been tried on the day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, islice, pairwise

from workshop.planning.minutes.misfits import FULL_CIRCLE, Misfit, minutes_without_a_break, weight
from workshop.planning.minutes.remedies import (
    AddPauses,
    DropPause,
    LeaveOut,
    PutAfter,
    Remedy,
    Repin,
    Retime,
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
    shortest,
)

# How long a new break may be; the first that lets the day add up is taken.
_NEW_MINUTES = (10, 15, 20, 5, 30)
# Of one kind of remedy, such as modules to leave out, no more are named.
_MOST = 3


def find_remedies(
    misfit: Misfit, day: AskedDay, spare: Sequence[Session]
) -> list[tuple[Remedy, AskedDay]]:
    """Return remedies with the days that come of them, those that mend the whole day first.

    `spare` are modules that the day does not have. After each remedy, fewer things are wrong.
    """
    tried = [
        (remedy, mended)
        for kind in _kinds(misfit, day, spare)
        for remedy, mended in _helpful(kind, day)
    ]
    return sorted(tried, key=lambda remedy_and_day: weight(remedy_and_day[1]))


def _helpful(kind: Iterable[Remedy], day: AskedDay) -> list[tuple[Remedy, AskedDay]]:
    """Return the first few of one kind of remedy that make the day better."""
    days = ((remedy, remedy.apply(day)) for remedy in kind)
    return list(islice((both for both in days if _is_better(both[1], day, both[0])), _MOST))


def _is_better(mended: AskedDay, day: AskedDay, remedy: Remedy) -> bool:
    # Breaks help a stretch even where one of its modules alone is still too long.
    shorter = minutes_without_a_break(mended) < minutes_without_a_break(day)
    return weight(mended) < weight(day) or (isinstance(remedy, AddPauses) and shorter)


def _kinds(misfit: Misfit, day: AskedDay, spare: Sequence[Session]) -> Iterator[Iterable[Remedy]]:
    """Yield the remedies to try for a misfit, kind by kind, in the order in which to name them."""
    if misfit.code == "times":
        yield _other_times(misfit, day)
        return
    section = day.sections[misfit.section]
    if misfit.over > 0:
        yield _left_out(section.sessions, day)
    if misfit.stretch or misfit.over < 0:
        yield _new_pauses(misfit, day, section)
    if misfit.stretch:
        yield _elsewhere(optional_in(misfit.stretch), day)
        yield _left_out(optional_in(misfit.stretch) or misfit.stretch, day, most=1)
    if misfit.over:
        yield _across_pins(misfit, day)
        yield _elsewhere(optional_in(section.sessions), day)
        yield _retimed(misfit, day)
    if misfit.over < 0:
        yield _inserted(section, spare)


def _left_out(sessions: Stretch, day: AskedDay, most: int = 3) -> Iterator[LeaveOut]:
    """Yield modules to leave out, as few as are enough: optional ones first, then the shortest."""
    candidates = [session for session in sessions if not session.keep]
    candidates.sort(key=lambda session: (not session.optional, session.minutes.minimum))
    before = weight(day)
    for number in range(1, most + 1):
        sets = [LeaveOut(chosen) for chosen in combinations(candidates, number)]
        enough = [remedy for remedy in sets if weight(remedy.apply(day)) < before]
        if enough:
            yield from enough if number == 1 else enough[:1]
            return


def _new_pauses(misfit: Misfit, day: AskedDay, section: Section) -> Iterator[AddPauses]:
    """Yield the breaks that a stretch needs, or that let a section fill more of the day."""
    stretches = [misfit.stretch] if misfit.stretch else list(section.stretches)
    held = [run for run in stretches if len(run) > 1 and longest(run) > LONGEST_STRETCH]
    for stretch in held or [run for run in stretches if len(optional_in(run)) > 1]:
        for minutes in _NEW_MINUTES:
            remedy = _with_pauses(_before_breaks(stretch), minutes, day)
            if _is_better(remedy.apply(day), day, remedy):
                yield remedy
                break


def _with_pauses(after: Sequence[Session], minutes: int, day: AskedDay) -> AddPauses:
    taken = {item.title for item in day.items if isinstance(item, Pause)}
    names = ("Break", *(f"Break {number}" for number in range(2, len(taken) + len(after) + 2)))
    titles = [name for name in names if name not in taken]
    pauses = (Pause(title, minutes) for title in titles)
    return AddPauses(tuple(zip(after, pauses, strict=False)))


def _before_breaks(stretch: Stretch) -> list[Session]:
    """Choose the modules to break after: halve the stretch until each piece is short enough."""
    middle = _middle(stretch)
    before, after = stretch[:middle], stretch[middle:]
    return [
        *(_before_breaks(before) if _is_too_long(before) else []),
        stretch[middle - 1],
        *(_before_breaks(after) if _is_too_long(after) else []),
    ]


def _is_too_long(stretch: Stretch) -> bool:
    return len(stretch) > 1 and shortest(stretch) > LONGEST_STRETCH


def _middle(stretch: Stretch) -> int:
    """Return where to cut a stretch so that its longer half is as short as can be.

    Of two optional modules, one stands on each side.
    """
    cuts = range(1, len(stretch))

    def price(cut: int) -> tuple[int, int]:
        before, after = stretch[:cut], stretch[cut:]
        crowd = max(len(optional_in(before)), len(optional_in(after)))
        return max(crowd, 1), max(shortest(before), shortest(after))

    return min(cuts, key=price)


def _elsewhere(sessions: Stretch, day: AskedDay) -> Iterator[PutAfter]:
    """Yield other places for optional modules: the ends of stretches that have none yet."""
    for session in reversed(sessions):
        for section in day.sections:
            for stretch in section.stretches:
                # The last stretch leads up to the close of the day, and gets no optional module.
                if not any(member.optional or member.keep for member in stretch):
                    yield PutAfter(session, stretch[-1])


def _across_pins(misfit: Misfit, day: AskedDay) -> Iterator[PutAfter]:
    """Yield modules that could move across a pinned pause beside their section."""
    sections = day.sections
    for before, (left, right) in enumerate(pairwise(sections)):
        if misfit.section not in (before, before + 1) or left.closing is None:
            continue
        onwards = (misfit.section == before) == (misfit.over > 0)
        last = left.items[-1] if left.items else left.opening
        for session in left.sessions[-1:] if onwards else right.sessions[:1]:
            anchor = left.closing if onwards else last
            if not session.keep and anchor:
                yield PutAfter(session, anchor)


def _retimed(misfit: Misfit, day: AskedDay) -> Iterator[Retime | Repin]:
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
        for stretch in section.stretches:
            yield PutAfter(session, stretch[-1])


def _other_times(misfit: Misfit, day: AskedDay) -> Iterator[Remedy]:
    """Yield other times for the day or for a pause, where those that are set contradict."""
    pause = misfit.pause
    if pause is None:
        yield Retime(finish=min(_usual_end(day.items, day.start), day.start + FULL_CIRCLE))
        return
    index = day.items.index(pause)
    yield Repin(pause, _usual_end(day.items[:index], day.start))
    yield DropPause(pause)
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
