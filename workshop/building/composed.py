"""A plan into the documents to lay out, cohort by cohort, with those that they refer to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from workshop.building.cache import Cache
from workshop.building.kept_runs import Keeping
from workshop.composing.compose import Composer
from workshop.composing.composition import ComposedCopy, Composition
from workshop.composing.mistakes import Faults
from workshop.content.markdown import Converted
from workshop.planning.plan import CohortPlan, Job, Plan, first_job


@dataclass(frozen=True)
class ComposedKit:
    """A cohort's copies, and the documents whose pages they refer to, by name."""

    cohort: CohortPlan
    copies: tuple[ComposedCopy, ...]
    referred_to: Mapping[str, Composition]


def compose_kits(
    plan: Plan,
    created: str | None = None,
    on_composed: Callable[[Sequence[ComposedCopy]], None] = lambda _copies: None,
    cache: Cache | None = None,
) -> list[ComposedKit]:
    """Compose every job of a plan; `created` is the date the PDFs are to carry (ISO 8601).

    `on_composed` is told of all that has to be laid out, a document’s copies as soon as they are
    there; from `cache` comes what earlier builds composed, and what is new is kept there. Raises
    `ContentError` with what is wrong in any document of any cohort; after the first fault nothing
    is told of any more.
    """
    texts: Converted = {} if cache is None else cache.texts
    keeping = Keeping(plan.tailored, created, cache)
    faults = Faults()

    def hand_on(copies: Sequence[ComposedCopy]) -> None:
        if copies and not faults:
            on_composed(copies)

    kits: list[ComposedKit] = []
    for cohort in plan.cohorts:
        composers = _Composers(plan, cohort, created, texts, keeping)
        made: dict[str, ComposedCopy] = {}
        for jobs in _by_document(cohort.jobs):
            with faults.kept():
                copies = composers.of(jobs[0]).compose_all(jobs)
                hand_on(copies)
                made |= {copy.job.file: copy for copy in copies}
        if faults:
            continue
        with faults.kept():
            copies = [made[job.file] for job in cohort.jobs]
            first, others = composers.referred_to(copies)
            hand_on(others)
            kits.append(ComposedKit(cohort, tuple(copies), first))
            composers.keep()
    faults.stop()
    keeping.write()
    return kits


def _by_document(jobs: Iterable[Job]) -> list[list[Job]]:
    """Return the jobs of each document; first what is one for each, which takes longest to make."""
    found: dict[str, list[Job]] = {}
    for job in jobs:
        found.setdefault(job.document.name, []).append(job)
    return sorted(found.values(), key=lambda jobs: jobs[0].document.file.per == "cohort")


@dataclass
class _Composers:
    """What composes a cohort's documents, for each edition."""

    plan: Plan
    cohort: CohortPlan
    created: str | None
    converted: Converted
    keeping: Keeping

    def __post_init__(self) -> None:
        self._made: dict[str, Composer] = {}

    def of(self, job: Job) -> Composer:
        edition = job.document.edition
        if edition not in self._made:
            kept = self.keeping.of(self.cohort.day, edition)
            self._made[edition] = Composer(
                self.plan.tailored, self.cohort.day, self.created, edition, self.converted, kept
            )
        return self._made[edition]

    def keep(self) -> None:
        """Keep what was composed for the next build."""
        for composer in self._made.values():
            composer.keep()

    def referred_to(
        self, copies: Iterable[ComposedCopy]
    ) -> tuple[dict[str, Composition], list[ComposedCopy]]:
        """Return the documents that copies refer to, and copies of those not among them."""
        # The first copy speaks for all: whoever's workbook it is, a page has one number in it.
        first: dict[str, Composition] = {}
        for copy in copies:
            first.setdefault(copy.job.document.name, copy.composition)
        wanted = {name for copy in copies for name in copy.composition.refers_to}
        documents = {document.name: document for document in self.plan.tailored.documents}
        # They were not asked for; their pages are all the same where they are.
        jobs = {
            name: first_job(documents[name], self.cohort.day.cohort)
            for name in sorted(wanted - set(first))
        }
        others = {name: self.of(job).compose(job) for name, job in jobs.items()}
        first |= {name: copy.composition for name, copy in others.items()}
        return {name: first[name] for name in sorted(wanted)}, list(others.values())
