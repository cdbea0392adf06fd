"""Count the layouts that a plan takes, and say what keeps the copies of a document apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from workshop.building.reuse.kept_parts import KeptParts
from workshop.composing.compose_plan import ComposedKit, compose_kits
from workshop.composing.composition import ComposedCopy, Composition, Part
from workshop.composing.pages.render_job import FOLDED, RenderJob
from workshop.keeping.memory import Memory
from workshop.planning.make_plan import Plan


@dataclass(frozen=True)
class Apart:
    """Says of a part that it is not the same in all copies, and why.

    It takes `layouts` where `alone` would do for one copy. `shown` are a person's values that it
    prints outside of slots. Otherwise copies differ by `by`: the values whose presence, number or
    order the template asked for.
    """

    part: str
    layouts: int
    alone: int
    shown: tuple[str, ...]
    by: tuple[str, ...]


@dataclass(frozen=True)
class DocumentEffort:
    """Says what a document takes: copies, layouts of parts, and how many are kept already.

    `coloured` are the kept parts that have to be laid out once more in the client's own colours,
    because a gradient or a form field shows one: nobody else can use that layout.
    """

    document: str
    copies: int
    layouts: int
    kept: int
    apart: tuple[Apart, ...]
    coloured: tuple[str, ...] = ()


def layout_counts(plan: Plan, memory: Memory) -> list[tuple[DocumentEffort, ...]]:
    """Return for each cohort what each of its documents takes.

    Everything is composed for it, and nothing laid out: what depends on the side of an opening that
    a part comes to stand on is counted once. Raises `ContentError` as composing does.
    """
    kept = KeptParts(memory)
    return [tuple(_efforts(kit, kept)) for kit in compose_kits(plan, memory)]


def _efforts(kit: ComposedKit, kept: KeptParts) -> Iterator[DocumentEffort]:
    documents: dict[str, list[ComposedCopy]] = {}
    for copy in kit.copies:
        documents.setdefault(copy.job.document.name, []).append(copy)
    for name, copies in documents.items():
        compositions = list(dict.fromkeys(copy.composition for copy in copies))
        parts = {
            part.job.digest: part for composition in compositions for part in composition.parts
        }
        ready = sum(not part.shown and _is_kept(part.job, kept) for part in parts.values())
        apart, coloured = tuple(_find_apart(compositions)), tuple(_coloured(parts.values(), kept))
        yield DocumentEffort(name, len(copies), len(parts), ready, apart, coloured)


def _is_kept(job: RenderJob, kept: KeptParts) -> bool:
    """Tell whether the layout of a job is kept.

    Of what fills the last sheet, any layout counts, behind whatever number of pages.
    """
    numbers = range(FOLDED) if job.then == "back" else [job.pages_before]
    return any(kept.has_part(replace(job, pages_before=number)) for number in numbers)


def _coloured(parts: Iterable[Part], kept: KeptParts) -> Iterator[str]:
    names = (
        part.name
        for part in parts
        if not part.shown and (layout := kept.part(part.job)) and layout.needs_colours
    )
    yield from dict.fromkeys(names)


def _find_apart(compositions: Sequence[Composition]) -> Iterator[Apart]:
    same = set.intersection(*(set(composition.counted) for composition in compositions))
    by = tuple(
        dict.fromkeys(
            use[0] for composition in compositions for use in composition.counted if use not in same
        )
    )
    every = [part for composition in compositions for part in composition.parts]
    for name in dict.fromkeys(part.name for part in every):
        named = [
            [part for part in composition.parts if part.name == name]
            for composition in compositions
        ]
        layouts = len({part.job.digest for parts in named for part in parts})
        alone = max(len({part.job.digest for part in parts}) for parts in named)
        shown = dict.fromkeys(word for parts in named for part in parts for word in part.shown)
        if layouts > alone:
            yield Apart(name, layouts, alone, tuple(shown), by)
