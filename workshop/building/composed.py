"""A plan into the documents to lay out, cohort by cohort, with those that they refer to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

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
        composer = Composer(plan.tailored, cohort.day, created)
        try:
            kits.append(_composed(composer, cohort, plan))
        except ContentError as error:
            faults.update(dict.fromkeys(error.diagnostics))
    if faults:
        raise ContentError(faults)
    return kits


def _composed(composer: Composer, cohort: CohortPlan, plan: Plan) -> ComposedKit:
    copies = composer.compose_all(cohort.jobs)
    # The first copy speaks for all: whoever's workbook it is, a page has the same number in it.
    first: dict[str, Composition] = {}
    for copy in copies:
        first.setdefault(copy.job.document.name, copy.composition)
    documents = {document.name: document for document in plan.tailored.documents}
    wanted = {name for copy in copies for name in copy.composition.refers_to}
    referred_to = {}
    for name in sorted(wanted):
        # It may not be asked for now; its pages are all the same where they are.
        referred_to[name] = (
            first.get(name)
            or composer.compose(first_job(documents[name], cohort.day.cohort)).composition
        )
    return ComposedKit(cohort, tuple(copies), referred_to)
