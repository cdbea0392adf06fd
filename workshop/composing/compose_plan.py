"""A plan into the documents to lay out, cohort by cohort, with those that they refer to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from workshop.composing.composer import Composer
from workshop.composing.composition import ComposedCopy, Composition
from workshop.composing.language.mistakes import Faults
from workshop.composing.reuse.kept_runs import Keeping
from workshop.planning.make_plan import CohortPlan, Job, Plan, first_job

OnComposed = Callable[[CohortPlan, Sequence[ComposedCopy]], None]


@dataclass(frozen=True)
class ComposedKit:
    """A cohort's copies, and the documents whose pages they refer to, by name."""

    cohort: CohortPlan
    copies: tuple[ComposedCopy, ...]
    referred_to: Mapping[str, Composition]


def compose_kits(
    plan: Plan,
    created: str | None = None,
    on_composed: OnComposed = lambda _cohort, _copies: None,
    keeping: Keeping | None = None,
) -> list[ComposedKit]:
    """Compose every job of a plan; `created` is the date the PDFs are to carry (ISO 8601).

    `on_composed` is told of all that has to be laid out, a cohort’s copies of a document as soon as
    they are there: first what is one for each person, which takes longest to make, in all cohorts.
    What is kept of earlier builds is taken from `keeping`, and what is new is put there. Raises
    `ContentError` with what is wrong in any document of any cohort; after the first fault nothing
    is told of any more.
    """
    keeping = keeping or Keeping(plan.tailored, None)
    under_way = [_Composing(plan, cohort, created, keeping) for cohort in plan.cohorts]
    faults = Faults()

    def hand_on(cohort: CohortPlan, copies: Sequence[ComposedCopy]) -> None:
        if copies and not faults:
            on_composed(cohort, copies)

    documents = [(one, jobs) for one in under_way for jobs in _by_document(one.cohort.jobs)]
    for cohort, jobs in sorted(documents, key=lambda one: one[1][0].document.file.per == "cohort"):
        with faults.kept():
            hand_on(cohort.cohort, cohort.compose(jobs))
    kits: list[ComposedKit] = []
    for cohort in under_way if not faults else ():
        with faults.kept():
            kit, others = cohort.finish()
            hand_on(cohort.cohort, others)
            kits.append(kit)
    faults.stop()
    return kits


def _by_document(jobs: Iterable[Job]) -> Iterable[list[Job]]:
    """Return the jobs of each document."""
    found: dict[str, list[Job]] = {}
    for job in jobs:
        found.setdefault(job.document.name, []).append(job)
    return found.values()


@dataclass
class _Composing:
    """A cohort’s documents being composed, by what composes them in each edition."""

    plan: Plan
    cohort: CohortPlan
    created: str | None
    keeping: Keeping

    def __post_init__(self) -> None:
        self._composers: dict[str, Composer] = {}
        self._made: dict[str, ComposedCopy] = {}

    def compose(self, jobs: Sequence[Job]) -> list[ComposedCopy]:
        """Return the copies of one document."""
        copies = self._composer(jobs[0]).compose_all(jobs)
        self._made |= {copy.job.file: copy for copy in copies}
        return copies

    def finish(self) -> tuple[ComposedKit, list[ComposedCopy]]:
        """Return all copies as a kit; and copies of what they refer to and nobody asked for."""
        copies = tuple(self._made[job.file] for job in self.cohort.jobs)
        first, others = self._referred_to(copies)
        for composer in self._composers.values():
            composer.keep()
        return ComposedKit(self.cohort, copies, first), others

    def _composer(self, job: Job) -> Composer:
        edition = job.document.edition
        if edition not in self._composers:
            self._composers[edition] = Composer(
                self.plan.tailored,
                self.cohort.day,
                self.created,
                edition,
                lambda: self.keeping.texts,
                self.keeping.of(self.cohort.day, edition, self.created),
            )
        return self._composers[edition]

    def _referred_to(
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
        others = {name: self._composer(job).compose(job) for name, job in jobs.items()}
        first |= {name: copy.composition for name, copy in others.items()}
        return {name: first[name] for name in sorted(wanted)}, list(others.values())
