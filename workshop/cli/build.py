"""`workshop build`: write a client's kit as PDFs."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from workshop.cli.options import (
    client_option,
    cohort_option,
    edition_option,
    find_workspace,
    only_option,
    workspace_option,
)
from workshop.diagnostics import PREFLIGHT, UsageError

if TYPE_CHECKING:
    from workshop.building.reuse.nothing_to_do import Told


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
    from workshop.building.reuse.nothing_to_do import Asked, remember, surroundings, told_before
    from workshop.cli.show_faults import report, reported

    if cluster and jobs:
        hint = "Name one of them: a cluster has as many processes as it was started with."
        raise UsageError.single(
            "jobs", "--jobs is for this machine, --cluster for others", hint=hint
        )
    started = time.monotonic()
    root = find_workspace(workspace)
    where = str(output.absolute()) if output else ""
    asked = Asked(root, client, cohorts, only, editions, where)
    told = told_before(asked)
    if told and not (strict and any(one.code in PREFLIGHT for one in told.warnings)):
        report(told.warnings, as_json=as_json)
        _tell(told, client, None, quiet=quiet, as_json=as_json)
        return

    if not cluster and jobs != 1:
        # Before all else: it takes longer than what is loaded here meanwhile.
        from workshop.building.workers.processes import get_ready

        get_ready()

    import workshop
    from workshop.building.reuse.kept_parts import Cache
    from workshop.building.reuse.nothing_to_do import Told
    from workshop.cli.progress import following
    from workshop.content.yaml.source import knowing
    from workshop.workspace.settings import output_folder

    made_by = surroundings(asked)
    cache = Cache(root)
    with reported(as_json=as_json):
        with knowing(cache.yaml):
            folder = output or output_folder(root)
            tailored = workshop.load(root, client)
        cache.keep_yaml()
        plan = workshop.plan(tailored, cohorts, only, editions)
        warnings = [*plan.tailored.warnings, *plan.warnings]
        report(warnings, as_json=as_json)
        with following(quiet=quiet, as_json=as_json) as follow:
            kits = workshop.build(plan, folder, jobs, follow, cluster, strict=strict)
    found = [warning for kit in kits for warning in kit.warnings]
    report(found, as_json=as_json)
    told = Told(
        tuple(
            (str(kit.folder), len(kit.made), sum(entry.pages for entry in kit.made)) for kit in kits
        ),
        (*warnings, *found),
    )
    remember(asked, made_by, plan.tailored, [kit.folder for kit in kits], told)
    _tell(told, client, time.monotonic() - started, quiet=quiet, as_json=as_json)


def _tell(told: Told, client: str, seconds: float | None, *, quiet: bool, as_json: bool) -> None:
    """Say what was made, in how many seconds; None stands for nothing that had to be."""
    from workshop.cli.wording import count
    from workshop.diagnostics import display_path

    if as_json:
        from workshop.cli.progress import say

        kits = [
            {"folder": folder, "files": files, "pages": pages} for folder, files, pages in told.kits
        ]
        say("done", client=client, made=seconds is not None, kits=kits)
    elif not quiet:
        for folder, files, pages in told.kits:
            click.echo(
                f"{display_path(Path(folder))}: {count(files, 'PDF')}, {count(pages, 'page')}"
            )
        where = display_path(Path(told.kits[0][0]).parent)
        all_files = count(told.files, "PDF")
        if seconds is None:
            click.echo(f"Nothing to do for {client}: {where}/ has its {all_files}.")
        else:
            click.echo(f"Wrote {all_files} for {client} to {where}/ in {seconds:.0f} s.")
