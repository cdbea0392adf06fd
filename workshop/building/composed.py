"""A plan into the documents to lay out, cohort by cohort."""

from __future__ import annotations

from dataclasses import dataclass

from workshop.composing.compose import Composer
from workshop.composing.render_job import RenderJob
from workshop.diagnostics import ContentError, Diagnostic
from workshop.planning.plan import CohortPlan, Job, Plan


@dataclass(frozen=True)
class ComposedKit:
    """A cohort's jobs, each with its document."""

    cohort: CohortPlan
    documents: tuple[tuple[Job, RenderJob], ...]


def compose_kits(plan: Plan, created: str | None = None) -> list[ComposedKit]:
    """Compose every job of a plan; `created` is the date the PDFs are to carry (ISO 8601).

    Raises `ContentError` with what is wrong in any document of any cohort.
    """
    kits: list[ComposedKit] = []
    faults: dict[Diagnostic, None] = {}
    for cohort in plan.cohorts:
        composer = Composer(plan.tailored, cohort.day, created)
        try:
            documents = composer.compose_all(cohort.jobs)
        except ContentError as error:
            faults.update(dict.fromkeys(error.diagnostics))
        else:
            kits.append(ComposedKit(cohort, tuple(zip(cohort.jobs, documents, strict=True))))
    if faults:
        raise ContentError(faults)
    return kits
