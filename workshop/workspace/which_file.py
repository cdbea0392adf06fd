"""A name into the files that bear it, layer by layer; and a copy of one, for editing."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from workshop.diagnostics import UsageError, display_path, nearest
from workshop.workspace.overlay import LayerFile, Overlay

_ENDINGS = {"modules": ".md", "cases": ".md", "templates": "", "assets": "", "profiles": ".yaml"}


def which(overlay: Overlay, name: str) -> list[tuple[str, list[LayerFile]]]:
    """Return the files called `name`, each with its candidates, the one that counts first.

    `name` is a module's, a case's or a profile's name, a template's path, a document's folder or an
    asset's path. Raises `UsageError` with the nearest name when there is none.
    """
    files = _files(overlay, name)
    if not files:
        known = [
            one.removesuffix(ending)
            for kind, ending in _ENDINGS.items()
            for one in _known(overlay, kind)
        ]
        known += [one.split("/")[0] for one in _known(overlay, "templates")]
        raise UsageError.single(
            "unknown-name",
            f"No module, case, template, asset or profile is called “{name}”",
            hint=nearest(name, known),
        )
    return [(path, list(overlay.all(kind, path))) for kind, path in files]


def eject(overlay: Overlay, name: str) -> list[tuple[Path, Path]]:
    """Copy the files called `name` into the topmost layer, for editing.

    Returns each original with its copy. Raises `UsageError` when the topmost layer has one already:
    nothing is overwritten.
    """
    top = overlay.layers[0]
    copies = []
    for kind, path in _files(overlay, name):
        found = overlay.find(kind, path)
        if found and found.layer is not top:
            copies.append((found.path, top.folder(kind) / path))
    if not copies:
        which(overlay, name)  # says so when there is no such name
        raise UsageError.single("already-own", f"“{name}” already belongs to {top.name}")
    for _, copy in copies:
        if os.path.lexists(copy):  # a link that leads out of the folder, which counts for nothing
            message = f"{display_path(copy)} is already there; nothing was written"
            raise UsageError.single("already-there", message)
    for original, copy in copies:
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(original, copy)
    return copies


def _files(overlay: Overlay, name: str) -> list[tuple[str, str]]:
    """Return kind and path of every file the name stands for."""
    files = []
    for kind, ending in _ENDINGS.items():
        paths = dict.fromkeys((name, name.removesuffix(ending) + ending))
        files += [(kind, path) for path in paths if path in _known(overlay, kind)]
    folder = f"{name.rstrip('/')}/"
    templates = (path for path in _known(overlay, "templates") if path.startswith(folder))
    return files or [("templates", path) for path in templates]


def _known(overlay: Overlay, kind: str) -> list[str]:
    names = overlay.names(kind, "**/*")
    # Cases lie among the library's modules, but a client keeps them elsewhere.
    return [name for name in names if kind != "modules" or not name.startswith("cases/")]
