"""`workshop plan`: the day and the files, without making them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from workshop.cli.options import (
    client_option,
    cohort_option,
    find_workspace,
    only_option,
    workspace_option,
)

if TYPE_CHECKING:
    from workshop.planning.plan import CohortPlan


@click.command("plan")
@client_option()
@cohort_option
@only_option
@workspace_option
def command(
    client: str, cohorts: tuple[str, ...], only: tuple[str, ...], workspace: Path | None
) -> None:
    """Show a client's days and files without making them.

    For each cohort the running order, the exercises with their groupings, and how many PDFs there
    are to make.
    """
    import workshop
    from workshop.cli.faults import show

    plan = workshop.plan(workshop.load(find_workspace(workspace), client), cohorts, only)
    show((*plan.tailored.warnings, *plan.warnings))
    click.echo("\n\n".join(_cohort(cohort) for cohort in plan.cohorts))


def _cohort(plan: CohortPlan) -> str:
    from workshop.cli.wording import columns, count

    day, cohort = plan.day, plan.day.cohort
    facts = [
        cohort.slug,
        str(cohort.date or "no date yet"),
        cohort.variant,
        cohort.paper,
        count(cohort.headcount, "participant") if cohort.roster else f"{cohort.headcount} expected",
    ]
    return "\n".join(
        [
            " · ".join(facts),
            "",
            columns(_running_order(plan), "  "),
            "",
            columns(_groups(plan), "  "),
            "",
            columns(
                (
                    (name, count(number, "PDF"))
                    for name, number in Counter(job.document.name for job in plan.jobs).items()
                ),
                "  ",
            ),
            f"  {count(len(plan.jobs), 'PDF')}, {count(len(day.modules), 'module')}",
        ]
    )


def _running_order(plan: CohortPlan) -> list[tuple[str, str, str, str]]:
    from workshop.content.clock import clock

    numbers = {module.module.name: str(module.number) for module in plan.day.modules}
    rows = [
        (
            clock(entry.start),
            f"{entry.minutes:3} min",
            numbers.get(entry.module or "", ""),
            entry.title,
        )
        for entry in plan.day.schedule.entries
    ]
    return [*rows, (clock(plan.day.schedule.finish), "", "", "Finish")]


def _groups(plan: CohortPlan) -> list[tuple[str, str, str, str]]:
    from workshop.planning.groupings import describe

    return [
        (
            exercise.number,
            "own time" if exercise.own_time else f"{exercise.minutes:3} min",
            exercise.exercise.title,
            describe(exercise.groups),
        )
        for module in plan.day.modules
        for exercise in module.exercises
    ]
