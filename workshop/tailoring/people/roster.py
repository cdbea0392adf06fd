"""Describe the people of a cohort: participants, and the managers whom they report to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    """Holds a person's name and, if the roster has it, their e-mail address."""

    name: str
    email: str | None


@dataclass(frozen=True, slots=True)
class Participant:
    """Holds one row of the roster; `number` counts from 1 in the file's order.

    `edition` is that of the person's own papers, None for the usual one.
    """

    number: int
    name: str
    email: str | None
    team: str
    role: str
    segment: str | None
    manager: Person | None
    edition: str | None = None


@dataclass(frozen=True)
class Managed:
    """Holds a manager and the participants who report to them."""

    person: Person
    people: tuple[Participant, ...]


@dataclass(frozen=True)
class Roster:
    """Holds the people of one cohort."""

    participants: tuple[Participant, ...]

    @property
    def has_segments(self) -> bool:
        """Tell whether anybody is put in a segment."""
        return any(participant.segment for participant in self.participants)

    def managers(self) -> tuple[Managed, ...]:
        """Group the participants by manager's e-mail, in the order of the managers' first rows.

        Managers without one are told apart by their names.
        """
        teams: dict[tuple[str, str], list[tuple[Person, Participant]]] = {}
        for participant in self.participants:
            if participant.manager:
                email = address_key(participant.manager.email)
                key = email, "" if email else participant.manager.name.casefold()
                teams.setdefault(key, []).append((participant.manager, participant))
        return tuple(
            Managed(team[0][0], tuple(participant for _, participant in team))
            for team in teams.values()
        )


def address_key(email: str | None) -> str:
    """Return an address as it is compared: capitals and small letters are the same."""
    return (email or "").casefold()
