"""A run to a printer, through CUPS: what is sent, with which options, and what became of it."""

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

from workshop.delivery.printing.job_state import JobState, State, ask
from workshop.diagnostics import EnvironmentFault, UsageError, nearest
from workshop.press.ticket import Ticket

_SIDES = {
    "none": "one-sided", "long": "two-sided-long-edge", "short": "two-sided-short-edge",
}  # fmt: skip
# RFC 8011, 5.2.6, and PWG 5100.1. Nothing on a desk cuts cards apart.
_FINISHINGS = {"staple": 20, "saddle-stitch": 8, "fold": 10, "punch": 5, "trim": 11}
# What is done to each pack by itself, which a printer can only do to a job.
_EACH = {"staple", "saddle-stitch", "fold", "punch"}


@dataclass(frozen=True)
class PrinterJob:
    """A file to print so many times; `title` is what the queue shows."""

    path: Path
    title: str
    copies: int


@dataclass(frozen=True)
class Sent:
    """A job in a printer’s queue, by its name and number."""

    sending: PrinterJob
    name: str
    number: int


def sendings(ticket: Ticket, folder: Path) -> list[PrinterJob]:
    """Return what of a run goes to a printer: all at once, or packs that are stapled one by one.

    Titles number the packs: a queue that others see is no place for names.
    """
    title = f"{ticket.client} {ticket.cohort}"
    if not _EACH & set(ticket.finishing) or ticket.made_for == "room":
        return [PrinterJob(folder / ticket.run.path, title, 1)]
    return [
        PrinterJob(folder / pack.file.path, f"{title} {number}", pack.copies)
        for number, pack in enumerate(ticket.packs, 1)
    ]


def options(ticket: Ticket) -> dict[str, str]:
    """Return the options of a run’s jobs, as IPP calls them."""
    finishings = [str(_FINISHINGS[one]) for one in ticket.finishing if one in _FINISHINGS]
    chosen = {
        "media": ticket.media,
        "sides": _SIDES[ticket.flip],
        "print-scaling": "none",
    }
    if finishings:
        chosen["finishings"] = ",".join(finishings)
    if ticket.colour == "black-and-white":
        chosen["print-color-mode"] = "monochrome"
    return chosen


def check_printer(name: str) -> None:
    """Raise `UsageError` for a printer CUPS does not know, `EnvironmentFault` without CUPS."""
    known = _run("lpstat", "-e").split()
    if name not in known:
        message = f"There is no printer “{name}”"
        hint = nearest(name, known) or "CUPS knows none: set one up in the system’s settings."
        raise UsageError.single("unknown-printer", message, hint=hint)


def submit(printer: str, sending: PrinterJob, chosen: Mapping[str, str]) -> Sent:
    """Put a file into a printer’s queue. Raises `EnvironmentFault` where CUPS does not take it."""
    said = _run(
        "lp", "-d", printer, "-t", sending.title, "-n", str(sending.copies),
        *(word for key, value in chosen.items() for word in ("-o", f"{key}={value}")),
        "--", str(sending.path),
    )  # fmt: skip
    found = re.search(rf"{re.escape(printer)}-(\d+)", said)
    if found is None:
        raise EnvironmentFault.single("lp", f"lp did not say which job it made: {said.strip()}")
    return Sent(sending, found[0], int(found[1]))


def follow(
    jobs: Sequence[Sent],
    on_change: Callable[[Sent, JobState], None],
    wait: Callable[[], None] = lambda: time.sleep(1),
) -> Iterator[tuple[Sent, JobState]]:
    """Ask for the jobs until each is done or will not be, and yield how each ended.

    `on_change` is told of every other state on the way: waiting, printing, held, stopped for lack
    of paper. Raises `EnvironmentFault` where CUPS does not say.
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
    # Their words are read below.
    environment = {**os.environ, "LC_ALL": "C"}
    done = subprocess.run(  # noqa: S603  # no shell, and what is named is an argument
        [path, *arguments], capture_output=True, text=True, check=False, env=environment
    )
    if done.returncode:
        said = done.stderr.strip().removeprefix(f"{program}: ")
        raise EnvironmentFault.single(
            "cups", f"CUPS does not do what it is asked: {said}", hint="Is it running? `lpstat -r`."
        )
    return done.stdout
