"""What composing keeps for the next build of just the same files, the people in rosters aside."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from workshop.building.cache import Cache
from workshop.building.digests import digest_of
from workshop.building.program import program
from workshop.composing.runs import NOTHING_KEPT, Kept
from workshop.planning.day import Day
from workshop.tailoring.inputs import inputs_of
from workshop.tailoring.tailor import Tailored


@dataclass
class KeptRuns(Kept):
    """The runs of one cohort's documents in one edition; `made_from` is a digest of the rest."""

    cache: Cache
    made_from: str
    new: dict[str, object] = field(default_factory=dict)

    def get(self, name: str) -> Any | None:
        """Return what was kept by a name, if anything was."""
        data = self.cache.get_composed(self._key(name))
        return None if data is None else json.loads(data)

    def put(self, name: str, data: object) -> None:
        """Have something kept, once it is known to be made of these files."""
        self.new[name] = data

    def write(self) -> None:
        """Keep what was put here."""
        for name, data in self.new.items():
            text = json.dumps(data, ensure_ascii=False)
            self.cache.put_composed(self._key(name), text.encode())

    def _key(self, name: str) -> str:
        return digest_of([self.made_from, name])


@dataclass
class Keeping:
    """What is kept of one client's documents; nothing, where it cannot be told what is read."""

    tailored: Tailored
    created: str | None
    cache: Cache | None

    def __post_init__(self) -> None:
        self._used: list[KeptRuns] = []
        self._program = program()

    def of(self, day: Day, edition: str) -> Kept:
        """Return what is kept of a cohort's documents in an edition."""
        inputs, rosters = self.tailored.inputs, self.tailored.rosters
        if self.cache is None or inputs is None:
            return NOTHING_KEPT
        roster = day.cohort.roster
        made_from = [
            self._program,
            day.cohort.slug,
            edition,
            self.created or "",
            # Of the people in a roster, templates are told how many there are, and no more.
            f"{day.cohort.headcount} {len(roster.managers()) if roster else None}",
            *(f"{path} {inputs[path][-1]}" for path in sorted(inputs) if path not in rosters),
        ]
        kept = KeptRuns(self.cache, digest_of(made_from))
        self._used.append(kept)
        return kept

    def write(self) -> None:
        """Keep what is new, unless a file was changed while it was made."""
        tailored, new = self.tailored, [one for one in self._used if one.new]
        if new and inputs_of(tailored.workspace, tailored.slug) == tailored.inputs:
            for one in new:
                one.write()
