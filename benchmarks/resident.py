"""Time what a process that goes on has to do after one sentence of a module was edited.

Run it with `.venv/bin/python benchmarks/resident.py`; it takes a minute. One process reads, plans
and composes the workbooks of a cohort and lays out their parts; then, again and again, a sentence
is added to a module, and the same is asked for with the memory of the time before.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter

import workshop
from benchmarks.common import CLIENT, COHORT, DOCUMENT, print_machine, print_table, workspace
from benchmarks.processes import edit_module
from workshop.building.reuse.kept_parts import KeptParts
from workshop.composing.compose_plan import PlanComposer
from workshop.keeping.memory import Memory
from workshop.planning.make_plan import Plan
from workshop.typesetting.typeset import typeset

RUNS = 7


def main() -> None:
    """Measure and print."""
    print_machine("workshop-kit", "weasyprint")
    with workspace("modules") as folder:
        memory = workshop.open_memory(folder)
        first = asked_again(folder, memory)
        gc.freeze()
        runs = []
        for _ in range(RUNS):
            edit_module(folder)
            memory.made_anew.clear()
            runs.append(asked_again(folder, memory))
    print_table(
        ("what", "nothing remembered", "one sentence edited"),
        [
            (name, f"{first[name]:.3f}", f"{median(run[name] for run in runs):.3f}")
            for name in first
        ],
    )


def asked_again(folder: Path, memory: Memory) -> dict[str, float]:
    """Return how long each step takes, in seconds, and how many parts were laid out."""
    seconds: dict[str, float] = {}

    @contextmanager
    def taking(step: str) -> Iterator[None]:
        start = perf_counter()
        yield
        seconds[step] = perf_counter() - start

    with taking("whole"):
        with taking("read and plan"):
            plan = planned(folder, memory)
        with taking("compose"):
            composer = PlanComposer(plan, memory)
            copies = [copy for _, copies in composer.documents() for copy in copies]
            composer.keep_composed()
        with taking("lay out"):
            kept, laid_out = KeptParts(memory), 0
            for part in dict.fromkeys(part for copy in copies for part in copy.composition.parts):
                if kept.part(part.job) is None:
                    kept.keep_part(part.job, typeset(part.job, memory))
                    laid_out += 1
    work = {f"{kind}s": 0 for kind in ("module", "template")}
    for name, times in memory.made_anew.items():
        work[f"{name.split()[0]}s"] += times
    counts = {"modules written": work["modules"], "templates run": work["templates"]}
    return {**seconds, **counts, "parts laid out": laid_out}


def planned(folder: Path, memory: Memory) -> Plan:
    """Read and plan the cohort's workbooks, with what is remembered."""
    return workshop.plan(workshop.load(folder, CLIENT, memory), [COHORT], [DOCUMENT])


if __name__ == "__main__":
    main()
