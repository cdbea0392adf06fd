"""Report clients' folders whose names cannot be used, that look alike, or that have no client.yaml.

A workspace is carried from one computer to another: what Windows and macOS cannot tell apart, or
cannot have, is told before it is lost there.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from shlex import quote

from workshop.diagnostics import Location, Report, display_path
from workshop.user_files import is_left_behind
from workshop.workspace.overlay import is_text

__all__ = [
    "can_name_a_client",
    "is_reserved",
    "report_client_name",
    "report_folders",
    "report_namesakes",
    "why_no_client",
]

_JOINERS = "\u200c\u200d"  # Persian, Hindi and other languages need them to spell names
RENAME = "Give the folder a name of letters, digits and hyphens."
# https://learn.microsoft.com/en-us/windows/win32/fileio/naming-a-file
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)
_NOT_ON_WINDOWS = re.compile(r"[<>:\"|?*\\]|[. ]\Z")


def can_name_a_client(name: str) -> bool:
    """Tell whether a folder's name is text that can be typed: no line end and no code among it."""
    codes = (char for char in name if unicodedata.category(char) in ("Cc", "Cf"))
    return is_text(name) and all(char in _JOINERS for char in codes)


def is_reserved(name: str) -> bool:
    """Tell whether Windows keeps a name for its devices."""
    return _RESERVED.fullmatch(name) is not None


def report_folders(workspace: Path, report: Report) -> None:
    """Report what lies in the folder of clients and is no client, though it may be meant as one."""
    folder = workspace / "clients"
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if is_left_behind(path.name) or path.name.startswith(".") or not path.is_dir():
            continue
        if not can_name_a_client(path.name):
            message = "A client’s folder cannot have this name, so it is passed over"
            report.warn("client-name", message, Location(path), RENAME)
        elif not (path / "client.yaml").exists():
            message = "This folder has no client.yaml, so it is no client"
            report.warn("no-client-file", message, Location(path), why_no_client(path))


def report_client_name(
    folder: Path, name: str, others: Mapping[str, str], place: Location, report: Report
) -> None:
    """Report what is unwise about a client's folder and `name`, which stands at `place`.

    `others` has the names of the workspace's other clients by their folders.
    """
    slug = folder.name
    if is_reserved(slug) or _NOT_ON_WINDOWS.search(slug):
        message = f"Windows cannot have a folder called “{slug}”"
        report.warn("client-name", message, Location(folder), RENAME)
    for other in others:
        if folder_as_disks_see(other) == folder_as_disks_see(slug):
            message = f"On Windows and macOS “{other}” and “{slug}” are the same folder"
            report.warn("client-name", message, Location(folder), "Give one another name.")
    report_namesakes(name, others, place, report)


def report_namesakes(name: str, others: Mapping[str, str], place: Location, report: Report) -> None:
    """Report, at `place`, other clients of the same `name`; `others` has theirs by folder."""
    alike = [
        f"“{other}”"
        for other, name_of_other in others.items()
        if can_name_a_client(other) and name_of_other.casefold() == name.casefold()
    ]
    if alike:
        message = f"“{name}” is also the name in client.yaml of {', '.join(alike)}"
        hint = "Their papers cannot be told apart. Say in one of them what sets it apart."
        report.warn("same-name", message, place, hint)


def why_no_client(folder: Path) -> str:
    """Say what would make a client of a folder in which no client's file is found."""
    shown = display_path(folder)
    if not folder.is_dir():
        return f"{shown} is a file: give it another name, and make a folder with a client.yaml."
    try:
        names = [path.name for path in folder.iterdir() if is_text(path.name)]
    except PermissionError:
        return f"The folder {shown} may not be looked into: chmod u+rx {quote(shown)}."
    if (folder / "client.yaml").is_symlink():
        return f"client.yaml is a link that leads to nothing: rm {quote(f'{shown}/client.yaml')}."
    near = difflib.get_close_matches("client.yaml", names, 1, cutoff=0.7)
    if near:
        return f"Rename {near[0]} to client.yaml."
    return f"The folder {shown} has no client.yaml. Write one, with a line `name: …`."


def folder_as_disks_see(name: str) -> str:
    """Return a folder's name as disks compare names that tell no capitals and no forms apart."""
    return unicodedata.normalize("NFD", unicodedata.normalize("NFD", name).casefold())
