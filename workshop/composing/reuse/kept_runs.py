"""What composing keeps for the next build of just the same files, the people in rosters aside."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workshop.building.reuse.kept_parts import Cache
from workshop.composing.reuse.template_run import NOTHING_KEPT, Kept
from workshop.keeping.fingerprint import digest_of
from workshop.keeping.program import program
from workshop.planning.day import Day, PlannedModule
from workshop.tailoring.tailor import Tailored
from workshop.workspace.input_files import inputs_of

if TYPE_CHECKING:
    from workshop.content.markdown import Converted


@dataclass(kw_only=True)
class KeptRuns(Kept):
    """What is kept of one cohort in one edition; `around` is all that no name of it says."""

    cache: Cache
    around: str
    new: dict[str, object] = field(default_factory=dict)

    def get(self, *of: str) -> Any | None:
        """Return what was made of this, by that name, if it was kept."""
        data = self.cache.get_composed(self._key(of))
        return None if data is None else json.loads(data)

    def put(self, data: object, *of: str) -> None:
        """Have something kept, once it is known to be made of these files."""
        self.new[self._key(of)] = data

    def write(self) -> None:
        """Keep what was put here."""
        for key, data in self.new.items():
            self.cache.put_composed(key, json.dumps(data, ensure_ascii=False).encode())

    def _key(self, of: Iterable[str]) -> str:
        return digest_of([self.around, *of])


@dataclass
class Keeping:
    """What is kept of one client's documents; nothing, where it cannot be told what is read."""

    tailored: Tailored
    cache: Cache | None

    def __post_init__(self) -> None:
        self._used: list[KeptRuns] = []

    @cached_property
    def texts(self) -> Converted:
        """Texts whose HTML is known, to which others are added."""
        return {} if self.cache is None else self.cache.texts

    def of(self, day: Day, edition: str, created: str | None) -> Kept:
        """Return what is kept of a cohort's documents in an edition, with a date of making."""
        files, read = self._files, sorted(self.tailored.modules.items())
        if self.cache is None or files is None:
            return NOTHING_KEPT
        paths = {name: str(module.path.resolve()) for name, module in read}
        asked = [program(), day.cohort.slug, edition, created or "", *self._around(day)]
        around = digest_of([*asked, *_all_but(files, set(paths.values()))])
        texts = {name: files[path] for name, path in paths.items()}
        fronts = digest_of(repr(module.source.data) for _, module in read)
        return self._use(KeptRuns(cache=self.cache, around=around, texts=texts, fronts=fronts))

    def of_all(self) -> Kept:
        """Return what is kept of what all files of the client, rosters aside, say together."""
        if self.cache is None or self._files is None:
            return NOTHING_KEPT
        around = digest_of([program(), *_all_but(self._files, ())])
        return self._use(KeptRuns(cache=self.cache, around=around))

    def _use(self, kept: KeptRuns) -> KeptRuns:
        self._used.append(kept)
        return kept

    @cached_property
    def _files(self) -> Mapping[str, str] | None:
        """The digests of all files but rosters, by their paths; None where that cannot be told."""
        inputs = self.tailored.inputs
        modules = {str(module.path.resolve()) for module in self.tailored.modules.values()}
        if inputs is None or not modules <= set(inputs) or self._rosters_can_be_taken_in():
            return None
        apart = self.tailored.rosters
        return {path: inputs[path][-1] for path in sorted(inputs) if path not in apart}

    def write(self) -> None:
        """Keep what is new, unless a file was changed while it was made."""
        tailored, new = self.tailored, [one for one in self._used if one.new]
        if new and inputs_of(tailored.workspace, tailored.slug) == tailored.inputs:
            for one in new:
                one.write()
        if self.cache and "texts" in vars(self):
            self.cache.keep_texts()

    def _rosters_can_be_taken_in(self) -> bool:
        """Whether a roster lies where templates find files: what it says could be anywhere then."""
        roots = [root.resolve() for root in self.tailored.overlay.roots]
        rosters = map(Path, self.tailored.rosters)
        return any(roster.is_relative_to(root) for roster in rosters for root in roots)

    def _around(self, day: Day) -> Iterator[str]:
        """Yield what files alone do not say, and what is known of modules outside of them."""
        # Of the people in a roster, templates are told how many there are, and no more.
        roster = day.cohort.roster
        yield f"{day.cohort.headcount} {len(roster.managers()) if roster else None}"
        yield from (repr(_running(planned)) for planned in day.modules)
        for module in self.tailored.modules.values():
            # What other texts may refer to.
            yield repr([(one.id, one.title) for one in module.exercises])


def _all_but(files: Mapping[str, str], apart: Collection[str]) -> Iterator[str]:
    return (f"{path} {digest}" for path, digest in files.items() if path not in apart)


def _running(planned: PlannedModule) -> tuple[object, ...]:
    """Return when a module runs, and all that the plan says of its parts."""
    parts = [
        (part.minutes, one and (one.exercise.id, one.number, one.minutes, one.setup_minutes))
        for part in planned.parts
        for one in [part.exercise]
    ]
    more = [(one.round_minutes, one.steps, one.own_time, one.groups) for one in planned.exercises]
    return planned.module.name, planned.number, planned.start, planned.minutes, parts, more
