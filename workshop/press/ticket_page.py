"""Lay out a job ticket as a page for the print shop, in the look of the kit."""

from __future__ import annotations

from pathlib import Path

from workshop.assembly.link import link
from workshop.assembly.values import LinkJob
from workshop.composing.loose_page import compose_page
from workshop.keeping.memory import Memory
from workshop.planning.day import Day
from workshop.press.ticket import Ticket
from workshop.tailoring.tailored import Tailored
from workshop.typesetting.typeset import typeset

NAME = "ticket.pdf"


def write_page(ticket: Ticket, tailored: Tailored, day: Day, folder: Path) -> None:
    """Write the ticket into a folder as a PDF.

    Raises `ContentError` for faults of its template, and whatever `typeset` raises.
    """
    titles = {document.name: document.title for document in tailored.documents}
    values = {"ticket": ticket, "titles": titles}
    job, front = compose_page(tailored, day, "job-ticket", "Job ticket", values)
    memory = Memory()
    layout = typeset(job, memory)
    (folder / NAME).write_bytes(link(LinkJob((layout,), front, job), memory).pdf)
