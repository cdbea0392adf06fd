"""Turn a roster, the CSV file of a cohort's people, into participants and their managers."""

from __future__ import annotations

import csv
import io
import sys
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from email_validator import EmailNotValidError, validate_email

from workshop.diagnostics import Location, Report, display_path, nearest

_COLUMNS = ("name", "email", "team", "role", "segment", "manager", "manager_email")
_LONGEST = 200
_JOINERS = "\u200c\u200d"  # Persian, Hindi and others need them to spell a name
_SAVE_AS = "In Excel or LibreOffice, choose Save As and the kind “CSV UTF-8”."
_BEGIN_WITH = f"Begin the file with the line: {','.join(_COLUMNS)}"


@dataclass(frozen=True, slots=True)
class Person:
    """Someone with a name, and an e-mail address where it is known."""

    name: str
    email: str | None


@dataclass(frozen=True, slots=True)
class Participant:
    """One row of the roster; `number` counts from 1 in the file's order."""

    number: int
    name: str
    email: str | None
    team: str
    role: str
    segment: str | None
    manager: Person | None


@dataclass(frozen=True)
class Managed:
    """A manager and the participants who report to them."""

    person: Person
    people: tuple[Participant, ...]


@dataclass(frozen=True)
class Roster:
    """The people of one cohort."""

    participants: tuple[Participant, ...]

    def managers(self) -> tuple[Managed, ...]:
        """Group the participants by manager's e-mail, in order of the managers' first rows."""
        teams: dict[str, list[tuple[Person, Participant]]] = {}
        for participant in self.participants:
            if participant.manager:
                key = _key(participant.manager.email)
                teams.setdefault(key, []).append((participant.manager, participant))
        return tuple(
            Managed(team[0][0], tuple(participant for _, participant in team))
            for team in teams.values()
        )


@dataclass(frozen=True)
class _Row:
    place: Location
    cells: dict[str, str]  # of the columns that are there, all of them


def read_roster(path: Path, segments: Collection[str], report: Report) -> Roster | None:
    """Read the CSV file at `path`; a participant's segment must be one of `segments`.

    The delimiter is told by the first line (comma, semicolon or tab). Everything wrong is noted
    in `report`, in the order of the lines; with an error in the file there is no roster.
    """
    found = Report()
    rows = list(_rows(_text(path, found), Location(path), found))
    people = [
        (row.place, _participant(row, number, segments, found))
        for number, row in enumerate(rows, start=1)
    ]
    _check_repeats(people, found)
    _check_managers(people, found)
    _warn_without_manager([row.place for row in rows if _names_no_manager(row)], found)
    report.extend(sorted(found, key=lambda fault: (fault.location and fault.location.line) or 0))
    return None if found.errors else Roster(tuple(participant for _, participant in people))


def _text(path: Path, report: Report) -> str:
    """Read the file as UTF-8, or say how to save it so and return ""."""
    place = Location(path)
    try:
        if not path.exists():
            hint = nearest(path.name, (other.name for other in path.parent.glob("*.csv")))
            report.error("roster-missing", f"There is no roster {display_path(path)}.", place, hint)
            return ""
        raw = path.read_bytes()
    except OSError as error:
        report.error("roster-unreadable", f"The roster cannot be read: {error.strerror}.", place)
        return ""
    if raw.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        report.error("roster-workbook", "This is a spreadsheet, not a CSV file.", place, _SAVE_AS)
        return ""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in raw.partition(b"\n")[0]:
        message = "The roster is saved as “Unicode text” (UTF-16), not as UTF-8."
        report.error("roster-encoding", message, place, _SAVE_AS)
        return ""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = Location(path, error.object[: error.start].count(b"\n") + 1)
        message = "The roster is not saved as UTF-8: this line holds a letter of an older encoding."
        report.error("roster-encoding", message, place, _SAVE_AS)
        return ""


def _rows(text: str, place: Location, report: Report) -> Iterator[_Row]:
    """Split the text into rows of known columns."""
    header, *body = list(_lines(text, place, report)) or [(place, [])]
    columns = _columns(header[1], header[0], report) if header[1] else []
    if not body and not report.errors:
        message = "There is nobody in the roster" + (": it has a header only." if columns else ".")
        report.error("roster-empty", message, place, _BEGIN_WITH)
    for where, cells in body if "name" in columns else []:
        if len(cells) < len(columns) or any(cells[len(columns) :]):
            message = f"The header has {len(columns)} cells, this row {len(cells)}."
            hint = "An empty cell keeps its delimiter; a delimiter inside a cell needs quotes."
            report.error("roster-cells", message, where, hint)
        else:
            named = zip(columns, cells, strict=False)
            yield _Row(where, {column: cell for column, cell in named if column})


def _lines(text: str, place: Location, report: Report) -> Iterator[tuple[Location, list[str]]]:
    """Yield the rows that hold something, each with the line it begins in."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    source = io.StringIO(text, newline="")
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(source, delimiter=delimiter, strict=True, skipinitialspace=True)
    while True:
        where = replace(place, line=reader.line_num + 1)
        try:
            cells = [cell.strip(" ") for cell in next(reader)]
        except StopIteration:
            return
        except csv.Error:  # the next call goes on with the line after, and finds later faults
            message = "The quotation marks of this row do not pair up, or a cell is far too long."
            hint = 'A cell in quotes ends with a quote; a quote inside it is written twice: "".'
            report.error("roster-quotes", message, where, hint)
            continue
        if any(cell.strip() for cell in cells):
            yield where, cells


def _columns(cells: list[str], place: Location, report: Report) -> list[str]:
    """Return the column each cell of the header names, "" for one that is no column."""
    words = ["_".join(cell.lower().split()) for cell in cells]
    while words and not words[-1]:
        words.pop()
    columns = [word if word in _COLUMNS else "" for word in words]
    if not any(columns):
        report.error("roster-header", "This line does not name the columns.", place, _BEGIN_WITH)
        return []
    for number, word in enumerate(words):
        if word in words[:number]:
            message = f"The column “{_shown(cells[number])}” is there twice."
            report.error("roster-column-twice", message, place)
        elif word not in _COLUMNS:
            message = f"Unknown column “{_shown(cells[number])}”."
            report.error("roster-column-unknown", message, place, nearest(word, _COLUMNS))
    _check_missing_columns(columns, place, report)
    return columns


def _check_missing_columns(columns: list[str], place: Location, report: Report) -> None:
    """Say once, not in every row, what no row can hold."""
    managers = {"manager", "manager_email"}
    has_managers = not managers.isdisjoint(columns)
    required = {"name"} | managers if has_managers else {"name"}
    for column in sorted(required.difference(columns)):
        message = f"The column “{column}” is missing."
        report.error("roster-column-missing", message, place, _BEGIN_WITH)
    if not has_managers:
        message = "The roster names no managers: there will be no manager briefings."
        report.warn("roster-no-manager", message, place, "Add columns: manager,manager_email")


def _participant(row: _Row, number: int, segments: Collection[str], report: Report) -> Participant:
    name = _text_cell(row, "name", report)
    if not name:
        report.error("roster-name-missing", "This row has no name.", row.place)
    return Participant(
        number=number,
        name=name,
        email=_email(row, "email", report),
        # Many have the same: it is there once.
        team=sys.intern(_text_cell(row, "team", report)),
        role=sys.intern(_text_cell(row, "role", report)),
        segment=_segment(row, segments, report),
        manager=_manager(row, report),
    )


def _text_cell(row: _Row, column: str, report: Report) -> str:
    raw = row.cells.get(column, "")
    text = " ".join(unicodedata.normalize("NFC", raw).split())
    if bad := next(filter(_is_unprintable, raw), None):
        described = unicodedata.name(bad, "a line break or control character")
        message = f"The {column} holds U+{ord(bad):04X}, {described}: it cannot be printed."
        report.error("roster-character", message, row.place, "Type it again instead of pasting it.")
    elif len(text) > _LONGEST:
        message = f"The {column} has {len(text)} characters; there may be {_LONGEST}."
        report.error("roster-too-long", message, row.place)
    return text


def _email(row: _Row, column: str, report: Report) -> str | None:
    typed = row.cells.get(column, "").strip()
    if not typed:
        return None
    try:
        return validate_email(typed, check_deliverability=False).normalized
    except EmailNotValidError as error:
        message = f"“{_shown(typed)}” is not an e-mail address."
        report.error("roster-email", message, row.place, str(error))
        return None


def _segment(row: _Row, segments: Collection[str], report: Report) -> str | None:
    segment = row.cells.get("segment", "").strip()
    if segment and segment not in segments:
        message = f"Unknown segment “{_shown(segment)}”."
        report.error("roster-segment", message, row.place, nearest(segment, segments))
    return sys.intern(segment) or None


def _manager(row: _Row, report: Report) -> Person | None:
    if not {"manager", "manager_email"} <= row.cells.keys():
        return None  # said once, of the header
    name = _text_cell(row, "manager", report)
    email = _email(row, "manager_email", report)
    has_email = bool(row.cells["manager_email"].strip())
    if bool(name) != has_email:
        message = f"The manager’s {'e-mail' if name else 'name'} is missing."
        report.error("roster-manager-half", message, row.place, "Give both, or neither.")
    return Person(name, email) if name and email else None


def _names_no_manager(row: _Row) -> bool:
    return not any(row.cells.get(column, "-").strip() for column in ("manager", "manager_email"))


def _warn_without_manager(places: Sequence[Location], report: Report) -> None:
    """Say once for how many people there will be no briefing, however many they are."""
    if not places:
        return
    message = "No manager is given: no briefing will name this person."
    if len(places) > 1:
        lines = _in_words([place.line or 0 for place in places])
        message = f"No manager is given in lines {lines}: no briefing will name these people."
    report.warn("roster-no-manager", message, places[0])


def _in_words(numbers: Sequence[int]) -> str:
    """Return numbers as they are said: "2, 4 to 6 and 9"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    words = [f"{run[0]} to {run[-1]}" if len(run) > 1 else f"{run[0]}" for run in runs]
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def _check_repeats(people: list[tuple[Location, Participant]], report: Report) -> None:
    by_email: dict[str, Location] = {}
    by_name: dict[str, tuple[Location, Participant]] = {}
    for place, person in people:
        email = _key(person.email)
        if email and by_email.setdefault(email, place) is not place:
            message = f"The e-mail {person.email} is in line {by_email[email].line} already."
            report.error("roster-email-twice", message, place, "Each participant needs their own.")
        first_place, first = by_name.setdefault(person.name.casefold(), (place, person))
        if person.name and first is not person and not (first.email and person.email):
            message = f"“{_shown(person.name)}” is in line {first_place.line} already."
            hint = "If these are two people, give both an e-mail; if not, take one row out."
            report.warn("roster-name-twice", message, place, hint)


def _check_managers(people: list[tuple[Location, Participant]], report: Report) -> None:
    known: dict[str, tuple[Location, str]] = {}
    for place, person in people:
        if not person.manager:
            continue
        name, email = person.manager.name, _key(person.manager.email)
        first_place, first = known.setdefault(email, (place, name))
        if name != first:
            other = f"“{_shown(first)}” in line {first_place.line}"
            message = f"The manager {email} is “{_shown(name)}” here and {other}."
            report.error("roster-manager-names", message, place, "Write one name in both.")
        if email == _key(person.email):
            message = f"“{_shown(person.name)}” is given as their own manager."
            report.warn("roster-own-manager", message, place)


def _key(email: str | None) -> str:
    return (email or "").casefold()


def _shown(text: str) -> str:
    """Quote user text in a message: short, and nothing that could steer a terminal."""
    safe = "".join("\ufffd" if _is_unprintable(char) else char for char in text)
    return safe if len(safe) <= 60 else safe[:59] + "…"


def _is_unprintable(char: str) -> bool:
    return unicodedata.category(char) in {"Cc", "Cf", "Zl", "Zp"} and char not in _JOINERS
