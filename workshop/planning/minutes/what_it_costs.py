"""Measure how far a day is changed from what was asked for, and say it in words."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from itertools import takewhile

from workshop.content.clock import clock
from workshop.in_a_row import in_a_row
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
from workshop.planning.minutes.sections import AskedDay, Pause, Session
from workshop.tailoring.client_file.day_keys import Wishes

# What it weighs, in minutes, that something comes a module earlier or later in the day.
_MOVE = 10
# How long a new break had better be.
_NEW_PAUSE = 10
# Where an `order` names all modules: those go first that the programme's other days do without,
# then those that only the client brings in, then the ones that every day has.
_USUAL, _OWN, _CORE = 1, 2, 3
_Lossless = Retime | Repin | Resize | MovePause | RunFor | PutAfter | AddPauses


@dataclass(frozen=True, order=True)
class Cost:
    """Says how much changes take away, what matters more first.

    `wishes` are modules lost that the client includes, `places` what is lost of those that `order`
    names or of its breaks, `settings` the client's times and places that change. `core` are modules
    lost that every day of the programme has, `sitting` minutes by which people sit longer than is
    good; `changes` counts all changes, `minutes` says how large they are.
    """

    wishes: int = 0
    places: int = 0
    settings: int = 0
    core: int = 0
    sitting: int = 0
    changes: int = 0
    minutes: int = 0

    def __add__(self, other: Cost) -> Cost:
        return Cost(*map(sum, zip(astuple(self), astuple(other), strict=True)))


def cost_of(remedy: Remedy, day: AskedDay, wishes: Wishes) -> Cost:
    """Measure a change to a day against what the client wishes of it."""
    if isinstance(remedy, LeaveOut):
        return _lost(remedy.session, wishes)
    if isinstance(remedy, DropPause):
        asked = remedy.pause.title in wishes.lengths | wishes.pins
        return Cost(places=int(asked), changes=1, minutes=remedy.pause.minutes)
    if isinstance(remedy, PutAfter) and remedy.session not in day.items:
        return Cost(changes=1, minutes=remedy.session.target)
    if isinstance(remedy, PutAfter) and remedy.session.module in wishes.order:
        return Cost(places=_USUAL, changes=1, minutes=_minutes(remedy, day))
    return Cost(settings=int(_is_asked(remedy, wishes)), changes=1, minutes=_minutes(remedy, day))


def _lost(session: Session, wishes: Wishes) -> Cost:
    name = session.module
    is_own, is_core, is_placed = (
        name in names for names in (wishes.modules, wishes.core, wishes.order)
    )
    return Cost(
        wishes=int((is_own and not is_placed) or session.within is not None),
        places=(_CORE if is_core else _OWN if is_own else _USUAL) if is_placed else 0,
        core=int(is_core),
        changes=1,
        minutes=session.minutes.minimum,
    )


def _is_asked(remedy: Remedy, wishes: Wishes) -> bool:
    """Tell whether the client file says itself what a change makes otherwise."""
    if isinstance(remedy, Retime):
        return ("start" if remedy.finish is None else "finish") in wishes.times
    if isinstance(remedy, Repin):
        return remedy.pause.title in wishes.pins
    if isinstance(remedy, Resize):
        return remedy.pause.title in wishes.lengths
    if isinstance(remedy, PutAfter):
        return remedy.session.module in wishes.modules
    return isinstance(remedy, RunFor) or (isinstance(remedy, MovePause) and bool(wishes.order))


def _minutes(remedy: _Lossless, day: AskedDay) -> int:
    """Count the minutes by which a change moves what is in a day; it leaves nothing out."""
    if isinstance(remedy, Retime):
        start = day.start if remedy.start is None else remedy.start
        finish = day.finish if remedy.finish is None else remedy.finish
        return abs(start - day.start) + abs(finish - day.finish)
    if isinstance(remedy, Repin):
        return abs(remedy.at - (remedy.pause.at or 0))
    if isinstance(remedy, Resize):
        return abs(remedy.minutes - remedy.pause.minutes)
    if isinstance(remedy, RunFor):
        return abs(remedy.minutes - remedy.session.target)
    if isinstance(remedy, AddPauses):
        usual = _NEW_PAUSE
        return sum(usual + 2 * abs(pause.minutes - usual) for _, pause in remedy.pauses)
    return _MOVE * _passed(remedy, day)


def _passed(remedy: MovePause | PutAfter, day: AskedDay) -> int:
    """Return how many modules stand between an item's old place and its new one; 1 at least."""
    item = remedy.pause if isinstance(remedy, MovePause) else remedy.session
    return max(1, abs(_modules_before(item, remedy.apply(day)) - _modules_before(item, day)))


def _modules_before(item: Session | Pause, day: AskedDay) -> int:
    # Two pauses of a day may be alike.
    before = takewhile(lambda other: other is not item, day.items)
    return sum(isinstance(other, Session) for other in before)


def subject(remedy: Remedy) -> tuple[str, object]:
    """Return what a change is about, however far it goes, such as the minutes of a break."""
    if isinstance(remedy, Retime):
        return "time", "start" if remedy.finish is None else "finish"
    if isinstance(remedy, AddPauses):
        return "breaks", tuple(session.module for session, _ in remedy.pauses)
    name = type(remedy).__name__
    if isinstance(remedy, LeaveOut | PutAfter | RunFor):
        return name, remedy.session.module
    return f"{name} of a pause", remedy.pause.title


def cost_in_words(remedy: Remedy, day: AskedDay, wishes: Wishes) -> str:
    """Say what a change does to a day: “drops “Close” (10 min)”."""
    if isinstance(remedy, Retime):
        return _say_new_times(remedy, day)
    if isinstance(remedy, LeaveOut):
        return f"drops {_with_minutes(remedy.session)}{_whose(remedy.session, wishes)}"
    if isinstance(remedy, DropPause):
        return f"drops the break “{remedy.pause.title}” ({remedy.pause.minutes} min)"
    if isinstance(remedy, Repin):
        was = clock(remedy.pause.at or 0)
        return f"“{remedy.pause.title}” begins at {clock(remedy.at)} instead of {was}"
    if isinstance(remedy, Resize):
        minutes = f"{remedy.minutes} minutes instead of {remedy.pause.minutes}"
        return f"“{remedy.pause.title}” lasts {minutes}"
    if isinstance(remedy, RunFor):
        minutes = f"{remedy.minutes} minutes instead of {remedy.session.target}"
        return f"“{remedy.session.title}” takes {minutes}"
    if isinstance(remedy, MovePause):
        return f"“{remedy.pause.title}” comes after “{remedy.after.title}”"
    if isinstance(remedy, AddPauses):
        return _added(remedy)
    after = f"after “{remedy.after.title}”"
    if remedy.session in day.items:
        return f"moves “{remedy.session.title}” {after}"
    return f"adds {_with_minutes(remedy.session)} {after}"


def _say_new_times(remedy: Retime, day: AskedDay) -> str:
    if remedy.finish is not None:
        than = _than(remedy.finish - day.finish)
        return f"finishes {than}, at {clock(remedy.finish)}"
    start = day.start if remedy.start is None else remedy.start
    return f"starts {_than(start - day.start)}, at {clock(start)}"


def _than(minutes: int) -> str:
    count = "1 minute" if abs(minutes) == 1 else f"{abs(minutes)} minutes"
    return f"{count} {'later' if minutes > 0 else 'earlier'}"


def _with_minutes(session: Session) -> str:
    return f"“{session.title}” ({session.minutes.minimum} min)"


def _whose(session: Session, wishes: Wishes) -> str:
    if session.within is not None:
        return ", whose minutes the client asked for"
    if session.module in wishes.modules:
        return ", which the client asked for"
    return ", which `order` names" if session.module in wishes.order else ""


def _added(remedy: AddPauses) -> str:
    titles = [f"“{session.title}”" for session, _ in remedy.pauses]
    minutes = remedy.pauses[0][1].minutes
    after = in_a_row(titles)
    if len(titles) == 1:
        return f"adds a break of {minutes} minutes after {after}"
    return f"adds {len(titles)} breaks of {minutes} minutes, after {after}"


def title_of(item: Session | Pause) -> str:
    """Return the name or the title by which a client file speaks of an item."""
    return item.module if isinstance(item, Session) else item.title
