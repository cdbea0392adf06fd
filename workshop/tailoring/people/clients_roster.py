"""Read a roster with what its client’s file says of it, and tell of a file that may be meant."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from workshop.content.programme import read_programme
from workshop.diagnostics import (
    Diagnostic,
    Location,
    Report,
    Severity,
    UsageError,
    did_you_mean,
    display_path,
)
from workshop.keeping.file_state import FileState, FileStates, states_of
from workshop.tailoring.client_file.client import (
    CohortFile,
    CohortSource,
    cohort_sources,
    read_client,
)
from workshop.tailoring.people.columns import RosterSettings
from workshop.tailoring.people.read_roster import (
    RosterReading,
    read_roster,
    tables_in,
    understand_roster,
)
from workshop.tailoring.people.roster import Roster
from workshop.user_files import leads_to_itself, real_path
from workshop.workspace.clients import client_names, find_client
from workshop.workspace.overlay import library_root, lies_in, make_overlay

# Notes on how a roster is read: whoever has looked at them once need not see them again.
_NOTES = frozenset(
    {"roster-columns-ignored", "roster-column-stale", "roster-encoding", "roster-remarks"}
)
_TWINS = {".csv": ".xlsx", ".xlsx": ".csv"}


def read_cohorts_roster(
    wanted: CohortSource,
    folder: Path,
    workspace: Path,
    segments: Collection[str],
    report: Report,
) -> Roster | None:
    """Return the roster that a cohort names; None if it names none, or one with faults.

    `folder` is the client's; a roster may lie in it or in the workspace. What `report` has of the
    same roster from another cohort is not told again.
    """
    faults = Report()
    roster = _cohorts_roster(wanted, folder, workspace, segments, faults)
    told = {_without_place(fault) for fault in report}
    report.extend(fault for fault in faults if _without_place(fault) not in told)
    return roster


def without_notes(faults: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Leave out notes on how a roster is read, which `roster` and `check` alone tell."""
    return [
        fault for fault in faults if fault.severity is Severity.ERROR or fault.code not in _NOTES
    ]


def _without_place(fault: Diagnostic) -> Diagnostic:
    """Return a fault as it is compared: the file beside a roster is one for all cohorts."""
    if fault.severity is Severity.ERROR or fault.code != "roster-twin":
        return fault
    return replace(fault, location=None)


def _cohorts_roster(
    wanted: CohortSource,
    folder: Path,
    workspace: Path,
    segments: Collection[str],
    report: Report,
) -> Roster | None:
    name = wanted.file.roster
    if not name:
        return None
    place = wanted.place("roster")
    path = _path_of(name, folder, workspace)
    if path is None:
        if leads_to_itself(folder / name):
            message = f"The roster “{name}” is a link that leads back to itself"
            report.error("link-loop", message, place, "Remove it, and put the file there.")
            return None
        message = f"The roster “{name}” lies outside the workspace"
        report.error("roster-outside", message, place, "Copy it into the client’s folder.")
        return None
    _report_twins(path, name, place, report)
    return read_roster(path, segments, report, place, _settings_for(wanted))


def roster_states(names: Iterable[str | None], folder: Path, workspace: Path) -> FileStates:
    """Return the states of the rosters named, so that no page is made from any of them.

    `folder` is the client's. Left out is what lies neither in it nor in the workspace, and what
    cannot be read.
    """
    states: dict[str, FileState] = {}
    for name in names:
        if name and (path := _path_of(name, folder, workspace)):
            with suppress(OSError):
                states |= states_of([real_path(path)])
    return states


def _path_of(name: str, folder: Path, workspace: Path) -> Path | None:
    """Return where a roster lies, or None if that is outside the workspace."""
    # The client's folder may be a link out of the workspace; its files are still the client's.
    path = folder / name
    return path if lies_in(folder, path) or lies_in(workspace, path) else None


def roster_settings(
    sheet: str | None,
    columns: Mapping[Any, str],
    terms: Mapping[str, str],
    place: Callable[..., Location],
) -> RosterSettings:
    """Return what a client file says of a roster; `place` returns where a key stands there."""
    return RosterSettings(
        sheet=(sheet, place("sheet")) if sheet else None,
        columns={
            column: (heading, place("columns", column)) for column, heading in columns.items()
        },
        terms=terms,
    )


def _settings_for(wanted: CohortSource) -> RosterSettings:
    """Return the sheet and the columns' headings that a cohort, or else the client, sets."""
    sheet = wanted.file.sheet or wanted.client.sheet
    return roster_settings(sheet, wanted.columns, wanted.client.terms, wanted.place)


def _report_twins(path: Path, name: str, named_at: Location, report: Report) -> None:
    """Tell of a spreadsheet beside a CSV file of the same name, or the other way round.

    `name` is what the client file calls it.
    """
    suffix = _TWINS.get(path.suffix.lower())
    if suffix is None:
        return
    twin = path.with_suffix(suffix)
    try:
        is_there = twin.is_file() and path.is_file()
    except (OSError, ValueError):
        return
    if is_there:
        message = f"Beside {path.name} there is {twin.name}, which is not read"
        other = Path(name).with_suffix(suffix)
        hint = f"If the people are in that one, write `roster: {other}`; else remove it."
        report.warn("roster-twin", message, named_at, hint)


def read_lone_roster(
    file: Path, workspace: Path | None, client: str | None, sheet: str | None, report: Report
) -> tuple[Path, RosterReading]:
    """Return the path of a roster and how it was understood; the faults go into `report`.

    Without a workspace the library's segments are known. A client that is not named is the one in
    whose folder the file lies. A `sheet` that is asked for counts instead of the client file's.
    Raises `UsageError` for a client or a file that is not there.
    """
    if workspace and client is None:
        client = _owner(file, workspace)
    path = _find_file(file, workspace, client)
    settings = _settings(path, workspace, client) if workspace and client else None
    if sheet:
        settings = replace(settings or RosterSettings(), sheet=(sheet, Location(path)))
    segments = known_segments(workspace, client)
    reading = understand_roster(path, segments, report, None, settings)
    if sheet and reading.table and not reading.table.sheet:
        message = f"{path.name} is a text and no workbook, so it has no sheet “{sheet}”"
        report.warn("roster-sheet", message, Location(path), "Leave `--sheet` out.")
    return path, reading


def name_in_client_file(path: Path, workspace: Path | None) -> str | None:
    """Return the path by which a client file names a roster; None outside of all their folders."""
    owner = _owner(path, workspace) if workspace else None
    if workspace is None or owner is None:
        return None
    return path.absolute().relative_to(workspace / "clients" / owner).as_posix()


def _owner(file: Path, workspace: Path) -> str | None:
    """Return the client in whose folder a file lies."""
    folders = {workspace / "clients" / name: name for name in client_names(workspace)}
    return next((folders[folder] for folder in file.absolute().parents if folder in folders), None)


def _find_file(file: Path, workspace: Path | None, client: str | None) -> Path:
    """Return the file itself, or the one of its name in the client's folder."""
    if file.exists():
        return file
    nor = ""
    if workspace and client:
        own = find_client(workspace, client).parent / file
        if own.exists():
            return own
        nor = f", nor {display_path(own)}"
    where = "" if file.is_absolute() else f" in {Path.cwd().as_posix()}"
    message = f"There is no file {display_path(file)}{where}{nor}"
    raise UsageError.single("roster-missing", message, hint=_elsewhere(file, workspace))


def _elsewhere(file: Path, workspace: Path | None) -> str:
    """Say where the file lies, or one of nearly its name, or where a path begins."""
    names = client_names(workspace) if workspace and not file.is_absolute() else ()
    folders = (find_client(workspace, name).parent for name in names) if workspace else ()
    for folder in folders:
        if (folder / file).is_file():
            path = display_path(folder / file)
            return f"It lies in a client’s folder: write `workshop roster {shlex.quote(path)}`."
    hint = did_you_mean(file.name, tables_in(file.parent))
    return hint or "Its path begins in the folder you are in; with `--client`, in that client’s."


def _settings(path: Path, workspace: Path, client: str) -> RosterSettings | None:
    """Return what the client file says of the roster: for the cohort that has it, or for all."""
    read = read_client(find_client(workspace, client), Report())
    if read is None:
        return None  # `check` tells what is wrong with the client file
    folder = workspace / "clients" / client
    for wanted in cohort_sources(*read):
        if wanted.file.roster and real_path(folder / wanted.file.roster) == real_path(path):
            return _settings_for(wanted)
    return _settings_for(CohortSource("", CohortFile(), *read))


def known_segments(workspace: Path | None, client: str | None) -> dict[str, str]:
    """Return the segments of the programme that a client has, with what they mean."""
    overlay = make_overlay(client, workspace or library_root(), library_root())
    file = overlay.find("modules", "programme.yaml")
    programme = read_programme(file.path, Report()) if file else None
    return programme.file.segments if programme else {}
