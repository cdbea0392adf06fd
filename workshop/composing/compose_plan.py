"""Compose all documents of a plan, cohort by cohort, with those that they refer to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from workshop.composing.composer import Composer
from workshop.composing.composition import ComposedCopy, Composition
from workshop.composing.language.mistakes import Faults
from workshop.composing.reuse.shelves import Shelves
from workshop.keeping.memory import Memory
from workshop.planning.job import Job
from workshop.planning.make_plan import CohortPlan, Plan, jobs_for


@dataclass(frozen=True)
class ComposedKit:
    """Holds a cohort's copies, and the documents whose pages they refer to, by name.

    `counted` are the files of the documents whose pages they count, by name, in their order.
    """

    cohort: CohortPlan
    copies: tuple[ComposedCopy, ...]
    referred_to: Mapping[str, Composition]
    counted: Mapping[str, tuple[Composition, ...]]


class PlanComposer:
    """Composes every job of a plan.

    `created` is the date the PDFs are to carry (ISO 8601), if any. What earlier runs composed of
    the same files is taken from `memory`.
    """

    def __init__(self, plan: Plan, memory: Memory, created: str | None = None) -> None:
        self._kept = Shelves(plan.tailored, memory)
        self._cohorts = [
            _CohortComposer(plan, cohort, created, self._kept, memory) for cohort in plan.cohorts
        ]
        self.client_shelf = self._kept.for_client()
        self.kits: list[ComposedKit] = []

    def documents(self) -> Iterator[tuple[CohortPlan, list[ComposedCopy]]]:
        """Compose document by document, and yield the copies of each that has to be laid out.

        First documents with a copy for each person, which take longest to make, in all cohorts; at
        the end those that others refer to and nobody asked for. Raises `ContentError` with what is
        wrong in any document of any cohort; after the first fault nothing more is yielded. When all
        are composed, they stand in `kits`.
        """
        faults = Faults()
        documents = [(cohort, jobs) for cohort in self._cohorts for jobs in cohort.jobs_by_document]
        documents.sort(key=lambda pair: pair[1][0].document.file.per == "cohort")
        for cohort, jobs in documents:
            copies: list[ComposedCopy] = []
            with faults.collected():
                copies = cohort.compose(jobs)
            if copies and not faults:
                yield cohort.plan, copies
        for cohort in self._cohorts if not faults else ():
            others: list[ComposedCopy] = []
            with faults.collected():
                kit, others = cohort.finish()
                self.kits.append(kit)
            if others and not faults:
                yield cohort.plan, others
        faults.stop()

    def keep_composed(self) -> None:
        """Keep what was composed for the next run, and what was put on the client's shelf."""
        self._kept.write()


def compose_kits(
    plan: Plan, memory: Memory | None = None, created: str | None = None
) -> list[ComposedKit]:
    """Compose every job of a plan, as `PlanComposer` does, all in one go; keep it in `memory`."""
    composer = PlanComposer(plan, memory or Memory(), created)
    for _ in composer.documents():
        pass
    composer.keep_composed()
    return composer.kits


class _CohortComposer:
    """Composes a cohort's documents, in each edition with a composer of its own."""

    def __init__(
        self,
        plan: Plan,
        cohort: CohortPlan,
        created: str | None,
        kept: Shelves,
        memory: Memory,
    ) -> None:
        self.plan = cohort
        self._tailored = plan.tailored
        self._created = created
        self._kept = kept
        self._memory = memory
        self._composers: dict[str, Composer] = {}
        self._copies: dict[str, ComposedCopy] = {}

    @property
    def jobs_by_document(self) -> list[list[Job]]:
        """The cohort's jobs, those of each document together."""
        jobs: dict[str, list[Job]] = {}
        for job in self.plan.jobs:
            jobs.setdefault(job.document.name, []).append(job)
        return list(jobs.values())

    def compose(self, jobs: Sequence[Job]) -> list[ComposedCopy]:
        """Return the copies of one document."""
        copies = self._composer(jobs[0]).compose_all(jobs)
        self._copies |= {copy.job.file: copy for copy in copies}
        return copies

    def finish(self) -> tuple[ComposedKit, list[ComposedCopy]]:
        """Return all copies as a kit; and copies of what they refer to and nobody asked for."""
        copies = tuple(self._copies[job.file] for job in self.plan.jobs)
        referred_to, others = self._referred_to(copies)
        counted = self._counted(copies, others)
        for composer in self._composers.values():
            composer.put_on_shelf()
        return ComposedKit(self.plan, copies, referred_to, counted), others

    def _composer(self, job: Job) -> Composer:
        edition = job.document.edition
        if edition not in self._composers:
            self._composers[edition] = Composer(
                self._tailored,
                self.plan.day,
                self._created,
                edition,
                self._memory,
                self._kept.for_cohort(self.plan.day, edition, self._created),
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
        documents = {document.name: document for document in self._tailored.documents}
        counted = {name for copy in copies for name in copy.composition.counts}
        others: list[ComposedCopy] = []
        # Their page numbers are printed, though nobody asked for the file.
        for name in sorted(wanted - set(first)):
            jobs = jobs_for(documents[name], self.plan.day.cohort)
            jobs = jobs if name in counted else jobs[:1]
            others += self._composer(jobs[0]).compose_all(jobs)
        for copy in others:
            first.setdefault(copy.job.document.name, copy.composition)
        return {name: first[name] for name in sorted(wanted)}, others

    def _counted(
        self, copies: Sequence[ComposedCopy], others: Sequence[ComposedCopy]
    ) -> dict[str, tuple[Composition, ...]]:
        """Return the files of each document whose pages the copies count."""
        files: dict[str, list[Composition]] = {}
        for copy in (*copies, *others):
            files.setdefault(copy.job.document.name, []).append(copy.composition)
        names = {name for copy in copies for name in copy.composition.counts}
        return {name: tuple(files[name]) for name in sorted(names)}
