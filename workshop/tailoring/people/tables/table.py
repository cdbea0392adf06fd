"""Describe a table as it lies in a file: rows of texts, with the places they stand at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from workshop.diagnostics import Location

WORDS_FOR_DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}


@dataclass(frozen=True, slots=True)
class TableRow:
    """Holds the cells of a row that is not empty; `number` is its line or its row in the sheet."""

    number: int
    cells: Sequence[str]


@dataclass(frozen=True)
class PeopleTable:
    """Holds the rows of a file that are not empty.

    A spreadsheet has a `sheet` and those of its `sheets` that can be seen, and `hidden` rows, which
    are not among the others; a text has a `delimiter` and an `encoding`, and its own `lines`.
    """

    path: Path
    rows: Sequence[TableRow]
    delimiter: str = ""
    encoding: str = ""
    lines: Sequence[str] = field(default=(), repr=False)
    sheet: str = ""
    sheets: Sequence[str] = ()
    hidden: Sequence[TableRow] = ()

    def place(self, row: int, cell: int | None = None) -> Location:
        """Return the place of a row, or of its cell, counted from 0."""
        if cell is None:
            return Location(self.path, row)
        return Location(self.path, row, cell + 1 if self.sheet else self._column(row, cell))

    def cells_below(self, header: int, cell: int) -> list[str]:
        """Return what stands below the row `header` in a column, counted from 0."""
        rows = (row.cells for row in self.rows if row.number > header)
        return [cells[cell].strip() if cell < len(cells) else "" for cells in rows]

    def numbers_rows(self, header: int, cell: int) -> bool:
        """Tell whether a column counts the rows below the header: 1, 2, 3."""
        cells = [text.rstrip(".") for text in self.cells_below(header, cell)]
        if not cells or not all(text.isdecimal() and len(text) < 10 for text in cells):
            return False
        first = int(cells[0])
        return [int(text) for text in cells] == list(range(first, first + len(cells)))

    def described(self) -> str:
        """Say what kind of file it is: "CSV in UTF-8, cells parted by semicolons"."""
        if self.sheet:
            return f"spreadsheet, sheet “{self.sheet}”"
        parted = WORDS_FOR_DELIMITERS.get(self.delimiter, f"“{self.delimiter}”")
        return f"CSV in {self.encoding}, cells parted by {parted}"

    def _column(self, row: int, cell: int) -> int | None:
        """Return the column of the line at which a cell begins, if it begins in that line."""
        line = self.lines[row - 1] if row <= len(self.lines) else ""
        in_quotes, cells = False, 0
        for column, char in enumerate(line, start=1):
            if cells == cell and char != " ":
                return column
            if char == '"':
                in_quotes = not in_quotes
            elif char == self.delimiter and not in_quotes:
                cells += 1
        return len(line) + 1 if cells == cell else None
