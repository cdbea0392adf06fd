"""`workshop build`: write a client's kit as PDFs."""

from __future__ import annotations

import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from workshop.cli.options import (
    client_option,
    cohort_option,
    debug_option,
    edition_option,
    only_option,
    workspace_option,
)
from workshop.cli.show_faults import all_option
from workshop.cli.terminal import echo
from workshop.workspace.clients import find_workspace

if TYPE_CHECKING:
    from workshop.building.reuse.nothing_to_do import BuildReport


@click.command("build")
@client_option()
@cohort_option
@only_option
@edition_option
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where to write, instead of the workspace's build folder.",
)
@click.option("--jobs", type=click.IntRange(1, 64), help="Processes to use; as many as processors.")
@click.option("--cluster", metavar="ADDRESS", help="Work on the Dask cluster with this scheduler.")
@click.option("--strict", is_flag=True, help="Fail when anything is wrong on a page.")
@click.option("--quiet", is_flag=True, help="Print nothing but warnings and faults.")
@click.option("--json", "as_json", is_flag=True, help="Print lines of JSON, for scripts.")
@all_option
@debug_option
@workspace_option
def command(
    client: str,
    cohorts: tuple[str, ...],
    only: tuple[str, ...],
    editions: tuple[str, ...],
    output: Path | None,
    jobs: int | None,
    cluster: str | None,
    strict: bool,
    quiet: bool,
    as_json: bool,
    workspace: Path | None,
) -> None:
    """Write the printable kit of a client as PDFs.

    Every cohort is built unless --cohort names some. A kit replaces the last one as a whole; when
    anything is wrong, the last one stays. Where nothing has changed, nothing is made.

    What is found wrong on the pages, such as text that is cut off, is told at the end; with
    --strict the last kit stays.
    """
    import workshop
    from workshop.cli.progress import following
    from workshop.cli.show_faults import report, reported

    started, root = time.monotonic(), find_workspace(workspace)
    with reported(as_json=as_json), following(quiet=quiet, as_json=as_json) as follow:
        built = workshop.build(
            root, client, cohorts, only, editions, output=output, jobs=jobs, cluster=cluster,
            strict=strict, on_progress=follow, on_warnings=partial(report, as_json=as_json),
        )  # fmt: skip
    _tell(built, client, time.monotonic() - started, quiet=quiet, as_json=as_json)


def _tell(built: BuildReport, client: str, seconds: float, *, quiet: bool, as_json: bool) -> None:
    """Say what was made, in how many seconds, or that nothing had to be."""
    from workshop.cli.wording import count
    from workshop.diagnostics import display_path

    if as_json:
        from workshop.cli.progress import say

        kits = [
            {"folder": str(kit.folder), "files": kit.files, "pages": kit.pages}
            for kit in built.kits
        ]
        say("done", client=client, made=built.is_new, kits=kits)
    elif not quiet:
        for kit in built.kits:
            files, pages = count(kit.files, "PDF"), count(kit.pages, "page")
            echo(f"{display_path(kit.folder)}: {files}, {pages}")
        where, files = display_path(built.kits[0].folder.parent), count(built.files, "PDF")
        if built.is_new:
            echo(f"Wrote {files} for {client} to {where}/ in {seconds:.0f} s.")
        else:
            echo(f"Nothing to do for {client}: {where}/ has its {files}.")
