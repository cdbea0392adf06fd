"""What the benchmarks share: a workspace to measure in, new processes, medians, tables."""

from __future__ import annotations

import multiprocessing
import platform
import resource
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version
from os import cpu_count
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, ParamSpec, TypeVar

if TYPE_CHECKING:
    from workshop.composing.composition import ComposedCopy
    from workshop.composing.pages.render_job import RenderJob
    from workshop.planning.make_plan import Plan

P = ParamSpec("P")
T = TypeVar("T")

REPOSITORY = Path(__file__).resolve().parent.parent
CLIENT, COHORT, DOCUMENT = "acme", "leeds-february", "participant-workbook"
FIRST = ("Ada", "Björn", "Chloé", "Dimitra", "Eilís", "Farid", "Grażyna", "Hugo", "Imke", "Jonas")
LAST = ("Abbott", "Brontë", "Castro", "Dvořák", "Eriksen", "Fischer", "Hălăucă", "Ito", "Jay", "Li")


@contextmanager
def workspace(*more: str) -> Iterator[Path]:
    """Yield a temporary workspace with the sample clients, and `more` of this repository."""
    with tempfile.TemporaryDirectory() as folder:
        copied = Path(folder) / "workspace"
        for name in ("clients", *more):
            shutil.copytree(REPOSITORY / name, copied / name)
        (copied / "workshop.yaml").write_text("output: build\n")
        yield copied


def write_roster(workspace: Path, people: int) -> None:
    """Replace the roster of the cohort by one of so many people, no two of one name."""
    rows = (
        f"{FIRST[n % 10]} {LAST[n // 10 % 10]} {n},p{n}@example.com,Team,high-flier,,"
        for n in range(people)
    )
    text = "\n".join(["name,email,team,segment,manager,manager_email", *rows])
    (workspace / "clients" / CLIENT / "rosters" / f"{COHORT}.csv").write_text(text)


def planned(workspace: Path) -> Plan:
    """Read and plan the cohort's workbooks."""
    import workshop

    return workshop.plan(workshop.load(workspace, CLIENT), [COHORT], [DOCUMENT])


def composed(workspace: Path, people: int) -> list[ComposedCopy]:
    """Read, plan and compose workbooks for so many people."""
    from workshop.composing.composer import Composer

    write_roster(workspace, people)
    plan = planned(workspace)
    [cohort] = plan.cohorts
    return Composer(plan.tailored, cohort.day).compose_all(cohort.jobs)


def all_in_one(jobs: Sequence[RenderJob]) -> RenderJob:
    """Return one job with the pages of all."""
    bodies = []
    for job in jobs:
        head, _, body = job.html.partition("<body")
        inside = body.partition(">")[2].rpartition("</body>")[0]
        bodies.append(f'<div style="break-before: {job.start}">{inside}</div>')
    files = {file.address: file for job in jobs for file in job.files}
    html = f"{head}<body>{''.join(bodies)}</body></html>"
    return replace(jobs[0], html=html, files=tuple(files.values()), then=None)


def in_new_process(action: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Return what an action returns in a process that has done nothing else."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as executor:
        return executor.submit(action, *args, **kwargs).result()


def peak_memory() -> float:
    """Return the most memory this process has held, in MB (10⁶ bytes)."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def taken(action: Callable[[], object]) -> float:
    """Return how long an action takes, in seconds."""
    start = perf_counter()
    action()
    return perf_counter() - start


def timed(action: Callable[[], object], times: int) -> float:
    """Return the median time of an action in seconds, after a first time that does not count."""
    action()
    return median(taken(action) for _ in range(times))


def say(line: str) -> None:
    """Tell whoever waits what is being done; tables alone go to standard output."""
    print(line, file=sys.stderr, flush=True)


def print_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a Markdown table, its first column to the left and the others to the right."""
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    rule = [":" + "-" * (widths[0] - 1), *("-" * (width - 1) + ":" for width in widths[1:])]
    for row in (head, rule, *rows):
        first = row[0].ljust(widths[0])
        cells = (cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))
        print("|", " | ".join((first, *cells)), "|")
    print(flush=True)


def print_machine(*packages: str) -> None:
    """Print what was measured with."""
    versions = [f"{name} {_version(name)}" for name in packages]
    python = f"Python {platform.python_version()}"
    print(", ".join((f"{cpu_count()} processors", python, *versions)), end="\n\n")


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "(not installed)"
