"""Modules as a document's templates see them, with a note of what of their texts is read.

What the plan and the front matter of a module say is not noted: where that changes, all documents
are composed anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from workshop.composing.language.recipient_seen import Watched
from workshop.composing.views.records import ModuleView

# From a module to a value: names, numbers in a row, or `_COUNT` for how many a row has.
ReadPath = tuple[str | int, ...]

_COUNT = "#"
_ROWS = ("exercises", "parts", "slides")
# What plan and front matter say of a module; and of its exercises, which are as many as planned.
_PLANNED = frozenset(
    (
        *("name", "number", "title", "summary", "start", "minutes", "finish"),
        *("outcomes", "needs", "suits", "exercises"),
    )
)
_OF_EXERCISES = frozenset(("id", "number", "title", "minutes"))


class Notes:
    """What a document's templates read of the modules' texts.

    `paths` lead to it, by the modules' names. `everything` says that they read what cannot be told.
    """

    def __init__(self) -> None:
        self.paths: dict[str, set[ReadPath]] = {}
        self.everything = False

    def module(self, view: ModuleView) -> Any:
        """Return a module as a template is to see it."""
        return _noted(view, (), self.paths.setdefault(view.name, set()).add)

    def reading(self, called: Callable[..., Any]) -> Callable[..., Any]:
        """Return what a template may call to be told something that is found in all the texts."""

        def noting(*given: Any, **named: Any) -> Any:
            self.everything = True
            return called(*given, **named)

        return noting


def digest_of_read(view: ModuleView, paths: Iterable[ReadPath]) -> str:
    """Return the SHA-256 of what some paths lead to in a module, in hexadecimal."""
    read = [(path, _follow(view, path)) for path in sorted(paths, key=repr)]
    return hashlib.sha256(repr(read).encode()).hexdigest()


def _follow(view: Any, path: ReadPath) -> Any:
    for step in path:
        if step == _COUNT:
            view = len(view)
        elif isinstance(step, int):
            view = view[step] if step < len(view) else None
        else:
            view = getattr(view, step, None)
    return view


def _noted(view: Any, path: ReadPath, note: Callable[[ReadPath], None]) -> Any:
    return _kind_of(type(view).__name__)(view, path, note)


@cache
def _kind_of(name: str) -> type[_NotedView]:
    # Called what it stands for, by which Python’s messages name it.
    return type(name, (_NotedView,), {})


class _NotedView(Watched):
    """A module, or one of its exercises, parts or slides."""

    def __init__(self, view: Any, path: ReadPath, note: Callable[[ReadPath], None]) -> None:
        self._value = view
        self._path = path
        self._note = note

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        value, path = getattr(self._value, name), (*self._path, name)
        if not self._path and name in _ROWS:
            if name not in _PLANNED:
                self._note((*path, _COUNT))
            value = tuple(_noted(one, (*path, at), self._note) for at, one in enumerate(value))
        elif not self._is_planned(name):
            self._note(path)
        # Found without this from now on.
        self.__dict__[name] = value
        return value

    def _is_planned(self, name: str) -> bool:
        if self._path:
            return self._path[0] == "exercises" and name in _OF_EXERCISES
        return name in _PLANNED

    def _whole(self) -> Any:
        self._note(self._path)
        return self._value

    def __eq__(self, other: object) -> bool:
        return bool(self._whole() == (other._whole() if isinstance(other, _NotedView) else other))

    def __hash__(self) -> int:
        return hash(self._whole())

    def __str__(self) -> str:
        return str(self._whole())
