"""`workshop check`: find what is wrong in files and on pages, without making a kit."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from workshop.cli.options import client_option, cohort_option, debug_option, workspace_option
from workshop.cli.show_faults import all_option
from workshop.cli.terminal import echo
from workshop.workspace.clients import find_workspace

if TYPE_CHECKING:
    from workshop.building.check_clients import CheckedClient


@click.command("check")
@client_option(required=False)
@cohort_option
@click.option("--quick", is_flag=True, help="Lay nothing out: look at files and texts alone.")
@click.option("--strict", is_flag=True, help="Fail when anything is wrong on a page.")
@click.option("--jobs", type=click.IntRange(1, 64), help="Processes to use; as many as processors.")
@all_option
@debug_option
@workspace_option
def command(
    client: str | None,
    cohorts: tuple[str, ...],
    quick: bool,
    strict: bool,
    jobs: int | None,
    workspace: Path | None,
) -> None:
    """Find what is wrong in files and on pages.

    Of one client, or of all: the workspace's settings, client files, modules, rosters, the day's
    minutes and every template are checked; then all pages are laid out and looked through. No kit
    is made, but what was laid out is kept, so that the next check and the next build need not do it
    again. With --cohort neither a client's other cohorts nor their rosters are read.
    """
    import workshop
    from workshop.cli.progress import following
    from workshop.cli.show_faults import show
    from workshop.diagnostics import ContentError

    root = find_workspace(workspace)
    with following(quiet=False, as_json=False) as follow:
        report = workshop.check(
            root, client, cohorts, quick=quick, jobs=jobs, strict=strict, on_progress=follow
        )
    show(report.warnings)
    for client_report in report.sound:
        _tell(client_report)
    if report.faults:
        raise ContentError(report.faults)
    if not report.sound:
        echo("No clients yet.")


def _tell(checked: CheckedClient) -> None:
    from workshop.cli.show_faults import show
    from workshop.cli.wording import count

    show(checked.warnings)
    told = [f"{count(checked.on_pages, 'fault')} on pages"] if checked.on_pages else []
    if checked.elsewhere:
        told.append(count(checked.elsewhere, "warning"))
    wrong = ", ".join(told) or "nothing wrong"
    wrong += f", {checked.accepted:,} accepted" if checked.accepted else ""
    cohorts, files = count(checked.cohorts, "cohort"), count(checked.files, "PDF")
    echo(f"{checked.client}: {cohorts}, {files} to make, {wrong}.")
