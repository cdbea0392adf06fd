"""Cut a day's modules and pauses into sections between the times that are fixed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from workshop.content.exercises.minute_bounds import Minutes

# People tire when they sit longer. A stretch is longer only where the day could not be otherwise.
LONGEST_STRETCH = 90


@dataclass(frozen=True)
class Session:
    """Describes a module to run: the range of its minutes, and the `target` it gets if it can.

    With `keep`, the module leaves its target only after all others have given or taken what they
    can. An `optional` module is not part of the programme's own days; one of them is enough for a
    stretch. `follows` is the module that its own file puts it after. `within` is the range of its
    own file, where the client file gives it its minutes.
    """

    module: str
    title: str
    minutes: Minutes
    target: int
    keep: bool = False
    optional: bool = False
    follows: str | None = None
    within: Minutes | None = None


@dataclass(frozen=True)
class Pause:
    """Describes a break; `at` pins its start to a time (minutes after midnight).

    People come `back` from a break, and not from another item of the day, such as a talk.
    """

    title: str
    minutes: int
    at: int | None = None
    back: bool = True


@dataclass(frozen=True)
class AskedDay:
    """Holds a day as it is asked for: its modules and pauses, and the times it is to keep."""

    items: tuple[Session | Pause, ...]
    start: int
    finish: int

    @property
    def sections(self) -> list[Section]:
        """The parts of the day between fixed times."""
        return cut_at_pins(self.items, self.start, self.finish)

    @property
    def sessions(self) -> tuple[Session, ...]:
        """The modules, in order."""
        return sessions_in(self.items)

    def with_items(self, items: Sequence[Session | Pause]) -> AskedDay:
        """Return the day with other modules and pauses."""
        return replace(self, items=tuple(items))


# What people sit through without a break: modules, and pauses from which nobody comes back.
Stretch = tuple[Session | Pause, ...]


@dataclass(frozen=True)
class Section:
    """Holds the part of the day between two fixed times, in minutes after midnight.

    `opening` and `closing` are the pinned pauses at these times, None at an end of the day.
    """

    start: int
    finish: int
    items: tuple[Session | Pause, ...]
    opening: Pause | None
    closing: Pause | None

    @property
    def sessions(self) -> tuple[Session, ...]:
        """The modules, in order."""
        return sessions_in(self.items)

    @property
    def stretches(self) -> tuple[Stretch, ...]:
        """The modules, grouped into stretches without a break; a talk by a guest is no break."""
        runs = groupby(self.items, key=lambda item: isinstance(item, Pause) and item.back)
        return tuple(tuple(run) for is_break, run in runs if not is_break)

    @property
    def pauses(self) -> int:
        """The minutes of the pauses inside the section."""
        return sum(item.minutes for item in self.items if isinstance(item, Pause))

    @property
    def room(self) -> int:
        """The minutes the modules must fill."""
        return self.finish - self.start - self.pauses

    @property
    def capacity(self) -> int:
        """The most minutes the modules can fill with no stretch longer than `LONGEST_STRETCH`."""
        return self._filled_by(LONGEST_STRETCH)

    @property
    def limits(self) -> tuple[int, ...]:
        """The minutes that each stretch may have: `LONGEST_STRETCH`, or the fewest that will do."""
        most = LONGEST_STRETCH
        while self._filled_by(most) < min(self.room, longest(self.sessions)):
            most += 1
        return tuple(max(most, shortest(stretch)) for stretch in self.stretches)

    def _filled_by(self, most: int) -> int:
        """Return the minutes that modules can fill if no stretch takes over `most`, or needs to."""
        stretches = self.stretches
        limits = (max(most, shortest(stretch)) for stretch in stretches)
        talks = sum(item.minutes for run in stretches for item in run if isinstance(item, Pause))
        return sum(map(min, limits, map(longest, stretches))) - talks


def sessions_in(items: Iterable[Session | Pause]) -> tuple[Session, ...]:
    """Return the modules among some items."""
    return tuple(item for item in items if isinstance(item, Session))


def optional_in(stretch: Stretch) -> tuple[Session, ...]:
    """Return the optional modules of a stretch."""
    return tuple(session for session in sessions_in(stretch) if session.optional)


def cut_at_pins(items: Sequence[Session | Pause], start: int, finish: int) -> list[Section]:
    """Cut the day at the pinned pauses; a pinned pause belongs to neither of its sections."""
    sections: list[Section] = []
    opening: Pause | None = None
    section_items: list[Session | Pause] = []
    for item in items:
        if isinstance(item, Pause) and item.at is not None:
            sections.append(Section(start, item.at, tuple(section_items), opening, item))
            start, opening, section_items = item.at + item.minutes, item, []
        else:
            section_items.append(item)
    return [*sections, Section(start, finish, tuple(section_items), opening, None)]


def shortest(items: Iterable[Session | Pause]) -> int:
    """Return the sum of the modules' minimum minutes, and of the minutes of pauses among them."""
    return sum(item.minutes if isinstance(item, Pause) else item.minutes.minimum for item in items)


def longest(items: Iterable[Session | Pause]) -> int:
    """Return the sum of the modules' maximum minutes, and of the minutes of pauses among them."""
    return sum(item.minutes if isinstance(item, Pause) else item.minutes.maximum for item in items)
