"""Note what files are, and tell later whether they still are what they were."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from workshop.keeping.fingerprint import digest_of_file
from workshop.limits import ANY_FILE
from workshop.user_files import RefusedFile


class FileState(NamedTuple):
    """Says what a file was when it was looked at.

    Its size in bytes, when it was last changed (ns), its number in the file system, its SHA-256 in
    hexadecimal. A file that is never read has none: a pipe, or one that is larger than any may be.
    """

    size: int
    changed: int
    number: int
    sha256: str


FileStates = Mapping[str, FileState]


def states_of(paths: Iterable[Path]) -> dict[str, FileState]:
    """Return what files are now, by their paths; raises `OSError` for one that cannot be read."""
    return {str(path): state_of(path, _digest_if_read(path)) for path in paths}


def state_of(path: Path, sha256: str) -> FileState:
    """Return what a file is now, whose digest somebody has; may raise `OSError`."""
    status = path.stat()
    return FileState(status.st_size, status.st_mtime_ns, status.st_ino, sha256)


def is_as_noted(path: Path, state: FileState) -> bool:
    """Whether a file is what it was, without reading it; may raise `OSError`."""
    return state_of(path, state.sha256) == state


def is_unchanged(path: Path, state: FileState) -> bool:
    """Whether a file holds what it held, even if it was saved again; may raise `OSError`."""
    if is_as_noted(path, state):
        return True
    return path.stat().st_size == state.size and _digest_if_read(path) == state.sha256


def _digest_if_read(path: Path) -> str:
    try:
        return digest_of_file(path, ANY_FILE)
    except RefusedFile:
        return ""
