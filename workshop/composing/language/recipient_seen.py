"""Show a template its recipient, and note how the template uses the recipient's values.

A value that goes into a slot leaves no trace in the page, so that use is not noted. Any other use
is noted with its outcome: whether there is a value, how many there are, in which order they come,
or the value itself. For two recipients for whom all of these outcomes are equal, the template
prints the same pages, apart from the slots.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import total_ordering
from typing import Any, Literal

from markupsafe import Markup, escape

Path = tuple[str | int, ...]
What = Literal["presence", "count", "order", "value", "choice"]


@dataclass(frozen=True)
class Choice:
    """Marks a value that is the same for all who get it, and names none of them."""


@dataclass(frozen=True)
class Use:
    """Describes how a template used a value: `path` leads to it, `outcome` is what was seen."""

    path: Path
    what: What
    outcome: object

    @property
    def words(self) -> str:
        """The value as a template names it: "people.name"."""
        return ".".join(step for step in self.path if isinstance(step, str))

    def outcome_for(self, recipient: object) -> object:
        """Return what the template would see of another recipient."""
        return _SEEN[self.what](follow(recipient, self.path))


class Watch:
    """Collects the uses of one recipient while one template runs, in their order."""

    def __init__(self) -> None:
        self.uses: list[Use] = []

    def note(self, path: Path, what: What, value: object) -> Any:
        """Note a use and return its outcome."""
        outcome = _SEEN[what](value)
        self.uses.append(Use(path, what, outcome))
        return outcome


def _order(texts: Any) -> tuple[int, ...]:
    """Return the indices of texts in alphabetical order, where capitals count as small letters."""
    return tuple(sorted(range(len(texts or ())), key=lambda number: texts[number].lower()))


_SEEN: dict[str, Callable[[Any], object]] = {
    "presence": bool,
    "count": lambda value: len(value) if isinstance(value, tuple) else None,
    "order": _order,
    "value": lambda value: value,
    "choice": lambda value: value,
}


def follow(recipient: object, path: Path) -> Any:
    """Return the value a path leads to, or None where the recipient has none there.

    From several people, a name leads to the value that each of them has.
    """
    value = recipient
    for step in path:
        if isinstance(step, int):
            value = value[step] if isinstance(value, tuple) and step < len(value) else None
        elif isinstance(value, tuple):
            value = tuple(getattr(person, step, None) for person in value)
        else:
            value = getattr(value, step, None)
    return value


def masked(value: Any) -> Any:
    """Return a recipient like this one, all of whose texts are replaced by others."""
    if isinstance(value, Choice):
        return value
    if isinstance(value, str):
        return value and f"\ue000{len(value)}\ue000"
    if isinstance(value, tuple):
        return tuple(masked(item) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        values = {field.name: masked(getattr(value, field.name)) for field in fields(value)}
        return replace(value, **values)
    return value


def watched(value: object, path: Path, watch: Watch) -> Any:
    """Wrap a value so that its uses by a template are noted."""
    if isinstance(value, str):
        return WatchedText(value, path, watch)
    if isinstance(value, tuple):
        return WatchedRow(value, path, watch)
    if is_dataclass(value):
        return _WatchedRecord(value, path, watch)
    return value


def plain(value: object) -> object:
    """Return the value itself, for callers that look at its type and not at what it says."""
    return value._value if isinstance(value, Watched) else value


class Watched:
    """Stands in a template for a value of a recipient, with the watch that notes its uses.

    The path leads to the value from the recipient.
    """

    def __init__(self, value: Any, path: Path, watch: Watch) -> None:
        self._value = value
        self._path = path
        self._watch = watch


class _WatchedRecord(Watched):
    """Stands for a recipient, or for somebody named with them."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        value, path = getattr(self._value, name), (*self._path, name)
        if value is None or isinstance(value, Choice):
            return self._watch.note(path, "choice", value)
        return watched(value, path, self._watch)


class WatchedRow(Watched):
    """Stands for several people."""

    def sorted_by(self, name: str) -> list[Any] | None:
        """Return the people sorted by a text that all of them have; None if not all have it."""
        if not all(isinstance(getattr(person, name, None), str) for person in self._value):
            return None
        path = (*self._path, name)
        order = self._watch.note(path, "order", follow(self._value, (name,)))
        return [self[number] for number in order]

    def __len__(self) -> int:
        return int(self._watch.note(self._path, "count", self._value))

    def __iter__(self) -> Iterator[Any]:
        for number in range(len(self)):
            yield self[number]

    def __getitem__(self, number: Any) -> Any:
        # Whether a number leads to a person depends on how many people there are.
        count = len(self)
        if not isinstance(number, int):
            return [self[index] for index in range(*number.indices(count))]
        if number < 0:
            number += count
        return watched(self._value[number], (*self._path, number), self._watch)


@total_ordering
class WatchedText(Watched):
    """Stands for a text of a person, such as the name; any operation on it must be written here."""

    @property
    def source(self) -> Path:
        """The path to the value, in whoever the page is for."""
        return self._path

    def _used(self) -> str:
        return str(self._watch.note(self._path, "value", self._value))

    def __bool__(self) -> bool:
        return bool(self._watch.note(self._path, "presence", self._value))

    def __str__(self) -> str:
        return self._used()

    def __html__(self) -> Markup:
        return escape(self._used())

    def __int__(self) -> int:
        return int(self._used())

    def __float__(self) -> float:
        return float(self._used())

    def __eq__(self, other: object) -> bool:
        return bool(self._used() == _text_of(other))

    def __hash__(self) -> int:
        return hash(self._used())

    def __lt__(self, other: Any) -> bool:
        return bool(self._used() < _text_of(other))

    def __len__(self) -> int:
        return len(self._used())

    def __iter__(self) -> Iterator[str]:
        return iter(self._used())

    def __contains__(self, part: object) -> bool:
        return str(part) in self._used()

    def __getitem__(self, key: Any) -> str:
        return self._used()[key]

    def __add__(self, other: Any) -> Any:
        return self._used() + _text_of(other)

    def __radd__(self, other: Any) -> Any:
        return _text_of(other) + self._used()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self._used(), name)


def _text_of(value: Any) -> Any:
    return value._used() if isinstance(value, WatchedText) else value
