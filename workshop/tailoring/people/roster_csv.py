"""Read a roster's CSV file into rows, whose cells go by the columns that the first line names."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from workshop.diagnostics import Location, Report, display_path, nearest
from workshop.limits import ROSTER_COLUMNS, ROSTER_FILE, ROSTER_LINE, ROSTER_ROWS
from workshop.user_files import RefusedFile, read_file
from workshop.workspace.overlay import is_meant

_COLUMNS = ("name", "email", "team", "role", "segment", "manager", "manager_email")
_JOINERS = "\u200c\u200d"  # Persian, Hindi and other languages need them to spell names
_SAVE_AS = "In Excel or LibreOffice, choose Save As and the kind “CSV UTF-8”."
_BEGIN_WITH = f"Begin the file with the line: {','.join(_COLUMNS)}"


@dataclass(frozen=True)
class Row:
    """Holds a row of the file, and the line it begins in."""

    place: Location
    cells: dict[str, str]  # by column; every row has all the columns of the header


def read_rows(path: Path, report: Report, named_at: Location | None = None) -> list[Row]:
    """Read those rows of the file at `path` that are sound; `report` gets all the faults.

    `named_at` is where the client file names the roster: a file that cannot be read is told there.
    """
    raw = _content(path, report, named_at or Location(path))
    text = None if raw is None else _text(raw, Location(path, 1), report)
    return [] if text is None else list(_rows(text, Location(path, 1), report))


def _content(path: Path, report: Report, place: Location) -> bytes | None:
    try:
        if not path.exists():
            names = (file.name for file in path.parent.glob("*.csv"))
            hint = nearest(path.name, filter(is_meant, names))
            report.error("roster-missing", f"There is no roster {display_path(path)}", place, hint)
            return None
        return read_file(path, ROSTER_FILE)
    except RefusedFile as error:
        message = f"The roster {display_path(path)} cannot be read: {error.strerror}"
        report.error("roster-refused", message, place, error.hint)
    except OSError as error:
        report.error("roster-unreadable", f"The roster cannot be read: {error.strerror}", place)
    return None


def _text(raw: bytes, place: Location, report: Report) -> str | None:
    """Read a file’s bytes as UTF-8; if that fails, report how to save it so and return None."""
    if raw.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        report.error("roster-workbook", "This is a spreadsheet, not a CSV file", place, _SAVE_AS)
        return None
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in raw.partition(b"\n")[0]:
        message = "The roster is saved as “Unicode text” (UTF-16), not as UTF-8"
        report.error("roster-encoding", message, place, _SAVE_AS)
        return None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = replace(place, line=error.object[: error.start].count(b"\n") + 1)
        message = "The roster is not saved as UTF-8: this line holds a letter of an older encoding"
        report.error("roster-encoding", message, place, _SAVE_AS)
        return None


def _rows(text: str, place: Location, report: Report) -> Iterator[Row]:
    """Yield the rows of the text whose cells match the columns of its header."""
    header, *body = list(_lines(text, place, report)) or [(place, [])]
    columns = _columns(header[1], header[0], report) if header[1] else []
    if not body and not report.errors:
        message = "There is nobody in the roster" + (": it has a header only" if columns else "")
        report.error("roster-empty", message, header[0], _BEGIN_WITH)
    for where, cells in body if "name" in columns else []:
        if len(cells) < len(columns) or any(cells[len(columns) :]):
            message = f"The header has {len(columns)} cells, this row {len(cells)}"
            hint = "An empty cell keeps its delimiter; a delimiter inside a cell needs quotes."
            report.error("roster-cells", message, where, hint)
        else:
            named = zip(columns, cells, strict=False)
            yield Row(where, {column: cell for column, cell in named if column})


def _lines(text: str, place: Location, report: Report) -> Iterator[tuple[Location, list[str]]]:
    """Yield the rows that are not empty, each with the line it begins in."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    source = _short_lines(io.StringIO(text, newline=""), place, report)
    delimiter = max(",;\t", key=first.count)
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
            report.error("roster-quotes", message, replace(place, line=line), hint)
            continue
        if any(cell.strip() for cell in cells):
            rows += 1
            if rows > ROSTER_ROWS.most + 1:  # the header is none
                message = f"The roster has more than {ROSTER_ROWS}"
                hint = "Give each cohort a roster of its own."
                report.error("roster-too-many", message, replace(place, line=line), hint)
                return
            yield replace(place, line=line), cells


def _short_lines(lines: Iterable[str], place: Location, report: Report) -> Iterator[str]:
    """Yield lines until one is longer than any of a roster may be."""
    for number, line in enumerate(lines, start=1):
        if len(line) > ROSTER_LINE.most:
            message = f"This line has {len(line):,} characters; there may be {ROSTER_LINE.most:,}"
            hint = "Is this the roster? It has a line for each person."
            report.error("roster-line", message, replace(place, line=number), hint)
            return
        yield line


def _columns(cells: list[str], place: Location, report: Report) -> list[str]:
    """Return the column each cell of the header names, "" for a cell that names none."""
    words = ["_".join(cell.lower().split()) for cell in cells]
    while words and not words[-1]:
        words.pop()
    if len(words) > ROSTER_COLUMNS.most:
        message = f"The header has {len(words):,} columns; there may be {ROSTER_COLUMNS.most}"
        report.error("roster-columns", message, place, "Delete the columns that are not needed.")
        return []
    columns = [word if word in _COLUMNS else "" for word in words]
    if not any(columns):
        report.error("roster-header", "This line does not name the columns", place, _BEGIN_WITH)
        return []
    for number, word in enumerate(words):
        if word in words[:number]:
            message = f"The column “{shown(cells[number])}” is there twice"
            report.error("roster-column-twice", message, place)
        elif word not in _COLUMNS:
            message = f"Unknown column “{shown(cells[number])}”"
            report.error("roster-column-unknown", message, place, nearest(word, _COLUMNS))
    _check_missing_columns(columns, place, report)
    return columns


def _check_missing_columns(columns: list[str], place: Location, report: Report) -> None:
    """Report missing columns once, not for every row."""
    managers = {"manager", "manager_email"}
    has_managers = not managers.isdisjoint(columns)
    required = {"name"} | managers if has_managers else {"name"}
    for column in sorted(required.difference(columns)):
        message = f"The column “{column}” is missing"
        report.error("roster-column-missing", message, place, _BEGIN_WITH)
    if not has_managers:
        message = "The roster names no managers: there will be no manager briefings"
        report.warn("roster-no-manager", message, place, "Add columns: manager,manager_email")


def shown(text: str) -> str:
    """Return user text for a message: cut short, without characters that can steer a terminal."""
    safe = "".join("\ufffd" if is_unprintable(char) else char for char in text)
    return safe if len(safe) <= 60 else safe[:59] + "…"


def is_unprintable(char: str) -> bool:
    """Whether a character is a control character, a line break or invisible formatting."""
    return unicodedata.category(char) in {"Cc", "Cf", "Zl", "Zp"} and char not in _JOINERS
