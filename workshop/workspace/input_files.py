"""The files that a client's kits may be made from, and what they were when they were looked at."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from workshop.workspace.overlay import library_root

# By its path, each file's size, the time of its last change (ns) and its SHA-256 in hexadecimal.
Inputs = Mapping[str, tuple[int, int, str]]


def inputs_of(workspace: Path, client: str) -> Inputs | None:
    """Look at every file that a build of a client may read; None where that cannot be told."""
    try:
        return looked_at(input_files(workspace, client))
    except OSError:
        return None


def input_files(workspace: Path, client: str) -> Iterator[Path]:
    """Yield every file that a build of a client may read, but for rosters that lie elsewhere.

    Raises `OSError` for one that it cannot, and for a folder that is a link: what lies there is not
    looked at.
    """
    library = library_root()
    yield workspace / "workshop.yaml"
    folders = [workspace / "clients" / client]
    folders += [
        base / kind for base in (workspace, library) for kind in ("modules", "templates", "assets")
    ]
    for folder in dict.fromkeys(one.resolve() for one in folders):
        for place, inner, files in os.walk(folder):
            for name in inner:
                if Path(place, name).is_symlink():
                    raise OSError
            yield from (Path(place, name) for name in files)


def looked_at(paths: Iterable[Path]) -> dict[str, tuple[int, int, str]]:
    """Return what files are now; raises `OSError` for one that cannot be read."""
    found = {}
    for path in paths:
        status = path.stat()
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        found[str(path)] = status.st_size, status.st_mtime_ns, digest
    return found
