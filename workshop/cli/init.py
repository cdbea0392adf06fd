"""`workshop init`: a workspace to start from."""

from __future__ import annotations

from pathlib import Path

import click

from workshop.cli.options import SETTINGS


@click.command("init")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=".")
def command(folder: Path) -> None:
    """Make a workspace in FOLDER (here, if none is named), with a first client to edit."""
    from workshop.diagnostics import display_path
    from workshop.tailoring.starter import start

    start(folder)
    name = display_path(folder.absolute())
    click.echo(f"Wrote {SETTINGS} and clients/first-client/ to {name}/")
    if folder.absolute() != Path.cwd():
        click.echo(f"  cd {folder}")
    click.echo("  workshop build --client first-client")
