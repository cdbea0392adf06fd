"""What a user waits for: whole processes of the `workshop` command, from start to end, as a table.

Run it with `.venv/bin/python benchmarks/processes.py`; it takes about five minutes. The workspace
is a copy of the sample clients with modules and templates of its own.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
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


def main() -> None:
    """Measure and print."""
    print_machine("workshop-kit", "weasyprint")
    with workspace("modules", "templates") as folder:
        slow = middle("document by document", lambda: one_by_one(folder), SLOW_RUNS)
        cold = middle("cold", lambda: build(folder), SLOW_RUNS, partial(forget, folder))
        nothing = middle("nothing to do", lambda: build(folder), RUNS)
        module = middle("module", lambda: build(folder), RUNS, partial(edit_module, folder))
        write_roster(folder, PEOPLE)
        build(folder, "--cohort", COHORT)
        person = middle(
            "roster",
            lambda: build(folder, "--cohort", COHORT),
            RUNS,
            partial(rename_somebody, folder),
        )
    kit = f"the whole kit of {CLIENT}"
    rows = [
        (f"{kit}, each document laid out whole, one process", slow),
        (f"{kit}, nothing kept, {os.cpu_count()} processes", cold),
        (f"{kit}, nothing to do", nothing),
        (f"{kit}, one module edited", module),
        (f"cohort of {PEOPLE}, one person’s name changed", person),
    ]
    print_table(
        ("what", "s", "× the first"),
        [(what, f"{seconds:.2f}", f"{seconds / slow:.3f}") for what, seconds in rows],
    )


def middle(
    what: str,
    action: Callable[[], object],
    runs: int,
    before: Callable[[], object] = lambda: None,
) -> float:
    """Return the median time of an action, in seconds; what is done before it is not counted."""
    times = []
    for _ in range(runs):
        before()
        times.append(taken(action))
        say(f"{what}: {times[-1]:.2f} s")
    return median(times)


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
    """Give the person in the middle of the roster another name."""
    path = folder / "clients" / CLIENT / "rosters" / f"{COHORT}.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    name, _, rest = lines[PEOPLE // 2].partition(",")
    lines[PEOPLE // 2] = f"{name}a,{rest}"
    path.write_text("\n".join(lines), encoding="utf-8")


def one_by_one(folder: Path) -> None:
    """Lay the same HTML out in a process of its own."""
    in_new_process(lay_out_whole, folder)


def lay_out_whole(folder: Path) -> None:
    """Lay out every document of a client whole, one after another; copies that are alike once."""
    import workshop
    from workshop.building.composed import compose_kits
    from workshop.typesetting.typeset import typeset

    for kit in compose_kits(workshop.plan(workshop.load(folder, CLIENT))):
        for number, composition in enumerate(kit.compositions):
            made = typeset(all_in_one([part.job for part in composition.parts]))
            (folder / f"whole-{number}.pdf").write_bytes(made.pdf)


if __name__ == "__main__":
    main()
