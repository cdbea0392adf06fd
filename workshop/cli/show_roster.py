"""`workshop roster`: show how a table of people is read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from workshop.cli.options import client_option, workspace_option
from workshop.cli.show_faults import all_option
from workshop.cli.terminal import echo
from workshop.workspace.clients import find_workspace

if TYPE_CHECKING:
    from workshop.tailoring.people.read_roster import RosterReading


@click.command("roster")
@click.argument("file", type=click.Path(path_type=Path))
@client_option(required=False)
@click.option("--sheet", metavar="NAME", help="The sheet of a workbook to read, not the first.")
@click.option(
    "--write", "writes", is_flag=True, help="Write the people as a CSV file in the normal form."
)
@all_option
@workspace_option
def command(
    file: Path, client: str | None, sheet: str | None, writes: bool, workspace: Path | None
) -> None:
    """Show how a table of people is read.

    FILE is an XLSX workbook, or text with cells parted by commas, semicolons or tabs (CSV, TSV) in
    any usual encoding. Shown are its sheet or its encoding and delimiter, which sheets are not
    read, which column is read as what, which are not read, the people, names with letters beyond A
    to Z, and who is there twice. What a client file says of columns, sheets and the client's words
    counts for files in the client's folder, or with --client.

    With --write the people are written beside FILE as a CSV file of the same name, if nothing is
    wrong with them; a sheet that is asked for, here or in the client file, adds its name. A file
    that is called so already is kept, with .bak behind its name.
    """
    from workshop.cli.show_faults import show
    from workshop.diagnostics import Report, UsageError, display_path
    from workshop.tailoring.people.clients_roster import read_lone_roster

    root = None
    with suppress(UsageError):
        root = find_workspace(workspace)
    if root is None and (client or workspace):
        find_workspace(workspace)
    report = Report()
    path, reading = read_lone_roster(file, root, client, sheet, report)
    show(report)
    echo("\n".join(_describe_reading(display_path(path), reading)))
    if reading.roster is None:
        if writes:
            echo(f"\n{_why_unwritten(path, reading)}", err=True)
        click.get_current_context().exit(1)
    if writes:
        _write(path, reading, root)


def _describe_reading(name: str, reading: RosterReading) -> Iterator[str]:
    from workshop.cli.wording import columns
    from workshop.tailoring.people.headings import NORMAL_FORM
    from workshop.tailoring.people.normal_form import cells_of
    from workshop.tailoring.people.quoting import listed

    table, read = reading.table, reading.columns
    if table is None:
        yield f"{name} was not read."
        return
    yield f"{name}: {table.described()}"
    if others := [sheet for sheet in table.sheets if sheet != table.sheet]:
        are = "Its other sheet is" if len(others) == 1 else f"Its {len(others)} other sheets are"
        yield f"{are} not read: {listed(others)}. For another one: --sheet NAME"
    if read is None:
        return
    people = reading.participants
    yield ""
    in_order = sorted(read.at, key=lambda column: read.at[column])
    rows = [
        (f"“{read.heading(column)}”", "is read as", _meaning(column, reading))
        for column in in_order
    ]
    rows += [(f"“{heading}”", "is not read", "") for heading in read.ignored]
    yield columns(rows, "  ")
    yield ""
    cells = [cells_of(person) for person in people]
    used = [index for index in range(len(NORMAL_FORM)) if any(row[index] for row in cells)]
    header = ("no.", *(NORMAL_FORM[index] for index in used))
    lines = [
        (str(person.number), *(row[index] for index in used))
        for person, row in zip(people, cells, strict=True)
    ]
    yield columns([header, *lines], "  ")
    names = _beyond_ascii(reading)
    if names:
        yield ""
        yield f"Letters beyond A to Z, as they will be printed: {', '.join(names)}"
    yield ""
    yield _count_people(reading)


def _count_people(reading: RosterReading) -> str:
    """Say how many people and managers there are, and who is there twice."""
    from workshop.cli.wording import count
    from workshop.tailoring.people.check_people import repeats
    from workshop.tailoring.people.roster import Roster

    people = reading.participants
    managers = len(Roster(people).managers())
    who = "1 person" if len(people) == 1 else f"{len(people):,} people"
    twice = [
        f"{repeat.person.name} (no. {repeat.first.number} and {repeat.person.number})"
        for repeat in repeats(people)
    ]
    repeated = f"in it twice: {', '.join(twice)}" if twice else "nobody is in it twice"
    return f"{who}, {count(managers, 'manager') if managers else 'no managers'}; {repeated}."


def _meaning(column: str, reading: RosterReading) -> str:
    words = column.replace("_", " ")
    return f"{words}, “Last, First” turned round" if column in reading.turned else words


def _beyond_ascii(reading: RosterReading) -> list[str]:
    """Return each name that another encoding would have spoilt, once."""
    people = reading.participants
    names = [person.name for person in people]
    names += [person.manager.name for person in people if person.manager]
    return [name for name in dict.fromkeys(names) if not name.isascii()]


def _why_unwritten(path: Path, reading: RosterReading) -> str:
    """Say that nothing was written, and which rows are to be mended first."""
    from workshop.alike import in_words
    from workshop.diagnostics import Location

    rows = reading.faulty_rows
    units = Location(path).unit + ("s" if rows[1:] else "")
    where = f"what is wrong in {units} {in_words(rows)}" if rows else "what is wrong"
    return f"Nothing was written: mend {where} first."


def _write(path: Path, reading: RosterReading, root: Path | None) -> None:
    from workshop.content.yaml.what_to_type import in_one_line
    from workshop.diagnostics import display_path
    from workshop.tailoring.people.clients_roster import name_in_client_file
    from workshop.tailoring.people.normal_form import write_normal_form
    from workshop.tailoring.people.quoting import listed

    table, settings = reading.table, reading.settings
    sheet = table.sheet if table and settings.sheet else ""
    sheets = table.sheets if table else ()
    written = write_normal_form(reading.participants, path, sheet, sheets)
    echo(f"\nWrote {display_path(written.path)}")
    if written.kept:
        echo(f"The file that was there is kept as {display_path(written.kept)}")
    if written.path.name != path.name:
        own = name_in_client_file(written.path, root)
        first = "Name it" if own else "Put it into the client’s folder and name it"
        echo(f"{first} in the client file: roster: {in_one_line(own or written.path.name)}")
    if reading.columns and reading.columns.ignored:
        echo(f"Not taken over: {listed(reading.columns.ignored)}")
    places = {str(place.path): place for _, place in settings.columns.values()}
    for place in places.values():
        echo(f"Now delete `columns` in {place}, unless another roster needs it")
