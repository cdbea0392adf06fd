"""Tell the files that people have put into a kit's place from those that the program wrote there.

A kit or a print run takes the place of the last one as a whole. Where a folder of that name is
somebody's own, nothing is written; what somebody has added to a kit goes over into the new one.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path

from workshop.building.kit.kit_folder import keep_file
from workshop.building.kit.noted_files import noted_paths
from workshop.diagnostics import EnvironmentFault, display_path
from workshop.keeping.kept_file import is_real_file, read_data

# What systems put into every folder that somebody looks into.
_OF_SYSTEMS = frozenset({".DS_Store", "Icon\r", "Thumbs.db", "ehthumbs.db", "desktop.ini"})


def check_is_ours(folder: Path, list_name: str) -> None:
    """Raise `EnvironmentFault` for a folder that holds files and that no run has written.

    A run leaves a list of the files there, called `list_name`, and a note beside the folder.
    """
    if not folder.is_dir() or _is_list_of_ours(folder / list_name):
        return
    noted = {*noted_paths(folder), list_name}
    first = next((path for path in _files_in(folder) if path not in noted), None)
    if first is not None:
        raise EnvironmentFault.single(
            "output-own-files",
            f"{display_path(folder)} is to be replaced, and has files that this program did not "
            f"write, such as {first}: nothing is written there",
            hint="Move them to another place, or name another folder with --output.",
        )


def keep_peoples_files(old: Path, new: Path, written: Collection[str]) -> None:
    """Carry over into a new kit what people have put into the old one, whose files are `written`.

    A file whose name the new kit needs gets `.bak` behind its name.
    """
    for path in list(_files_in(old)):
        if path not in written and is_real_file(old / path):
            kept = new / path
            keep_file(old / path, kept.with_name(f"{kept.name}.bak") if kept.exists() else kept)


def _is_list_of_ours(path: Path) -> bool:
    with suppress(OSError, ValueError):
        data = read_data(path)
        return isinstance(data, dict) and isinstance(data.get("format"), int) and "cohort" in data
    return False


def _files_in(folder: Path) -> Iterator[str]:
    """Yield the paths below a folder of what is no folder, and not merely of the system's."""
    for parent, folders, files in os.walk(folder):
        folders.sort()
        for name in sorted(set(files) - _OF_SYSTEMS):
            yield Path(parent, name).relative_to(folder).as_posix()
