"""A day's modules and pauses, in order, into sections between times that are fixed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from workshop.content.minute_bounds import Minutes

LONGEST_STRETCH = 90


@dataclass(frozen=True)
class Session:
    """A module to be run: its range, and the minutes it gets when there is no need to deviate.

    `keep` holds it at its target until every other module has given or taken what it can. An
    `optional` module is not part of the programme's days; a stretch has room for one of them.
    """

    module: str
    title: str
    minutes: Minutes
    target: int
    keep: bool = False
    optional: bool = False


@dataclass(frozen=True)
class Pause:
    """A break; `at` pins its start to the clock."""

    title: str
    minutes: int
    at: int | None = None


Stretch = tuple[Session, ...]


@dataclass(frozen=True)
class Section:
    """The day between two fixed times, each a pinned pause or (None) an end of the day."""

    start: int
    finish: int
    items: tuple[Session | Pause, ...]
    opening: Pause | None
    closing: Pause | None

    @property
    def sessions(self) -> Stretch:
        """The modules, in order."""
        return tuple(item for item in self.items if isinstance(item, Session))

    @property
    def stretches(self) -> tuple[Stretch, ...]:
        """The modules, grouped by what runs without a pause between."""
        runs = groupby(self.items, key=lambda item: isinstance(item, Session))
        stretches = (tuple(item for item in run if isinstance(item, Session)) for _, run in runs)
        return tuple(stretch for stretch in stretches if stretch)

    @property
    def pauses(self) -> int:
        """The minutes of the pauses in it."""
        return sum(item.minutes for item in self.items if isinstance(item, Pause))

    @property
    def room(self) -> int:
        """The minutes the modules must fill."""
        return self.finish - self.start - self.pauses

    @property
    def capacity(self) -> int:
        """The minutes the modules can fill when no stretch is too long."""
        return sum(min(LONGEST_STRETCH, longest(stretch)) for stretch in self.stretches)

    @property
    def fits(self) -> bool:
        """Whether there are minutes for every module that fill it."""
        within = all(shortest(stretch) <= LONGEST_STRETCH for stretch in self.stretches)
        return within and shortest(self.sessions) <= self.room <= self.capacity

    def without(self, session: Session) -> Section:
        """Leave a module out, if it is here."""
        return replace(self, items=tuple(item for item in self.items if item != session))

    def with_after(self, session: Session, before: Session) -> Section:
        """Put a module after another."""
        index = self.items.index(before) + 1
        return replace(self, items=(*self.items[:index], session, *self.items[index:]))


def optional_in(stretch: Stretch) -> Stretch:
    """Return the optional modules of a stretch."""
    return tuple(session for session in stretch if session.optional)


def cut_at_pins(items: Sequence[Session | Pause], start: int, finish: int) -> list[Section]:
    """Cut the day where pauses are pinned; a pinned pause follows the section it closes."""
    sections: list[Section] = []
    opening: Pause | None = None
    since: list[Session | Pause] = []
    for item in items:
        if isinstance(item, Pause) and item.at is not None:
            sections.append(Section(start, item.at, tuple(since), opening, item))
            start, opening, since = item.at + item.minutes, item, []
        else:
            since.append(item)
    return [*sections, Section(start, finish, tuple(since), opening, None)]


def shortest(sessions: Sequence[Session]) -> int:
    """Add up the minimums."""
    return sum(session.minutes.minimum for session in sessions)


def longest(sessions: Sequence[Session]) -> int:
    """Add up the maximums."""
    return sum(session.minutes.maximum for session in sessions)
