"""Read a table from a sheet of an XLSX workbook: texts, numbers, dates, and what formulas come to.

A workbook is a ZIP archive, and may hold far more than it weighs; a sheet of two cells may reach
over ten thousand million. So its parts are unpacked within a limit, and its cells are looked at one
by one, before python-calamine lays them out as a table (ECMA-376, part 1, 18.3).
"""

from __future__ import annotations

import datetime
import io
import math
import os
import posixpath
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from lxml import etree
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum
from python_calamine import SheetVisibleEnum as Visible

from workshop.diagnostics import Location, Report, nearest
from workshop.limits import ROSTER_CELLS, ROSTER_UNPACKED
from workshop.tailoring.people.tables.sheet_marks import (
    Marks,
    TooLarge,
    check_size,
    marks_in,
    without_far_days,
)
from workshop.tailoring.people.tables.table import PeopleTable, TableRow

# A `RuntimeError` is zipfile's for a password or a way of packing that it does not know.
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError, CalamineError, EOFError),
    *(LookupError, ValueError, RuntimeError, OSError, ArithmeticError),
)
# What spreadsheets show in place of a number or a day that is none.
_NO_NUMBER = "#NUM!"
# Longer ones are written with a power of ten, as spreadsheets do.
_LONG_NUMBER = 1e16
# The first day that spreadsheets know is in it.
_FIRST_YEAR = 1900
_SAVE = "In Excel or LibreOffice, choose Save As and the kind XLSX or “CSV UTF-8”."


def read_workbook(
    path: Path, raw: bytes, wanted: tuple[str, Location] | None, report: Report
) -> PeopleTable | None:
    """Return the table of a workbook's first sheet, or of the one that is wanted.

    `wanted` is its name, and where the client file says so. None, with the fault in `report`, if
    there is no such sheet or the workbook cannot be read.
    """
    try:
        parts = _unpack_parts(raw)
        with _quiet_library(), CalamineWorkbook.from_filelike(_packed(parts)) as workbook:
            sheets = [
                sheet.name
                for sheet in workbook.sheets_metadata
                if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == Visible.Visible
            ]
            name = _chosen(workbook.sheet_names, sheets, wanted, report)
            if name is None:
                return None
            part = _part_of(name, parts)
            check_size(parts[part], (parts[other] for other in parts if other != part))
            marks = marks_in(parts[part])
            try:
                rows = list(_rows(workbook.get_sheet_by_name(name), marks))
            except BaseException as error:
                if not _is_beyond_all_days(error):
                    raise
                parts[part] = without_far_days(parts[part])
                with CalamineWorkbook.from_filelike(_packed(parts)) as again:
                    rows = list(_rows(again.get_sheet_by_name(name), marks))
            return PeopleTable(
                path,
                [row for row in rows if row.number - 1 not in marks.hidden],
                sheet=name,
                sheets=sheets,
                hidden=[row for row in rows if row.number - 1 in marks.hidden],
            )
    except TooLarge as error:
        report.error("roster-too-large", str(error), Location(path), "Is it the right file?")
    except BaseException as error:
        if not isinstance(error, _BROKEN) and not _is_given_up(error):
            raise
        message = "This spreadsheet is damaged, or is none"
        report.error("roster-workbook", message, Location(path), _SAVE)
    return None


def _is_beyond_all_days(error: BaseException) -> bool:
    """Tell whether a number may be to blame that is shown as a day, and is far too large."""
    return isinstance(error, OverflowError) or _is_given_up(error)


def _is_given_up(error: BaseException) -> bool:
    # What Rust gives up on is no `Exception`: https://github.com/PyO3/pyo3/issues/492
    return type(error).__name__ == "PanicException"


@contextmanager
def _quiet_library() -> Iterator[None]:
    """Keep from the terminal what Rust writes there of its own when it gives up."""
    try:
        terminal = os.dup(2)
    except OSError:  # there is none
        yield
        return
    try:
        with Path(os.devnull).open("wb") as nowhere:
            os.dup2(nowhere.fileno(), 2)
        yield
    finally:
        os.dup2(terminal, 2)
        os.close(terminal)


def is_workbook(raw: bytes) -> bool:
    """Tell whether a file is an archive, as spreadsheets are; of which kind is not looked at."""
    return raw.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def _unpack_parts(raw: bytes) -> dict[str, bytes]:
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


def _rows(sheet: CalamineSheet, marks: Marks) -> Iterator[TableRow]:
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
    reach = 0
    for (top, column), (bottom, _) in sheet.merged_cell_ranges or ():
        # Merged cells do not overlap, so that all together they reach no further than the sheet.
        reach += max(min(bottom, len(rows)) - top, 0)
        if reach > ROSTER_CELLS.most:
            raise TooLarge(f"The merged cells of this sheet have more than {ROSTER_CELLS}")
        for row in rows[top + 1 : bottom + 1]:
            if column < len(row) and column < len(rows[top]):
                row[column] = row[column] or rows[top][column]


def _is_before_the_first(value: object) -> bool:
    return isinstance(value, datetime.datetime) and value.year < _FIRST_YEAR


def _text(value: object) -> str:
    """Return a cell's value as it is written: 12 and not 12.0, a day without its hours."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and not math.isfinite(value):
        return _NO_NUMBER
    if isinstance(value, float) and value.is_integer() and abs(value) < _LONG_NUMBER:
        return str(int(value))
    # A day before the first one is read as midnight, without a day.
    if value == datetime.time() or _is_before_the_first(value):
        return _NO_NUMBER
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    return str(value)
