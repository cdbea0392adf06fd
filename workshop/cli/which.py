"""`workshop which`: where a module, case, template, asset or profile comes from."""

from __future__ import annotations

from pathlib import Path

import click

from workshop.cli.options import client_option, find_workspace, workspace_option
from workshop.cli.terminal import echo


@click.command("which")
@click.argument("name")
@client_option(required=False)
@workspace_option
def command(name: str, client: str | None, workspace: Path | None) -> None:
    """Show which file a name stands for.

    The file that counts comes first, then those it hides.

    NAME is a module or case (`probing`), a template (`agenda/document.css`), a document
    (`agenda`) or an asset (`logo.svg`).
    """
    from workshop.cli.wording import columns
    from workshop.diagnostics import display_path
    from workshop.tailoring.list_choices import overlay_of
    from workshop.workspace.which_file import which

    rows = [
        ("used" if index == 0 else "hidden", file.layer.name, display_path(file.path))
        for _, candidates in which(overlay_of(find_workspace(workspace), client), name)
        for index, file in enumerate(candidates)
    ]
    echo(columns(rows))
