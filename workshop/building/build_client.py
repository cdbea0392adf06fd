"""Build a client's kits from start to end: ask, read, plan, build, remember.

What takes long to load is imported when it is needed: where there is nothing to do, nothing is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import TYPE_CHECKING

from workshop.building.reuse.nothing_to_do import (
    BuildReport,
    BuildRequest,
    KitSummary,
    earlier_report,
    note_report,
    surroundings,
)
from workshop.diagnostics import Diagnostic, Severity, UsageError
from workshop.workspace.other_clients import read_client_names

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from workshop.building.build_plan import BuildProgress
    from workshop.building.steps.kit_in_progress import BuiltKit
    from workshop.keeping.memory import Memory

OnWarnings = Callable[[Sequence[Diagnostic]], None]


def build_client(
    request: BuildRequest,
    on_progress: Callable[[BuildProgress], None],
    on_warnings: OnWarnings,
    memory: Memory | None = None,
    *,
    jobs: int | None = None,
    cluster: str | None = None,
    strict: bool = False,
) -> BuildReport:
    """Build what is asked for, unless nothing has changed since that was built.

    `jobs` is the number of processes, as many as there are processors where none is given;
    `cluster` the address of a Dask scheduler whose workers do the work instead. `on_warnings` is
    told of warnings as soon as there are any; the report has all of them. Without a `memory`, what
    earlier builds kept in the workspace is used. Raises as `build_plan` does, and `UsageError` for
    what is not there.
    """
    if cluster and jobs:
        hint = "Name one of them: a cluster has as many processes as it was started with."
        message = "--jobs is for this machine, --cluster for others"
        raise UsageError.single("jobs", message, hint=hint)
    names = read_client_names(request.workspace)
    made_by = surroundings(request, names)
    report = earlier_report(request, made_by)
    if report and not (strict and _is_at_fault(report)):
        on_warnings(report.warnings)
        return report
    if not cluster and jobs != 1:
        # Before all else: it takes longer than what is loaded here meanwhile.
        from workshop.building.workers.processes import get_ready

        get_ready()
    from workshop.building.build_plan import build_plan
    from workshop.keeping.memory import Memory
    from workshop.keeping.store import Store
    from workshop.planning.make_plan import make_plan
    from workshop.planning.read_for_planning import read_for_planning
    from workshop.workspace.clients import find_client
    from workshop.workspace.kits_folder import kits_folder

    memory = memory or Memory(Store(request.workspace))
    find_client(request.workspace, request.client)
    output = kits_folder(request.workspace, request.client, request.output, memory)
    tailored = read_for_planning(request.workspace, request.client, memory, request.cohorts, names)
    plan = make_plan(tailored, request.cohorts, request.documents, request.editions)
    of_files = (*tailored.warnings, *plan.warnings)
    on_warnings(of_files)
    kits = build_plan(
        plan, output, _pool(jobs, cluster, memory), on_progress, memory, strict=strict
    )
    of_pages = tuple(warning for kit in kits for warning in kit.warnings)
    on_warnings(of_pages)
    report = BuildReport(tuple(map(_summary, kits)), (*of_files, *of_pages))
    note_report(request, made_by, tailored, _lasting(report))
    return report


def _lasting(report: BuildReport) -> BuildReport:
    """Return a report without warnings of what this build has mended."""
    from workshop.building.kit.manifest import DAMAGED

    lasting = tuple(warning for warning in report.warnings if warning.code != DAMAGED)
    return replace(report, warnings=lasting)


def _is_at_fault(report: BuildReport) -> bool:
    """Tell whether a build warned of what proofreading finds, which `strict` does not let pass."""
    if not report.warnings:
        return False
    from workshop.proofing.proof import CODES

    return any(
        warning.code in CODES and warning.severity is not Severity.ACCEPTED
        for warning in report.warnings
    )


def _pool(
    jobs: int | None, cluster: str | None, memory: Memory
) -> AbstractContextManager[Executor]:
    if cluster is None:
        from workshop.building.workers.processes import worker_pool

        return worker_pool(jobs, memory)
    from workshop.building.workers.dask_cluster import cluster_pool

    return cluster_pool(cluster)


def _summary(kit: BuiltKit) -> KitSummary:
    pages = sum(entry.pages for entry in kit.files)
    return KitSummary(kit.folder, len(kit.files), pages)
