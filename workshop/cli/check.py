"""`workshop check`: find what is wrong before anything is laid out."""

from __future__ import annotations

from pathlib import Path

import click

from workshop.cli.options import client_option, find_workspace, workspace_option


@click.command("check")
@client_option(required=False)
@workspace_option
def command(client: str | None, workspace: Path | None) -> None:
    """Read and check a client's files, or all clients', without making anything.

    Modules, client file, rosters, the day's minutes and every template are checked.
    """
    from workshop.building.check import check_client
    from workshop.cli.faults import show
    from workshop.cli.wording import count
    from workshop.diagnostics import ContentError, Diagnostic
    from workshop.tailoring.tailor import client_names

    root = find_workspace(workspace)
    wrong: list[Diagnostic] = []
    for name in [client] if client else client_names(root):
        try:
            checked = check_client(root, name)
        except ContentError as error:
            wrong += error.diagnostics
            continue
        show(checked.warnings)
        click.echo(
            f"{name}: {count(checked.cohorts, 'cohort')}, {count(checked.files, 'PDF')} to make, "
            "nothing wrong."
        )
    if wrong:
        raise ContentError(dict.fromkeys(wrong))
