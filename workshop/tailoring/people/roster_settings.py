"""Collect what a client file says of a roster, and warn of a file that may be meant as well."""

from __future__ import annotations

from pathlib import Path

from workshop.diagnostics import Location, Report
from workshop.tailoring.client import CohortSource
from workshop.tailoring.people.columns import RosterSettings

_TWINS = {".csv": ".xlsx", ".xlsx": ".csv"}


def roster_settings(wanted: CohortSource) -> RosterSettings:
    """Return the sheet and the columns' headings that a cohort, or else the client, sets."""
    sheet = wanted.file.sheet or wanted.client.sheet
    return RosterSettings(
        sheet=(sheet, wanted.place("sheet")) if sheet else None,
        columns={
            column: (heading, wanted.place("columns", column))
            for column, heading in wanted.columns.items()
        },
    )


def report_twins(path: Path, name: str, named_at: Location, report: Report) -> None:
    """Tell of a spreadsheet beside a CSV file of the same name, or the other way round.

    `name` is what the client file calls it.
    """
    suffix = _TWINS.get(path.suffix.lower())
    if suffix is None:
        return
    twin = path.with_suffix(suffix)
    try:
        is_there = twin.is_file() and path.is_file()
    except (OSError, ValueError):
        return
    if is_there:
        message = f"Beside {path.name} there is {twin.name}, which is not read"
        other = Path(name).with_suffix(suffix)
        hint = f"If the people are in that one, write `roster: {other}`; else remove it."
        report.warn("roster-twin", message, named_at, hint)
