"""`workshop pictures`: draw every document of a finished kit in small pictures, on one page."""

from __future__ import annotations

from pathlib import Path

import click

from workshop.cli.options import client_option, cohort_option, kits_option, workspace_option
from workshop.cli.show_faults import all_option
from workshop.cli.terminal import echo
from workshop.workspace.clients import find_workspace


@click.command("pictures")
@client_option()
@cohort_option
@click.option(
    "--to",
    "target",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write here what is shown of one cohort, and not beside its kit.",
)
@kits_option
@all_option
@workspace_option
def command(
    client: str,
    cohorts: tuple[str, ...],
    target: Path | None,
    output: Path | None,
    workspace: Path | None,
) -> None:
    """Show every document of a finished kit in small.

    Writes documents.html, for a browser, and documents.md. They say of each document for whom it
    is, how many PDFs there are of it, on what paper and how long, and show its pages (PNG). Takes
    the files that `workshop build` made and lays nothing out anew.
    """
    import workshop
    from workshop.cli.show_faults import show
    from workshop.cli.wording import count
    from workshop.diagnostics import display_path

    root = find_workspace(workspace)
    catalogues = workshop.pictures(
        root, client, cohorts, target=target, output=output, on_warnings=show
    )
    for catalogue in catalogues:
        echo(f"{display_path(catalogue.page)}: {count(catalogue.documents, 'document')}")
