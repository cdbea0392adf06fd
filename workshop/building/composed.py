"""A plan into the documents to lay out, cohort by cohort, with those that they refer to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from workshop.composing.compose import Composer
from workshop.composing.composition import ComposedCopy, Composition
from workshop.diagnostics import ContentError, Diagnostic
from workshop.planning.plan import CohortPlan, Plan, first_job


@dataclass(frozen=True)
class ComposedKit:
    """A cohort's copies, and the documents whose pages they refer to, by name."""

    cohort: CohortPlan
    copies: tuple[ComposedCopy, ...]
    referred_to: Mapping[str, Composition]

    @property
    def compositions(self) -> tuple[Composition, ...]:
        """Everything that has to be laid out."""
        copies = (copy.composition for copy in self.copies)
        return tuple(dict.fromkeys((*copies, *self.referred_to.values())))


def compose_kits(plan: Plan, created: str | None = None) -> list[ComposedKit]:
    """Compose every job of a plan; `created` is the date the PDFs are to carry (ISO 8601).

    Raises `ContentError` with what is wrong in any document of any cohort.
    """
    kits: list[ComposedKit] = []
    faults: dict[Diagnostic, None] = {}
    for cohort in plan.cohorts:
        try:
            kits.append(_composed(cohort, plan, created))
        except ContentError as error:
            faults.update(dict.fromkeys(error.diagnostics))
    if faults:
        raise ContentError(faults)
    return kits


def _composed(cohort: CohortPlan, plan: Plan, created: str | None) -> ComposedKit:
    @cache
    def composer(edition: str) -> Composer:
        return Composer(plan.tailored, cohort.day, created, edition)

    editions = dict.fromkeys(document.edition for document in cohort.documents)
    copies = [
        copy
        for edition in editions
        for copy in composer(edition).compose_all(
            [job for job in cohort.jobs if job.document.edition == edition]
        )
    ]
    # The first copy speaks for all: whoever's workbook it is, a page has the same number in it.
    first: dict[str, Composition] = {}
    for copy in copies:
        first.setdefault(copy.job.document.name, copy.composition)
    documents = {document.name: document for document in plan.tailored.documents}
    wanted = {name for copy in copies for name in copy.composition.refers_to}
    referred_to = {}
    for name in sorted(wanted):
        # It may not be asked for now; its pages are all the same where they are.
        known = first.get(name)
        job = first_job(documents[name], cohort.day.cohort)
        referred_to[name] = known or composer(job.document.edition).compose(job).composition
    return ComposedKit(cohort, tuple(copies), referred_to)
