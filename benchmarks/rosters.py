"""What a roster of 10,000 people costs to read, as XLSX and as CSV: seconds and megabytes.

Run it with `.venv/bin/python -m benchmarks.rosters`; it takes a minute. Each table is read in a
process of its own; the seconds are those of the processor, without starting Python.
"""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from time import process_time
from xml.sax.saxutils import escape

from benchmarks.common import FIRST, LAST, in_new_process, peak_memory, print_machine, print_table

PEOPLE, MANAGERS, RUNS = 10_000, 900, 3
HEADER = (
    *("First name", "Last name", "E-mail", "Department", "Job title", "Segment"),
    *("Line manager", "Line manager e-mail", "Hire date"),
)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def main() -> None:
    """Measure and print."""
    print_machine("workshop-kit", "python-calamine")
    with tempfile.TemporaryDirectory() as folder:
        sheet, formulas, text = (Path(folder, name) for name in ("a.xlsx", "b.xlsx", "c.csv"))
        _write_workbook(sheet, with_formulas=False)
        _write_workbook(formulas, with_formulas=True)
        text.write_text("\n".join(map(";".join, [HEADER, *_rows()])), encoding="cp1252")
        table = [
            (name, *_measured(path))
            for name, path in (
                ("XLSX", sheet),
                ("XLSX, a column of formulas", formulas),
                ("CSV, semicolons, Windows-1252", text),
            )
        ]
    print_table(("10,000 people as", "seconds", "MB in all", "MB more"), table)


def _measured(path: Path) -> tuple[str, str, str]:
    runs = [in_new_process(partial(_read, path)) for _ in range(RUNS)]
    seconds, megabytes, more = (median(column) for column in zip(*runs, strict=True))
    return f"{seconds:.2f}", f"{megabytes:.0f}", f"{more:.0f}"


def _read(path: Path) -> tuple[float, float, float]:
    """Return the seconds, the most memory and how much of it the reading took."""
    from workshop.diagnostics import Report
    from workshop.tailoring.people.read_roster import read_roster

    before = peak_memory()
    started = process_time()
    roster = read_roster(path, ("solid-performer",), Report())
    seconds = process_time() - started
    if roster is None or len(roster.participants) != PEOPLE:
        raise AssertionError("the roster must be read")
    return seconds, peak_memory(), peak_memory() - before


def _rows() -> Iterator[Sequence[str]]:
    for n in range(PEOPLE):
        manager = n % MANAGERS
        yield (
            FIRST[n % 10].replace("ż", "z"),
            f"{'Brontë' if n % 2 else 'Müller'} {n}",
            f"p{n}@example.com",
            f"Team {n % 40}",
            "Engineer",
            "Solid performer",
            f"{LAST[manager % 10].replace('ř', 'r').replace('ă', 'a')} {manager}",
            f"m{manager}@example.com",
            "2020-01-01",
        )


def _write_workbook(path: Path, *, with_formulas: bool) -> None:
    rows = "".join(
        f'<row r="{number}">{"".join(_cells(row, number, with_formulas))}</row>'
        for number, row in enumerate([HEADER, *_rows()], start=1)
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="People" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        "</Relationships>",
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData>'
        "</worksheet>",
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def _cells(row: Sequence[str], number: int, with_formulas: bool) -> Iterator[str]:
    for at, text in enumerate(row):
        reference = f'r="{chr(65 + at)}{number}"'
        if with_formulas and at == 2 and number > 1:
            yield f'<c {reference} t="str"><f>A{number}&amp;"@"</f><v>{escape(text)}</v></c>'
        else:
            yield f'<c {reference} t="inlineStr"><is><t>{escape(text)}</t></is></c>'


if __name__ == "__main__":
    main()
