"""Time what a change of look, clock or client costs, where no words change, as a table.

Run it with `.venv/bin/python -m benchmarks.looks`; it takes ten minutes. Commands are whole
processes of the sample client; pages are drawn anew in a process that goes on.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Generic

import pypdfium2

import workshop
from benchmarks.common import (
    CLIENT,
    COHORT,
    DOCUMENT,
    T,
    print_machine,
    print_table,
    say,
    taken,
    workspace,
)
from benchmarks.processes import COMMAND, edit_module, forget
from workshop.building.reuse.kept_parts import KeptParts
from workshop.building.steps.copies import Copies
from workshop.building.steps.layouts import Layout
from workshop.building.workers.processes import worker_pool
from workshop.composing.compose_plan import PlanComposer
from workshop.composing.pages.render_job import RenderJob
from workshop.keeping.memory import Memory
from workshop.typesetting.laid_out import LaidOut
from workshop.typesetting.typeset import typeset

OTHER = "north-yard"
RUNS = 3
QUICK_RUNS = 5
PAGES = 8


def main() -> None:
    """Measure and print."""
    print_machine("workshop-kit", "weasyprint")
    with workspace("modules") as folder:
        leave_out_name(folder)
        colours, minutes = Switch("#1f4e79", "#2f6b3a"), Switch(15, 30)
        new, cold = [], []
        for _ in range(RUNS):
            forget(folder)
            add_client(folder)
            build(folder, CLIENT)
            new.append(told("a new client", lambda: build(folder, OTHER)))
            forget(folder)
            cold.append(told("the same client, nothing kept", lambda: build(folder, OTHER)))
        build(folder, CLIENT)
        rows = [
            ("a new client’s kit, nothing kept", median(cold)),
            ("… where another client’s parts are kept", median(new)),
            ("another brand colour", several(folder, partial(recolour, folder, colours))),
            ("all 15 minutes later", several(folder, partial(begin_later, folder, minutes))),
            ("one module edited", several(folder, partial(edit_module, folder))),
        ]
        made, drawn = drawn_anew(folder, colours)
    print_table(
        ("the whole kit", "s", "× the first"),
        [(name, f"{seconds:.2f}", f"{seconds / rows[0][1]:.3f}") for name, seconds in rows],
    )
    print_table(
        ("resident, another brand colour", "s"),
        [("a workbook", f"{made:.3f}"), (f"… and {PAGES} pages drawn", f"{drawn:.3f}")],
    )


class Switch(Generic[T]):
    """Gives one of two values after the other."""

    def __init__(self, *values: T) -> None:
        self._values = list(values)

    def other(self) -> T:
        """Return the value that was not given last."""
        self._values.reverse()
        return self._values[0]


def told(what: str, action: Callable[[], object]) -> float:
    """Return the seconds of an action, and say them."""
    seconds = taken(action)
    say(f"{what}: {seconds:.2f} s")
    return seconds


def several(folder: Path, change: Callable[[], object]) -> float:
    """Return the median seconds of a build after a change, in several runs."""
    seconds = []
    for _ in range(QUICK_RUNS):
        change()
        seconds.append(told("after a change", lambda: build(folder, CLIENT)))
    return median(seconds)


def build(folder: Path, client: str) -> None:
    """Build a client's kits as a user does."""
    command = [str(COMMAND), "build", "--client", client]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)  # noqa: S603


def leave_out_name(folder: Path) -> None:
    """Take the client's name out of its own texts, so that another client can have them too."""
    for kind in ("modules", "cases"):
        for file in (folder / "clients" / CLIENT / kind).glob("*.md"):
            text = file.read_text(encoding="utf-8")
            file.write_text(text.replace("Acme Components", "Works").replace("Acme", "Works"))


def add_client(folder: Path) -> None:
    """Copy the client under another name, with other people, days, rooms, trainers and a logo."""
    clients = folder / "clients"
    shutil.rmtree(clients / OTHER, ignore_errors=True)
    shutil.copytree(clients / CLIENT, clients / OTHER)
    file = clients / OTHER / "client.yaml"
    text = file.read_text(encoding="utf-8")
    text = text.replace("name: Acme Components", "name: North Yard")
    text = text.replace('brand: "#9b2c1f"', 'brand: "#14532d"')
    text = re.sub(r"trainer: .*", "trainer: Ines Moreau", text)
    text = re.sub(r"venue: .*", "venue: The old customs house, Hull", text)
    text = re.sub(r"date: 2027-(\d\d)-(\d\d)", r"date: 2028-\1-1\g<2>", text)
    text = re.sub(r"2028-(\d\d)-1(\d)(\d)\b", r"2028-\1-1\3", text)
    file.write_text(text, encoding="utf-8")
    logo = clients / OTHER / "assets" / "logo.svg"
    logo.write_text(logo.read_text(encoding="utf-8").replace("<svg", "<svg id='north'", 1))
    for roster in (clients / OTHER / "rosters").iterdir():
        head, *rows = roster.read_text(encoding="utf-8").splitlines()
        others = (f"Noor {row}".replace("@", "@north.") for row in rows)
        roster.write_text("\n".join([head, *others]), encoding="utf-8")


def recolour(folder: Path, colours: Switch[str]) -> None:
    """Give the client another brand colour."""
    file = folder / "clients" / CLIENT / "client.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(re.sub(r'brand: "#\w+"', f'brand: "{colours.other()}"', text, count=1))


def begin_later(folder: Path, later_by: Switch[int]) -> None:
    """Have all of every day some minutes later than the programme has it."""
    minutes = later_by.other()
    usual = {"full-day": ("09:00", "17:00", "12:15"), "half-day": ("09:00", "13:00")}
    file = folder / "clients" / CLIENT / "client.yaml"
    text = re.sub(r"    times: .*\n", "", file.read_text(encoding="utf-8"))
    for variant, times in usual.items():
        names = ("start", "finish", "lunch")[: len(times)]
        moved = (
            f'{name}: "{later(time, minutes)}"' for name, time in zip(names, times, strict=True)
        )
        line = f"    variant: {variant}"
        text = re.sub(f"{line}.*\n", f"{line}\n    times: {{{', '.join(moved)}}}\n", text)
    file.write_text(text, encoding="utf-8")


def later(time: str, minutes: int) -> str:
    """Return a time of day that is so many minutes later."""
    hours, past = divmod(int(time[:2]) * 60 + int(time[3:]) + minutes, 60)
    return f"{hours:02}:{past:02}"


def drawn_anew(folder: Path, colours: Switch) -> tuple[float, float]:
    """Return the median seconds of a workbook and of its first pages, drawn in another colour."""
    memory, made, drawn = workshop.open_memory(folder), [], []
    draw(made_workbook(folder, memory))
    for _ in range(QUICK_RUNS):
        recolour(folder, colours)
        start = perf_counter()
        pdf = made_workbook(folder, memory)
        made.append(perf_counter() - start)
        draw(pdf)
        drawn.append(perf_counter() - start)
    return median(made), median(drawn)


def made_workbook(folder: Path, memory: Memory) -> bytes:
    """Return the first workbook of the cohort, with what is remembered."""
    plan = workshop.plan(workshop.load(folder, CLIENT, memory), [COHORT], [DOCUMENT])
    composer = PlanComposer(plan, memory)
    [copy, *_] = [copy for _, copies in composer.documents() for copy in copies]
    composer.keep_composed()
    kept = KeptParts(memory)
    layouts = [
        Layout(part.job, laid_out(part.job, kept, memory)) for part in copy.composition.parts
    ]
    with worker_pool(1, memory) as workers:
        copies = Copies(workers, kept, {})
        copies.add([copy])
        copies.finish({copy.composition: layouts}, {})
        [file] = copies.files()
    return file.shared + file.own


def laid_out(job: RenderJob, kept: KeptParts, memory: Memory) -> LaidOut:
    """Return a part that is kept, or lay it out."""
    part = kept.part(job)
    if part is None:
        part = typeset(job, memory)
        kept.keep_part(job, part)
    return part


def draw(pdf: bytes) -> None:
    """Draw the first pages, as large as a screen shows two of them."""
    document = pypdfium2.PdfDocument(pdf)
    for number in range(PAGES):
        document[number].render(scale=1)


if __name__ == "__main__":
    main()
