"""Turn a roster, the CSV file of a cohort's people, into participants and their managers."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from workshop.alike import in_words, once_per_kind, once_per_message
from workshop.diagnostics import Location, Report, nearest
from workshop.limits import MESSAGES_OF_A_KIND
from workshop.tailoring.people.roster_csv import Row, is_unprintable, read_rows, shown
from workshop.workspace.cell_errors import cell_error, has_letter
from workshop.workspace.mailbox import checked_address

_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Person:
    """Holds a person's name and, if the roster has it, their e-mail address."""

    name: str
    email: str | None


@dataclass(frozen=True, slots=True)
class Participant:
    """Holds one row of the roster; `number` counts from 1 in the file's order."""

    number: int
    name: str
    email: str | None
    team: str
    role: str
    segment: str | None
    manager: Person | None


@dataclass(frozen=True)
class Managed:
    """Holds a manager and the participants who report to them."""

    person: Person
    people: tuple[Participant, ...]


@dataclass(frozen=True)
class Roster:
    """Holds the people of one cohort."""

    participants: tuple[Participant, ...]

    def managers(self) -> tuple[Managed, ...]:
        """Group the participants by manager's e-mail, in the order of the managers' first rows."""
        teams: dict[str, list[tuple[Person, Participant]]] = {}
        for participant in self.participants:
            if participant.manager:
                key = _key(participant.manager.email)
                teams.setdefault(key, []).append((participant.manager, participant))
        return tuple(
            Managed(team[0][0], tuple(participant for _, participant in team))
            for team in teams.values()
        )


def read_roster(
    path: Path, segments: Collection[str], report: Report, named_at: Location | None = None
) -> Roster | None:
    """Read the CSV file at `path`; a participant's segment must be one of `segments`.

    `named_at` is where the client file names it.

    The first line decides the delimiter: comma, semicolon or tab. All faults go into `report`, in
    the order of the lines, each kind of them once with its lines; if one of them is an error, None
    is returned.
    """
    faults = Report()
    rows = read_rows(path, faults, named_at)
    people = [
        (row.place, _participant(row, number, segments, faults))
        for number, row in enumerate(rows, start=1)
    ]
    _check_repeats(people, faults)
    _check_managers(people, faults)
    _warn_without_manager([row.place for row in rows if _names_no_manager(row)], faults)
    in_order = sorted(faults, key=lambda fault: (fault.location and fault.location.line) or 0)
    report.extend(once_per_kind(once_per_message(in_order), MESSAGES_OF_A_KIND.most))
    return None if faults.errors else Roster(tuple(participant for _, participant in people))


def _participant(row: Row, number: int, segments: Collection[str], report: Report) -> Participant:
    name = _text_cell(row, "name", report)
    if not name:
        report.error("roster-name-missing", "This row has no name", row.place)
    elif not has_letter(name) and cell_error(name) is None:
        _report_no_letter("name", row, report)
    return Participant(
        number=number,
        name=name,
        email=_email(row, "email", report),
        # Many participants share a team and a role: interning keeps each text once in memory.
        team=sys.intern(_text_cell(row, "team", report)),
        role=sys.intern(_text_cell(row, "role", report)),
        segment=_segment(row, segments, report),
        manager=_manager(row, report),
    )


def _text_cell(row: Row, column: str, report: Report) -> str:
    raw = row.cells.get(column, "")
    text = " ".join(unicodedata.normalize("NFC", raw).split())
    if bad := next(filter(is_unprintable, raw), None):
        described = unicodedata.name(bad, "a line break or control character")
        message = f"The {column} holds U+{ord(bad):04X}, {described}: it cannot be printed"
        report.error("roster-character", message, row.place, "Type it again instead of pasting it.")
    elif len(text) > _LONGEST:
        message = f"The {column} has {len(text)} characters; there may be {_LONGEST}"
        report.error("roster-too-long", message, row.place)
    else:
        _is_value(text, column, row, report)
    return text


def _is_value(text: str, column: str, row: Row, report: Report) -> bool:
    """Whether a cell holds a value, and nothing that a spreadsheet left there, which is reported.

    Words for nothing are printed where they stand as a team or role.
    """
    error = cell_error(text)
    if error is None:
        return True
    message = f"The {column.replace('_', '’s ')} is “{shown(text)}”: {error.what}"
    if error.is_filler and column in ("team", "role"):
        report.warn("roster-no-value", f"{message}, printed as it is", row.place, error.hint)
    else:
        report.error("roster-no-value", message, row.place, error.hint)
    return False


def _report_no_letter(column: str, row: Row, report: Report) -> None:
    message = f"The {column} holds no letter that can be seen"
    report.error("roster-no-letter", message, row.place, "Write the name as it is to be printed.")


def _email(row: Row, column: str, report: Report) -> str | None:
    typed = row.cells.get(column, "").strip()
    if not typed or not _is_value(typed, column, row, report):
        return None
    try:
        return checked_address(typed)[0]
    except ValueError as error:
        message = f"“{shown(typed)}” is not an e-mail address"
        report.error("roster-email", message, row.place, str(error))
        return None


def _segment(row: Row, segments: Collection[str], report: Report) -> str | None:
    segment = row.cells.get("segment", "").strip()
    if segment and segment not in segments:
        message = f"Unknown segment “{shown(segment)}”"
        report.error("roster-segment", message, row.place, nearest(segment, segments))
    return sys.intern(segment) or None


def _manager(row: Row, report: Report) -> Person | None:
    if not {"manager", "manager_email"} <= row.cells.keys():
        return None  # `roster_csv` reports the missing column once, for the header
    name = _text_cell(row, "manager", report)
    email = _email(row, "manager_email", report)
    has_email = bool(row.cells["manager_email"].strip())
    if bool(name) != has_email:
        message = f"The manager’s {'e-mail' if name else 'name'} is missing"
        report.error("roster-manager-half", message, row.place, "Give both, or neither.")
    elif name and not has_letter(name) and cell_error(name) is None:
        _report_no_letter("manager", row, report)
    return Person(name, email) if name and email else None


def _names_no_manager(row: Row) -> bool:
    return not any(row.cells.get(column, "-").strip() for column in ("manager", "manager_email"))


def _warn_without_manager(places: Sequence[Location], report: Report) -> None:
    """Report in a single warning all people whom no manager's briefing will name."""
    if not places:
        return
    message = "No manager is given: no briefing will name this person"
    if len(places) > 1:
        lines = in_words([place.line or 0 for place in places])
        message = f"No manager is given in lines {lines}: no briefing will name these people"
    report.warn("roster-no-manager", message, places[0])


def _check_repeats(people: list[tuple[Location, Participant]], report: Report) -> None:
    by_email: dict[str, Location] = {}
    by_name: dict[str, tuple[Location, Participant]] = {}
    for place, person in people:
        email = _key(person.email)
        if email and by_email.setdefault(email, place) is not place:
            message = f"The e-mail {person.email} is in line {by_email[email].line} already"
            report.error("roster-email-twice", message, place, "Each participant needs their own.")
        first_place, first = by_name.setdefault(person.name.casefold(), (place, person))
        if person.name and first is not person and not (first.email and person.email):
            message = f"“{shown(person.name)}” is in line {first_place.line} already"
            hint = "If these are two people, give both an e-mail; if not, take one row out."
            report.warn("roster-name-twice", message, place, hint)


def _check_managers(people: list[tuple[Location, Participant]], report: Report) -> None:
    names: dict[str, tuple[Location, str]] = {}
    for place, person in people:
        if not person.manager:
            continue
        name, email = person.manager.name, _key(person.manager.email)
        first_place, first = names.setdefault(email, (place, name))
        if name != first:
            earlier = f"“{shown(first)}” in line {first_place.line}"
            message = f"The manager {email} is “{shown(name)}” here and {earlier}"
            report.error("roster-manager-names", message, place, "Write one name in both.")
        if email == _key(person.email):
            message = f"“{shown(person.name)}” is given as their own manager"
            report.warn("roster-own-manager", message, place)


def _key(email: str | None) -> str:
    return (email or "").casefold()
