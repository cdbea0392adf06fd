"""Tell whom a spreadsheet does not show: people in rows that are hidden or filtered out."""

from __future__ import annotations

from workshop.alike import in_words
from workshop.diagnostics import Report
from workshop.tailoring.people.columns import Columns
from workshop.tailoring.people.quoting import listed
from workshop.tailoring.people.tables.table import PeopleTable

_HINT = (
    "If they take part, show the rows: in Excel, Data > Clear ends a filter, and Unhide is in the "
    "menu of the rows. If they do not, delete the rows."
)


def warn_of_hidden_rows(table: PeopleTable, columns: Columns | None, report: Report) -> None:
    """Report in a single warning the rows that are not to be seen, and so not read."""
    header = columns.header.number if columns else 0
    rows = [row for row in table.hidden if row.number > header]
    if not rows:
        return
    cells = [columns.at[column] for column in columns.of_names] if columns else []
    names = [" ".join(row.cells[at] for at in cells if at < len(row.cells)).strip() for row in rows]
    who = f" ({listed(list(filter(None, names)))})" if any(names) else ""
    numbers = in_words([row.number for row in rows])
    which = f"Row {numbers} is" if len(rows) == 1 else f"Rows {numbers} are"
    verb = "is" if len(rows) == 1 else "are"
    message = f"{which} hidden or filtered out in the sheet, and {verb} not read{who}"
    report.warn("roster-hidden-rows", message, table.place(rows[0].number), _HINT)
