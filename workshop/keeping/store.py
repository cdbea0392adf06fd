"""Keep entries on disk for the next run, each by its kind and a digest of what it came from.

An entry is written under another name and renamed, so that two runs can share the folder and a
killed one leaves nothing half-made. The checksum covers kind, name and content; a damaged or
misplaced entry counts as missing. Where the folder cannot be written to, nothing is kept.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

FOLDER = ".workshop-cache"
# Bytes; what some fifty clients take.
_MOST = 500_000_000
_HOUR = 3600
_CHECKSUM = 64
# Folders of this version's entries, and of those that earlier versions left.
_OURS = re.compile(r"parts|linked|composed|texts|built|[0-9a-f]{2}")
# https://bford.info/cachedir/: backups leave a folder with this tag out. Its modification
# time tells when the folder was last trimmed.
_TAG = "CACHEDIR.TAG"
_NOTES = {_TAG: "Signature: 8a477f597d28d172789f06886806bc55\n", ".gitignore": "*\n"}


@dataclass(frozen=True)
class Cleaned:
    """Counts the entries that were removed from a folder, and the bytes they took."""

    folder: Path
    entries: int
    size: int


class Store:
    """Keeps the entries of one workspace."""

    def __init__(self, workspace: Path) -> None:
        self.folder = workspace / FOLDER
        self._has_grown = False

    def get(self, kind: str, key: str) -> bytes | None:
        """Return an entry, if it is there and whole; it counts as used now."""
        path = self._path(kind, key)
        try:
            data = path.read_bytes()
        except OSError:
            return None
        with suppress(OSError):
            os.utime(path)
        checksum, body = data[:_CHECKSUM], data[_CHECKSUM:]
        return body if checksum == _checksum(kind, key, body) else None

    def has(self, kind: str, key: str) -> bool:
        """Whether there is an entry of that name, whole or not."""
        return self._path(kind, key).is_file()

    def put(self, kind: str, key: str, body: bytes) -> None:
        """Keep an entry."""
        path = self._path(kind, key)
        with suppress(OSError):
            self._make_folder(path.parent)
            _write(path, _checksum(kind, key, body) + body)
            self._has_grown = True

    def tidy(self) -> None:
        """Trim the folder, if entries were added and an hour has gone by since the last time.

        To look at all entries takes a while.
        """
        tag = self.folder / _TAG
        with suppress(OSError):
            if self._has_grown and abs(time.time() - tag.stat().st_mtime) > _HOUR:
                tag.touch()
                self.trim()

    def trim(self) -> None:
        """Remove what was not used for longest, until the rest takes no more than it may."""
        entries = sorted(self._entries(), key=lambda entry: entry[1].st_mtime, reverse=True)
        total = 0
        for path, status in entries:
            total += status.st_size
            if total > _MOST:
                path.unlink(missing_ok=True)

    def clean(self) -> Cleaned:
        """Remove every entry."""
        count = size = 0
        for path, status in list(self._entries()):
            path.unlink(missing_ok=True)
            count, size = count + 1, size + status.st_size
        for folder in self._folders():
            with suppress(OSError):
                folder.rmdir()
        return Cleaned(self.folder, count, size)

    def _path(self, kind: str, key: str) -> Path:
        return self.folder / kind / key

    def _make_folder(self, folder: Path) -> None:
        if folder.is_dir() and (self.folder / _TAG).exists():
            return
        self.folder.mkdir(exist_ok=True)
        for name, text in _NOTES.items():
            note = self.folder / name
            if not note.exists():
                note.write_text(text, encoding="utf-8")
        folder.mkdir(exist_ok=True)

    def _entries(self) -> Iterator[tuple[Path, os.stat_result]]:
        # There may be ten thousand of them.
        for folder in self._folders():
            with suppress(OSError), os.scandir(folder) as entries:
                for entry in entries:
                    with suppress(OSError):
                        yield Path(entry.path), entry.stat()

    def _folders(self) -> list[Path]:
        with suppress(OSError):
            inside = list(self.folder.iterdir())
            return [path for path in inside if path.is_dir() and _OURS.fullmatch(path.name)]
        return []


def _write(path: Path, data: bytes) -> None:
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        temporary = Path(file.name)
        try:
            file.write(data)
            file.flush()
            temporary.replace(path)
        except OSError:
            temporary.unlink(missing_ok=True)
            raise


def _checksum(kind: str, key: str, body: bytes) -> bytes:
    return hashlib.sha256(f"{kind} {key}\n".encode() + body).hexdigest().encode()
