"""End a process that does not come back from a layout, and tell which layout it was.

A layout's own clock raises an error in its thread, and a call into C sees it only when it returns.
The clock here is a thread of `faulthandler`: it needs no lock of the interpreter's, so it ends the
process whatever that is in. Where the process was, it writes into a file named by the layout.
"""

from __future__ import annotations

import faulthandler
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workshop.composing.pages.render_job import RenderJob
from workshop.limits import STUCK_LAYOUT
from workshop.typesetting.ending.failures import LayoutFailed, out_of_time
from workshop.typesetting.ending.layout_clock import allowed_seconds


@dataclass(frozen=True)
class LayoutNote:
    """Holds the file that is written into when a layout has not come back after so many seconds."""

    path: Path
    seconds: float

    @classmethod
    def of_job(cls, job: RenderJob, folder: Path) -> LayoutNote:
        """Return the note of a layout: it may take a few times what its own clock allows."""
        return cls(folder / job.digest, seconds_until_stuck(job))


def is_of_a_layout(of: tuple[Any, ...]) -> bool:
    """Tell whether work with these arguments is a layout."""
    return len(of) == 1 and isinstance(of[0], RenderJob)


def seconds_until_stuck(job: RenderJob) -> float:
    """Return after how long, by the clock, a layout is taken for one that never comes back."""
    return allowed_seconds(job.html, job.seconds) * STUCK_LAYOUT.most


def do_or_end(note: LayoutNote, work: Callable[..., Any], job: RenderJob) -> Any:
    """Do some work on a job, or end this process once the time in its note is up."""
    with note.path.open("wb") as file:
        faulthandler.dump_traceback_later(note.seconds, exit=True, file=file)
        try:
            return work(job)
        finally:
            faulthandler.cancel_dump_traceback_later()
            note.path.unlink(missing_ok=True)


def taken_from(folder: Path) -> dict[Path, str]:
    """Remove the notes of stuck layouts from a folder; return each with the place where it was."""
    stuck = {}
    for note in folder.iterdir():
        with suppress(FileNotFoundError):  # a process that still works removes its own
            if where := note.read_text("utf-8", "replace"):
                note.unlink()
                stuck[note] = where
    return stuck


def not_back(job: RenderJob, where: str) -> LayoutFailed:
    """Return the fault of a layout that did not come back; its cause tells where it was."""
    error = out_of_time(job.seconds)
    error.__cause__ = TimeoutError(f"The layout did not come back from here:\n{where}")
    return error
