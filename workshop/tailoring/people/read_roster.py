"""Read a roster, any table that a trainer has of people, into participants and their managers."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from workshop.alike import once_per_message
from workshop.diagnostics import Location, Report, display_path, nearest
from workshop.file_errors import why_unread
from workshop.limits import ROSTER_FILE, ROSTER_ROWS
from workshop.tailoring.people.cells import PersonRow
from workshop.tailoring.people.check_people import (
    check_people,
    each_once,
    warn_of_remarks,
)
from workshop.tailoring.people.columns import Columns, RosterSettings, begin_with, find_columns
from workshop.tailoring.people.doubts.hidden_rows import warn_of_hidden_rows
from workshop.tailoring.people.doubts.not_people import only_people
from workshop.tailoring.people.last_first import name_in, writes_last_first
from workshop.tailoring.people.managers import (
    manager_in,
    warn_without_manager,
    with_whole_managers,
)
from workshop.tailoring.people.quoting import listed
from workshop.tailoring.people.roster import Participant, Roster
from workshop.tailoring.people.segment_names import SegmentNames
from workshop.tailoring.people.tables.delimited import read_delimited, report_too_many
from workshop.tailoring.people.tables.encodings import OLDER, decoded, said_encoding
from workshop.tailoring.people.tables.table import WORDS_FOR_DELIMITERS, PeopleTable, TableRow
from workshop.tailoring.people.tables.workbook import is_workbook, read_workbook
from workshop.user_files import RefusedFile, read_file
from workshop.workspace.overlay import is_meant

_KINDS = (".csv", ".xlsx")
_SAVE_AS = "In Excel or LibreOffice, choose Save As and the kind XLSX or “CSV UTF-8”."


@dataclass(frozen=True)
class RosterReading:
    """Holds a roster as it was understood, and from what.

    `participants` has them also where something is wrong with them, `roster` is None then. `turned`
    has the columns of names that were written “Last, First”. `settings` is what the client file
    says of the table, and `faulty_rows` are those with an error.
    """

    table: PeopleTable | None = None
    columns: Columns | None = None
    participants: tuple[Participant, ...] = ()
    turned: tuple[str, ...] = ()
    roster: Roster | None = None
    settings: RosterSettings = field(default_factory=RosterSettings)
    faulty_rows: tuple[int, ...] = ()


def read_roster(
    path: Path,
    segments: Collection[str],
    report: Report,
    named_at: Location | None = None,
    settings: RosterSettings | None = None,
) -> Roster | None:
    """Read the table of people at `path`; None, with the faults in `report`, if there are errors.

    A participant's segment must be one of `segments`. `named_at` is where the client file names
    the roster, and `settings` is what it says of the table.
    """
    return understand_roster(path, segments, report, named_at, settings).roster


def understand_roster(
    path: Path,
    segments: Collection[str],
    report: Report,
    named_at: Location | None = None,
    settings: RosterSettings | None = None,
) -> RosterReading:
    """Read a roster as `read_roster` does, and say besides how it was understood.

    All faults go into `report`, in the order of the rows; those that say the same once, with their
    rows.
    """
    faults, settings = Report(), settings or RosterSettings()
    reading = _understood(path, segments, settings, faults, named_at)
    places = (fault.location for fault in faults.errors)
    faulty = {place.line for place in places if place and place.path == path and place.line}
    in_order = sorted(faults, key=lambda fault: (fault.location and fault.location.line) or 0)
    report.extend(once_per_message(in_order))
    return replace(reading, settings=settings, faulty_rows=tuple(sorted(faulty)))


def _understood(
    path: Path,
    segments: Collection[str],
    settings: RosterSettings,
    report: Report,
    named_at: Location | None,
) -> RosterReading:
    table = _table(path, settings, report, named_at or Location(path))
    if table is None:
        return RosterReading()
    names = SegmentNames(tuple(segments))
    columns = find_columns(table, settings, names, report)
    warn_of_hidden_rows(table, columns, report)
    if columns is None:
        _report_nobody(table, None, report)
        return RosterReading(table)
    every_row = list(_person_rows(table, columns, report)) if columns.of_names else []
    rows = each_once(only_people(every_row, settings, report), report)
    last_first = tuple(
        column
        for column in ("name", "manager")
        if column in columns.at and rows and writes_last_first(rows, column, report)
    )
    participants = tuple(
        _participant(row, number, names, last_first, report)
        for number, row in enumerate(rows, start=1)
    )
    _report_nobody(table, columns, report)
    participants = with_whole_managers(rows, participants, report)
    check_people(list(zip(rows, participants, strict=True)), report)
    warn_without_manager(rows, report)
    warn_of_remarks(rows, report)
    _show_older_letters(table, columns, participants, report)
    roster = None if report.errors else Roster(participants)
    return RosterReading(table, columns, participants, last_first, roster)


def _table(
    path: Path, settings: RosterSettings, report: Report, named_at: Location
) -> PeopleTable | None:
    raw = _content(path, report, named_at)
    if raw is None:
        return None
    if is_workbook(raw):
        return read_workbook(path, raw, settings.sheet, report)
    if raw.startswith(b"\xd0\xcf\x11\xe0"):
        message = "This is a spreadsheet of an old kind, or one with a password"
        report.error("roster-workbook", message, Location(path), _SAVE_AS)
        return None
    content = decoded(raw)
    if content is None:
        message = f"This file begins as a text in {said_encoding(raw)}, and goes on as none"
        report.error("roster-encoding", message, Location(path, 1), _SAVE_AS)
        return None
    return read_delimited(path, content, settings.count_known, report)


def tables_in(folder: Path) -> Iterator[str]:
    """Return the names of a folder's files that may be rosters."""
    names = (file.name for file in folder.glob("*") if file.suffix.lower() in _KINDS)
    return filter(is_meant, names)


def _content(path: Path, report: Report, place: Location) -> bytes | None:
    try:
        if not path.exists():
            hint = nearest(path.name, tables_in(path.parent))
            report.error("roster-missing", f"There is no roster {display_path(path)}", place, hint)
            return None
        return read_file(path, ROSTER_FILE)
    except OSError as error:
        reason, cure = why_unread(error)
        code = "roster-refused" if isinstance(error, RefusedFile) else "roster-unreadable"
        message = f"The roster {display_path(path)} cannot be read: {reason}"
        report.error(code, message, place, cure)
    return None


def _report_nobody(table: PeopleTable, columns: Columns | None, report: Report) -> None:
    if columns is None and not report.errors:
        place = table.place(1)
        report.error("roster-empty", "There is nobody in the roster", place, begin_with(table))
    elif columns and table.rows[-1].number == columns.header.number and not report.errors:
        message = "There is nobody in the roster: it has a header only"
        hint = "Write a row for each person below it."
        if len(table.sheets) > 1:
            hint += " If they are in another sheet, name it in the client file: `sheet: NAME`."
        report.error("roster-empty", message, table.place(columns.header.number), hint)


def _person_rows(table: PeopleTable, columns: Columns, report: Report) -> Iterator[PersonRow]:
    """Yield the rows below the header whose cells match its columns."""
    below = [row for row in table.rows if row.number > columns.header.number]
    if len(below) > ROSTER_ROWS.most:
        report_too_many(table.place(below[ROSTER_ROWS.most].number), report)
        below = below[: ROSTER_ROWS.most]
    for row in below:
        cells = [cell for cell in row.cells[columns.width :] if cell]
        if table.sheet or (len(row.cells) >= columns.width and not cells):
            yield PersonRow(table, columns, row)
        else:
            _report_cells(table, columns, row, report)


def _report_cells(table: PeopleTable, columns: Columns, row: TableRow, report: Report) -> None:
    line, place = table.lines[row.number - 1], table.place(row.number)
    for delimiter, words in WORDS_FOR_DELIMITERS.items():
        if delimiter != table.delimiter and line.count(delimiter) >= columns.width - 1 > 0:
            own = WORDS_FOR_DELIMITERS.get(table.delimiter, table.delimiter)
            message = f"The cells of the header are parted by {own}, those of this row by {words}"
            hint = "Part the cells of all rows in the same way."
            report.error("roster-delimiters", message, place, hint)
            return
    message = f"The header has {columns.width} cells, this row {len(row.cells)}"
    hint = "An empty cell keeps its delimiter; a delimiter inside a cell needs quotes."
    report.error("roster-cells", message, place, hint)


def _participant(
    row: PersonRow,
    number: int,
    segments: SegmentNames,
    last_first: Collection[str],
    report: Report,
) -> Participant:
    name = name_in(row, row.columns.of_names, last_first, report)
    if not name:
        report.error("roster-name-missing", "This row has no name", row.place())
    return Participant(
        number=number,
        name=name,
        email=row.email("email", report),
        # Many participants share a team and a role: interning keeps each text once in memory.
        team=sys.intern(row.text("team", report)),
        role=sys.intern(row.text("role", report)),
        segment=row.segment(segments, report),
        manager=manager_in(row, last_first, report),
        edition=row.edition(report),
    )


def _show_older_letters(
    table: PeopleTable, columns: Columns, participants: Sequence[Participant], report: Report
) -> None:
    """Show the names whose letters depend on the encoding that was taken."""
    if table.encoding not in OLDER:
        return
    people = [person.name for person in participants]
    people += [person.manager.name for person in participants if person.manager]
    names = list(dict.fromkeys(name for name in people if not name.isascii()))
    which = f": look whether these names are right: {listed(names)}" if names else ""
    message = f"The roster is in an older encoding, and was read as {table.encoding}{which}"
    hint = "If not, save it as “CSV UTF-8” or as an XLSX workbook."
    report.warn("roster-encoding", message, table.place(columns.header.number), hint)
