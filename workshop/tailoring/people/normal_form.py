"""Write people in a roster's normal form: a CSV file with the columns that the program names."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from workshop.keeping.kept_file import write_kept
from workshop.limits import ROSTER_FILE
from workshop.tailoring.people.headings import NORMAL_FORM, plain_words
from workshop.tailoring.people.roster import Participant
from workshop.user_files import read_file


@dataclass(frozen=True)
class WrittenRoster:
    """Says which file was written, and under which name an earlier one of its name was kept."""

    path: Path
    kept: Path | None


def cells_of(person: Participant) -> tuple[str, ...]:
    """Return a participant's cells in the order of the normal form."""
    manager = person.manager
    return (
        person.name,
        person.email or "",
        person.team,
        person.role,
        person.segment or "",
        manager.name if manager else "",
        (manager.email or "") if manager else "",
        person.edition or "",
    )


def in_normal_form(people: Sequence[Participant]) -> str:
    """Return people as CSV with commas; the last column only where somebody has an edition."""
    rows = [NORMAL_FORM, *map(cells_of, people)]
    if not any(person.edition for person in people):
        rows = [row[:-1] for row in rows]
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return stream.getvalue()


def write_normal_form(
    people: Sequence[Participant], source: Path, sheet: str = "", sheets: Sequence[str] = ()
) -> WrittenRoster:
    """Write people into a CSV file named as `source`; one that is there is kept beside it.

    With a `sheet`, one of the `sheets` of a workbook, its name is a part of the file's.
    Spreadsheet programs take the file for UTF-8, as it begins with the mark for it. It is written
    under another name first. Raises `OSError`.
    """
    target = source.with_name(f"{source.stem}{_of_sheet(sheet, sheets)}.csv")
    mode = source.stat().st_mode & 0o777
    kept = None
    if target.exists():
        kept = _free_name(target)
        write_kept(kept, read_file(target, ROSTER_FILE), mode=mode)
    write_kept(target, in_normal_form(people).encode("utf-8-sig"), mode=mode)
    return WrittenRoster(target, kept)


def _of_sheet(sheet: str, sheets: Sequence[str]) -> str:
    """Return what a sheet adds to a file's name, so that no two of the workbook's share one."""
    if not sheet:
        return ""
    words = plain_words(sheet)
    if not words or [plain_words(other) for other in sheets].count(words) > 1:
        words.append(str(sheets.index(sheet) + 1))
    return "-" + "-".join(words)


def _free_name(path: Path) -> Path:
    """Return a name for an earlier version, which every command passes over: people.csv.bak."""
    number, name = 1, path.with_name(f"{path.name}.bak")
    while name.exists():
        number += 1
        name = path.with_name(f"{path.name}.{number}.bak")
    return name
