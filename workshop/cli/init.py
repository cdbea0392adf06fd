"""`workshop init`: make a workspace to start from."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from workshop.cli.terminal import echo

_FILES = (
    ("workshop.yaml", "what is the same for all your clients"),
    ("clients/first-client/client.yaml", "a first client: its look, its words, its days"),
    ("clients/first-client/roster.csv", "who takes part: three invented people for now"),
    (".schema/, .gitignore", "for text editors and for Git; leave them as they are"),
)
_NEXT = (
    ("workshop build --client first-client", "writes its PDFs into build/first-client/"),
    ("workshop new NAME", "makes a folder for another client, clients/NAME/"),
)


@click.command("init")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=".")
def command(folder: Path) -> None:
    """Make a workspace with a first client to edit.

    It is made once, in FOLDER, or here if none is named; further clients come with `workshop new`.
    Nothing is overwritten.
    """
    from workshop.cli.wording import columns
    from workshop.diagnostics import display_path
    from workshop.tailoring.starting.new_workspace import start

    start(folder)
    echo(
        f"Wrote a workspace, the folder for all your clients, to {display_path(folder.absolute())}/"
    )
    echo(columns(_FILES, indent="  "))
    echo("Open them in a text editor: each line is explained there. Then type")
    if folder.absolute() != Path.cwd():
        echo(f"  cd {shlex.quote(str(folder))}")
    echo(columns(_NEXT, indent="  "))
