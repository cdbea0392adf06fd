"""Report what lies in the folders of a client and cannot be used: a pipe, a link that leads out.

Such a file would be passed over as if it were not there, and the file of the next layer taken. The
same goes for a folder with the name of a file, and for a file where a folder is looked for.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from shlex import quote

from workshop.diagnostics import Location, Report, display_path
from workshop.user_files import is_conflicted_copy, is_left_behind, kind_of, leads_to_itself
from workshop.workspace.overlay import Layer, Overlay, is_text, lies_in

_KINDS = ("modules", "cases", "templates", "assets", "profiles")
# The ends of files that are looked for by their names; a folder is never called so on purpose.
_ENDS = (".md", ".yaml", ".j2", ".css", ".svg", ".png", ".jpg", ".jpeg", ".ttf", ".otf")


def report_odd_files(overlay: Overlay, report: Report) -> None:
    """Report odd files of all layers; those that a fault in `report` names already are left out."""
    told = {fault.location.path for fault in report if fault.location}
    faults = Report()
    for layer in overlay.layers:
        for folder in _folders(layer):
            for entry in _entries(folder):
                if not entry.is_dir(follow_symlinks=False):
                    _check(entry, folder, faults)
        if layer.name.startswith("client "):
            _check_copies(layer, faults)
    report.extend(fault for fault in faults if fault.location and fault.location.path not in told)


def report_misplaced(overlay: Overlay, report: Report) -> None:
    """Report misplaced files and folders, folders kept shut, and links that lead to themselves."""
    for layer in overlay.layers:
        for folder in (*_folders(layer), layer.folder("assets") / "fonts"):
            if leads_to_itself(folder):
                if folder.is_symlink():
                    _tell_loop(folder, report)
            elif folder.exists() and not folder.is_dir():
                message = "A folder should be here, but this is a file"
                hint = "Give it another name, and make a folder of this name if you need one."
                report.error("folder-file", message, Location(folder), hint)
        for folder in _folders(layer):
            for entry in _entries(folder, report):
                path = Path(entry.path)
                if entry.is_symlink() and leads_to_itself(path):
                    _tell_loop(path, report)
                elif entry.name.lower().endswith(_ENDS) and entry.is_dir():
                    message = "A file should be here, but this is a folder"
                    hint = "Give it another name, and put the file there if you need one."
                    report.error("file-folder", message, Location(path), hint)


def _check(entry: os.DirEntry[str], folder: Path, report: Report) -> None:
    path = Path(entry.path)
    if not is_text(entry.name):
        message = "The name of this file is not UTF-8 text, so nothing can ask for it"
        report.warn("file-name-bytes", message, Location(path), "Give it another name.")
    elif entry.is_symlink() and not lies_in(folder, path):
        hint = f"Copy what it leads to into {folder.name}/."
        message = "This link leads out of its folder, so it is not used"
        report.warn("link-outside", message, Location(path), hint)
    elif entry.is_symlink() and not path.exists():
        message = "This link leads to nothing"
        report.warn("link-broken", message, Location(path), "Remove it, or link it anew.")
    elif is_conflicted_copy(entry.name):
        _warn_of_copy(path, report)
    elif kind := _kind(path, entry):
        message = f"This is {kind}, not an ordinary file, so it is not used"
        report.warn("file-special", message, Location(path), "Remove it.")


def _check_copies(layer: Layer, report: Report) -> None:
    """Report conflicted copies of client files and rosters, which lie outside the four folders."""
    ours = [layer.folder(kind) for kind in _KINDS]
    for entry in _entries(layer.root):
        path = Path(entry.path)
        inside = any(path.is_relative_to(folder) for folder in ours)
        if entry.is_dir(follow_symlinks=False) or inside or not is_text(entry.name):
            continue
        if is_conflicted_copy(entry.name):
            _warn_of_copy(path, report)


def _warn_of_copy(path: Path, report: Report) -> None:
    message = "Two people changed the same file, and this copy was put beside it; it is not used"
    hint = "Compare it with the file of the shorter name, put both changes there, and remove it."
    report.warn("conflicted-copy", message, Location(path), hint)


def _kind(path: Path, entry: os.DirEntry[str]) -> str | None:
    if entry.is_file(follow_symlinks=False):  # known without asking the disk again
        return None
    with suppress(OSError):
        return kind_of(path.stat().st_mode)
    return None


def _folders(layer: Layer) -> list[Path]:
    """Return the folders that a layer is looked through in; cases may lie inside the modules'."""
    folders = [layer.folder(kind) for kind in _KINDS]
    return [folder for folder in folders if folder.parent not in folders]


def _entries(folder: Path, report: Report | None = None) -> Iterator[os.DirEntry[str]]:
    """Yield what lies in a folder at any depth; links are not followed.

    `report` gets the folders that may not be looked into.
    """
    waiting = [str(folder)]
    while waiting:
        inside = waiting.pop()
        try:
            with os.scandir(inside) as scanned:
                entries = sorted(scanned, key=lambda entry: entry.name)
        except PermissionError:
            if report is not None:
                _tell_unreadable(Path(inside), report)
            continue
        except OSError:  # it is not there, or no folder
            continue
        for entry in entries:
            if not is_left_behind(entry.name):
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                yield entry


def _tell_loop(path: Path, report: Report) -> None:
    place = Location(path)
    if not any(fault.location == place for fault in report):
        message = "This link leads back to itself"
        hint = f"Remove it: rm {quote(display_path(path))}."
        report.error("link-loop", message, place, hint)


def _tell_unreadable(folder: Path, report: Report) -> None:
    message = "This folder may not be looked into, so nothing in it is used"
    hint = f"Allow it: chmod u+rx {quote(display_path(folder))}."
    report.error("folder-unreadable", message, Location(folder), hint)
