"""Say why a day cannot be right to the minute: where, by how many minutes, what would help."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from workshop.content.clock import clock
from workshop.diagnostics import Diagnostic
from workshop.planning.sections import (
    LONGEST_STRETCH,
    Pause,
    Section,
    Session,
    Stretch,
    longest,
    optional_in,
    shortest,
)

MIDNIGHT = 24 * 60


def time_faults(items: Sequence[Session | Pause], start: int, finish: int) -> Iterator[Diagnostic]:
    """Find fixed times that contradict each other, however long the modules are."""
    pinned = [(item.at, item) for item in items if isinstance(item, Pause) and item.at is not None]
    if start >= finish:
        message = f"The day starts at {clock(start)} and finishes at {clock(finish)}"
        yield Diagnostic("times", message, hint="Give a finish later than the start.")
    else:
        for at, pause in pinned:
            yield from _outside_day(at, pause, start, finish)
    for (before, first), (at, second) in pairwise(pinned):
        if at < before + first.minutes:
            message = (
                f"“{second.title}” is fixed at {clock(at)}, but stands after “{first.title}”, "
                f"which lasts from {clock(before)} to {clock(before + first.minutes)}"
            )
            hint = "Put fixed pauses in the order of the clock, one after the other."
            yield Diagnostic("times", message, hint=hint)


def _outside_day(at: int, pause: Pause, start: int, finish: int) -> Iterator[Diagnostic]:
    lasts = f"“{pause.title}” is fixed from {clock(at)} to {clock(at + pause.minutes)}"
    if at < start:
        message = f"{lasts}, but the day starts at {clock(start)}"
        yield Diagnostic("times", message, hint="Fix it later, or start the day earlier.")
    if at + pause.minutes > finish:
        message = f"{lasts}, but the day finishes at {clock(finish)}"
        yield Diagnostic("times", message, hint="Fix it earlier, or finish the day later.")


def misfits(sections: Sequence[Section]) -> Iterator[Diagnostic]:
    """Find every section whose modules cannot fill it, and every stretch that holds too much."""
    for index, section in enumerate(sections):
        crowded = [run for run in section.stretches if len(optional_in(run)) > 1]
        yield from (_two_optional(sections, stretch) for stretch in crowded)
        long = [run for run in section.stretches if shortest(run) > LONGEST_STRETCH]
        yield from (_too_long(sections, index, run) for run in long if run not in crowded)
        # A stretch that is reported as too long will get a break, and can fill more minutes then.
        most = longest(section.sessions) if long else section.capacity
        if shortest(section.sessions) > section.room:
            yield _too_full(sections, index)
        elif section.room > most:
            yield _too_empty(sections, index, most)


def _two_optional(sections: Sequence[Section], stretch: Stretch) -> Diagnostic:
    optional = optional_in(stretch)
    message = (
        f"{_titles(optional)} stand in one stretch between breaks; "
        "a stretch has room for one optional module"
    )
    # It is enough to move one of the modules; the later ones are tried first.
    moves = [_elsewhere(sections, session) for session in reversed(optional)]
    remedies = [move for move in moves if move][:1]
    names = _listed([f"“{session.title}”" for session in optional], "or")
    return Diagnostic("two-optional", message, hint=_either([*remedies, f"leave out {names}"]))


def _elsewhere(sections: Sequence[Section], session: Session) -> str | None:
    """Name the modules that an optional module could follow instead, so that the day fits."""
    rest = [section.without(session) for section in sections]
    modules = []
    for index, section in enumerate(rest):
        for stretch in section.stretches:
            # The last stretch leads up to the close of the day, and gets no optional module.
            if any(member.optional or member.keep for member in stretch):
                continue
            with_session = section.with_after(session, stretch[-1])
            day = (*rest[:index], with_session, *rest[index + 1 :])
            if all(part.fits for part in day):
                modules.append(f"“{stretch[-1].module}”")
    return f"include “{session.module}” after {_listed(modules, 'or')}" if modules else None


def _too_long(sections: Sequence[Section], index: int, stretch: Stretch) -> Diagnostic:
    section = sections[index]
    message = (
        f"{_span(section)}, {_titles(stretch)} {'take' if len(stretch) > 1 else 'takes'} at least "
        f"{_count(shortest(stretch))} without a break; the most is {LONGEST_STRETCH}"
    )
    alone = [session for session in stretch if session.minutes.minimum > LONGEST_STRETCH]
    remedies = [f"put a break after {_titles(_before_breaks(stretch))}"] if len(stretch) > 1 else []
    remedies += [f"make {_titles(alone)} shorter, or two modules"] if alone else []
    options = [" and ".join(remedies)] if remedies else []
    for session in optional_in(stretch):
        if move := _elsewhere(sections, session):
            options.append(move)
        if shortest(stretch) - session.minutes.minimum <= LONGEST_STRETCH:
            options.append(f"leave out “{session.title}”")
    return Diagnostic("stretch-too-long", message, hint=_either(options))


def _too_full(sections: Sequence[Section], index: int) -> Diagnostic:
    section = sections[index]
    least = shortest(section.sessions)
    over = least - section.room
    message = (
        f"{_there_are(section)}, but {_contents(section, 'the modules at their shortest')} take "
        f"{section.pauses + least}: {_count(over)} too many"
    )
    options = [*_left_out(section, over), *_moves(sections, index, over)]
    moves = [_elsewhere(sections, session) for session in optional_in(section.sessions)]
    options += [move for move in moves if move]
    options += _retimed(sections, index, over)
    return Diagnostic("day-too-full", message, hint=_either(options))


def _too_empty(sections: Sequence[Section], index: int, most: int) -> Diagnostic:
    """Report a section that its modules cannot fill; `most` is what they can fill at most."""
    section = sections[index]
    spare = section.room - most
    extent = f"in stretches of {LONGEST_STRETCH} minutes at most"
    modules = f"the modules {extent if most < longest(section.sessions) else 'at their longest'}"
    filled = (
        f"but {_contents(section, modules)} fill {section.pauses + most}: {_count(spare)} too few"
    )
    message = f"{_there_are(section)}, {filled if section.items else 'and nothing to fill them'}"
    options = [*_broken(section)] if most < longest(section.sessions) else []
    if longest(section.sessions) < section.room:
        options.append(f"add a module that can run for {_count(spare)} or more")
    options += [*_moves(sections, index, -spare), *_retimed(sections, index, -spare)]
    return Diagnostic("day-too-empty", message, hint=_either(options))


def _broken(section: Section) -> Iterator[str]:
    """Name the modules after which a break would let their stretch fill more of the day."""
    held = [run for run in section.stretches if longest(run) > LONGEST_STRETCH and len(run) > 1]
    if held:
        middles = [f"“{stretch[_middle(stretch) - 1].title}”" for stretch in held]
        yield f"put a break after {_listed(middles, 'or')}"


def _left_out(section: Section, over: int) -> Iterator[str]:
    """Name modules to leave out: those of which one is enough, then those too short alone."""
    candidates = [session for session in section.sessions if not session.keep]
    enough = [session for session in candidates if _is_enough(section.without(session))]
    if enough:
        enough.sort(key=lambda session: (not session.optional, session.minutes.minimum))
        yield f"leave out {_with_minutes(enough, 'or')}"
    shorter = [session for session in candidates if session.minutes.minimum < over]
    if len(shorter) > 1 and shortest(shorter) >= over:
        shorter.sort(key=lambda session: -session.minutes.minimum)
        yield f"leave out more than one of {_with_minutes(shorter, 'and')}"


def _is_enough(section: Section) -> bool:
    return shortest(section.sessions) <= section.room <= section.capacity


def _moves(sections: Sequence[Section], index: int, over: int) -> Iterator[str]:
    """Name a module next to a pinned pause that would fit if it moved across the pause.

    Both sections beside the pause then have to fit.
    """
    for before, (left, right) in enumerate(pairwise(sections)):
        pin = left.closing
        if pin is None or index not in (before, before + 1):
            continue
        onwards = (index == before) == (over > 0)
        movable = left.sessions[-1:] if onwards else right.sessions[:1]
        for session in movable:
            if onwards:
                after = (left.without(session), replace(right, items=(session, *right.items)))
            else:
                after = (replace(left, items=(*left.items, session)), right.without(session))
            if not session.keep and all(section.fits for section in after):
                yield f"move “{session.title}” {'after' if onwards else 'before'} “{pin.title}”"


def _retimed(sections: Sequence[Section], index: int, over: int) -> Iterator[str]:
    """Name times that give the section `over` more minutes, or fewer if `over` is negative.

    A time that is named moves minutes from or to a section that can do with it, or moves an end of
    the day.
    """
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
    """Choose the modules to break after: halve the stretch until each piece is short enough."""
    if len(stretch) < 2 or shortest(stretch) <= LONGEST_STRETCH:
        return []
    middle = _middle(stretch)
    before, after = stretch[:middle], stretch[middle:]
    return [*_before_breaks(before), stretch[middle - 1], *_before_breaks(after)]


def _middle(stretch: Stretch) -> int:
    """Return where to cut a stretch so that its longer half is as short as can be."""
    cuts = range(1, len(stretch))
    return min(cuts, key=lambda cut: max(shortest(stretch[:cut]), shortest(stretch[cut:])))


def _there_are(section: Section) -> str:
    return f"{_span(section)} there are {_count(section.finish - section.start)}"


def _span(section: Section) -> str:
    return f"From {clock(section.start)} to {clock(section.finish)}"


def _contents(section: Section, modules: str) -> str:
    contents = [modules if section.sessions else "", "the pauses" if section.pauses else ""]
    return " and ".join(filter(None, contents))


def _count(minutes: int) -> str:
    return "1 minute" if minutes == 1 else f"{minutes} minutes"


def _titles(sessions: Sequence[Session]) -> str:
    return _listed([f"“{session.title}”" for session in sessions], "and")


def _with_minutes(sessions: Sequence[Session], conjunction: str) -> str:
    named = [f"“{session.title}” ({session.minutes.minimum} min)" for session in sessions]
    return _listed(named, conjunction)


def _listed(words: Sequence[str], conjunction: str) -> str:
    return f" {conjunction} ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def _either(options: Sequence[str]) -> str | None:
    return _sentence("; or ".join(options))


def _sentence(words: str) -> str | None:
    return words[0].upper() + words[1:] + "." if words else None
