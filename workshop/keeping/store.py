"""Keep entries on disk for the next run, each by its kind and a digest of what it came from.

An entry is written under another name and renamed, so that two runs can share the folder and a
killed one leaves nothing half-made. A damaged or misplaced entry counts as missing. Where the
folder cannot be written to, or is only a link to one, nothing is kept.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from workshop.diagnostics import EnvironmentFault, display_path
from workshop.keeping.entry import read_entry, write_entry
from workshop.keeping.kept_file import (
    is_real_file,
    is_real_folder,
    make_real_folder,
    write_kept,
)

FOLDER = ".workshop-cache"
# Bytes; what some fifty clients take.
_MOST = 500_000_000
_HOUR = 3600
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
        return read_entry(self.folder, kind, key)

    def has(self, kind: str, key: str) -> bool:
        """Tell whether there is an entry of that name, whole or not."""
        return is_real_file(self.folder / kind / key)

    def put(self, kind: str, key: str, body: bytes) -> None:
        """Keep an entry."""
        with suppress(OSError):
            self._make_folder()
            self._has_grown |= write_entry(self.folder, kind, key, body)

    def tidy(self) -> None:
        """Trim the folder, if entries were added and an hour has gone by since the last time.

        To look at all entries takes a while.
        """
        tag = self.folder / _TAG
        with suppress(OSError):
            if self._has_grown and abs(time.time() - tag.lstat().st_mtime) > _HOUR:
                os.utime(tag, follow_symlinks=False)
                self.trim()

    def trim(self) -> None:
        """Remove what was not used for longest, until the rest takes no more than it may."""
        entries = sorted(self._entries(), key=lambda entry: entry[1].st_mtime, reverse=True)
        total = 0
        for path, status in entries:
            total += status.st_size
            if total > _MOST:
                _remove(path, status)

    def clean(self) -> Cleaned:
        """Remove every entry; raise `EnvironmentFault` where the folder is only a link to one."""
        if self.folder.is_symlink():
            raise EnvironmentFault.single(
                "cache-is-a-link",
                f"{display_path(self.folder)} is a link: nothing is kept in it, nothing removed",
                hint="Remove the link, and the next build makes a folder there.",
            )
        count = size = 0
        for path, status in list(self._entries()):
            _remove(path, status)
            count, size = count + 1, size + status.st_size
        for folder in self._folders():
            with suppress(OSError):
                folder.rmdir()
        return Cleaned(self.folder, count, size)

    def _make_folder(self) -> None:
        make_real_folder(self.folder)
        for name, text in _NOTES.items():
            if not is_real_file(self.folder / name):
                write_kept(self.folder / name, text.encode())

    def _entries(self) -> Iterator[tuple[Path, os.stat_result]]:
        # There may be ten thousand of them.
        for folder in self._folders():
            with suppress(OSError), os.scandir(folder) as entries:
                for entry in entries:
                    with suppress(OSError):
                        yield Path(entry.path), entry.stat(follow_symlinks=False)

    def _folders(self) -> list[Path]:
        if not is_real_folder(self.folder):
            return []
        with suppress(OSError):
            inside = [path for path in self.folder.iterdir() if _OURS.fullmatch(path.name)]
            return [path for path in inside if is_real_folder(path)]
        return []


def _remove(path: Path, status: os.stat_result) -> None:
    """Remove what lies in the place of an entry; what a link leads to stays."""
    if stat.S_ISDIR(status.st_mode):
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
