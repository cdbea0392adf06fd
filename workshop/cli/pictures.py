"""`workshop pictures`: every document of a finished kit in small pictures, on one page."""

from __future__ import annotations

from pathlib import Path

import click

from workshop.cli.options import (
    client_option,
    cohort_option,
    find_workspace,
    kits_option,
    workspace_option,
)


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
@workspace_option
def command(
    client: str,
    cohorts: tuple[str, ...],
    target: Path | None,
    output: Path | None,
    workspace: Path | None,
) -> None:
    """Show every document of a finished kit in small.

    Writes documents.md, which says of each document for whom it is, how many PDFs there are of it,
    on what paper and how long, and a picture of its pages (PNG) for each. Takes the files that
    `workshop build` made and lays nothing out anew.
    """
    import workshop
    from workshop.building.kit.finished_kit import read_kit
    from workshop.cli.show_faults import show
    from workshop.cli.wording import count
    from workshop.diagnostics import UsageError, display_path
    from workshop.press.catalogue import write_catalogue
    from workshop.workspace.settings import output_folder

    root = find_workspace(workspace)
    tailored = workshop.load(root, client)
    plan = workshop.plan(tailored, cohorts)
    if target and len(plan.cohorts) > 1:
        names = ", ".join(one.day.cohort.slug for one in plan.cohorts)
        message = "Only one cohort can be shown in one folder"
        raise UsageError.single("one-cohort", message, hint=f"Name one with --cohort: {names}.")
    show([*tailored.warnings, *plan.warnings])
    kits = output or output_folder(root)
    for slug in (one.day.cohort.slug for one in plan.cohorts):
        kit = read_kit(kits, client, slug)
        page, shown = write_catalogue(
            tailored, kit, target or kit.folder.with_name(f"{slug}.pictures")
        )
        click.echo(f"{display_path(page)}: {count(shown, 'document')}")
