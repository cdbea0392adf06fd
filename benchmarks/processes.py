"""What a user waits for: whole processes of the `workshop` command, from start to end, as a table.

Run it with `.venv/bin/python benchmarks/processes.py`; it takes a quarter of an hour. The workspace
has the sample clients and modules of its own, and the templates that come along.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median

from benchmarks.common import (
    CLIENT,
    COHORT,
    all_in_one,
    in_new_process,
    print_machine,
    print_table,
    say,
    taken,
    workspace,
    write_roster,
)

COMMAND = Path(sys.executable).parent / "workshop"
MODULE = Path("modules", "customer-map.md")
PEOPLE = 100
RUNS = 5
SLOW_RUNS = 3


@dataclass(frozen=True)
class Case:
    """Something to wait for; what is done before it is not counted."""

    name: str
    action: Callable[[], object]
    before: Callable[[], object] = lambda: None


def main() -> None:
    """Measure and print."""
    print_machine("workshop-kit", "weasyprint")
    kit = f"the whole kit of {CLIENT}"
    with workspace("modules") as folder:
        whole = Case(
            f"{kit}, each document laid out whole, one process", lambda: one_by_one(folder)
        )
        cold = Case(
            f"{kit}, nothing kept, {os.cpu_count()} processes",
            lambda: build(folder),
            partial(forget, folder),
        )
        nothing = Case(f"{kit}, nothing to do", lambda: build(folder))
        module = Case(
            f"{kit}, one module edited", lambda: build(folder), partial(edit_module, folder)
        )
        person = Case(
            f"cohort of {PEOPLE}, one person’s name changed",
            lambda: build(folder, "--cohort", COHORT),
            partial(rename_somebody, folder),
        )
        found = measured([whole, cold], SLOW_RUNS)
        found |= measured([nothing], RUNS)
        found |= measured([module], RUNS)
        write_roster(folder, PEOPLE)
        build(folder, "--cohort", COHORT)
        found |= measured([person], RUNS)
    base = found[whole.name]
    print_table(
        ("what", "s", "× the first"),
        [(name, f"{one:.2f}", f"{one / base:.3f}") for name, one in found.items()],
    )


def measured(cases: Sequence[Case], runs: int) -> dict[str, float]:
    """Return the medians of several runs, in seconds, by the cases' names.

    Cases take turns, so that what else the machine does falls on all of them.
    """
    found: dict[str, list[float]] = {case.name: [] for case in cases}
    for _ in range(runs):
        for case in cases:
            case.before()
            found[case.name].append(one := taken(case.action))
            say(f"{case.name}: {one:.2f} s")
    return {name: median(every) for name, every in found.items()}


def build(folder: Path, *options: str) -> None:
    """Build the client's kits as a user does."""
    command = [str(COMMAND), "build", "--client", CLIENT, *options]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)  # noqa: S603


def forget(folder: Path) -> None:
    """Remove what was made, and what was kept for the next build."""
    for name in (".workshop-cache", "build"):
        shutil.rmtree(folder / name, ignore_errors=True)


def edit_module(folder: Path) -> None:
    """Add a sentence to a module of middling length."""
    path = folder / MODULE
    head, front_matter, body = path.read_text(encoding="utf-8").split("---\n", 2)
    more = f"One sentence more, and it is {len(body)} characters from the end.\n"
    path.write_text(f"{head}---\n{front_matter}---\n\n{more}{body}", encoding="utf-8")


def rename_somebody(folder: Path) -> None:
    """Give the person in the middle of the roster another name, and the first one again."""
    path = folder / "clients" / CLIENT / "rosters" / f"{COHORT}.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    name, _, rest = lines[PEOPLE // 2].partition(",")
    other = name.removesuffix(" Li") if name.endswith(" Li") else f"{name} Li"
    lines[PEOPLE // 2] = f"{other},{rest}"
    path.write_text("\n".join(lines), encoding="utf-8")


def one_by_one(folder: Path) -> None:
    """Lay the same HTML out in a process of its own."""
    in_new_process(lay_out_whole, folder)


def lay_out_whole(folder: Path) -> None:
    """Lay out every document of a client whole, one after another; copies that are alike once."""
    import workshop
    from workshop.composing.compose_plan import compose_kits
    from workshop.keeping.memory import Memory
    from workshop.typesetting.typeset import typeset

    memory = Memory()
    for kit in compose_kits(workshop.plan(workshop.load(folder, CLIENT))):
        compositions = dict.fromkeys(copy.composition for copy in kit.copies)
        for number, composition in enumerate(compositions):
            made = typeset(all_in_one([part.job for part in composition.parts]), memory)
            (folder / f"whole-{number}.pdf").write_bytes(made.pdf)


if __name__ == "__main__":
    main()
