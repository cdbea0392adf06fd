"""Tell which columns of a table of people are not read, and what they may be."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from workshop.content.yaml.what_to_type import in_one_line
from workshop.diagnostics import Report
from workshop.tailoring.people.editions import edition_asked_for
from workshop.tailoring.people.headings import PARTS, column_of, meant_column
from workshop.tailoring.people.quoting import listed, shown
from workshop.tailoring.people.segment_names import SegmentNames
from workshop.tailoring.people.tables.table import PeopleTable, TableRow

# Words in the heading of a column that may well be the team or the role.
_TEAMS = re.compile(
    r"\b(?:ward|unit|site|group|branch|office|location|section|area|crew|squad|plant|store|shop|"
    r"region|standort|werk|gruppe|filiale|referat|sede|zona|grupo|groupe|site|agence|vestiging|"
    r"groep|locatie)s?\b",
    re.IGNORECASE,
)
_ROLES = re.compile(
    r"\b(?:designation|occupation|profession|beruf|tätigkeit|métier|profesión|ocupación|beroep)\b",
    re.IGNORECASE,
)
# Shorter words may be the size of a shirt.
_LONG_ENOUGH = 8
_NAME = re.compile(r"[^\d@]*[^\W\d_]{2}[^\d@]*")


@dataclass(frozen=True)
class Unread:
    """Holds the columns of a table that are not among those `at` their numbers."""

    header: TableRow
    at: Mapping[str, int]
    table: PeopleTable
    segments: SegmentNames

    @property
    def headings(self) -> list[str]:
        """What the columns are called, without slips of the pen."""
        return [heading for index, heading in self._unread_columns if index not in self._slips]

    @property
    def is_name_a_slip(self) -> bool:
        """Tell whether the only column that may hold names is a slip of the pen."""
        return any(self._stops(meant) for meant in self._slips.values())

    def tell(self, report: Report) -> None:
        """Name the columns in a warning, and ask about slips of the pen.

        A slip is an error only where no column has names without it.
        """
        for index, meant in self._slips.items():
            heading, place = self.header.cells[index], self.table.place(self.header.number, index)
            hint = f"Did you mean “{meant}”?"
            if self._stops(meant):
                report.error(
                    "roster-column-unknown", f"Unknown column “{shown(heading)}”", place, hint
                )
            else:
                message = f"The column “{shown(heading)}” is not read"
                hint = f"{hint} Then call it that, or write {_in_client_file({meant: heading})}."
                report.warn("roster-column-unknown", message, place, hint)
        headings = self.headings
        if headings:
            what = "This column is" if len(headings) == 1 else f"These {len(headings)} columns are"
            message = f"{what} not read: {listed(headings)}"
            hint = "If one is needed, say as what in the client file, with `columns`."
            if likely := self._likely():
                they_are = "it is" if len(headings) == 1 else "they are"
                hint = f"If {they_are} needed, write {_in_client_file(likely)}."
            place = self.table.place(self.header.number)
            report.warn("roster-columns-ignored", message, place, hint)

    def add(self, column: str) -> str | None:
        """Return a hint for a missing column, if one that is not read may be it."""
        for index, heading in self._unread_columns:
            if self.header.cells[index] and _may_hold(column, self._cells(index)):
                return f"Add it; or, if it is there, write {_in_client_file({column: heading})}."
        return None

    @cached_property
    def _unread_columns(self) -> tuple[tuple[int, str], ...]:
        return tuple(self._unread())

    def _unread(self) -> Iterator[tuple[int, str]]:
        for index, heading in enumerate(self.header.cells):
            if index in self.at.values():
                continue
            if heading:
                yield index, heading
            elif self._cells(index):
                yield index, f"column {index + 1}, which has no heading"

    @cached_property
    def _slips(self) -> Mapping[int, str]:
        meant = {
            index: column
            for index, heading in self._unread_columns
            if column_of(heading) is None and (column := meant_column(heading))
        }
        return {index: column for index, column in meant.items() if not self._has(column)}

    def _has(self, column: str) -> bool:
        """Tell whether a column is there, or another that holds the same, as `name` its parts."""
        whole = "manager" if column.startswith("manager_") else "name"
        is_part = column in PARTS or (whole == "manager" and column != "manager_email")
        return column in self.at or (is_part and whole in self.at)

    def _stops(self, meant: str) -> bool:
        return meant in ("name", *PARTS) and not {"name", *PARTS} & self.at.keys()

    def _likely(self) -> dict[str, str]:
        """Match columns with the headings that may mean them, judged by headings and cells."""
        likely: dict[str, str] = {}
        for index, heading in self._unread_columns:
            column = self._meaning(index, heading)
            if column and column not in self.at:
                likely.setdefault(column, heading)
        return likely

    def _meaning(self, index: int, heading: str) -> str | None:
        cells = self._cells(index)
        known = sum(self.segments.named(cell) is not None for cell in cells)
        if cells and known * 2 > len(cells):
            return "segment"
        long = [cell for cell in cells if len(cell) >= _LONG_ENOUGH]
        if any(edition_asked_for(cell, "") not in (None, "standard") for cell in long):
            return "edition"
        if any(any(map(str.isalpha, cell)) for cell in cells):
            if _TEAMS.search(heading):
                return "team"
            if _ROLES.search(heading):
                return "role"
        return None

    def _cells(self, index: int) -> list[str]:
        return list(filter(None, self.table.cells_below(self.header.number, index)))


def _may_hold(column: str, cells: Collection[str]) -> bool:
    """Tell whether cells look like names or addresses, as a column has them."""
    if column == "manager_email":
        return sum("@" in cell for cell in cells) * 2 > len(cells)
    names = [cell for cell in cells if _NAME.fullmatch(cell)]
    is_each_another = column != "name" or len(set(names)) == len(names)
    return len(names) * 2 > len(cells) and is_each_another


def _in_client_file(columns: Mapping[str, str]) -> str:
    return f"in the client file `columns: {in_one_line(columns)}`"
