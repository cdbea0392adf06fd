"""`workshop clean`: forget what is kept for the next build."""

from __future__ import annotations

from pathlib import Path

import click

from workshop.cli.options import workspace_option
from workshop.cli.terminal import echo
from workshop.workspace.clients import find_workspace


@click.command("clean")
@workspace_option
def command(workspace: Path | None) -> None:
    """Remove what is kept from earlier builds.

    It only saves time: the next build makes everything anew. Kits are not touched.
    """
    import workshop
    from workshop.cli.wording import count
    from workshop.diagnostics import display_path

    removed = workshop.clean(find_workspace(workspace))
    where = display_path(removed.folder)
    echo(
        f"Removed {count(removed.entries, 'kept piece')} from {where}/,"
        f" {removed.size / 1_000_000:.1f} MB."
    )
