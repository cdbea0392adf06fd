"""A client's files into what is wrong with them, without laying anything out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from workshop.composing.compose import Composer
from workshop.diagnostics import ContentError, Diagnostic
from workshop.planning.plan import make_plan
from workshop.tailoring.tailor import tailor


@dataclass(frozen=True)
class Checked:
    """What a client without faults would get."""

    cohorts: int
    files: int
    warnings: tuple[Diagnostic, ...]


def check_client(workspace: Path, slug: str) -> Checked:
    """Read, plan and compose everything for a client.

    Raises `UsageError` for a client that is not there, `ContentError` with what was found wrong.
    """
    plan = make_plan(tailor(workspace, slug))
    faults: list[Diagnostic] = []
    for cohort in plan.cohorts:
        try:
            Composer(plan.tailored, cohort.day).compose_all(cohort.jobs)
        except ContentError as error:
            faults += error.diagnostics
    if faults:
        raise ContentError(dict.fromkeys(faults))
    files = sum(len(cohort.jobs) for cohort in plan.cohorts)
    return Checked(len(plan.cohorts), files, (*plan.tailored.warnings, *plan.warnings))
