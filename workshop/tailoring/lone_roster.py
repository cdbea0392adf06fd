"""Read a roster by itself, as the client whose it is reads it, or as one without settings does."""

from __future__ import annotations

from pathlib import Path

from workshop.content.programme import read_programme
from workshop.diagnostics import Report, UsageError, display_path
from workshop.tailoring.client import CohortFile, CohortSource, cohort_sources, read_client
from workshop.tailoring.people.columns import RosterSettings
from workshop.tailoring.people.read_roster import RosterReading, understand_roster
from workshop.tailoring.people.roster_settings import roster_settings
from workshop.workspace.clients import client_names, find_client
from workshop.workspace.overlay import library_root, make_overlay


def read_lone_roster(
    file: Path, workspace: Path | None, client: str | None, report: Report
) -> tuple[Path, RosterReading]:
    """Return the path of a roster and how it was understood; the faults go into `report`.

    Without a workspace the library's segments are known. A client that is not named is the one in
    whose folder the file lies. Raises `UsageError` for a client or a file that is not there.
    """
    if workspace and client is None:
        client = _owner(file, workspace)
    path = _found(file, workspace, client)
    settings = _settings(path, workspace, client) if workspace and client else None
    segments = _segments(workspace, client)
    return path, understand_roster(path, segments, report, None, settings)


def _owner(file: Path, workspace: Path) -> str | None:
    """Return the client in whose folder a file lies."""
    folders = {workspace / "clients" / name: name for name in client_names(workspace)}
    return next((folders[folder] for folder in file.absolute().parents if folder in folders), None)


def _found(file: Path, workspace: Path | None, client: str | None) -> Path:
    """Return the file itself, or the one of its name in the client's folder."""
    if file.exists() or not (workspace and client):
        return file
    own = find_client(workspace, client).parent / file
    if not own.exists():
        message = f"There is no file {display_path(file)}, nor {display_path(own)}"
        raise UsageError.single("roster-missing", message)
    return own


def _settings(path: Path, workspace: Path, client: str) -> RosterSettings | None:
    """Return what the client file says of the roster: for the cohort that has it, or for all."""
    read = read_client(find_client(workspace, client), Report())
    if read is None:
        return None  # `check` tells what is wrong with the client file
    folder = workspace / "clients" / client
    for wanted in cohort_sources(*read):
        if wanted.file.roster and (folder / wanted.file.roster).resolve() == path.resolve():
            return roster_settings(wanted)
    return roster_settings(CohortSource("", CohortFile(), *read))


def _segments(workspace: Path | None, client: str | None) -> dict[str, str]:
    overlay = make_overlay(client, workspace or library_root(), library_root())
    file = overlay.find("modules", "programme.yaml")
    programme = read_programme(file.path, Report()) if file else None
    return programme.file.segments if programme else {}
