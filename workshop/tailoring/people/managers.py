"""Read the managers of people; complete those of whom a row has only a name or an address.

A briefing can be printed without an address. So nothing that is wrong with a manager alone stops
the run: it is told as a warning, and `email` tells again whom it cannot write to.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from workshop.alike import in_words
from workshop.diagnostics import Report
from workshop.tailoring.people.cells import PersonRow
from workshop.tailoring.people.last_first import name_in
from workshop.tailoring.people.quoting import shown
from workshop.tailoring.people.roster import Participant, Person, address_key
from workshop.workspace.cell_errors import CellError, cell_error


def manager_in(row: PersonRow, last_first: Collection[str], report: Report) -> Person | None:
    """Return the manager whom a row names; the name is "" where it has an address alone."""
    name = sys.intern(name_in(row, row.columns.of_managers, last_first, report))
    email = row.email("manager_email", report)
    return Person(name, email) if name or email else None


def with_whole_managers(
    rows: Sequence[PersonRow], people: Sequence[Participant], report: Report
) -> tuple[Participant, ...]:
    """Complete people's managers, who have a name or an address alone, from other rows.

    An address that no row has a name for is taken for the name. What is missing is reported.
    """
    known = _Known()
    for row, person in zip(rows, people, strict=True):
        known.add(row, person.manager)
    return tuple(
        replace(person, manager=_whole(row, person.manager, known, report))
        for row, person in zip(rows, people, strict=True)
    )


def warn_without_manager(rows: Sequence[PersonRow], report: Report) -> None:
    """Report in a single warning all people whom no manager's briefing will name."""
    without = [row for row in rows if _names_nobody(row)]
    if not without:
        return
    message = "No manager is given: no briefing will name this person"
    if len(without) > 1:
        numbers = in_words([row.row.number for row in without])
        unit = without[0].place().unit
        message = f"No manager is given in {unit}s {numbers}: no briefing will name these people"
    report.warn("roster-no-manager", message, without[0].place())


@dataclass
class _Known:
    """Collects the managers of whom some row has both halves, each with the first such row."""

    by_address: dict[str, tuple[PersonRow, Person]] = field(default_factory=dict)
    by_name: dict[str, dict[str, tuple[PersonRow, Person]]] = field(default_factory=dict)

    def add(self, row: PersonRow, manager: Person | None) -> None:
        if manager and manager.name and manager.email:
            address, name = address_key(manager.email), manager.name.casefold()
            self.by_address.setdefault(address, (row, manager))
            self.by_name.setdefault(name, {}).setdefault(address, (row, manager))

    def like(self, half: Person) -> tuple[PersonRow, Person] | None:
        """Return the manager whom a half must mean, with their row; None if it may mean two."""
        if half.email:
            return self.by_address.get(address_key(half.email))
        namesakes = list(self.by_name.get(half.name.casefold(), {}).values())
        return namesakes[0] if len(namesakes) == 1 else None


def _whole(row: PersonRow, manager: Person | None, known: _Known, report: Report) -> Person | None:
    if manager is None:
        _warn_of_errors(row, report)
        return None
    if manager.name and manager.email:
        return manager
    other, whole = known.like(manager) or (None, manager)
    if other:
        then = f"taken from {row.place().unit} {other.row.number}, as it is the same person"
    elif manager.email:
        whole = Person(manager.email, manager.email)
        then = f"the briefing is made for “{shown(manager.email)}”"
    else:
        then = f"the briefing for “{shown(manager.name)}” can be printed, but not e-mailed"
    if column := _lacking(row, manager):
        lacking = "name" if manager.email else "e-mail"
        error = cell_error(row.typed(column).strip())
        what = f"is “{shown(row.typed(column))}”, {error.what}" if error else "is missing"
        message = f"The manager’s {lacking} {what}: {then}"
        report.warn("roster-manager-half", message, row.place(column), "Give it if you can.")
    return whole


def _lacking(row: PersonRow, manager: Person) -> str | None:
    """Return the column in which a half is missing; None where that is told already.

    A column that is missing is told once, and so is a text that is no address.
    """
    columns = row.columns.of_managers if manager.email else ("manager_email",)
    column = next((column for column in columns if column in row.columns.at), None)
    if column == "manager_email":
        typed = row.typed(column).strip()
        return column if not typed or cell_error(typed) else None
    return column


def _warn_of_errors(row: PersonRow, report: Report) -> None:
    """Tell of a row that has no manager because a spreadsheet left something else there."""
    errors = _errors(row, (*row.columns.of_managers, "manager_email"))
    for column, error in errors.items():
        if not error.is_filler:
            what = f"“{shown(row.typed(column))}”, {error.what}"
            message = f"The manager is {what}: no briefing will name this person"
            hint = "Give the manager if you can; a cell may be empty."
            report.warn("roster-no-manager", message, row.place(column), hint)
            return


def _errors(row: PersonRow, columns: Sequence[str]) -> Mapping[str, CellError]:
    """Return what stands in a row's cells instead of a value, by column."""
    errors = {column: cell_error(row.typed(column).strip()) for column in columns}
    return {column: error for column, error in errors.items() if error}


def _names_nobody(row: PersonRow) -> bool:
    """Tell whether a row has nothing, or words for nothing, where its manager is to stand."""
    columns = (*row.columns.of_managers, "manager_email")
    errors = _errors(row, columns)
    return bool(row.columns.of_managers) and all(
        not row.typed(column) or (column in errors and errors[column].is_filler)
        for column in columns
    )
