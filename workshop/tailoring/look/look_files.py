"""Find the files of looks in all layers, and tell of those that are called wrongly."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from workshop.diagnostics import Location, Report, closest, display_path, nearest
from workshop.user_files import is_left_behind
from workshop.workspace.overlay import Overlay, lies_in

TOKENS, SHEET, COVER = "look.yaml", "look.css", "cover.svg.j2"

_FOLDER = "_shared/looks"
_FILES = (TOKENS, SHEET, COVER)
_NAME = re.compile(r"\w[\w.-]*")


def template_of(name: str, file: str) -> str:
    """Return what a file of a look is called among templates."""
    return f"{_FOLDER}/{name}/{file}"


def look_names(overlay: Overlay) -> list[str]:
    """Return the names of all looks of an overlay's layers."""
    paths = overlay.names("templates", template_of("*", TOKENS))
    return [path.split("/")[-2] for path in paths]


def layer_of_look(overlay: Overlay, name: str) -> str:
    """Return the name of the layer that a look comes from."""
    file = overlay.find("templates", template_of(name, TOKENS))
    return file.layer.name if file else ""


def tell_no_look(overlay: Overlay, name: str, place: Location | None, report: Report) -> None:
    """Report that there is no look of a name, or what its folder lacks."""
    folder = next(_folders(overlay, name), None)
    if folder is None:
        hint = nearest(name, look_names(overlay))
        report.error("unknown-look", f"There is no look “{name}”", place, hint)
        return
    message = f"The folder {display_path(folder)} is there but has no {TOKENS}"
    near = next((there for there, meant in _misnamed(folder) if meant == TOKENS), "")
    hint = f"Rename {near} to {TOKENS}." if near else f"Write {TOKENS} with a line `summary: …`."
    report.error("unknown-look", message, place, hint)


def check_files(overlay: Overlay, name: str, report: Report) -> None:
    """Report files in the folders of a look that are not read, but nearly have the right name."""
    for folder in _folders(overlay, name):
        for there, meant in _misnamed(folder):
            message = f"This file of a look is not used: it would have to be called {meant}"
            report.warn("look-file", message, Location(folder / there), f"Rename it to {meant}.")


def _folders(overlay: Overlay, name: str) -> Iterator[Path]:
    """Yield the folders of a look, the client's first."""
    for layer in overlay.layers if _NAME.fullmatch(name) else ():
        templates = layer.folder("templates")
        folder = templates / _FOLDER / name
        with suppress(OSError):  # a name that is too long
            if folder.is_dir() and lies_in(templates, folder):
                yield folder


def _misnamed(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the names of files that are nearly those of a look, each with the right one."""
    names = sorted(path.name for path in folder.iterdir() if path.is_file())
    missing = [name for name in _FILES if name not in names]
    for name in names:
        meant = closest(name, missing) if name not in _FILES and not is_left_behind(name) else None
        if meant:
            yield name, meant
