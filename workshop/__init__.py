"""Workshop-delivery toolkit: one source of modules and templates, a printable kit for every client.

`load` reads a client, `plan` decides what is to be made, `build` makes it, `deliver` sends managers
what was made for them. Everything else in this package is private.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workshop.building.build_plan import BuildProgress, BuiltKit
    from workshop.delivery.email.send import Event, Outcome
    from workshop.planning.make_plan import Plan
    from workshop.tailoring.tailor import Tailored

__all__ = ["__version__", "build", "deliver", "load", "plan"]

__version__ = "0.1.0"


# Each stage is imported where it is used, so that asking for help does not load a layout engine.
def load(workspace: Path, client: str) -> Tailored:
    """Read and check everything that is set for a client of a workspace.

    Raises `UsageError` for a client that is not there, `ContentError` with every fault found.
    """
    from workshop.tailoring.tailor import tailor

    return tailor(workspace, client)


def plan(
    tailored: Tailored,
    cohorts: Collection[str] = (),
    documents: Collection[str] = (),
    editions: Collection[str] = (),
) -> Plan:
    """Decide the day and the files of a client's cohorts; of all of them, where none is named.

    Raises `UsageError` for an unknown cohort, document or edition, `ContentError` for a day that
    cannot be.
    """
    from workshop.planning.make_plan import make_plan

    return make_plan(tailored, cohorts, documents, editions)


def build(
    plan: Plan,
    output: Path,
    workers: int | None = None,
    on_progress: Callable[[BuildProgress], None] = lambda _progress: None,
    cluster: str | None = None,
    *,
    strict: bool = False,
) -> list[BuiltKit]:
    """Make the kits of a plan below `output`, in as many processes as there are processors.

    Or on the workers of a Dask cluster, by the address of its scheduler. With `strict`, what would
    be a warning about the pages is an error.

    With more than one process, a script must call this below `if __name__ == "__main__":`, as each
    process imports it again. Raises `ContentError` for what is wrong in a document,
    `EnvironmentFault` when the machine lacks what layout needs or `output` cannot be written.
    Either way the last good kit stays.
    """
    from workshop.building.build_plan import build_plan
    from workshop.building.workers.processes import worker_pool

    if cluster is None:
        pool = worker_pool(workers or os.cpu_count() or 1)
        return build_plan(plan, output, pool, on_progress, strict=strict)
    from workshop.building.workers.dask_cluster import cluster_pool

    return build_plan(plan, output, cluster_pool(cluster), on_progress, strict=strict)


def deliver(
    plan: Plan, output: Path, on_event: Callable[[Event], None] = lambda _event: None
) -> list[Outcome]:
    """E-mail the plan's documents to the managers they were made for, from the kits below `output`.

    The plan holds documents that are one per manager, and no others. Whoever was sent the same file
    before, or may have been, is left out; the outcomes are of all others. Raises `UsageError` where
    there is no kit or no mail server is set, `ContentError` for a file or a roster that has changed
    since the build, before anything is sent; `EnvironmentFault` when the server cannot be used.
    """
    from workshop.delivery.email.deliver import deliver_plan

    return deliver_plan(plan, output, on_event)
