"""A plan into how many layouts it takes, and what keeps the copies of a document apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workshop.building.reuse.kept_parts import Cache
from workshop.composing.compose_plan import ComposedKit, compose_kits
from workshop.composing.composition import ComposedCopy, Composition
from workshop.composing.reuse.kept_runs import Keeping
from workshop.planning.make_plan import Plan


@dataclass(frozen=True)
class Apart:
    """A part that is not the same in all copies: `layouts` of it where `alone` would do for one.

    `shown` are a person's values that it prints outside of slots. Without any, copies differ by
    `by`: values of which it matters whether they are there, or how many they are.
    """

    part: str
    layouts: int
    alone: int
    shown: tuple[str, ...]
    by: tuple[str, ...]


@dataclass(frozen=True)
class Effort:
    """What a document takes: copies, layouts of parts, and how many of these are kept already."""

    document: str
    copies: int
    layouts: int
    kept: int
    apart: tuple[Apart, ...]


def efforts(plan: Plan) -> list[tuple[Effort, ...]]:
    """Return for each cohort what each of its documents takes.

    Everything is composed for it, and nothing laid out: what depends on the side of an opening that
    a part comes to stand on is counted once. Raises `ContentError` as composing does.
    """
    cache = Cache(plan.tailored.workspace)
    kits = compose_kits(plan, keeping=Keeping(plan.tailored, cache))
    return [tuple(_efforts(kit, cache)) for kit in kits]


def _efforts(kit: ComposedKit, cache: Cache) -> Iterator[Effort]:
    documents: dict[str, list[ComposedCopy]] = {}
    for copy in kit.copies:
        documents.setdefault(copy.job.document.name, []).append(copy)
    for name, copies in documents.items():
        compositions = list(dict.fromkeys(copy.composition for copy in copies))
        parts = {part.job.digest: part for one in compositions for part in one.parts}
        kept = sum(not part.shown and cache.has(part.job) for part in parts.values())
        yield Effort(name, len(copies), len(parts), kept, tuple(_apart(compositions)))


def _apart(compositions: Sequence[Composition]) -> Iterator[Apart]:
    same = set.intersection(*(set(one.counted) for one in compositions))
    by = tuple(
        dict.fromkeys(use[0] for one in compositions for use in one.counted if use not in same)
    )
    for name in dict.fromkeys(part.name for one in compositions for part in one.parts):
        named = [[part for part in one.parts if part.name == name] for one in compositions]
        layouts = len({part.job.digest for parts in named for part in parts})
        alone = max(len({part.job.digest for part in parts}) for parts in named)
        shown = dict.fromkeys(word for parts in named for part in parts for word in part.shown)
        if layouts > alone:
            yield Apart(name, layouts, alone, tuple(shown), by)
