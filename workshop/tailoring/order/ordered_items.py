"""Describe the items of a running order: modules, breaks, and what is to follow them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from workshop.diagnostics import Location


@dataclass(frozen=True)
class ModuleItem:
    """Names a module in the running order."""

    name: str


@dataclass(frozen=True)
class BreakItem:
    """Describes a break and its minutes; `at` pins it to a time (minutes after midnight).

    People come `back` from a break, and not from another item of the day, such as a talk. `number`
    counts it among the breaks of its title, where the programme's day has several.
    """

    title: str
    minutes: int
    at: int | None
    back: bool = True
    number: int | None = None

    @property
    def single_name(self) -> str:
        """The name that client files have for this break alone, such as “Coffee 2”."""
        return f"{self.title} {self.number}" if self.number else self.title


RunningItem = ModuleItem | BreakItem


@dataclass(frozen=True)
class Inclusion:
    """Says which module is added after which, and where the client file asks for it.

    `own_place` says that `after` comes from the module's own file and not from the client's.
    """

    module: str
    after: str
    location: Location
    own_place: bool = False


@dataclass(frozen=True)
class PlacedBreak:
    """Holds a break that follows a module, and where the client file asks for it."""

    item: BreakItem
    after: str
    location: Location


@dataclass(frozen=True)
class KnownNames:
    """Holds the names of all modules, and those of breaks that any of the programme's days has."""

    modules: Collection[str]
    breaks: Collection[str]


def key_of(item: RunningItem) -> str:
    """Return the name or the title by which other items follow this one."""
    return item.title if isinstance(item, BreakItem) else item.name
