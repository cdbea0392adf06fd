"""A client's documents into what has to be printed for a cohort."""

from __future__ import annotations

from collections.abc import Iterator

from workshop.composing.views.records import PaperView
from workshop.tailoring.cohort import Cohort
from workshop.tailoring.documents import STANDARD, Document
from workshop.tailoring.tailor import Tailored


def papers(tailored: Tailored, cohort: Cohort) -> Iterator[PaperView]:
    """Yield the documents of which any copies are printed, in the order of their names."""
    for document in tailored.documents:
        copies = _copies(document, cohort)
        if document.edition == STANDARD and copies:
            file = document.file
            yield PaperView(document.name, file.title, file.audience, copies, file.page, file.sides)


def _copies(document: Document, cohort: Cohort) -> int:
    file = document.file
    if file.per == "manager":
        return len(cohort.roster.managers()) if cohort.roster else 1
    if file.per == "participant" or file.each == "person":
        return cohort.headcount + cohort.spares
    return 1 if file.each == "room" else 0
