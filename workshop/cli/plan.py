"""`workshop plan`: show the day and the files, without making them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from workshop.cli.options import client_option, cohort_option, only_option, workspace_option
from workshop.cli.show_faults import all_option
from workshop.cli.terminal import echo
from workshop.workspace.clients import find_workspace

if TYPE_CHECKING:
    from workshop.building.layout_count import DocumentEffort
    from workshop.planning.make_plan import CohortPlan


@click.command("plan")
@client_option()
@cohort_option
@only_option
@click.option(
    "--layouts",
    "with_layouts",
    is_flag=True,
    help="Say how many parts are laid out, and what keeps copies apart: for makers of templates.",
)
@all_option
@workspace_option
def command(
    client: str,
    cohorts: tuple[str, ...],
    only: tuple[str, ...],
    with_layouts: bool,
    workspace: Path | None,
) -> None:
    """Show a client's days and files without making them.

    For each cohort the running order, the exercises with their groupings, and how many PDFs there
    are to make.
    """
    import workshop
    from workshop.cli.show_faults import show

    root = find_workspace(workspace)
    memory = workshop.open_memory(root)
    plan = workshop.plan(workshop.load(root, client, memory, cohorts), cohorts, only)
    show((*plan.tailored.warnings, *plan.warnings))
    shown = zip(plan.cohorts, workshop.count_layouts(plan, memory), strict=True)
    own_terms = plan.tailored.replaced_terms
    files = _layouts_told if with_layouts else _files_told
    echo(
        "\n\n".join(
            f"{_cohort(cohort, own_terms)}\n{files(cohort, efforts)}" for cohort, efforts in shown
        )
    )


def _cohort(plan: CohortPlan, own_terms: Mapping[str, str]) -> str:
    from workshop.cli.wording import columns, count

    cohort = plan.day.cohort
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
            columns(_groups(plan, own_terms), "  "),
            *_left_out(plan, own_terms),
            "",
        ]
    )


def _left_out(plan: CohortPlan, own_terms: Mapping[str, str]) -> Iterator[str]:
    """Say of each module what the day leaves out of it for want of time."""
    from workshop.cli.wording import listed
    from workshop.planning.titles import title_as_told

    for module in plan.day.modules:
        titles = [f"“{title_as_told(title, own_terms)}”" for title in module.left_out]
        if titles:
            of_module = listed([title_as_told(module.module.front.title, own_terms)])
            yield f"  leaves out {listed(titles)} of {of_module}, for want of time"


def _files_told(plan: CohortPlan, efforts: Sequence[DocumentEffort]) -> str:
    """Say how many PDFs there are of each document, and of all."""
    from workshop.cli.wording import columns, count

    rows = [(effort.document, count(effort.copies, "PDF")) for effort in efforts]
    return "\n".join([columns(rows, "  "), f"  {_total(plan)}", *_editions(plan)])


def _layouts_told(plan: CohortPlan, efforts: Sequence[DocumentEffort]) -> str:
    """Say besides how many parts are laid out for them, and what keeps copies apart."""
    from workshop.cli.wording import columns, count

    rows = [
        (effort.document, count(effort.copies, "PDF"), _layouts(effort.layouts, effort.kept))
        for effort in efforts
    ]
    all_layouts = _layouts(
        sum(effort.layouts for effort in efforts), sum(effort.kept for effort in efforts)
    )
    apart = (f"  {line}" for effort in efforts for line in _say_what_differs(effort))
    return "\n".join(
        [columns(rows, "  "), f"  {_total(plan)}, {all_layouts}", *apart, *_editions(plan)]
    )


def _editions(plan: CohortPlan) -> list[str]:
    """Say who gets which papers in an edition of their own."""
    from workshop.planning.people_editions import people_editions

    return [f"  {edition}" for edition in people_editions(plan.day.cohort, plan.documents)]


def _total(plan: CohortPlan) -> str:
    from workshop.cli.wording import count

    return f"{count(len(plan.jobs), 'PDF')}, {count(len(plan.day.modules), 'module')}"


def _layouts(number: int, kept: int) -> str:
    from workshop.cli.wording import count

    laid_out = count(number, "layout")
    return laid_out if not kept else f"{laid_out}, {kept:,} kept from earlier builds"


def _say_what_differs(effort: DocumentEffort) -> Iterator[str]:
    """Say of each part that copies do not share what keeps them apart."""
    from workshop.cli.wording import count
    from workshop.in_a_row import in_a_row

    for part in effort.apart:
        takes = count(part.layouts, "layout")
        many = f"{effort.document}: “{part.part}” takes {takes}, not {part.alone}"
        if part.shown:
            yield f"{many}: it prints {in_a_row(part.shown)} outside of a slot"
        else:
            yield f"{many}: copies differ by {in_a_row(part.by)}"
    for name in effort.coloured:
        yield (
            f"{effort.document}: “{name}” is laid out for this client alone: it shows the client’s "
            "colours in a gradient, a form field or a shaded border"
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


def _groups(plan: CohortPlan, own_terms: Mapping[str, str]) -> list[tuple[str, str, str, str]]:
    from workshop.planning.groupings import describe
    from workshop.planning.titles import title_as_told

    return [
        (
            exercise.number,
            "own time" if exercise.own_time else f"{exercise.minutes:3} min",
            title_as_told(exercise.exercise.title, own_terms),
            describe(exercise.groups),
        )
        for module in plan.day.modules
        for exercise in module.exercises
    ]
