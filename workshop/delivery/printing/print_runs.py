"""Print runs on a printer: check it, send all jobs of all runs, and follow each to its end."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from workshop.delivery.printing.job_state import JobState
from workshop.delivery.printing.printers import (
    PrinterJob,
    Sent,
    check_printer,
    follow,
    options,
    printer_jobs,
    submit,
)
from workshop.diagnostics import EnvironmentFault
from workshop.press.run import PrintRun


@dataclass(frozen=True)
class RunsToPrint:
    """Holds what is going to be printed where: each job with the options of its run's ticket."""

    printer: str
    jobs: tuple[tuple[PrinterJob, Mapping[str, str]], ...]
    sheets: int

    def send(
        self,
        on_sent: Callable[[Sequence[Sent]], None],
        on_change: Callable[[Sent, JobState], None],
    ) -> None:
        """Send all jobs and follow them; `on_change` is called for every state, the last included.

        Raises `EnvironmentFault` with the jobs that were not printed, when all have ended.
        """
        sent = [submit(self.printer, job, chosen) for job, chosen in self.jobs]
        on_sent(sent)
        refused = []
        for job, state in follow(sent, on_change):
            on_change(job, state)
            if state.state in ("rejected", "cancelled"):
                refused.append(job)
        if refused:
            names = ", ".join(f"{job.name} ({job.request.path.name})" for job in refused)
            jobs = "1 job" if len(refused) == 1 else f"{len(refused)} jobs"
            raise EnvironmentFault.single(
                "not-printed",
                f"{self.printer} did not print {jobs} of {len(sent)}: {names}",
                hint="See what the printer says, and print these files again with `lp`.",
            )


def runs_to_print(runs: Sequence[PrintRun], printer: str) -> RunsToPrint:
    """Return what printing runs on a printer takes; raise `UsageError` for one that is not there.

    Raises it too for a run with sheets of several sizes.
    """
    check_printer(printer)
    jobs = tuple(
        (job, options(run.ticket)) for run in runs for job in printer_jobs(run.ticket, run.folder)
    )
    return RunsToPrint(printer, jobs, sum(run.ticket.total.sheets for run in runs))
