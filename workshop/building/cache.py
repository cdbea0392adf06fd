"""Parts and documents, composed, laid out, linked, kept for the next build by what they came from.

An entry holds no person's data: parts that print any of it are not kept, nor documents that have
such a part. It is written under another name and renamed, so that two builds can share the folder
and a killed one leaves nothing half-made.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections import ChainMap
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache, cached_property
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter

from workshop.assembly.linked import Linked
from workshop.composing.render_job import RenderJob
from workshop.typesetting.engine import engine
from workshop.typesetting.laid_out import LaidOut

Made = TypeVar("Made", LaidOut, Linked)

FOLDER = ".workshop-cache"
_LINKED, _COMPOSED, _TEXTS = "linked", "composed", "texts"
# Bytes; what some fifty clients take.
_MOST = 500_000_000
_DIGEST = 64
_MOST_TEXTS = 10_000
_HTML = "html.json"
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
class Cache:
    """What is kept in a workspace. A folder that cannot be written to is done without."""

    workspace: Path

    @property
    def folder(self) -> Path:
        """Where they are kept."""
        return self.workspace / FOLDER

    @cached_property
    def added(self) -> list[Path]:
        """The entries that were put there through this."""
        return []

    def get(self, job: RenderJob) -> LaidOut | None:
        """Return what a job gave before, if it is still there and whole."""
        return self._read(self._path(job), _parts())

    def has(self, job: RenderJob) -> bool:
        """Whether there is something of this job's."""
        return self._path(job).is_file()

    def put(self, job: RenderJob, made: LaidOut) -> None:
        """Keep what a job gave."""
        self._write(self._path(job), _parts(), made)

    def get_linked(self, key: str) -> Linked | None:
        """Return the document that was linked from the same (SHA-256 of it, in hexadecimal)."""
        return self._read(self.folder / _LINKED / key, _documents())

    def put_linked(self, key: str, linked: Linked) -> None:
        """Keep a linked document."""
        self._write(self.folder / _LINKED / key, _documents(), linked)

    def get_composed(self, key: str) -> bytes | None:
        """Return what was composed of the same (SHA-256 of it, in hexadecimal)."""
        return self._body(self.folder / _COMPOSED / key)

    def put_composed(self, key: str, data: bytes) -> None:
        """Keep what was composed."""
        self._put(self.folder / _COMPOSED / key, _checksum(b"", data) + data)

    @cached_property
    def texts(self) -> ChainMap[str, str]:
        """Texts whose HTML is known, and those that are added to them."""
        try:
            data = (self.folder / _TEXTS / _HTML).read_bytes()
        except OSError:
            data = b""
        digest, body = data[:_DIGEST], data[_DIGEST:]
        known: dict[str, str] = {}
        if _checksum(_texts_made_by(), body) == digest:
            known = json.loads(body)
        return ChainMap({}, known)

    def keep_texts(self) -> None:
        """Keep what was added to `texts`; what was added first goes, where there are too many."""
        new, old = self.texts.maps
        if new:
            every = [*old.items(), *new.items()][-_MOST_TEXTS:]
            body = json.dumps(dict(every), ensure_ascii=False).encode()
            self._put(self.folder / _TEXTS / _HTML, _checksum(_texts_made_by(), body) + body)

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
        kinds = ("??/*", f"{_LINKED}/*", f"{_COMPOSED}/*", f"{_TEXTS}/*")
        for path in chain.from_iterable(self.folder.glob(kind) for kind in kinds):
            with suppress(OSError):
                yield path, path.stat()

    def _read(self, path: Path, kind: TypeAdapter[Made]) -> Made | None:
        if (body := self._body(path)) is None:
            return None
        header, _, pdf = body.partition(b"\n")
        with suppress(ValueError):
            return replace(kind.validate_json(header), pdf=pdf)
        return None

    def _body(self, path: Path) -> bytes | None:
        """Return what is behind an entry's checksum, if the entry is there and whole."""
        try:
            data = path.read_bytes()
            os.utime(path)
        except OSError:
            return None
        digest, body = data[:_DIGEST], data[_DIGEST:]
        return body if _checksum(b"", body) == digest else None

    def _write(self, path: Path, kind: TypeAdapter[Made], made: Made) -> None:
        body = kind.dump_json(replace(made, pdf=b"")) + b"\n" + made.pdf
        self._put(path, _checksum(b"", body) + body)

    def _put(self, path: Path, data: bytes) -> None:
        with suppress(OSError):
            self._open()
            path.parent.mkdir(exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
                file.write(data)
            Path(file.name).replace(path)
            self.added.append(path)


def _checksum(made_by: bytes, body: bytes) -> bytes:
    return hashlib.sha256(made_by + body).hexdigest().encode()


@cache
def _texts_made_by() -> bytes:
    from workshop.content import cues, markdown

    code = (Path(str(one.__file__)).read_bytes() for one in (markdown, cues))
    return b"".join((version("markdown").encode(), *code))


@cache
def _parts() -> TypeAdapter[LaidOut]:
    return TypeAdapter(LaidOut)


@cache
def _documents() -> TypeAdapter[Linked]:
    return TypeAdapter(Linked)
