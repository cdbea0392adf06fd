"""Describe the keys by which a client file sets a day: its times, breaks, modules and order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

from pydantic import Field, model_validator

from workshop.content.clock import ClockTime, Opening, OpeningTime, clock
from workshop.content.yaml.files import Fault, FileModel
from workshop.content.yaml.what_to_type import in_one_line
from workshop.limits import BREAK_MINUTES, MODULE_MINUTES

Name = Annotated[str, Field(min_length=1)]


class Times(FileModel):
    """Says when the day starts and finishes, and at what time lunch begins and the doors open."""

    doors: OpeningTime | None = None
    start: ClockTime | None = None
    finish: ClockTime | None = None
    lunch: ClockTime | None = None


class Break(FileModel):
    """Says how long a break lasts, which module it follows, and at what time it begins.

    `back: false` is for an item of the day that nobody comes back from, such as a talk.
    """

    minutes: int | None = Field(None, ge=1, le=BREAK_MINUTES.most)
    after: Name | None = None
    at: ClockTime | None = None
    back: bool | None = None

    def as_typed(self) -> dict[str, object]:
        """Return the keys that are set, as a client file has them."""
        at = None if self.at is None else clock(self.at)
        values = {"minutes": self.minutes, "after": self.after, "at": at, "back": self.back}
        return {key: value for key, value in values.items() if value is not None}


class OrderedBreak(FileModel):
    """Puts a break into the order of the day, with its minutes and the time it begins.

    `back: false` is for an item of the day that nobody comes back from, such as a talk.
    """

    title: Name = Field(alias="break")
    minutes: int | None = Field(None, ge=1, le=BREAK_MINUTES.most)
    at: ClockTime | None = None
    back: bool | None = None

    @model_validator(mode="before")
    @classmethod
    def _is_no_module(cls, entry: object) -> object:
        if not isinstance(entry, dict) or "break" in entry:
            return entry
        name, minutes = entry.get("module"), entry.get("minutes")
        if isinstance(name, str):
            line = f", and {_minutes_line(name, minutes)} beside `order`" if minutes else ""
            hint = f"Write `{name}` alone{line}."
            raise Fault("An entry of `order` names a module by its name alone", hint, ("module",))
        if len(entry) == 1 and _is_number(minutes := next(iter(entry.values()))):
            name = str(next(iter(entry)))
            new_break = in_one_line({"break": name, "minutes": minutes})
            hint = (
                f"For a module write `{name}` alone, and {_minutes_line(name, minutes)} beside "
                f"`order`; for a break write `{new_break}`."
            )
            message = "An entry of `order` does not say whether it is a module or a break"
            raise Fault(message, hint, at=(name,))
        return entry


class Include(FileModel):
    """Names a module to add or to move, and the module or the break it follows."""

    module: str
    after: str

    @model_validator(mode="before")
    @classmethod
    def _has_no_minutes(cls, entry: object) -> object:
        if isinstance(entry, dict) and "break" in entry:
            name, minutes = str(entry["break"]), entry.get("minutes", 15)
            new_break = {name: {"minutes": minutes, "after": entry.get("after", "MODULE")}}
            hint = f"Write `breaks: {in_one_line(new_break)}` beside `modules`."
            raise Fault("An entry of `include` is a module, and no break", hint, at=("break",))
        if not isinstance(entry, dict) or not {"module", "minutes"} <= entry.keys():
            return entry
        rest = {key: value for key, value in entry.items() if key != "minutes"}
        here = in_one_line(rest) if "after" in rest else rest["module"]
        line = _minutes_line(rest["module"], entry["minutes"])
        hint = f"Write `{here}`, and {line} beside `modules`."
        message = "An entry of `include` does not say how many minutes a module takes"
        raise Fault(message, hint, at=("minutes",))


class Modules(FileModel):
    """Says which modules are put into the day, left out of it, or replaced by others."""

    include: list[str | Include] = []
    exclude: list[str] = []
    replace: dict[str, str] = {}

    @property
    def included(self) -> list[str]:
        """The names of the modules that are put into the day, or moved in it."""
        return [entry.module if isinstance(entry, Include) else entry for entry in self.include]

    @model_validator(mode="before")
    @classmethod
    def _have_no_minutes(cls, entry: object) -> object:
        if not isinstance(entry, dict):
            return entry
        rest = {key: value for key, value in entry.items() if key not in cls.model_fields}
        minutes = rest.get("minutes", rest)
        if not isinstance(minutes, dict):
            minutes = {"MODULE": minutes}
        if minutes and all(_is_number(value) for value in minutes.values()):
            hint = f"Write `minutes: {in_one_line(minutes)}` beside it."
            at = (next(iter(rest)),)
            raise Fault("`modules` does not say how many minutes a module takes", hint, at)
        return entry


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _minutes_line(name: object, minutes: object) -> str:
    return f"`minutes: {in_one_line({name: minutes})}`"


# The minutes of every break of a title, 0 for no such break; or more about the one break.
BreakSetting = Annotated[int, Field(ge=0, le=BREAK_MINUTES.most)] | Break
Breaks = dict[Name, BreakSetting]
Order = Annotated[list[Name | OrderedBreak], Field(min_length=1)]
# So many minutes exactly for a module of the day, by its name.
ModuleMinutes = dict[Name, Annotated[int, Field(ge=1, le=MODULE_MINUTES.most)]]


@dataclass(frozen=True)
class Wishes:
    """Holds what a client file asks of a day, which is to give way last.

    `modules` are those that only the client brings into the day, `order` those that it puts in a
    place, and `core` those that all days of the programme have. `times` are the keys of `times`
    that are set, `pins` and `lengths` the titles of breaks with a time and with minutes of the
    client's.
    """

    modules: frozenset[str] = frozenset()
    order: frozenset[str] = frozenset()
    core: frozenset[str] = frozenset()
    times: frozenset[str] = frozenset()
    pins: frozenset[str] = frozenset()
    lengths: frozenset[str] = frozenset()


@dataclass(frozen=True)
class DayKeys:
    """Holds what a client file says of a cohort's day, so that a line for it can be proposed.

    `under` is the cohort whose keys set the day, None for the client's own; `times`, `breaks`,
    `modules` and `minutes` are those that stand there. `all_breaks` and `all_modules` have what the
    client says besides. `is_ordered` says that an `order` decides the day. `from_variant` are
    the modules of the programme's day, `pauses` the titles of its breaks, and `lunch` is the
    break that `times` pins. `doors` is when they open. `wishes` are what the client asks for,
    and `file` is where the lines belong.
    """

    under: str | None = None
    times: Times = field(default_factory=Times)
    breaks: Mapping[str, int | Break] = field(default_factory=dict)
    modules: Modules = field(default_factory=Modules)
    all_breaks: Mapping[str, int | Break] = field(default_factory=dict)
    all_modules: Modules = field(default_factory=Modules)
    minutes: Mapping[str, int] = field(default_factory=dict)
    is_ordered: bool = False
    from_variant: frozenset[str] = frozenset()
    pauses: frozenset[str] = frozenset()
    lunch: str | None = None
    doors: Opening | None = None
    file: Path | None = None
    wishes: Wishes = field(default_factory=Wishes)
