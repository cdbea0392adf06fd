"""`workshop which`: tell where a module, case, template, asset or profile comes from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from workshop.cli.options import client_option, workspace_option
from workshop.cli.terminal import echo
from workshop.diagnostics import UsageError
from workshop.workspace.clients import find_workspace

if TYPE_CHECKING:
    from workshop.workspace.overlay import Overlay
    from workshop.workspace.own_files import OwnFile


@click.command("which")
@click.argument("name", required=False)
@client_option(required=False)
@click.option("--changed", metavar="CLIENT", help="List what this client has of its own instead.")
@workspace_option
def command(
    name: str | None, client: str | None, changed: str | None, workspace: Path | None
) -> None:
    """Show which file a name stands for, or what is a client's own.

    The file that counts comes first, then those it hides.

    NAME is a module or case (`probing`), a template (`agenda/document.css`), a document
    (`agenda`) or an asset (`logo.svg`).

    With --changed, all files of the client's and the workspace's own are listed: whether each is
    new, or how far it is from the file it is used instead of.
    """
    from workshop.tailoring.list_choices import overlay_of

    if (name is None) == (changed is None) or (changed and client):
        hint = "Write `workshop which probing`, or `workshop which --changed CLIENT`."
        raise UsageError.single("which-what", "Name a file, or a client with --changed", hint=hint)
    overlay = overlay_of(find_workspace(workspace), changed or client)
    if name is None:
        _show_own(overlay)
    else:
        _show_files(overlay, name)


def _show_files(overlay: Overlay, name: str) -> None:
    from workshop.cli.wording import columns
    from workshop.diagnostics import display_path
    from workshop.workspace.which_file import which

    rows = [
        ("used" if index == 0 else "hidden", file.layer.name, display_path(file.path))
        for _, candidates in which(overlay, name)
        for index, file in enumerate(candidates)
    ]
    echo(columns(rows))


def _show_own(overlay: Overlay) -> None:
    from workshop.cli.wording import columns
    from workshop.diagnostics import display_path
    from workshop.workspace.own_files import own_files

    rows = [
        (own.file.layer.name, display_path(own.file.path), _compare_with_below(own))
        for own in own_files(overlay)
    ]
    echo(columns(rows) or "Nothing of its own: every file is the library's.")


def _compare_with_below(own: OwnFile) -> str:
    """Return how a file stands to the one below it: "instead of the library's, 3 lines differ"."""
    from workshop.cli.wording import count

    if own.hidden is None:
        return "new"
    if own.lines is None:
        apart = "differs"
    elif own.lines == 0:
        apart = "the same"
    else:
        apart = f"{count(own.lines, 'line')} {'differs' if own.lines == 1 else 'differ'}"
    since = ", which has changed since it was copied" if own.outdated else ""
    return f"instead of the {own.hidden.layer.name}’s{since}: {apart}"
