"""What a kit's files were when they were written: one that still is so need not be read again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from workshop.building.kit.manifest import KitFile, Manifest

_NAME = ".written"
# Of a file its size, when it was changed (ns), its number in the file system, its SHA-256.
Written = tuple[int, int, int, str]


def note_written(staging: Path, folder: Path, manifest: Manifest) -> None:
    """Note what the files of a kit are that is about to be put in the place of `folder`.

    Where that cannot be noted, they are read next time.
    """
    # Gone with the folder, should this run be killed.
    temporary = staging / _NAME
    try:
        # One by one: there may be tens of thousands.
        with temporary.open("w", encoding="utf-8") as file:
            for one in manifest.files:
                line = [one.path, *_as_written(staging / one.path, one.sha256)]
                file.write(json.dumps(line, ensure_ascii=False) + "\n")
        temporary.replace(_place(folder))
    except OSError:
        temporary.unlink(missing_ok=True)


def unchanged(folder: Path, entries: Iterable[KitFile]) -> frozenset[str]:
    """Return the paths of those files of a kit that are as they were noted to be written."""
    noted = _noted(folder)
    found = set()
    for entry in entries:
        with suppress(OSError):
            if _as_written(folder / entry.path, entry.sha256) == noted.get(entry.path):
                found.add(entry.path)
    return frozenset(found)


def _noted(folder: Path) -> Mapping[str, object]:
    noted = {}
    with suppress(OSError, ValueError, TypeError), _place(folder).open(encoding="utf-8") as file:
        for line in file:
            path, *written = json.loads(line)
            noted[path] = tuple(written)
    return noted


def _as_written(path: Path, sha256: str) -> Written:
    status = path.stat()
    return status.st_size, status.st_mtime_ns, status.st_ino, sha256


def _place(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}{_NAME}")
