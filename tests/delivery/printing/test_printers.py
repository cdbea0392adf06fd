"""Packs through a real CUPS to a real IPP printer: what arrives there, and what it says of it."""

from __future__ import annotations

import subprocess
import time
from functools import partial
from pathlib import Path

import pypdfium2
import pytest

from tests.delivery.real_printer import NAME, Printer
from tests.other_programs import program
from tests.press.conftest import Press
from workshop.delivery.printing.job_state import JobState, ask
from workshop.delivery.printing.printers import (
    Sent,
    check_printer,
    follow,
    options,
    printer_jobs,
    submit,
)
from workshop.diagnostics import EnvironmentFault, UsageError
from workshop.press.run import PrintRun

# Between two questions to the print server, which has work to do meanwhile.
WAIT = partial(time.sleep, 0.1)
IPPTOOL_TEST = """{
OPERATION Get-Jobs
GROUP operation-attributes-tag
ATTR charset attributes-charset utf-8
ATTR language attributes-natural-language en
ATTR uri printer-uri $uri
ATTR keyword which-jobs completed
ATTR keyword requested-attributes job-name,job-state,sides,copies
DISPLAY job-name
DISPLAY job-state
DISPLAY sides
DISPLAY copies
}
"""


def send(run: PrintRun) -> list[Sent]:
    return [submit(NAME, job, options(run.ticket)) for job in printer_jobs(run.ticket, run.folder)]


def outcomes(jobs: list[Sent]) -> dict[str, str]:
    """Return how jobs ended, by their titles."""

    def must_go_on(job: Sent, state: JobState) -> None:
        # A job that CUPS holds up would be followed for ever, as it should: somebody may mend it.
        assert state.state in ("waiting", "printing"), (job, state)

    ended = follow(jobs, must_go_on, WAIT)
    return {job.request.title: state.state for job, state in ended}


def pictures(path: Path) -> list[bytes]:
    """Return every page as a printer would draw it, small."""
    pdf = pypdfium2.PdfDocument(path)
    drawn = [page.render(scale=0.5, grayscale=True).to_pil().tobytes() for page in pdf]
    pdf.close()
    return drawn


def test_every_pack_arrives_as_it_was_made_with_what_the_ticket_asks_for(
    printer: Printer, press: Press
) -> None:
    check_printer(NAME)
    run = press.run(spares=2)
    jobs = send(run)
    assert outcomes(jobs) == {f"tiny autumn {number}": "done" for number in (1, 2, 3)}
    arrived = printer.arrived()
    assert [arrival.asked["JOB_NAME"] for arrival in arrived] == [job.request.title for job in jobs]
    for arrival, pack in zip(arrived, run.ticket.packs, strict=True):
        assert pictures(arrival.pdf) == pictures(run.folder / pack.file.path)
        assert arrival.asked["SIDES"] == "two-sided-long-edge"
        assert arrival.asked.get("COPIES", "1") == str(pack.copies)
        # A4, in hundredths of a millimetre.
        assert "x-dimension=21000 y-dimension=29700" in arrival.asked["MEDIA_COL"]
    # The printer itself says the same when it is asked by a program that is not ours.
    answer = subprocess.run(
        [program("ipptool", "cups-ipp-utils"), "-tv", printer.uri, "/dev/stdin"],
        input=IPPTOOL_TEST, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert answer.count("job-state (enum) = completed") == 3
    assert answer.count("sides (keyword) = two-sided-long-edge") == 3


def test_a_booklet_is_turned_over_on_the_short_edge_and_nobody_s_name_is_in_the_queue(
    printer: Printer, press: Press
) -> None:
    run = press.run("booklet", spares=0)
    assert set(outcomes(send(run)).values()) == {"done"}
    for arrival in printer.arrived():
        assert arrival.asked["SIDES"] == "two-sided-short-edge"
        assert "Anna" not in " ".join(arrival.asked.values())


def test_a_job_that_is_given_up_is_not_taken_for_printed(printer: Printer, press: Press) -> None:
    printer.unplug()
    ended = outcomes(send(press.run("booklet", spares=0)))
    assert list(ended.values()) == ["rejected", "rejected"]
    assert printer.arrived() == []


def test_a_job_that_somebody_cancels_is_not_taken_for_printed(
    printer: Printer, press: Press
) -> None:
    printer.hold()
    jobs = send(press.run("booklet", spares=0))
    printer.cancel(jobs[0].name)
    printer.release()
    assert list(outcomes(jobs).values()) == ["cancelled", "done"]
    assert len(printer.arrived()) == 1


def test_a_job_on_its_way_is_told_of_once_in_each_state(printer: Printer, press: Press) -> None:
    told: list[tuple[str, str]] = []
    [first, *_] = jobs = send(press.run("booklet", spares=0))
    list(follow(jobs, lambda job, state: told.append((job.name, state.state)), WAIT))
    assert len(set(told)) == len(told)
    assert ask(printer.server, first.number, "anybody") == JobState("done", "")


def test_a_job_that_there_is_not_is_gone(printer: Printer) -> None:
    assert ask(printer.server, 4711, "anybody").state == "gone"


def test_an_unknown_printer_is_told_with_the_nearest(printer: Printer) -> None:
    with pytest.raises(UsageError) as raised:
        check_printer("offices")
    assert raised.value.diagnostics[0].hint == f"Did you mean “{NAME}”?"


def test_without_cups_it_is_said_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(EnvironmentFault, match="This machine has no CUPS"):
        check_printer(NAME)
