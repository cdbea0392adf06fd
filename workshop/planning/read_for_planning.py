"""Read a client whose days are to be planned, so that all faults are told in one go."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from workshop.diagnostics import ContentError
from workshop.keeping.memory import Memory
from workshop.planning.make_plan import make_plan
from workshop.tailoring.tailor import sound, tailor
from workshop.tailoring.tailored import Tailored
from workshop.workspace.other_clients import ClientNames


def read_for_planning(
    workspace: Path,
    slug: str,
    memory: Memory | None = None,
    cohorts: Collection[str] = (),
    names: ClientNames | None = None,
) -> Tailored:
    """Read and check everything for a client, as `tailor` does.

    Where something is wrong that does not concern the days, what is wrong with the days is told
    with it. Raises `UsageError` for an unknown client, `ContentError` with every fault.
    """
    tailored, report = tailor(workspace, slug, memory, cohorts, names)
    if tailored and report.errors:
        try:
            make_plan(tailored, cohorts)
        except ContentError as error:
            report.extend(fault for fault in error.diagnostics if fault not in report.diagnostics)
    return sound(tailored, report)
