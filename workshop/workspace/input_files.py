"""List the files that a client's kits may be made from, and record their present state."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from workshop.keeping.file_state import FileStates, states_of
from workshop.keeping.memory import Memory
from workshop.user_files import real_path
from workshop.workspace.overlay import library_root


def inputs_of(workspace: Path, client: str, memory: Memory | None) -> FileStates | None:
    """Return the state of every file that a client's build may read; None if one is unreadable."""
    try:
        return states_of(input_files(workspace, client), memory)
    except OSError:
        return None


def input_files(workspace: Path, client: str) -> Iterator[Path]:
    """Yield every file that a build of a client may read, except rosters.

    What else lies in a client's folder, such as a film of the last workshop, is no matter. Raises
    `OSError` for a folder that cannot be read, and for a folder inside that is a link: links are
    not followed.
    """
    library = library_root()
    own = workspace / "clients" / client
    yield workspace / "workshop.yaml"
    yield own / "client.yaml"
    folders = [own / kind for kind in ("modules", "cases", "templates", "assets")]
    folders += [
        base / kind for base in (workspace, library) for kind in ("modules", "templates", "assets")
    ]
    for folder in dict.fromkeys(real_path(folder) for folder in folders):
        for parent, subfolders, files in os.walk(folder):
            for name in subfolders:
                if Path(parent, name).is_symlink():
                    raise OSError
            yield from (Path(parent, name) for name in files)
