"""Decide which copies a kit has of a document’s editions: some people get theirs in another one."""

from __future__ import annotations

from workshop.diagnostics import Report
from workshop.tailoring.cohort import Cohort, Trainer
from workshop.tailoring.documents import STANDARD, Document
from workshop.tailoring.people.roster import Managed, Participant
from workshop.tailoring.tailor import Tailored


def edition_for(document: Document, person: Participant | None) -> str:
    """Return the edition in which a person gets a document: their own, if it comes in that."""
    own = person.edition if person else None
    return own if own and own in document.file.editions else STANDARD


def is_theirs(
    document: Document, cohort: Cohort, recipient: Participant | Managed | Trainer | None
) -> bool:
    """Whether a recipient gets a document in this very edition, where nobody asks for another.

    Of a document that is one per cohort, there is an edition for everybody who gets it in that.
    """
    if isinstance(recipient, Participant):
        return document.edition == edition_for(document, recipient)
    return document.edition == STANDARD or (
        document.file.per == "cohort" and people_with(document, cohort) > 0
    )


def people_with(document: Document, cohort: Cohort) -> int:
    """Count the people who get a document in this edition, though it is not the usual one."""
    is_personal = document.file.per == "participant" or document.file.each == "person"
    if document.edition == STANDARD or not is_personal or cohort.roster is None:
        return 0
    return sum(
        edition_for(document, person) == document.edition for person in cohort.roster.participants
    )


def report_unused_editions(tailored: Tailored, cohort: Cohort, report: Report) -> None:
    """Warn of an edition in the roster in which the client gets no document."""
    wanted = {person.edition for person in cohort.roster.participants} if cohort.roster else set()
    there = {document.edition for document in tailored.documents if people_with(document, cohort)}
    for edition in sorted(edition for edition in wanted if edition and edition not in there):
        report.warn(
            "edition-unused",
            f"The roster of “{cohort.slug}” asks for the edition “{edition}”, "
            "and none of the client’s documents comes in it",
            cohort.location,
            "`workshop list documents` says which have one; `documents` may leave them out.",
        )
