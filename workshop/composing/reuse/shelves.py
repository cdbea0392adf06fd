"""Remember what was composed of a client's files, for when they are composed again unchanged.

What is kept is named by all it could have come from but the people in rosters: the digests of all
other files that a build of the client may read, taken before the first of them was read; what the
plan says of the day; the program. A template's run is also named by the texts of all modules of the
day, a module's views by the text of that module alone.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from workshop.keeping.fingerprint import digest_of, program
from workshop.keeping.kept_file import data_of
from workshop.keeping.memory import Memory
from workshop.limits import SETTINGS_FILE
from workshop.planning.day import Day, PlannedExercise, PlannedModule
from workshop.planning.kit_contents import kit_contents
from workshop.tailoring.tailored import Tailored
from workshop.user_files import read_file
from workshop.workspace.input_files import inputs_of

Value = TypeVar("Value")

_KIND = "composed"
# The brand's colour in a client file. Comments may stand between the two lines.
_BRAND = re.compile(
    rb"(?m)^(colours:(?:[ \t]*(?:#[^\r\n]*)?\r?\n)+[ \t]+brand:[ \t]*)[\"']#[0-9A-Fa-f]+[\"']"
)


@dataclass
class Shelf:
    """Holds values that were made from the same files, by their names.

    `made_from` is a digest of all that an entry's own name leaves out. `text_digests` are the
    digests of the modules' files by their names, for those who name entries. Without a memory
    nothing is found, and nothing kept.
    """

    memory: Memory | None = None
    made_from: str = ""
    text_digests: Mapping[str, str] = field(default_factory=dict)
    _new: dict[str, tuple[object, Callable[[Any], object]]] = field(default_factory=dict)

    def get(self, *name: str, from_data: Callable[[Any], Value]) -> Value | None:
        """Return the value of that name, if it was kept; `from_data` makes it of JSON's data.

        It raises `ValueError` for data of another shape, which count as missing.
        """
        if self.memory is None:
            return None
        key = digest_of((self.made_from, *name))
        value: Value | None = self.memory.composed.get(key)
        if value is None and self.memory.store and (body := self.memory.store.get(_KIND, key)):
            with suppress(ValueError):
                value = self.memory.composed.put(key, from_data(data_of(body)))
        return value

    def put(self, value: Value, *name: str, to_data: Callable[[Value], object]) -> Value:
        """Have a value kept, once it is certain that the files stayed as they were."""
        self._new[digest_of((self.made_from, *name))] = value, to_data
        return value

    @property
    def has_new(self) -> bool:
        """Tell whether anything was put here."""
        return self.memory is not None and bool(self._new)

    def write(self) -> None:
        """Keep what was put here."""
        if self.memory is None:
            return
        for key, (value, to_data) in self._new.items():
            self.memory.composed.put(key, value)
            if self.memory.store:
                text = json.dumps(to_data(value), ensure_ascii=False)
                self.memory.store.put(_KIND, key, text.encode("utf-8", "surrogatepass"))
        self._new.clear()


class Shelves:
    """Gives the shelves of one client's documents; empty ones where not all files can be listed."""

    def __init__(self, tailored: Tailored, memory: Memory | None) -> None:
        self._tailored = tailored
        self._memory = memory
        self._shelves: list[Shelf] = []

    def for_cohort(self, day: Day, edition: str, created: str | None) -> Shelf:
        """Return the shelf of a cohort's edition, and with `created`, the date in the PDFs."""
        files, modules = self._files_but_colour, sorted(self._tailored.modules.items())
        if files is None:
            return Shelf()
        paths = {name: str(module.path.resolve()) for name, module in modules}
        fronts = (repr(module.source.data) for _, module in modules)
        lines = _all_but(files, set(paths.values()))
        cohort = day.cohort.slug, edition, created or ""
        made_from = digest_of((program(), *cohort, *self._planned(day), *fronts, *lines))
        text_digests = {name: files[path] for name, path in paths.items()}
        return self._shelf(made_from, text_digests)

    def for_client(self) -> Shelf:
        """Return the shelf for what comes of all files but rosters, in whatever colour it is."""
        if self._files_but_colour is None:
            return Shelf()
        return self._shelf(digest_of([program(), *_all_but(self._files_but_colour, ())]), {})

    def write(self) -> None:
        """Keep what is new on all shelves, unless a file was changed while it was made."""
        tailored, new = self._tailored, [shelf for shelf in self._shelves if shelf.has_new]
        if new and inputs_of(tailored.workspace, tailored.slug, self._memory) == tailored.inputs:
            for shelf in new:
                shelf.write()

    def _shelf(self, made_from: str, text_digests: Mapping[str, str]) -> Shelf:
        shelf = Shelf(self._memory, made_from, text_digests)
        self._shelves.append(shelf)
        return shelf

    @cached_property
    def _files(self) -> Mapping[str, str] | None:
        """The digests of all files but rosters, by their paths; None where that cannot be told."""
        inputs = self._tailored.inputs
        modules = {str(module.path.resolve()) for module in self._tailored.modules.values()}
        if self._memory is None or inputs is None or not modules <= set(inputs):
            return None
        if self._rosters_can_be_taken_in():
            return None
        rosters = self._tailored.rosters
        return {path: inputs[path].sha256 for path in sorted(inputs) if path not in rosters}

    @cached_property
    def _files_but_colour(self) -> Mapping[str, str] | None:
        """The digests of all files but rosters; of the client file, of all but the colour in it."""
        if self._files is None:
            return None
        client = self._tailored.workspace / "clients" / self._tailored.slug / "client.yaml"
        return {**self._files, **dict(_without_colour(client, self._files))}

    def _rosters_can_be_taken_in(self) -> bool:
        """Tell whether a roster lies where templates find files: any page could then print it."""
        roots = [root.resolve() for root in self._tailored.overlay.roots]
        rosters = map(Path, self._tailored.rosters)
        return any(roster.is_relative_to(root) for roster in rosters for root in roots)

    def _planned(self, day: Day) -> Iterator[str]:
        """Yield what documents depend on besides files: the plan, and what texts may refer to."""
        # Of the people in a roster, templates are told how many there are, how many of them get a
        # paper in another edition, and whether segments are spoken of at all, and no more.
        roster = day.cohort.roster
        yield f"segments {bool(roster and roster.has_segments)}"
        yield f"{day.seating} {len(roster.managers()) if roster else None}"
        yield repr([paper.people_with(day.cohort.roster) for paper in self._tailored.documents])
        yield repr(kit_contents(self._tailored, day))
        yield from (repr(_running(planned)) for planned in day.modules)
        for module in self._tailored.modules.values():
            # What other texts may refer to.
            yield repr([(exercise.id, exercise.title) for exercise in module.exercises])


def _without_colour(client: Path, files: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the client file with a digest of all that it says but the brand's colour.

    What is composed has stand-ins for colours. Nothing is yielded where the colour is not written
    as usual, or the file is no longer the same.
    """
    path = str(client.resolve())
    with suppress(OSError):
        content = read_file(client, SETTINGS_FILE)
        if hashlib.sha256(content).hexdigest() == files.get(path):
            yield path, hashlib.sha256(_BRAND.sub(rb"\1", content)).hexdigest()


def _all_but(files: Mapping[str, str], apart: Collection[str]) -> Iterator[str]:
    return (f"{path} {digest}" for path, digest in files.items() if path not in apart)


def _running(planned: PlannedModule) -> tuple[object, ...]:
    """Return when a module runs, and all that the plan says of its parts."""
    parts = [
        (part.minutes, part.exercise and _planned_exercise(part.exercise)) for part in planned.parts
    ]
    more = [
        (exercise.round_minutes, exercise.steps, exercise.own_time, exercise.groups)
        for exercise in planned.exercises
    ]
    return planned.module.name, planned.number, planned.start, planned.minutes, parts, more


def _planned_exercise(planned: PlannedExercise) -> tuple[object, ...]:
    return planned.exercise.id, planned.number, planned.minutes, planned.setup_minutes
