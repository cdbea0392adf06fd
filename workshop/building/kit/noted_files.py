"""Note what a kit's files were when they were written, so that unchanged ones are not read again.

The note lies beside the kit, under its name with a dot before it. A build reads it first of all, to
tell whether there is anything to do: nothing is imported here that takes time.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from workshop.keeping.file_state import FileState, is_as_noted, state_of
from workshop.keeping.fingerprint import digest_of_file
from workshop.keeping.kept_file import data_of, read_kept
from workshop.keeping.shape import checked

if TYPE_CHECKING:
    from workshop.building.kit.manifest import KitFile, Manifest

_NAME = ".written"


def note_files(staging: Path, folder: Path, manifest: Manifest) -> None:
    """Note the files of a kit that is about to be put in the place of `folder`.

    Where that cannot be noted, they are read next time.
    """
    from workshop.building.kit.manifest import NAME

    # Gone with the folder, should this run be killed.
    temporary = staging / _NAME
    try:
        # One by one: there may be tens of thousands.
        with temporary.open("w", encoding="utf-8") as file:
            for entry in manifest.files:
                file.write(_line(entry.path, state_of(staging / entry.path, entry.sha256)))
            path = staging / NAME
            file.write(_line(NAME, state_of(path, digest_of_file(path))))
        temporary.replace(_note_of(folder))
    except OSError:
        temporary.unlink(missing_ok=True)


def unchanged_files(folder: Path, entries: Iterable[KitFile]) -> frozenset[str]:
    """Return the paths of those files of a kit that are as they were noted to be written."""
    states = _states(folder)
    unchanged = set()
    for entry in entries:
        state = states.get(entry.path)
        with suppress(OSError):
            if state and state.sha256 == entry.sha256 and is_as_noted(folder / entry.path, state):
                unchanged.add(entry.path)
    return frozenset(unchanged)


def kit_digest(folder: Path) -> str:
    """Return a digest of a kit that is just as it was written, nothing lacking and nothing added.

    Raises `OSError` where a file is not as it was noted to be.
    """
    states = _states(folder)
    for path, state in states.items():
        if not is_as_noted(folder / path, state):
            raise OSError(f"{path} has changed")
    lying = sum(len(files) for _, _, files in os.walk(folder))
    if lying != len(states):
        raise OSError(f"{folder} has other files than were noted")
    return digest_of_file(_note_of(folder))


def noted_paths(folder: Path) -> frozenset[str]:
    """Return the paths of the files that were noted to be written into a kit's folder."""
    return frozenset(_states(folder))


def _states(folder: Path) -> Mapping[str, FileState]:
    states: dict[str, FileState] = {}
    # What is not as it was written tells nothing, not even of the lines before.
    with suppress(OSError, ValueError):
        for line in read_kept(_note_of(folder)).splitlines():
            path, *state = checked(data_of(line), tuple[str, int, int, int, str])
            states[path] = FileState(*state)
        return states
    return {}


def _line(path: str, state: FileState) -> str:
    return json.dumps([path, *state], ensure_ascii=False) + "\n"


def _note_of(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}{_NAME}")
