"""Find the header of a table of people, and tell which of its columns is read as what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from workshop.content.yaml.what_to_type import in_one_line
from workshop.diagnostics import Location, Report, did_you_mean, nearest
from workshop.limits import ROSTER_COLUMNS
from workshop.tailoring.people.headings import (
    NORMAL_FORM,
    PARTS,
    column_of,
    in_usual_words,
    squeezed,
)
from workshop.tailoring.people.quoting import quoted_whole, shown
from workshop.tailoring.people.segment_names import SegmentNames
from workshop.tailoring.people.tables.delimited import HEADER_WITHIN
from workshop.tailoring.people.tables.table import PeopleTable, TableRow
from workshop.tailoring.people.unread import Unread

_MANAGER_PARTS = ("manager_first_name", "manager_last_name")
# Terms of the programme that name a column.
_TERMS = frozenset({"team", "manager"})
# Words for a name, whole or of the family: beside a column of first names they mean the family’s.
_EITHER_NAME = frozenset({"name", "nom", "nombre", "naam"})

# What stands before a name, in a column that may be headed “Title” as well.
_FORMS_OF_ADDRESS = frozenset(
    ("mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir", "dame", "rev", "herr", "frau")
)
# A person's number, as in “00417” or “P-417”.
_NUMBER = re.compile(r"[A-Za-z]{0,3}[ .-]?\d[\d .-]*")


@dataclass(frozen=True)
class RosterSettings:
    """Holds what the client file says of a roster: a sheet, and what columns are called in it.

    `columns` has the heading of a column, by its name in the normal form. Each setting has the
    place in the client file, or the file asked about, where it stands. `terms` are the client's
    words, by the programme's terms.
    """

    sheet: tuple[str, Location] | None = None
    columns: Mapping[str, tuple[str, Location]] = field(default_factory=dict)
    terms: Mapping[str, str] = field(default_factory=dict)

    def column_of(self, heading: str) -> str | None:
        """Return which column a heading names: as the client file says, or in any usual word."""
        word = squeezed(heading)
        for column, (own, _) in self.columns.items():
            if word and word == squeezed(own):
                return column
        usual = column_of(heading)
        if usual is None and self._own_terms:
            usual = column_of(self._in_usual_words(heading))
        return None if usual in self.columns else usual

    def has_own_word(self, heading: str) -> bool:
        """Tell whether a heading has the client's word for a team or a manager."""
        return squeezed(self._in_usual_words(heading)) != squeezed(heading)

    def _in_usual_words(self, heading: str) -> str:
        return in_usual_words(heading, self._own_terms)

    @cached_property
    def _own_terms(self) -> Mapping[str, str]:
        """The client's words for a team or a manager, where these are not the usual ones."""
        return {term: word for term, word in self.terms.items() if term in _TERMS and word != term}

    def count_known(self, headings: Iterable[str]) -> int:
        """Count the columns that a row of headings names."""
        return len({column for heading in headings if (column := self._column_at_all(heading))})

    def _column_at_all(self, heading: str) -> str | None:
        """Return which column a heading names, also by the name that the client file replaces."""
        usual = column_of(heading)
        is_normal = usual and _is_exact(heading, usual)
        return self.column_of(heading) or (usual if is_normal else None)

    def stale(self, headings: Sequence[str]) -> dict[str, str]:
        """Return the columns that stand under their own names, with the headings set for them.

        So it is in the normal form; not where a heading is a slip of the pen for one that is there.
        """
        normal = {column_of(heading): heading for heading in headings if column_of(heading)}
        typed = {squeezed(heading) for heading in headings}
        unknown = [heading for heading in headings if heading and not self._column_at_all(heading)]
        return {
            column: own
            for column, (own, _) in self.columns.items()
            if squeezed(own) not in typed
            and _is_exact(normal.get(column, ""), column)
            and not did_you_mean(own, unknown)
        }


@dataclass(frozen=True)
class Columns:
    """Says what the columns of a table are read as; `at` has each one's number, from 0.

    `ignored` has the headings of those that are not read, `width` how many cells a row has.
    """

    header: TableRow
    at: Mapping[str, int]
    ignored: Sequence[str]
    width: int

    @property
    def of_names(self) -> tuple[str, ...]:
        """The columns that a person's name is in, in the order in which it is put together."""
        return ("name",) if "name" in self.at else tuple(part for part in PARTS if part in self.at)

    @property
    def of_managers(self) -> tuple[str, ...]:
        """The columns that a manager's name is in."""
        parts = tuple(part for part in _MANAGER_PARTS if part in self.at)
        return ("manager",) if "manager" in self.at else parts

    def heading(self, column: str) -> str:
        """Return what a column is called in the file."""
        return self.header.cells[self.at[column]]


def find_columns(
    table: PeopleTable, settings: RosterSettings, segments: SegmentNames, report: Report
) -> Columns | None:
    """Return the columns of a table; None, with the fault in `report`, if it has no header."""
    first = table.rows[:HEADER_WITHIN]
    header = max(first, key=lambda row: settings.count_known(row.cells), default=None)
    if header is None:
        return None
    headings = [" ".join(cell.split()) for cell in header.cells]
    while headings and not headings[-1]:
        headings.pop()
    if len(headings) > ROSTER_COLUMNS.most:
        message = f"The header has {len(headings):,} columns; there may be {ROSTER_COLUMNS.most}"
        hint = "Delete the columns that are not needed."
        report.error("roster-columns", message, table.place(header.number), hint)
        return None
    if not settings.count_known(headings):
        message = "This line does not name the columns"
        hint = quoted_whole(header.cells, settings.count_known) or begin_with(table)
        report.error("roster-header", message, table.place(first[0].number), hint)
        return None
    header = TableRow(header.number, headings)
    settings = _without_stale(settings, header, report)
    at = _one_each(header, settings, table, report)
    _check_mapped(at, header, settings, report)
    unread = Unread(header, at, table, segments)
    unread.tell(report)
    columns = Columns(header, at, unread.headings, len(headings))
    _check_missing(columns, unread, table, report)
    return columns


def _without_stale(settings: RosterSettings, header: TableRow, report: Report) -> RosterSettings:
    """Leave out what the client file says of columns that stand under their own names by now."""
    stale = settings.stale(header.cells)
    for column, heading in stale.items():
        message = f"The roster has no column “{shown(heading)}”: its column “{column}” is read"
        hint = f"Delete `{in_one_line({column: heading})[1:-1]}` from `columns` here."
        report.warn("roster-column-stale", message, settings.columns[column][1], hint)
    rest = {column: own for column, own in settings.columns.items() if column not in stale}
    return replace(settings, columns=rest)


def begin_with(table: PeopleTable) -> str:
    """Return the hint that shows the header of the normal form, as this kind of file has it."""
    columns = NORMAL_FORM[:-1]
    if table.sheet:
        others = [sheet for sheet in table.sheets if sheet != table.sheet]
        named = f"Name the columns in the first row: {', '.join(columns)}."
        more = f" If the people are in another sheet, write `sheet: {others[0]}`." if others else ""
        return named + more
    return f"Begin the file with the line: {table.delimiter.join(columns)}"


def _one_each(
    header: TableRow, settings: RosterSettings, table: PeopleTable, report: Report
) -> dict[str, int]:
    """Return the number of each column that the header names; of two for one, report it."""
    by_column: dict[str, list[int]] = {}
    for index, heading in enumerate(header.cells):
        if column := settings.column_of(heading):
            by_column.setdefault(column, []).append(index)
    _tell_family_names(by_column, header)
    _leave_numbers(by_column, table, header)
    _take_title_for_role(by_column, table, header, settings)
    at: dict[str, int] = {}
    for column, indexes in by_column.items():
        own = [index for index in indexes if settings.has_own_word(header.cells[index])]
        exact = [index for index in indexes if _is_exact(header.cells[index], column)]
        first, *others = own or exact or indexes
        at[column] = first
        if others:
            _report_twice(column, first, others[0], header, table, report)
    return _without_parts(at)


def _take_title_for_role(
    by_column: dict[str, list[int]], table: PeopleTable, header: TableRow, settings: RosterSettings
) -> None:
    """Take “Title” for the role where no other column is, unless forms of address stand there."""
    titles = [index for index, heading in enumerate(header.cells) if squeezed(heading) == "title"]
    taken = {index for indexes in by_column.values() for index in indexes}
    if len(titles) != 1 or "role" in {*by_column, *settings.columns} or titles[0] in taken:
        return
    cells = [squeezed(cell) for cell in table.cells_below(header.number, titles[0]) if cell]
    if cells and not any(cell in _FORMS_OF_ADDRESS for cell in cells):
        by_column["role"] = titles


def _leave_numbers(by_column: dict[str, list[int]], table: PeopleTable, header: TableRow) -> None:
    """Leave unread what is headed “Employee” and holds numbers, where names stand elsewhere."""
    for column, parts in (("name", PARTS), ("manager", _MANAGER_PARTS)):
        indexes = by_column.get(column, [])
        names = [index for index in indexes if not _holds_numbers(table, header, index)]
        if names:
            by_column[column] = names
        elif indexes and by_column.keys() & set(parts):
            del by_column[column]


def _holds_numbers(table: PeopleTable, header: TableRow, index: int) -> bool:
    cells = [cell for cell in table.cells_below(header.number, index) if cell]
    return bool(cells) and all(map(_NUMBER.fullmatch, cells))


def _tell_family_names(by_column: dict[str, list[int]], header: TableRow) -> None:
    """Take “Name” for a last name beside first names, and for a first name beside last names."""
    names = by_column.get("name", [])
    missing = {"first_name", "last_name"} - by_column.keys()
    if len(names) == 1 and len(missing) == 1 and squeezed(header.cells[names[0]]) in _EITHER_NAME:
        by_column[missing.pop()] = by_column.pop("name")


def _without_parts(at: dict[str, int]) -> dict[str, int]:
    """Leave the parts of a name unread where the whole name has a column."""
    unread: set[str] = set()
    if "name" in at:
        unread.update(PARTS)
    if "manager" in at:
        unread.update(_MANAGER_PARTS)
    return {column: index for column, index in at.items() if column not in unread}


def _is_exact(heading: str, column: str) -> bool:
    return squeezed(heading) == squeezed(column.replace("_", " "))


def _report_twice(
    column: str, first: int, second: int, header: TableRow, table: PeopleTable, report: Report
) -> None:
    place = table.place(header.number, second)
    one, other = header.cells[first], header.cells[second]
    if squeezed(one) == squeezed(other):
        report.error("roster-column-twice", f"The column “{shown(other)}” is there twice", place)
        return
    message = f"The columns “{shown(one)}” and “{shown(other)}” could both be the {column}"
    hint = f"Say which, in the client file: `columns: {in_one_line({column: one})}`."
    report.error("roster-column-twice", message, place, hint)


def _check_mapped(
    at: Mapping[str, int], header: TableRow, settings: RosterSettings, report: Report
) -> None:
    for column, (heading, place) in settings.columns.items():
        if column not in at:
            message = f"The roster has no column “{shown(heading)}” to be read as the {column}"
            hint = nearest(heading, filter(None, header.cells))
            report.error("roster-column-missing", message, place, hint)


def _check_missing(columns: Columns, unread: Unread, table: PeopleTable, report: Report) -> None:
    """Report missing columns once, not for every row."""
    place = table.place(columns.header.number)
    has_managers = bool(columns.of_managers) or "manager_email" in columns.at
    if not columns.of_names and not unread.is_name_a_slip:
        message, hint = "The column “name” is missing", unread.add("name") or begin_with(table)
        report.error("roster-column-missing", message, place, hint)
    if not has_managers:
        message = "The roster names no managers: there will be no manager briefings"
        report.warn("roster-no-manager", message, place, "Add columns: manager, manager_email")
    elif not columns.of_managers:
        message = "The column “manager” is missing: briefings are made for the addresses"
        hint = unread.add("manager") or begin_with(table)
        report.warn("roster-column-missing", message, place, hint)
    elif "manager_email" not in columns.at:
        message = "The column “manager_email” is missing: briefings can be printed, not e-mailed"
        hint = unread.add("manager_email") or begin_with(table)
        report.warn("roster-column-missing", message, place, hint)
