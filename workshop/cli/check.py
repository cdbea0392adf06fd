"""`workshop check`: find what is wrong in files and on pages, without making a kit."""

from __future__ import annotations

import os
from pathlib import Path

import click

from workshop.cli.options import client_option, find_workspace, workspace_option


@click.command("check")
@client_option(required=False)
@click.option("--quick", is_flag=True, help="Lay nothing out: look at files and texts alone.")
@click.option("--strict", is_flag=True, help="Fail when anything is wrong on a page.")
@click.option("--jobs", type=click.IntRange(1, 64), help="Processes to use; as many as processors.")
@workspace_option
def command(
    client: str | None, quick: bool, strict: bool, jobs: int | None, workspace: Path | None
) -> None:
    """Find what is wrong in files and on pages.

    Of one client, or of all: the workspace's settings, client files, modules, rosters, the day's
    minutes and every template are checked; then all pages are laid out and looked through. No kit
    is made, but what was laid out is kept, so that the next check and the next build need not do it
    again.
    """
    from contextlib import nullcontext

    from workshop.building.check_clients import check
    from workshop.building.workers.processes import worker_pool
    from workshop.cli.progress import following
    from workshop.cli.show_faults import show
    from workshop.cli.wording import count
    from workshop.diagnostics import ContentError

    root = find_workspace(workspace)
    pool = nullcontext() if quick else worker_pool(jobs or os.cpu_count() or 1)
    with pool as executor, following(quiet=False, as_json=False) as follow:
        found = check(root, client, executor, follow, strict=strict)
    for one in found.sound:
        show(one.warnings)
        wrong = f"{count(one.on_pages, 'fault')} on pages" if one.on_pages else "nothing wrong"
        click.echo(
            f"{one.client}: {count(one.cohorts, 'cohort')}, {count(one.files, 'PDF')} to make, "
            f"{wrong}."
        )
    if found.faults:
        raise ContentError(found.faults)
    if not found.sound:
        click.echo("No clients yet.")
