"""Make the print runs of a client's finished kits, cohort by cohort."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from workshop.building.kit.finished_kit import read_kit
from workshop.file_errors import writing
from workshop.planning.make_plan import Plan
from workshop.press.run import PackProgress, PrintRun, make_run
from workshop.tailoring.named_in_profile import check_named
from workshop.tailoring.profiles import read_profile
from workshop.workspace.kits_folder import kits_folder


def print_client(
    plan: Plan,
    profile: str,
    spares: int | None,
    output: Path | None,
    on_progress: Callable[[PackProgress], None],
    on_run: Callable[[PrintRun], None],
) -> list[PrintRun]:
    """Make a run of each cohort's kit below `output`, or in the workspace's own folder.

    `on_run` is told of each run as soon as it is there. Raises `UsageError` where there is no kit
    or no such profile, `ContentError` as `make_run` does, `EnvironmentFault` where nothing can be
    written.
    """
    tailored = plan.tailored
    chosen = read_profile(tailored.overlay, profile)
    check_named(chosen, tailored.workspace)
    kits = kits_folder(tailored.workspace, tailored.slug, output)
    runs = []
    for cohort in plan.cohorts:
        kit = read_kit(kits, tailored.slug, cohort.slug)
        with writing(kits):
            runs.append(make_run(plan, cohort, kit, chosen, spares, on_progress))
        on_run(runs[-1])
    return runs
