"""`workshop print`: pack a finished kit as a printer or a print shop takes it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from workshop.cli.options import client_option, cohort_option, kits_option, workspace_option
from workshop.cli.show_faults import all_option
from workshop.cli.terminal import Styled, confirm, echo
from workshop.workspace.clients import find_workspace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workshop.delivery.printing.job_state import JobState
    from workshop.delivery.printing.printers import Sent
    from workshop.press.run import PrintRun


_GOES_WELL = ("waiting", "printing", "done")


@click.command("print")
@client_option()
@cohort_option
@click.option(
    "--profile",
    default="office-duplex",
    show_default=True,
    help="How to print; `workshop list profiles` shows them all.",
)
@click.option(
    "--spares", type=click.IntRange(0, 100), help="Packs without a name; otherwise as set."
)
@click.option("--printer", metavar="NAME", help="Send the packs to this printer and follow them.")
@click.option("--yes", is_flag=True, help="Send without asking first.")
@kits_option
@all_option
@workspace_option
def command(
    client: str,
    cohorts: tuple[str, ...],
    profile: str,
    spares: int | None,
    printer: str | None,
    yes: bool,
    output: Path | None,
    workspace: Path | None,
) -> None:
    """Collate and impose a finished kit, and print it.

    Takes the files that `workshop build` made and lays nothing out anew. Each participant gets one
    pack; all packs are in one file, with a job ticket for the print shop.
    """
    import workshop
    from workshop.cli.progress import packs_following
    from workshop.cli.show_faults import show

    with packs_following() as follow:
        runs = workshop.print(
            find_workspace(workspace), client, cohorts, profile, spares=spares, output=output,
            on_progress=follow, on_warnings=show, on_run=_tell,
        )  # fmt: skip
    if printer:
        _send(runs, printer, ask=not yes)


def _tell(run: PrintRun) -> None:
    from workshop.cli.wording import columns, count
    from workshop.diagnostics import display_path
    from workshop.press.run import behind

    ticket, packing = run.ticket, run.packing
    where = display_path(run.folder)
    echo(Styled(f"{where}/", bold=True), "" if run.is_new else " (nothing to do)")
    if ticket.made_for == "room":
        echo(f"  for the room: {', '.join(packing.documents)}")
    elif packing.people is None:
        echo(f"  no roster, {count(packing.count, 'pack')} without a name")
    else:
        people = count(packing.people, "person").replace("persons", "people")
        packs = count(len([pack for pack in packing.packs if pack.stem != "00-spare"]), "pack")
        more = f" + {count(packing.spares, 'spare')}" if packing.spares else ""
        echo(f"  {people} on the roster, {packs}{more}")
    total = ticket.total
    sides = f"{total.colour} in colour, {total.black} in black, {total.blank} blank"
    rows = [
        ("each", ", ".join(max(ticket.groups, key=lambda group: group.copies).documents)),
        ("sheets", f"{ticket.sheets}, {ticket.stock}; sides: {sides}"),
        ("files", f"{ticket.run.path}, ticket.pdf, ticket.json, packs/"),
    ]
    echo(columns(rows[1 if ticket.made_for == "room" else 0 :], "  "))
    for edition in packing.editions:
        echo(f"  {edition}")
    if packing.left_out and ticket.made_for == "person":
        echo(f"  not in these packs: {', '.join(packing.left_out)}")
    if earlier := behind(run.kit):
        names = ", ".join(earlier)
        echo(f"  made from an earlier kit, so print them anew first: {names}", err=True)


def _send(runs: list[PrintRun], printer: str, *, ask: bool) -> None:
    from workshop.cli.wording import count
    from workshop.delivery.printing.print_runs import runs_to_print

    printing = runs_to_print(runs, printer)
    for options in dict.fromkeys(tuple(chosen.items()) for _, chosen in printing.jobs):
        echo(f"{printer}: " + " ".join(f"{key}={value}" for key, value in options))
    if ask:
        jobs = count(len(printing.jobs), "job")
        confirm(f"Send {count(printing.sheets, 'sheet')} in {jobs} to {printer}?")
    printing.send(_tell_sent, _tell_change)


def _tell_sent(jobs: Sequence[Sent]) -> None:
    from workshop.cli.wording import count

    echo(f"Sent {count(len(jobs), 'job')}. Ctrl-C stops watching them, not printing.")


def _tell_change(job: Sent, state: JobState) -> None:
    # While a job goes well, its message only says so once more.
    message = f": {state.message}" if state.message and state.state not in _GOES_WELL else ""
    echo(f"  {job.name} ({job.request.title}) {state.state}{message}")
