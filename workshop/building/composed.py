"""A plan into the documents to lay out, cohort by cohort, with those that they refer to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from workshop.composing.compose import Composer
from workshop.composing.composition import ComposedCopy, Composition
from workshop.content.markdown import Converted
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


def compose_kits(
    plan: Plan,
    created: str | None = None,
    on_composed: Callable[[ComposedKit], None] = lambda _kit: None,
    converted: Converted | None = None,
) -> list[ComposedKit]:
    """Compose every job of a plan; `created` is the date the PDFs are to carry (ISO 8601).

    `on_composed` is told of each cohort’s as soon as it is there; `converted` are texts whose HTML
    is known, to which others are added. Raises `ContentError` with what is wrong in any document of
    any cohort.
    """
    known: Converted = {} if converted is None else converted
    kits: list[ComposedKit] = []
    faults: dict[Diagnostic, None] = {}
    for cohort in plan.cohorts:
        try:
            kit = _composed(cohort, plan, created, known)
        except ContentError as error:
            faults.update(dict.fromkeys(error.diagnostics))
            continue
        kits.append(kit)
        if not faults:
            on_composed(kit)
    if faults:
        raise ContentError(faults)
    return kits


def _composed(
    cohort: CohortPlan, plan: Plan, created: str | None, converted: Converted
) -> ComposedKit:
    @cache
    def composer(edition: str) -> Composer:
        return Composer(plan.tailored, cohort.day, created, edition, converted)

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
