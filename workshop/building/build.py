"""A plan into kits on disk: every job composed, laid out and written, then put in place at once."""

from __future__ import annotations

import datetime
import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import (
    Executor,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
    as_completed,
)
from dataclasses import dataclass, replace
from pathlib import Path

from workshop.building import manifest as manifests
from workshop.building.kit_folder import keep_files, replacing
from workshop.building.manifest import Entry, Manifest
from workshop.composing.compose import Composer
from workshop.composing.render_job import RenderJob, Typeset
from workshop.diagnostics import ContentError, Diagnostic, Severity
from workshop.planning.plan import CohortPlan, Job, Plan


@dataclass(frozen=True)
class Progress:
    """How far a build is: `done` of `total` PDFs, the last of them `path`."""

    cohort: str
    path: str
    done: int
    total: int


@dataclass(frozen=True)
class Kit:
    """One cohort's finished kit: where it is, what was made now, what is worth knowing."""

    folder: Path
    manifest: Manifest
    made: tuple[Entry, ...]
    warnings: tuple[Diagnostic, ...]


def build_plan(
    plan: Plan, output: Path, workers: int, on_progress: Callable[[Progress], None]
) -> list[Kit]:
    """Make every kit of a plan below `output`, as `<client>/<cohort>/`.

    A cohort's kit replaces the last one as a whole, or not at all. Raises `ContentError` with all
    that was found wrong in a kit's documents, `EnvironmentFault` when the machine cannot lay out.
    """
    total = sum(len(cohort.jobs) for cohort in plan.cohorts)
    with _executor(min(workers, total)) as executor:
        run = _Run(plan, executor, total, on_progress)
        return [run.kit(cohort, output) for cohort in plan.cohorts]


def _executor(workers: int) -> Executor:
    if workers <= 1:
        return ThreadPoolExecutor(1)
    # Not forked: a fork would take over whatever the caller's threads were in the middle of.
    return ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"))


@dataclass
class _Run:
    plan: Plan
    executor: Executor
    total: int
    on_progress: Callable[[Progress], None]
    done: int = 0

    def kit(self, cohort: CohortPlan, output: Path) -> Kit:
        slug = cohort.day.cohort.slug
        folder = output / self.plan.tailored.slug / slug
        with replacing(folder) as staging:
            made, warnings = self._make(cohort, staging)
            new = Manifest(self.plan.tailored.slug, slug, tuple(made))
            again = {job.document.name for job in cohort.jobs}
            whole = manifests.merged(self._kept(folder), new, again)
            keep_files(folder, staging, [one.path for one in whole.files if one not in made])
            manifests.write(whole, staging)
        return Kit(folder, whole, tuple(made), tuple(warnings))

    def _kept(self, folder: Path) -> Manifest | None:
        """Return the last kit without the documents that the client no longer gets."""
        documents = {document.name for document in self.plan.tailored.documents}
        old = manifests.read(folder)
        if old is None:
            return None
        return replace(old, files=tuple(one for one in old.files if one.document in documents))

    def _make(self, cohort: CohortPlan, staging: Path) -> tuple[list[Entry], list[Diagnostic]]:
        made: dict[int, Entry] = {}
        found: list[tuple[Job, Diagnostic]] = []
        for index, job, typeset in self._typeset(cohort):
            path = staging / job.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(typeset.pdf)
            made[index] = manifests.entry_for(job, typeset.pdf, typeset.pages)
            found += [(job, diagnostic) for diagnostic in typeset.diagnostics]
            self.done += 1
            slug = cohort.day.cohort.slug
            self.on_progress(Progress(slug, job.path.as_posix(), self.done, self.total))
        diagnostics = list(_grouped(found))
        if any(one.severity is Severity.ERROR for one in diagnostics):
            raise ContentError(diagnostics)
        return [made[index] for index in sorted(made)], diagnostics

    def _typeset(self, cohort: CohortPlan) -> Iterator[tuple[int, Job, Typeset]]:
        """Lay out a cohort's jobs, yielding each as it is finished."""
        composer = Composer(self.plan.tailored, cohort.day, _created())
        composed = composer.compose_all(cohort.jobs)
        futures: dict[Future[Typeset], int] = {
            self.executor.submit(_lay_out, one): index for index, one in enumerate(composed)
        }
        try:
            for future in as_completed(futures):
                index = futures[future]
                yield index, cohort.jobs[index], future.result()
        finally:
            for future in futures:
                future.cancel()


def _lay_out(job: RenderJob) -> Typeset:
    # Imported where it runs: planning and composing need no layout engine.
    from workshop.typesetting.typeset import typeset

    return typeset(job)


def _created() -> str | None:
    """Return the date to write into the PDFs: none, unless SOURCE_DATE_EPOCH says one.

    Source: https://reproducible-builds.org/specs/source-date-epoch/
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch.isdecimal():
        return None
    return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _grouped(found: Sequence[tuple[Job, Diagnostic]]) -> Iterator[Diagnostic]:
    """Report each fault once, saying in which files it is."""
    files: dict[Diagnostic, list[str]] = {}
    for job, diagnostic in found:
        files.setdefault(diagnostic, []).append(job.path.as_posix())
    for diagnostic, paths in files.items():
        first, more = min(paths), len(paths) - 1
        where = f"{first} and {more} more" if more else first
        yield replace(diagnostic, message=f"{diagnostic.message} (in {where})")
