"""A name into the files that bear it, layer by layer; and a copy of one, for editing."""

from __future__ import annotations

import shutil
from pathlib import Path

from workshop.diagnostics import UsageError, nearest
from workshop.tailoring.overlay import KINDS, Found, Overlay

_ENDINGS = {"modules": ".md", "cases": ".md", "templates": "", "assets": ""}


def which(overlay: Overlay, name: str) -> list[tuple[str, list[Found]]]:
    """Return the files called `name`, each with its candidates, the one that counts first.

    `name` is a module's or a case's name, a template's path, a document's folder or an asset's
    path. Raises `UsageError` with the nearest name when there is none.
    """
    files = _files(overlay, name)
    if not files:
        known = [
            known.removesuffix(".md") for kind in KINDS for known in overlay.names(kind, "**/*")
        ]
        raise UsageError.of(
            "unknown-name",
            f"No module, case, template or asset is called “{name}”",
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
        raise UsageError.of("already-own", f"“{name}” already belongs to {top.name}")
    for original, copy in copies:
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(original, copy)
    return copies


def _files(overlay: Overlay, name: str) -> list[tuple[str, str]]:
    """Return kind and path of every file the name stands for."""
    files = []
    for kind in KINDS:
        ending = _ENDINGS[kind]
        paths = dict.fromkeys((name, name.removesuffix(ending) + ending))
        files += [(kind, path) for path in paths if overlay.find(kind, path)]
    if not files:
        folder = [("templates", path) for path in overlay.names("templates", f"{name}/**/*")]
        return folder if "*" not in name and ".." not in name else []
    return files
