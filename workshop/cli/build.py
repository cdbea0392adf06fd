"""`workshop build`: write a client's kit as PDFs."""

from __future__ import annotations

import time
from pathlib import Path

import click

from workshop.cli.options import (
    client_option,
    cohort_option,
    find_workspace,
    only_option,
    workspace_option,
)


@click.command("build")
@client_option()
@cohort_option
@only_option
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where to write, instead of the workspace's build folder.",
)
@click.option("--jobs", type=click.IntRange(1, 64), help="Processes to use; as many as processors.")
@workspace_option
def command(
    client: str,
    cohorts: tuple[str, ...],
    only: tuple[str, ...],
    output: Path | None,
    jobs: int | None,
    workspace: Path | None,
) -> None:
    """Write the printable kit of a client as PDFs.

    Every cohort is built unless --cohort names some. A kit replaces the last one as a whole; when
    anything is wrong, the last one stays.
    """
    import workshop
    from workshop.cli.faults import show
    from workshop.cli.progress import following
    from workshop.cli.wording import count
    from workshop.diagnostics import display_path
    from workshop.tailoring.workspace import output_folder

    started = time.monotonic()
    root = find_workspace(workspace)
    folder = output or output_folder(root)
    plan = workshop.plan(workshop.load(root, client), cohorts, only)
    show((*plan.tailored.warnings, *plan.warnings))
    with following() as follow:
        kits = workshop.build(plan, folder, jobs, follow)
    for kit in kits:
        show(kit.warnings)
        pages = sum(entry.pages for entry in kit.made)
        click.echo(
            f"{display_path(kit.folder)}: {count(len(kit.made), 'PDF')}, {count(pages, 'page')}"
        )
    files = sum(len(kit.made) for kit in kits)
    seconds = time.monotonic() - started
    where = display_path(folder / client)
    click.echo(f"Wrote {count(files, 'PDF')} for {client} to {where}/ in {seconds:.0f} s.")
