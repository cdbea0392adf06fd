"""Make the kits of a plan: compose, lay out in parts, link, stamp, proofread, put in place."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Executor
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from workshop.building.reuse.kept_parts import KeptParts
from workshop.building.steps.kit_in_progress import BuiltKit, KitInProgress, Layouts
from workshop.building.steps.layouts import LayingOut
from workshop.composing.compose_plan import PlanComposer
from workshop.composing.composition import Composition
from workshop.composing.creation_date import created
from workshop.diagnostics import ContentError, Diagnostic
from workshop.file_errors import writing
from workshop.keeping.memory import Memory
from workshop.planning.make_plan import Plan
from workshop.proofing.proof import proofread
from workshop.typesetting.laid_out import LaidOut


@dataclass(frozen=True)
class BuildProgress:
    """Says how far a build is: `done` of `total` steps of a stage, the last of them `what`.

    First parts are laid out, then files written. `total` grows while documents are composed and
    laid out; `kept` parts come from earlier builds.
    """

    stage: Literal["lay out", "write"]
    what: str
    done: int
    total: int
    kept: int = 0


OnProgress = Callable[[BuildProgress], None]


def build_plan(
    plan: Plan,
    output: Path,
    pool: AbstractContextManager[Executor],
    on_progress: OnProgress,
    memory: Memory,
    *,
    strict: bool = False,
) -> list[BuiltKit]:
    """Make every kit of a plan below `output`, as `<client>/<cohort>/`, with the workers of `pool`.

    A cohort's kit replaces the last one as a whole, or not at all; `strict` counts what
    proofreading finds as an error. Raises `ContentError` with all that is wrong in the documents,
    `EnvironmentFault` when the machine cannot lay out or `output` cannot be written.
    """
    kept = KeptParts(memory)
    with pool as workers:
        composer = PlanComposer(plan, memory, created())
        laying_out = LayingOut(workers, kept, layout_reporter(on_progress), plan.tailored)
        kits = {
            cohort.slug: KitInProgress(plan, cohort, output, workers, kept)
            for cohort in plan.cohorts
        }
        # Documents are laid out and linked while others are still composed.
        for cohort, copies in composer.documents():
            laying_out.add(copies)
            kits[cohort.slug].add(copies)
            _start_ready_documents(kits.values(), laying_out)
        for _ in laying_out.rest():
            _start_ready_documents(kits.values(), laying_out)
        for composed in composer.kits:
            kits[composed.cohort.slug].finish_copies(composed, laying_out.layouts)
        # This is done here while the workers link and stamp.
        proofs = proofread(
            plan, composer.kits, laid_out_parts(laying_out.layouts), composer.client_shelf
        )
        composer.keep_composed()
        on_written = _write_reporter(on_progress, sum(len(cohort.jobs) for cohort in plan.cohorts))
        built: list[BuiltKit] = []
        faults: list[Diagnostic] = []
        for kit, warnings in zip(kits.values(), proofs, strict=True):
            try:
                with writing(output):
                    built.append(kit.put_in_place(warnings, on_written, strict=strict))
            except ContentError as error:
                faults += error.diagnostics
    if memory.store:
        memory.store.tidy()
    if faults:
        raise ContentError([*faults, *(warning for kit in built for warning in kit.warnings)])
    return built


def _start_ready_documents(kits: Iterable[KitInProgress], laying_out: LayingOut) -> None:
    for kit in kits:
        kit.start_ready(laying_out.laid_out)


def laid_out_parts(layouts: Layouts) -> dict[Composition, list[LaidOut]]:
    """Return the laid-out parts of each document, without the jobs they were laid out by."""
    return {
        composition: [layout.laid_out for layout in parts] for composition, parts in layouts.items()
    }


def layout_reporter(on_progress: OnProgress) -> Callable[[str, bool, int], None]:
    """Return what `LayingOut` is to call after each part, so that progress is reported."""
    done = from_earlier = 0

    def on_part(name: str, was_kept: bool, left: int) -> None:
        nonlocal done, from_earlier
        done, from_earlier = done + 1, from_earlier + was_kept
        on_progress(BuildProgress("lay out", name, done, done + left, from_earlier))

    return on_part


def _write_reporter(on_progress: OnProgress, total: int) -> Callable[[str], None]:
    written = 0

    def on_written(path: str) -> None:
        nonlocal written
        written += 1
        on_progress(BuildProgress("write", path, written, total))

    return on_written
