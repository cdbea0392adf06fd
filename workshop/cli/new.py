"""`workshop new`: make a folder for another client."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from workshop.cli.options import workspace_option
from workshop.cli.show_faults import all_option
from workshop.cli.terminal import echo
from workshop.workspace.clients import find_workspace

_WORDS = {
    "modules": "module",
    "cases": "case",
    "templates": "template file",
    "assets": "asset",
    "profiles": "way to print",
}
_MOST = 12


@click.command("new")
@click.argument("client")
@click.option("--from", "like", metavar="OTHER", help="The client to take look and texts from.")
@click.option("--name", help="The new client's name, as it is to be printed.")
@all_option
@workspace_option
def command(client: str, like: str | None, name: str | None, workspace: Path | None) -> None:
    """Make a folder for a new client.

    CLIENT is the folder's name, by which commands call the client. With --from it gets OTHER's
    look, words, choice of papers, and own texts; but no logo, dates, places, rosters or kits. In
    both cases client.yaml asks for what is missing. Nothing is overwritten.
    """
    from workshop.cli.show_faults import report
    from workshop.cli.wording import count
    from workshop.diagnostics import display_path
    from workshop.tailoring.starting.new_client import new_client

    made = new_client(find_workspace(workspace), client, like, name)
    report(made.warnings, as_json=False)
    files = [count(number, _WORDS[kind]) for kind, number in made.counts.items() if number]
    place = display_path(made.folder)
    echo(f"Wrote {place}/: {', '.join(['client.yaml', *files])}")
    if made.left_out:
        more = len(made.left_out) - _MOST
        rest = f" and {more:,} more" if more > 0 else ""
        echo(f"Not taken over: {', '.join(made.left_out[:_MOST])}{rest}")
    if made.name_line:
        echo(f"  Write the client’s name into {place}/client.yaml, line {made.name_line}")
    echo(f"  workshop check --quick --client {shlex.quote(made.folder.name)}")
