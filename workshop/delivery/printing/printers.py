"""Send a run to a printer through CUPS, with the options of its ticket, and follow the jobs."""

from __future__ import annotations

import getpass
import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from workshop.assembly.flip import SIDES
from workshop.delivery.printing.job_state import JobState, State, ask
from workshop.diagnostics import EnvironmentFault, UsageError, nearest
from workshop.press.ticket import Ticket

# RFC 8011, 5.2.6, and PWG 5100.1. No office printer cuts cards apart.
_FINISHINGS = {"staple": 20, "saddle-stitch": 8, "fold": 10, "punch": 5, "trim": 11}
# Finishings of each pack by itself: a printer can only finish a job as a whole.
_EACH = {"staple", "saddle-stitch", "fold", "punch"}


@dataclass(frozen=True)
class PrinterJob:
    """Holds a file that is printed `copies` times; `title` is what the queue shows."""

    path: Path
    title: str
    copies: int


@dataclass(frozen=True)
class Sent:
    """Holds a job that is in a printer's queue, with its name and number there."""

    request: PrinterJob
    name: str
    number: int


def printer_jobs(ticket: Ticket, folder: Path) -> list[PrinterJob]:
    """Return the jobs of a run: one for everything, or one for each pack that is stapled.

    Titles number the packs and name nobody, since everybody can see a printer's queue. Raises
    `UsageError` for a run with sheets of several sizes.
    """
    if len(ticket.papers) > 1:
        raise UsageError.single(
            "two-sizes",
            f"A printer’s job has sheets of one size, and this run has {ticket.sheets}",
            hint="Print those of each size by a profile of their own, which names them in"
            " `documents`.",
        )
    title = f"{ticket.client} {ticket.cohort}"
    if not _EACH & set(ticket.finishing) or ticket.made_for == "room":
        return [PrinterJob(folder / ticket.run.path, title, 1)]
    return [
        PrinterJob(folder / pack.file.path, f"{title} {number}", pack.copies)
        for number, pack in enumerate(ticket.packs, 1)
    ]


def options(ticket: Ticket) -> dict[str, str]:
    """Return the options of a run's jobs, as IPP calls them."""
    finishings = [str(_FINISHINGS[name]) for name in ticket.finishing if name in _FINISHINGS]
    chosen = {
        "media": ticket.papers[0].media,
        "sides": SIDES[ticket.flip],
        "print-scaling": "none",
    }
    if finishings:
        chosen["finishings"] = ",".join(finishings)
    if ticket.colour == "black-and-white":
        chosen["print-color-mode"] = "monochrome"
    return chosen


def check_printer(name: str) -> None:
    """Raise `UsageError` for a printer CUPS does not know, `EnvironmentFault` without CUPS."""
    printers = _run("lpstat", "-e").split()
    if name not in printers:
        message = f"There is no printer “{name}”"
        hint = nearest(name, printers) or "CUPS knows none: set one up in the system’s settings."
        raise UsageError.single("unknown-printer", message, hint=hint)


def submit(printer: str, job: PrinterJob, chosen: Mapping[str, str]) -> Sent:
    """Put a job into a printer's queue; raises `EnvironmentFault` where CUPS does not take it."""
    answer = _run(
        "lp", "-d", printer, "-t", job.title, "-n", str(job.copies),
        *(word for key, value in chosen.items() for word in ("-o", f"{key}={value}")),
        "--", str(job.path),
    )  # fmt: skip
    match = re.search(rf"{re.escape(printer)}-(\d+)", answer)
    if match is None:
        raise EnvironmentFault.single("lp", f"lp did not say which job it made: {answer.strip()}")
    return Sent(job, match[0], int(match[1]))


def follow(
    jobs: Sequence[Sent],
    on_change: Callable[[Sent, JobState], None],
    wait: Callable[[], None] = lambda: time.sleep(1),
) -> Iterator[tuple[Sent, JobState]]:
    """Ask for the state of the jobs until each has ended, and yield how it ended.

    `on_change` is called for every state before that: waiting, printing, held, stopped for lack of
    paper. Raises `EnvironmentFault` where CUPS does not answer.
    """
    server, user = _run("lpstat", "-H").strip(), getpass.getuser()
    last: dict[Sent, State] = {}
    left = list(jobs)
    while left:
        for job in list(left):
            try:
                state = ask(server, job.number, user)
            except OSError as error:
                raise EnvironmentFault.single(
                    "printer-silent",
                    f"What became of {job.name} cannot be found out: {error}",
                    hint="The job is in the queue all the same: see `lpstat -o`.",
                ) from error
            if state.is_final:
                left.remove(job)
                yield job, state
            elif state.state != last.get(job):
                last[job] = state.state
                on_change(job, state)
        if left:
            wait()


def _run(program: str, *arguments: str) -> str:
    path = shutil.which(program)
    if path is None:
        raise EnvironmentFault.single(
            "no-cups",
            f"This machine has no CUPS: there is no command {program}",
            hint="Print the files yourself, or install it (Debian: cups-client; a Mac has it).",
        )
    # English, since the program reads what these commands print.
    environment = {**os.environ, "LC_ALL": "C"}
    done = subprocess.run(  # noqa: S603  # no shell: names are arguments
        [path, *arguments], capture_output=True, text=True, check=False, env=environment
    )
    if done.returncode:
        words = done.stderr.strip().removeprefix(f"{program}: ")
        raise EnvironmentFault.single(
            "cups",
            f"CUPS does not do what it is asked: {words}",
            hint="Is it running? `lpstat -r`.",
        )
    return done.stdout
