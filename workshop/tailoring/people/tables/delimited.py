"""Read a table from a text: CSV with commas, semicolons, tabs or bars between its cells."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path

from workshop.diagnostics import Location, Report
from workshop.limits import ROSTER_LINE, ROSTER_ROWS
from workshop.tailoring.people.tables.encodings import Decoded
from workshop.tailoring.people.tables.table import WORDS_FOR_DELIMITERS, PeopleTable, TableRow

# A header stands in one of the first rows that are not empty.
HEADER_WITHIN = 20
# Excel's own line, which says how the cells are parted.
_SEP_LINE = re.compile(r'"?sep=([^\w\s"]|\t)"?[,;|\t\s]*', re.IGNORECASE)


def read_delimited(
    path: Path, content: Decoded, count_known: Callable[[Iterable[str]], int], report: Report
) -> PeopleTable:
    """Return the table of a text; rows that cannot be read are told in `report`.

    The delimiter is the one in a line `sep=;`, or that which gives the header most of the names
    that `count_known` counts.
    """
    place = Location(path, 1)
    lines = list(io.StringIO(content.text, newline=""))
    said = _SEP_LINE.fullmatch(next(filter(str.strip, lines), "").strip("\r\n"))
    delimiter = said[1] if said else _delimiter(lines, count_known)
    rows = list(_rows(lines, delimiter, place, report))
    rows = rows[1:] if said else rows
    return PeopleTable(path, rows, delimiter=delimiter, encoding=content.encoding, lines=lines)


def _delimiter(lines: Iterable[str], count_known: Callable[[Iterable[str]], int]) -> str:
    first = list(islice(filter(str.strip, lines), HEADER_WITHIN))

    def weight(delimiter: str) -> tuple[int, int, int]:
        rows = [cells for line in first for cells in _cells(line, delimiter)]
        known, width = max(((count_known(cells), len(cells)) for cells in rows), default=(0, 0))
        if known:
            # A single column may hold a comma in each of its names, which parts nothing.
            return known, width, -sum(line.count(delimiter) for line in first)
        return 0, first[0].count(delimiter) if first else 0, 0

    return max(WORDS_FOR_DELIMITERS, key=weight)


def _cells(line: str, delimiter: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader([line[: ROSTER_LINE.most]], delimiter=delimiter)
    except csv.Error:
        return


def _rows(
    lines: Iterable[str], delimiter: str, place: Location, report: Report
) -> Iterator[TableRow]:
    """Yield the rows that are not empty, each with the line it begins in."""
    source = _short_lines(lines, place, report)
    reader = csv.reader(source, delimiter=delimiter, strict=True, skipinitialspace=True)
    rows = 0
    while True:
        line = reader.line_num + 1
        try:
            cells = [cell.strip(" ") for cell in next(reader)]
        except StopIteration:
            return
        except csv.Error:  # the next call reads on in the next line, so later faults are found too
            message = "The quotation marks of this row do not pair up, or a cell is far too long"
            hint = 'A cell in quotes ends with a quote; a quote inside it is written twice: "".'
            report.error("roster-quotes", message, Location(place.path, line), hint)
            continue
        if any(cell.strip() for cell in cells):
            rows += 1
            if rows > ROSTER_ROWS.most + HEADER_WITHIN:
                report_too_many(Location(place.path, line), report)
                return
            yield TableRow(line, cells)


def report_too_many(place: Location, report: Report) -> None:
    """Report that there are more rows than a roster may have."""
    message = f"The roster has more than {ROSTER_ROWS}"
    report.error("roster-too-many", message, place, "Give each cohort a roster of its own.")


def _short_lines(lines: Iterable[str], place: Location, report: Report) -> Iterator[str]:
    """Yield lines until one is longer than any of a roster may be."""
    for number, line in enumerate(lines, start=1):
        if len(line) > ROSTER_LINE.most:
            message = f"This line has {len(line):,} characters; there may be {ROSTER_LINE.most:,}"
            hint = "Is this the roster? It has a line for each person."
            report.error("roster-line", message, Location(place.path, number), hint)
            return
        yield line
