"""`workshop init`: a workspace to start from."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from workshop.cli.options import SETTINGS
from workshop.cli.terminal import echo


@click.command("init")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=".")
def command(folder: Path) -> None:
    """Make a workspace with a first client to edit.

    It is made in FOLDER, or here if none is named. Nothing is overwritten.
    """
    from workshop.diagnostics import display_path
    from workshop.tailoring.starter import start

    start(folder)
    name = display_path(folder.absolute())
    echo(f"Wrote {SETTINGS} and clients/first-client/ to {name}/")
    if folder.absolute() != Path.cwd():
        echo(f"  cd {shlex.quote(str(folder))}")
    echo("  workshop build --client first-client")
