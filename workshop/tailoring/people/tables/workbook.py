"""Read a table from a sheet of an XLSX workbook: texts, numbers, dates, and what formulas come to.

A workbook is a ZIP archive, and may hold far more than it weighs; a sheet of two cells may reach
over ten thousand million. So its parts are unpacked within a limit, and its cells are looked at one
by one, before python-calamine lays them out as a table (ECMA-376, part 1, 18.3).
"""

from __future__ import annotations

import datetime
import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum
from python_calamine import SheetVisibleEnum as Visible

from workshop.diagnostics import Location, Report, nearest
from workshop.limits import ROSTER_CELLS, ROSTER_UNPACKED
from workshop.tailoring.people.tables.table import PeopleTable, TableRow

# A `RuntimeError` is zipfile's for a password or a way of packing that it does not know.
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError, CalamineError, EOFError),
    *(LookupError, ValueError, RuntimeError, OSError),
)
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_REFERENCES = re.compile(rb"([A-Z]{1,3})(\d{1,7})[\"']")
# What makes a sheet worth a close look: an error, a formula, a cell that does not say where it is;
# and letters in disguise, behind which any of these could hide.
_SUSPECT = re.compile(
    rb"""\st\s*=\s*["']e|<(?:[\w.-]+:)?f[\s/>]|<(?:[\w.-]+:)?c(?![^>]*\sr\s*=)[\s/>]|&#|\0|<!"""
)
_SAVE = "In Excel or LibreOffice, choose Save As and the kind XLSX or “CSV UTF-8”."


class TooLarge(Exception):
    """Says that a workbook holds more than a roster may; `str` says it as a sentence."""


def read_workbook(
    path: Path, raw: bytes, wanted: tuple[str, Location] | None, report: Report
) -> PeopleTable | None:
    """Return the table of a workbook's first sheet, or of the one that is wanted.

    `wanted` is its name, and where the client file says so. None, with the fault in `report`, if
    there is no such sheet or the workbook cannot be read.
    """
    try:
        parts = _unpacked(raw)
        with CalamineWorkbook.from_filelike(_packed(parts)) as workbook:
            sheets = [
                sheet.name
                for sheet in workbook.sheets_metadata
                if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == Visible.Visible
            ]
            name = _chosen(workbook.sheet_names, sheets, wanted, report)
            if name is None:
                return None
            marks = _marks(parts[_part_of(name, parts)])
            return PeopleTable(
                path,
                list(_rows(workbook.get_sheet_by_name(name), marks)),
                sheet=name,
                sheets=sheets,
            )
    except TooLarge as error:
        report.error("roster-too-large", str(error), Location(path), "Is it the right file?")
    except BaseException as error:
        # What Rust gives up on is no `Exception`: https://github.com/PyO3/pyo3/issues/492
        if not isinstance(error, _BROKEN) and type(error).__name__ != "PanicException":
            raise
        message = "This spreadsheet is damaged, or is none"
        report.error("roster-workbook", message, Location(path), _SAVE)
    return None


def is_workbook(raw: bytes) -> bool:
    """Whether a file is an archive, as spreadsheets are; of which kind is not looked at."""
    return raw.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def _unpacked(raw: bytes) -> dict[str, bytes]:
    """Return the parts of a workbook that may say something of its cells."""
    parts: dict[str, bytes] = {}
    left = ROSTER_UNPACKED.most
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        for entry in archive.infolist():
            if not entry.filename.lower().endswith((".xml", ".rels")):
                continue
            left -= entry.file_size
            if left < 0:
                raise TooLarge(f"This spreadsheet has more than {ROSTER_UNPACKED} in it, unpacked")
            with archive.open(entry) as part:
                # No more is unpacked than the archive said, whatever lies in it.
                parts[entry.filename.lstrip("/")] = part.read(entry.file_size)
    if "xl/workbook.xml" not in parts:
        raise zipfile.BadZipFile("an archive, but no workbook")
    return parts


def _packed(parts: Mapping[str, bytes]) -> io.BytesIO:
    """Return an archive of the parts as they were unpacked, so that nothing else is read."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    stream.seek(0)
    return stream


def _chosen(
    names: Sequence[str],
    visible: Sequence[str],
    wanted: tuple[str, Location] | None,
    report: Report,
) -> str | None:
    if wanted is None:
        return (*visible, *names)[0]
    name, place = wanted
    by_small = {sheet.strip().casefold(): sheet for sheet in names}
    sheet = by_small.get(name.strip().casefold())
    if sheet is None:
        message = f"The roster has no sheet “{name}”"
        report.error("roster-sheet", message, place, nearest(name, names))
    return sheet


def _part_of(sheet: str, parts: Mapping[str, bytes]) -> str:
    """Return the name of the part that holds a sheet."""
    relations = {
        relation.get("Id"): relation.get("Target", "")
        for relation in _tree(parts["xl/_rels/workbook.xml.rels"])
    }
    for element in _tree(parts["xl/workbook.xml"]).iter("{*}sheet"):
        if element.get("name") == sheet:
            ids = (value for key, value in element.items() if key.endswith("}id"))
            return posixpath.normpath(posixpath.join("/xl", relations[next(ids, None)])).lstrip("/")
    raise KeyError(sheet)


def _tree(content: bytes) -> etree._Element:
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))


@dataclass
class _Marks:
    """Holds what stands in cells instead of a value, by row and column; both count from 0."""

    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    rows: int = 0
    columns: int = 0


def _marks(content: bytes) -> _Marks:
    """Return the errors of a sheet, and its formulas that nobody has worked out.

    Raises `TooLarge` for a sheet that reaches further than a roster may.
    """
    if _SUSPECT.search(content) is None and _reach(content) <= ROSTER_CELLS.most:
        return _Marks()
    marks = _Marks()
    row = column = -1
    tags = ("{*}row", "{*}c")
    for event, element in etree.iterparse(
        io.BytesIO(content), ("start", "end"), tag=tags, resolve_entities=False, no_network=True
    ):
        is_row = element.tag.endswith("}row") or element.tag == "row"
        if event == "start":
            if is_row:
                row, column = int(element.get("r") or row + 2) - 1, -1
            continue
        if is_row:
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
            continue
        row, column = _position(element.get("r"), row, column)
        if not len(element):  # a cell that only has a colour
            continue
        marks.rows, marks.columns = max(marks.rows, row + 1), max(marks.columns, column + 1)
        if marks.rows * marks.columns > ROSTER_CELLS.most:
            reach = f"row {marks.rows:,} and column {marks.columns:,}"
            raise TooLarge(f"This sheet reaches to {reach}: there may be {ROSTER_CELLS}")
        if text := _mark(element):
            marks.texts[row, column] = text
    return marks


def _reach(content: bytes) -> int:
    """Return how many cells there are up to the last row and column that the XML mentions."""
    rows = columns = 0
    for letters, row in _REFERENCES.findall(content):
        columns, rows = max(columns, _column(letters.decode())), max(rows, int(row))
    return rows * columns


def _column(letters: str) -> int:
    """Return the number of a column, from 1, by its letters."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _position(reference: str | None, row: int, column: int) -> tuple[int, int]:
    match = _REFERENCE.fullmatch(reference or "")
    if match is None:
        return row, column + 1
    return int(match[2]) - 1, _column(match[1]) - 1


def _mark(cell: etree._Element) -> str | None:
    kind, first = cell.get("t"), cell[0]
    if kind == "e":
        return cell.findtext("{*}v") or "#ERROR!"
    # A formula stands before its value; one that comes to an empty text is a `str`.
    is_formula = kind != "str" and str(first.tag).rpartition("}")[2] == "f"
    if is_formula and not cell.findtext("{*}v"):
        return f"={first.text or '…'}"
    return None


def _rows(sheet: CalamineSheet, marks: _Marks) -> Iterator[TableRow]:
    left = sheet.start[1] if sheet.start else 0
    rows = [[""] * left + [_text(value) for value in row] for row in sheet.iter_rows()]
    for (row, column), text in marks.texts.items():
        while len(rows) <= row:
            rows.append([])
        rows[row].extend([""] * (column + 1 - len(rows[row])))
        rows[row][column] = text
    _fill_merged(rows, sheet)
    for number, cells in enumerate(rows, start=1):
        if any(cells):
            yield TableRow(number, cells)


def _fill_merged(rows: Sequence[list[str]], sheet: CalamineSheet) -> None:
    """Repeat what a cell holds that was merged over several rows, as a manager's name may be."""
    for (top, column), (bottom, _) in sheet.merged_cell_ranges or ():
        for row in rows[top + 1 : bottom + 1]:
            if column < len(row) and column < len(rows[top]):
                row[column] = row[column] or rows[top][column]


def _text(value: object) -> str:
    """Return a cell's value as it is written: 12 and not 12.0, a day without its hours."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    return str(value)
