"""Find the files that have a name, layer by layer, and copy them for editing."""

from __future__ import annotations

import os
import re
from pathlib import Path

from workshop.diagnostics import UsageError, display_path, nearest
from workshop.limits import ANY_FILE
from workshop.user_files import read_file, real_path
from workshop.workspace.overlay import LayerFile, Overlay
from workshop.workspace.own_files import note_copies
from workshop.workspace.settings import SCHEMAS

# The line that tells editors where the schema of a file lies, and the schema's name in it.
_SCHEMA = re.compile(rb"\A# yaml-language-server: \$schema=(\S*?)(\w+\.json)\r?\n")
_ENDINGS = {"modules": ".md", "cases": ".md", "templates": "", "assets": "", "profiles": ".yaml"}


def which(overlay: Overlay, name: str) -> list[tuple[str, list[LayerFile]]]:
    """Return the path of each file called `name`, with that file in each layer, the used one first.

    `name` is a module's, a case's or a profile's name, a template's path, a document's folder or an
    asset's path. Raises `UsageError` with the nearest name if no file has it.
    """
    files = _files(overlay, name)
    if not files:
        names = [
            path.removesuffix(ending)
            for kind, ending in _ENDINGS.items()
            for path in _paths(overlay, kind)
        ]
        names += [path.split("/")[0] for path in _paths(overlay, "templates")]
        raise UsageError.single(
            "unknown-name",
            f"No module, case, template, asset or profile is called “{name}”",
            hint=nearest(name, names),
        )
    return [(path, list(overlay.all(kind, path))) for kind, path in files]


def eject(overlay: Overlay, name: str) -> list[tuple[Path, Path]]:
    """Copy the files called `name` into the topmost layer, for editing.

    Returns each original with its copy. Raises `UsageError` if the topmost layer has a file of that
    name already: nothing is overwritten.
    """
    top = overlay.layers[0]
    copies = []
    for kind, path in _files(overlay, name):
        file = overlay.find(kind, path)
        if file and file.layer is not top:
            copies.append((file.path, top.folder(kind) / path))
    if not copies:
        which(overlay, name)  # raises `UsageError` if no file has the name
        raise UsageError.single("already-own", f"“{name}” already belongs to {top.name}")
    for _, copy in copies:
        if os.path.lexists(copy):  # a link out of the folder, which the overlay does not count
            message = f"{display_path(copy)} is already there; nothing was written"
            raise UsageError.single("already-there", message)
    for original, copy in copies:
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(_with_own_schema(read_file(original, ANY_FILE), original, copy, overlay))
    note_copies(top.root, copies)
    return copies


def _with_own_schema(content: bytes, original: Path, copy: Path, overlay: Overlay) -> bytes:
    """Return a file whose first line leads editors from its new place to its schema.

    Without that line where neither the workspace nor the original has the schema.
    """
    line = _SCHEMA.match(content)
    if line is None:
        return content
    address, name = line[1].decode(), line[2].decode()
    schemas = [layer.root / SCHEMAS / name for layer in overlay.layers]
    schemas.append(original.parent / address / name)
    schema = next((path for path in schemas if path.is_file()), None)
    if schema is None:
        return content[line.end() :]
    way = Path(os.path.relpath(real_path(schema), real_path(copy.parent))).as_posix()
    return f"# yaml-language-server: $schema={way}\n".encode() + content[line.end() :]


def name_to_eject(overlay: Overlay, path: Path) -> str | None:
    """Return the name by which `eject` copies the library's file at `path`; None for others."""
    [*_, library] = overlay.layers
    for kind, ending in _ENDINGS.items():
        if path.is_relative_to(library.folder(kind)):
            name = path.relative_to(library.folder(kind)).as_posix()
            if name in _paths(overlay, kind):
                return name.removesuffix(ending)
    return None


def _files(overlay: Overlay, name: str) -> list[tuple[str, str]]:
    """Return the kind and the path of every file that `name` stands for."""
    files = []
    for kind, ending in _ENDINGS.items():
        paths = dict.fromkeys((name, name.removesuffix(ending) + ending))
        files += [(kind, path) for path in paths if path in _paths(overlay, kind)]
    folder = f"{name.rstrip('/')}/"
    templates = (path for path in _paths(overlay, "templates") if path.startswith(folder))
    return files or [("templates", path) for path in templates]


def _paths(overlay: Overlay, kind: str) -> list[str]:
    paths = overlay.names(kind, "**/*")
    # The library's cases lie below its modules, but they are a kind of their own.
    return [path for path in paths if kind != "modules" or not path.startswith("cases/")]
