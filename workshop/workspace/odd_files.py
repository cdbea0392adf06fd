"""Report what lies in the folders of a client and cannot be used: a pipe, a link that leads out.

Such a file would be passed over as if it were not there, and the file of the next layer taken.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from workshop.diagnostics import Location, Report
from workshop.user_files import is_conflicted_copy, is_left_behind, kind_of
from workshop.workspace.overlay import Layer, Overlay, is_text, lies_in

_KINDS = ("modules", "cases", "templates", "assets")


def report_odd_files(overlay: Overlay, report: Report) -> None:
    """Report odd files of all layers; those that a fault in `report` names already are left out."""
    told = {fault.location.path for fault in report if fault.location}
    faults = Report()
    for layer in overlay.layers:
        for folder in dict.fromkeys(layer.folder(kind) for kind in _KINDS):
            for entry in _entries(folder):
                _check(entry, folder, faults)
        if layer.name.startswith("client "):
            _check_copies(layer, faults)
    report.extend(fault for fault in faults if fault.location and fault.location.path not in told)


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
        if is_conflicted_copy(entry.name) and not inside and is_text(entry.name):
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


def _entries(folder: Path) -> Iterator[os.DirEntry[str]]:
    """Yield what lies in a folder at any depth, without folders; links are not followed."""
    waiting = [str(folder)]
    while waiting:
        with suppress(OSError), os.scandir(waiting.pop()) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                if is_left_behind(entry.name):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                else:
                    yield entry
