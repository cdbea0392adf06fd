"""Tell which papers come in the edition that people of a roster need, and which do not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from workshop.tailoring.cohort import Cohort
from workshop.tailoring.documents import EDITIONS, ON_SCREEN, Document


@dataclass(frozen=True)
class PeopleEdition:
    """Says how many people need an edition, and which of their papers they get in it or not.

    What they get in it may be for the screen alone, and is not printed then.
    """

    edition: str
    people: int
    having: tuple[str, ...]
    lacking: tuple[str, ...]
    is_on_paper: bool = True

    @property
    def not_printed(self) -> str:
        """What is left out of these people's packs, as a sentence; nothing if all is printed."""
        if self.is_on_paper or not self.having:
            return ""
        those = "1 person, who fills" if self.people == 1 else f"{self.people} people, who fill"
        it = "them" if self.having[1:] else "it"
        return f"Not printed: {', '.join(self.having)} of {those} {it} in on screen"

    def __str__(self) -> str:
        people = "1 person" if self.people == 1 else f"{self.people} people"
        lacking = f"; in the usual edition: {', '.join(self.lacking)}" if self.lacking else ""
        having = ", ".join(self.having) or "nothing"
        note = " (not printed)" if self.not_printed else ""
        return f"{self.edition} for {people}: {having}{note}{lacking}"


def people_editions(cohort: Cohort, documents: Collection[Document]) -> tuple[PeopleEdition, ...]:
    """List the editions that a roster asks for, each with the personal papers that come in it."""
    wanted = Counter(
        person.edition
        for person in (cohort.roster.participants if cohort.roster else ())
        if person.edition and person.edition in EDITIONS
    )
    personal = {
        document.folder: document.file.editions
        for document in documents
        if document.file.per == "participant" or document.file.each == "person"
    }
    return tuple(
        PeopleEdition(
            EDITIONS[edition],
            people,
            tuple(name for name, editions in personal.items() if edition in editions),
            tuple(name for name, editions in personal.items() if edition not in editions),
            edition != ON_SCREEN,
        )
        for edition, people in sorted(wanted.items())
    )
