"""Read a roster's CSV file into rows, whose cells go by the columns that the first line names."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from workshop.diagnostics import Location, Report, display_path, nearest

_COLUMNS = ("name", "email", "team", "role", "segment", "manager", "manager_email")
_JOINERS = "\u200c\u200d"  # Persian, Hindi and other languages need them to spell names
_SAVE_AS = "In Excel or LibreOffice, choose Save As and the kind “CSV UTF-8”."
_BEGIN_WITH = f"Begin the file with the line: {','.join(_COLUMNS)}"


@dataclass(frozen=True)
class Row:
    """Holds a row of the file, and the line it begins in."""

    place: Location
    cells: dict[str, str]  # by column; every row has all the columns of the header


def read_rows(path: Path, report: Report) -> list[Row]:
    """Read those rows of the file at `path` that are sound; `report` gets all the faults."""
    return list(_rows(_text(path, report), Location(path), report))


def _text(path: Path, report: Report) -> str:
    """Read the file as UTF-8; if that fails, report how to save it so and return ""."""
    place = Location(path)
    try:
        if not path.exists():
            hint = nearest(path.name, (file.name for file in path.parent.glob("*.csv")))
            report.error("roster-missing", f"There is no roster {display_path(path)}", place, hint)
            return ""
        raw = path.read_bytes()
    except OSError as error:
        report.error("roster-unreadable", f"The roster cannot be read: {error.strerror}", place)
        return ""
    if raw.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        report.error("roster-workbook", "This is a spreadsheet, not a CSV file", place, _SAVE_AS)
        return ""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in raw.partition(b"\n")[0]:
        message = "The roster is saved as “Unicode text” (UTF-16), not as UTF-8"
        report.error("roster-encoding", message, place, _SAVE_AS)
        return ""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = Location(path, error.object[: error.start].count(b"\n") + 1)
        message = "The roster is not saved as UTF-8: this line holds a letter of an older encoding"
        report.error("roster-encoding", message, place, _SAVE_AS)
        return ""


def _rows(text: str, place: Location, report: Report) -> Iterator[Row]:
    """Yield the rows of the text whose cells match the columns of its header."""
    header, *body = list(_lines(text, place, report)) or [(place, [])]
    columns = _columns(header[1], header[0], report) if header[1] else []
    if not body and not report.errors:
        message = "There is nobody in the roster" + (": it has a header only" if columns else "")
        report.error("roster-empty", message, place, _BEGIN_WITH)
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
    source = io.StringIO(text, newline="")
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(source, delimiter=delimiter, strict=True, skipinitialspace=True)
    while True:
        where = replace(place, line=reader.line_num + 1)
        try:
            cells = [cell.strip(" ") for cell in next(reader)]
        except StopIteration:
            return
        except csv.Error:  # the next call reads on in the next line, so later faults are found too
            message = "The quotation marks of this row do not pair up, or a cell is far too long"
            hint = 'A cell in quotes ends with a quote; a quote inside it is written twice: "".'
            report.error("roster-quotes", message, where, hint)
            continue
        if any(cell.strip() for cell in cells):
            yield where, cells


def _columns(cells: list[str], place: Location, report: Report) -> list[str]:
    """Return the column each cell of the header names, "" for a cell that names none."""
    words = ["_".join(cell.lower().split()) for cell in cells]
    while words and not words[-1]:
        words.pop()
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
