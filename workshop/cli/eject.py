"""`workshop eject`: copy a library file for editing."""

from __future__ import annotations

from pathlib import Path

import click

from workshop.cli.options import client_option, workspace_option
from workshop.cli.terminal import echo
from workshop.workspace.clients import find_workspace


@click.command("eject")
@click.argument("name")
@client_option(required=False)
@workspace_option
def command(name: str, client: str | None, workspace: Path | None) -> None:
    """Copy one of the library's files, to edit it.

    NAME is a module or case, a template, a document or an asset. It is copied into the client's
    folder, or into the workspace when no client is named. Nothing is overwritten.
    """
    from workshop.diagnostics import display_path
    from workshop.tailoring.list_choices import overlay_of
    from workshop.workspace.which_file import eject

    overlay = overlay_of(find_workspace(workspace), client)
    for _, copy in eject(overlay, name):
        echo(f"Wrote {display_path(copy)}")
