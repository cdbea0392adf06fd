"""Laid-out parts kept for the next build, by the digest of all they were made from.

An entry holds no person's data: parts that print any of it are not kept. It is written under
another name and renamed, so that two builds can share the folder and a killed one leaves nothing
half-made.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path

from pydantic import TypeAdapter

from workshop.composing.render_job import RenderJob
from workshop.typesetting.engine import engine
from workshop.typesetting.laid_out import LaidOut

FOLDER = ".workshop-cache"
# Bytes; the parts of some fifty clients.
_MOST = 500_000_000
_DIGEST = 64
_NOTES = {
    # https://bford.info/cachedir/: backups leave it out.
    "CACHEDIR.TAG": "Signature: 8a477f597d28d172789f06886806bc55\n",
    ".gitignore": "*\n",
}


@dataclass(frozen=True)
class Cleaned:
    """How many entries were removed, and how many bytes they took."""

    entries: int
    size: int


@dataclass(frozen=True)
class PartCache:
    """The parts kept in a workspace. A folder that cannot be written to is done without."""

    workspace: Path

    @property
    def folder(self) -> Path:
        """Where they are kept."""
        return self.workspace / FOLDER

    def get(self, job: RenderJob) -> LaidOut | None:
        """Return what a job gave before, if it is still there and whole."""
        path = self._path(job)
        try:
            data = path.read_bytes()
            os.utime(path)
        except OSError:
            return None
        digest, body = data[:_DIGEST], data[_DIGEST:]
        if hashlib.sha256(body).hexdigest().encode() != digest:
            return None
        header, _, pdf = body.partition(b"\n")
        with suppress(ValueError):
            return replace(_reader().validate_json(header), pdf=pdf)
        return None

    def has(self, job: RenderJob) -> bool:
        """Whether there is something of this job's."""
        return self._path(job).is_file()

    def put(self, job: RenderJob, made: LaidOut) -> None:
        """Keep what a job gave."""
        header = _reader().dump_json(replace(made, pdf=b""))
        body = header + b"\n" + made.pdf
        path = self._path(job)
        with suppress(OSError):
            self._open()
            path.parent.mkdir(exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
                file.write(hashlib.sha256(body).hexdigest().encode() + body)
            Path(file.name).replace(path)

    def trim(self) -> None:
        """Remove what was not used for longest, until the rest takes no more than it may."""
        entries = sorted(self._entries(), key=lambda entry: entry[1].st_mtime, reverse=True)
        total = 0
        for path, status in entries:
            total += status.st_size
            if total > _MOST:
                path.unlink(missing_ok=True)

    def clean(self) -> Cleaned:
        """Remove everything."""
        count = size = 0
        for path, status in list(self._entries()):
            path.unlink(missing_ok=True)
            count, size = count + 1, size + status.st_size
        for path in sorted(self.folder.glob("*/")):
            with suppress(OSError):
                path.rmdir()
        return Cleaned(count, size)

    def _path(self, job: RenderJob) -> Path:
        key = hashlib.sha256(f"{self._engine}{job.digest}".encode()).hexdigest()
        return self.folder / key[:2] / key[2:]

    @cached_property
    def _engine(self) -> str:
        return engine()

    def _open(self) -> None:
        self.folder.mkdir(exist_ok=True)
        for name, text in _NOTES.items():
            note = self.folder / name
            if not note.exists():
                note.write_text(text, encoding="utf-8")

    def _entries(self) -> Iterator[tuple[Path, os.stat_result]]:
        for path in self.folder.glob("??/*"):
            with suppress(OSError):
                yield path, path.stat()


@cache
def _reader() -> TypeAdapter[LaidOut]:
    return TypeAdapter(LaidOut)
