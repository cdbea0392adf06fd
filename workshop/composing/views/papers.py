"""List which of a client's documents have to be printed for a cohort, and how many copies."""

from __future__ import annotations

from collections.abc import Iterator

from workshop.composing.views.records import OnScreenView, PaperView
from workshop.planning.day import Day
from workshop.planning.kit_contents import CARD_SHEETS, documents_of, kit_contents
from workshop.planning.pack_order import pack_order
from workshop.tailoring.cohort import Cohort
from workshop.tailoring.documents import STANDARD, Document
from workshop.tailoring.tailored import Tailored


def papers(tailored: Tailored, day: Day) -> Iterator[PaperView]:
    """Yield the documents that are printed at all, in the order of their names."""
    documents = documents_of(tailored, day)
    has_cards = any(kit_contents(tailored, day).cards.values())
    packed = pack_order(tailored.client.packs, [document.name for document in documents])
    for document in documents:
        # The sheets may be printed for their cards alone.
        is_sheets, is_packed = document.name == CARD_SHEETS, document.name in packed
        copies = _copies(document, day.cohort) if is_packed or not is_sheets else 0
        if copies or (is_sheets and has_cards):
            file = document.file
            yield PaperView(
                document.name,
                document.title,
                file.audience,
                copies,
                file.page,
                file.sides,
                cards=has_cards and is_sheets,
            )


def on_screen(tailored: Tailored, day: Day) -> Iterator[OnScreenView]:
    """Yield what people of the roster fill in on screen: it is sent to them, and not printed."""
    for document in documents_of(tailored, day):
        people = 0 if document.is_on_paper else document.people_with(day.cohort.roster)
        if people:
            yield OnScreenView(document.file.title, people)


def _copies(document: Document, cohort: Cohort) -> int:
    file = document.file
    if not document.is_on_paper:
        return 0
    if document.edition != STANDARD:
        return document.people_with(cohort.roster)
    if file.per == "manager":
        return len(cohort.roster.managers()) if cohort.roster else 1
    if file.per == "participant" or file.each == "person":
        others = sum(edition.people_with(cohort.roster) for edition in document.editions())
        return cohort.headcount + cohort.spares - others
    if file.each == "trainer":
        return max(1, len(cohort.trainers))
    return 1 if file.each == "room" else 0
