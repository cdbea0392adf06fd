"""Describe changes to an impossible day, and the day that each of them makes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from workshop.content.exercises.minute_bounds import Minutes
from workshop.planning.minutes.sections import AskedDay, Pause, Session


@dataclass(frozen=True)
class Retime:
    """Starts or finishes the day at another time; None leaves it as it is."""

    start: int | None = None
    finish: int | None = None

    def apply(self, day: AskedDay) -> AskedDay:
        """Return the day with the other time."""
        start = day.start if self.start is None else self.start
        return replace(day, start=start, finish=day.finish if self.finish is None else self.finish)


@dataclass(frozen=True)
class Repin:
    """Fixes a pause at another time."""

    pause: Pause
    at: int

    def apply(self, day: AskedDay) -> AskedDay:
        """Return the day with the pause at its new time."""
        pinned = replace(self.pause, at=self.at)
        return day.with_items([pinned if item is self.pause else item for item in day.items])


@dataclass(frozen=True)
class Resize:
    """Gives a pause other minutes."""

    pause: Pause
    minutes: int

    def apply(self, day: AskedDay) -> AskedDay:
        """Return the day with the pause as long as that."""
        resized = replace(self.pause, minutes=self.minutes)
        return day.with_items([resized if item is self.pause else item for item in day.items])


@dataclass(frozen=True)
class MovePause:
    """Puts a pause after another module; one that is pinned keeps its time."""

    pause: Pause
    after: Session

    def apply(self, day: AskedDay) -> AskedDay:
        """Return the day with the pause in its new place."""
        rest = [item for item in day.items if item is not self.pause]
        return day.with_items(_put(rest, self.after, self.pause))


@dataclass(frozen=True)
class DropPause:
    """Leaves a pause out."""

    pause: Pause

    def apply(self, day: AskedDay) -> AskedDay:
        """Return the day without the pause."""
        return day.with_items([item for item in day.items if item is not self.pause])


@dataclass(frozen=True)
class LeaveOut:
    """Leaves a module out of the day."""

    session: Session

    def apply(self, day: AskedDay) -> AskedDay:
        """Return the day without the module."""
        return day.with_items([item for item in day.items if item != self.session])


@dataclass(frozen=True)
class RunFor:
    """Gives a module other minutes than those that the client file asks for."""

    session: Session
    minutes: int

    def apply(self, day: AskedDay) -> AskedDay:
        """Return the day with the module as long as that."""
        exactly = Minutes(self.minutes, self.minutes, self.minutes)
        changed = replace(self.session, minutes=exactly, target=self.minutes)
        return day.with_items([changed if item == self.session else item for item in day.items])


@dataclass(frozen=True)
class PutAfter:
    """Puts a module after another item: it moves there, or comes into the day."""

    session: Session
    after: Session | Pause

    def apply(self, day: AskedDay) -> AskedDay:
        """Return the day with the module in its new place."""
        rest = [item for item in day.items if item != self.session]
        return day.with_items(_put(rest, self.after, self.session))


@dataclass(frozen=True)
class AddPauses:
    """Puts a new pause after each of some modules."""

    pauses: tuple[tuple[Session, Pause], ...]

    def apply(self, day: AskedDay) -> AskedDay:
        """Return the day with the pauses."""
        items = list(day.items)
        for session, pause in self.pauses:
            items = _put(items, session, pause)
        return day.with_items(items)


Remedy = Retime | Repin | Resize | MovePause | DropPause | LeaveOut | RunFor | PutAfter | AddPauses


def _put(
    items: Sequence[Session | Pause], after: Session | Pause, item: Session | Pause
) -> list[Session | Pause]:
    index = items.index(after) + 1
    return [*items[:index], item, *items[index:]]
