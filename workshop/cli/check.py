"""`workshop check`: find what is wrong before anything is laid out."""

from __future__ import annotations

from pathlib import Path

import click

from workshop.cli.options import client_option, find_workspace, workspace_option


@click.command("check")
@client_option(required=False)
@workspace_option
def command(client: str | None, workspace: Path | None) -> None:
    """Find what is wrong in a client's files, or in all clients'.

    The workspace's settings, client files, modules, rosters, the day's minutes and every template
    are checked; nothing is made.
    """
    from workshop.building.check import check
    from workshop.cli.faults import show
    from workshop.cli.wording import count
    from workshop.diagnostics import ContentError

    found = check(find_workspace(workspace), client)
    for one in found.sound:
        show(one.warnings)
        click.echo(
            f"{one.client}: {count(one.cohorts, 'cohort')}, {count(one.files, 'PDF')} to make, "
            "nothing wrong."
        )
    if found.faults:
        raise ContentError(found.faults)
    if not found.sound:
        click.echo("No clients yet.")
