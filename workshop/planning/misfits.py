"""A day that cannot be right to the minute into sentences: where, by how much, what would help."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from workshop.diagnostics import Diagnostic
from workshop.planning.sections import (
    LONGEST_STRETCH,
    Pause,
    Section,
    Session,
    Stretch,
    clock,
    longest,
    shortest,
)

MIDNIGHT = 24 * 60


def time_faults(items: Sequence[Session | Pause], start: int, finish: int) -> Iterator[Diagnostic]:
    """Find fixed times that contradict each other, whatever the modules take."""
    pinned = [(item.at, item) for item in items if isinstance(item, Pause) and item.at is not None]
    if start >= finish:
        message = f"The day starts at {clock(start)} and finishes at {clock(finish)}."
        yield Diagnostic("times", message, hint="Give a finish later than the start.")
        return
    for at, pause in pinned:
        lasts = f"“{pause.title}” is fixed from {clock(at)} to {clock(at + pause.minutes)}"
        if at < start:
            message = f"{lasts}, but the day starts at {clock(start)}."
            yield Diagnostic("times", message, hint="Fix it later, or start the day earlier.")
        if at + pause.minutes > finish:
            message = f"{lasts}, but the day finishes at {clock(finish)}."
            yield Diagnostic("times", message, hint="Fix it earlier, or finish the day later.")
    for (before, first), (at, second) in pairwise(pinned):
        if at < before + first.minutes:
            message = (
                f"“{second.title}” is fixed at {clock(at)}, but stands after “{first.title}”, "
                f"which lasts from {clock(before)} to {clock(before + first.minutes)}."
            )
            hint = "Put fixed pauses in the order of the clock, one after the other."
            yield Diagnostic("times", message, hint=hint)


def misfits(sections: Sequence[Section]) -> Iterator[Diagnostic]:
    """Find every section whose modules cannot fill it, and every stretch that is too long."""
    for index, section in enumerate(sections):
        long = [run for run in section.stretches if shortest(run) > LONGEST_STRETCH]
        yield from (_too_long(section, stretch) for stretch in long)
        over = shortest(section.sessions) - section.room
        spare = section.room - longest(section.sessions)
        if over > 0:
            yield _too_full(sections, index, over)
        elif spare > 0:
            yield _too_empty(sections, index, spare)
        elif not long and not section.fits:
            yield _unbroken(sections, index)


def _too_full(sections: Sequence[Section], index: int, over: int) -> Diagnostic:
    section = sections[index]
    message = (
        f"{_there_are(section)}, but {_contents(section, 'shortest')} take "
        f"{section.pauses + shortest(section.sessions)}: {_count(over)} too many."
    )
    options = [*_left_out(section, over), *_moves(sections, index, over)]
    return Diagnostic(
        "day-too-full", message, hint=_either([*options, *_retimed(sections, index, over)])
    )


def _too_empty(sections: Sequence[Section], index: int, spare: int) -> Diagnostic:
    section = sections[index]
    message = (
        f"{_there_are(section)}, but {_contents(section, 'longest')} fill "
        f"{section.pauses + longest(section.sessions)}: {_count(spare)} too few."
    )
    options = [f"add a module that can run for {_count(spare)} or more"]
    options += [*_moves(sections, index, -spare), *_retimed(sections, index, -spare)]
    return Diagnostic("day-too-empty", message, hint=_either(options))


def _too_long(section: Section, stretch: Stretch) -> Diagnostic:
    message = (
        f"{_span(section)}, {_titles(stretch)} take at least {_count(shortest(stretch))} "
        f"without a break; the most is {LONGEST_STRETCH}."
    )
    alone = [session for session in stretch if session.minutes.minimum > LONGEST_STRETCH]
    remedies = [f"put a break after {_titles(_before_breaks(stretch))}"] if len(stretch) > 1 else []
    remedies += [f"make {_titles(alone)} shorter, or two modules"] if alone else []
    return Diagnostic("stretch-too-long", message, hint=_sentence(" and ".join(remedies)))


def _unbroken(sections: Sequence[Section], index: int) -> Diagnostic:
    """Say that the modules could fill the section, but not in stretches that are short enough."""
    section = sections[index]
    spare = section.room - section.capacity
    full = [stretch for stretch in section.stretches if longest(stretch) > LONGEST_STRETCH]
    message = (
        f"{_there_are(section)}, and {_count(spare)} of them are left over unless "
        f"{' or '.join(_titles(stretch) for stretch in full)} run for more than "
        f"{LONGEST_STRETCH} without a break."
    )
    breaks = [
        f"put a break after “{stretch[_middle(stretch) - 1].title}”"
        for stretch in full
        if len(stretch) > 1
    ]
    options = [*breaks, *_retimed(sections, index, -spare)]
    return Diagnostic("stretch-too-long", message, hint=_either(options))


def _left_out(section: Section, over: int) -> Iterator[str]:
    """Name the modules that give the minutes: those that are enough alone, then smaller ones."""
    candidates = [session for session in section.sessions if not session.keep]
    enough = [one for one in candidates if _is_enough(section.without(one))]
    if enough:
        enough.sort(key=lambda session: session.minutes.minimum)
        yield f"leave out {_with_minutes(enough, 'or')}"
    others = [one for one in candidates if one not in enough]
    if len(others) > 1 and shortest(others) >= over:
        others.sort(key=lambda session: -session.minutes.minimum)
        yield f"leave out more than one of {_with_minutes(others, 'and')}"


def _is_enough(section: Section) -> bool:
    return shortest(section.sessions) <= section.room <= section.capacity


def _moves(sections: Sequence[Section], index: int, over: int) -> Iterator[str]:
    """Name a module beside a pinned pause that would mend both sides of it on the other side."""
    for left, right in pairwise(sections):
        pin = left.closing
        if pin is None or sections[index] not in (left, right):
            continue
        onwards = (left is sections[index]) == (over > 0)
        movable = left.sessions[-1:] if onwards else right.sessions[:1]
        for session in movable:
            if onwards:
                after = (left.without(session), replace(right, items=(session, *right.items)))
            else:
                after = (replace(left, items=(*left.items, session)), right.without(session))
            if not session.keep and all(section.fits for section in after):
                yield f"move “{session.title}” {'behind' if onwards else 'before'} “{pin.title}”"


def _retimed(sections: Sequence[Section], index: int, over: int) -> Iterator[str]:
    """Name the times that give the section the minutes, where the one next to it can spare them."""
    section = sections[index]
    start, finish = section.start - over, section.finish + over
    if section.closing is None:
        if sections[0].start < finish <= MIDNIGHT:
            yield f"finish the day at {clock(finish)}"
    elif replace(sections[index + 1], start=sections[index + 1].start + over).fits:
        yield f"start “{section.closing.title}” at {clock(finish)}"
    if section.opening is None:
        if 0 <= start < sections[-1].finish:
            yield f"start the day at {clock(start)}"
    elif replace(sections[index - 1], finish=sections[index - 1].finish - over).fits:
        yield f"start “{section.opening.title}” at {clock(sections[index - 1].finish - over)}"


def _before_breaks(stretch: Stretch) -> list[Session]:
    """Choose the modules to break after: halves, and their halves, until each is short enough."""
    if len(stretch) < 2 or shortest(stretch) <= LONGEST_STRETCH:
        return []
    middle = _middle(stretch)
    before, after = stretch[:middle], stretch[middle:]
    return [*_before_breaks(before), stretch[middle - 1], *_before_breaks(after)]


def _middle(stretch: Stretch) -> int:
    """Where to cut a stretch so that the longer half is shortest."""
    cuts = range(1, len(stretch))
    return min(cuts, key=lambda cut: max(shortest(stretch[:cut]), shortest(stretch[cut:])))


def _there_are(section: Section) -> str:
    return f"{_span(section)} there are {_count(section.finish - section.start)}"


def _span(section: Section) -> str:
    return f"From {clock(section.start)} to {clock(section.finish)}"


def _contents(section: Section, extent: str) -> str:
    modules = f"the modules at their {extent}" if section.sessions or not section.pauses else ""
    return " and ".join(filter(None, [modules, "the pauses" if section.pauses else ""]))


def _count(minutes: int) -> str:
    return "1 minute" if minutes == 1 else f"{minutes} minutes"


def _titles(sessions: Sequence[Session]) -> str:
    return _listed([f"“{session.title}”" for session in sessions], "and")


def _with_minutes(sessions: Sequence[Session], conjunction: str) -> str:
    named = [f"“{one.title}” ({_count(one.minutes.minimum)})" for one in sessions]
    return _listed(named, conjunction)


def _listed(words: Sequence[str], conjunction: str) -> str:
    return f" {conjunction} ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def _either(options: Sequence[str]) -> str | None:
    return _sentence("; or ".join(options))


def _sentence(words: str) -> str | None:
    return words[0].upper() + words[1:] + "." if words else None
