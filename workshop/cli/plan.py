"""`workshop plan`: the day and the files, without making them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
    from workshop.building.layout_count import Effort
    from workshop.planning.make_plan import CohortPlan


@click.command("plan")
@client_option()
@cohort_option
@only_option
@workspace_option
def command(
    client: str, cohorts: tuple[str, ...], only: tuple[str, ...], workspace: Path | None
) -> None:
    """Show a client's days and files without making them.

    For each cohort the running order, the exercises with their groupings, how many PDFs there are
    to make and how many parts of them to lay out.
    """
    import workshop
    from workshop.building.layout_count import efforts
    from workshop.cli.show_faults import show

    plan = workshop.plan(workshop.load(find_workspace(workspace), client), cohorts, only)
    show((*plan.tailored.warnings, *plan.warnings))
    shown = zip(plan.cohorts, efforts(plan), strict=True)
    click.echo("\n\n".join(_cohort(cohort, takes) for cohort, takes in shown))


def _cohort(plan: CohortPlan, takes: Sequence[Effort]) -> str:
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
            columns((_document(one) for one in takes), "  "),
            f"  {count(len(plan.jobs), 'PDF')}, {count(len(day.modules), 'module')}, "
            + _layouts(sum(one.layouts for one in takes), sum(one.kept for one in takes)),
            *(f"  {line}" for one in takes for line in _apart(one)),
        ]
    )


def _document(effort: Effort) -> tuple[str, str, str]:
    from workshop.cli.wording import count

    layouts = _layouts(effort.layouts, effort.kept)
    return effort.document, count(effort.copies, "PDF"), layouts


def _layouts(number: int, kept: int) -> str:
    from workshop.cli.wording import count

    laid_out = count(number, "layout")
    return laid_out if not kept else f"{laid_out}, {kept:,} kept from earlier builds"


def _apart(effort: Effort) -> Iterator[str]:
    """Say of each part that copies do not share what keeps them apart."""
    from workshop.cli.wording import count

    for one in effort.apart:
        many = (
            f"{effort.document}: “{one.part}” takes {count(one.layouts, 'layout')}, not {one.alone}"
        )
        if one.shown:
            yield f"{many}: it prints {' and '.join(one.shown)} outside of a slot"
        else:
            yield f"{many}: copies differ by {' and '.join(one.by)}"


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
