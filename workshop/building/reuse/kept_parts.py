"""Parts and documents, composed, laid out, linked, kept for the next build by what they came from.

No entry holds anything of a roster: neither parts that print any of it are kept, nor documents with
such a part. Each is written under another name and renamed, so that two builds can share the folder
and a killed one leaves nothing half-made.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import time
from collections import ChainMap
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache, cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter

from workshop.assembly.values import Linked
from workshop.composing.pages.render_job import RenderJob
from workshop.typesetting.engine import engine
from workshop.typesetting.laid_out import LaidOut

Made = TypeVar("Made", LaidOut, Linked)

FOLDER = ".workshop-cache"
_LINKED, _COMPOSED, _TEXTS = "linked", "composed", "texts"
# Bytes; what some fifty clients take.
_MOST = 500_000_000
_TRIMMED, _HOUR = ".trimmed", 3600
_DIGEST = 64
# Of a part's digest, the name of its folder.
_PREFIX = 2
_HTML, _YAML = "html.json", "yaml.json"
_MOST_TEXTS = {_HTML: 10_000, _YAML: 1_000}
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
        return self._known(_HTML, _texts_made_by())

    @cached_property
    def yaml(self) -> ChainMap[str, Any]:
        """YAML whose data is known, as `knowing` takes it, and what is added to it."""
        return self._known(_YAML, _yaml_made_by())

    def keep_texts(self) -> None:
        """Keep what was added to `texts`; what was added first goes, where there are too many."""
        self._keep(_HTML, _texts_made_by(), self.texts)

    def keep_yaml(self) -> None:
        """Keep what was added to `yaml`, likewise."""
        self._keep(_YAML, _yaml_made_by(), self.yaml)

    def _known(self, name: str, made_by: bytes) -> ChainMap[str, Any]:
        try:
            data = (self.folder / _TEXTS / name).read_bytes()
        except OSError:
            data = b""
        digest, body = data[:_DIGEST], data[_DIGEST:]
        known = json.loads(body) if _checksum(made_by, body) == digest else {}
        return ChainMap({}, known)

    def _keep(self, name: str, made_by: bytes, known: ChainMap[str, Any]) -> None:
        new, old = known.maps
        if new:
            every = [*old.items(), *new.items()][-_MOST_TEXTS[name] :]
            body = json.dumps(dict(every), ensure_ascii=False).encode()
            self._put(self.folder / _TEXTS / name, _checksum(made_by, body) + body)

    def tidy(self) -> None:
        """Trim it, where that was not done in the last hour: to look at all of it takes a while."""
        note = self.folder / _TRIMMED
        with suppress(OSError):
            if not note.exists() or abs(time.time() - note.stat().st_mtime) > _HOUR:
                note.touch()
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
        """Remove everything."""
        count = size = 0
        for path, status in list(self._entries()):
            path.unlink(missing_ok=True)
            count, size = count + 1, size + status.st_size
        for path in self._folders():
            with suppress(OSError):
                path.rmdir()
        return Cleaned(count, size)

    def _path(self, job: RenderJob) -> Path:
        key = hashlib.sha256(f"{self._engine}{job.digest}".encode()).hexdigest()
        return self.folder / key[:_PREFIX] / key[_PREFIX:]

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
        # There may be ten thousand of them.
        for folder in self._folders():
            with suppress(OSError), os.scandir(folder) as entries:
                for entry in entries:
                    with suppress(OSError):
                        yield Path(entry.path), entry.stat()

    def _folders(self) -> list[Path]:
        """Where entries lie, and nothing else."""
        with suppress(OSError):
            return [one for one in self.folder.iterdir() if one.is_dir() and _is_ours(one.name)]
        return []

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


def _is_ours(folder: str) -> bool:
    return folder in (_LINKED, _COMPOSED, _TEXTS) or len(folder) == _PREFIX


def _checksum(made_by: bytes, body: bytes) -> bytes:
    return hashlib.sha256(made_by + body).hexdigest().encode()


@cache
def _texts_made_by() -> bytes:
    from workshop.content import cues, markdown

    code = (Path(str(one.__file__)).read_bytes() for one in (markdown, cues))
    return b"".join((version("markdown").encode(), *code))


@cache
def _yaml_made_by() -> bytes:
    from workshop.content.yaml import source

    # What parses is not loaded where there is nothing to parse.
    folder = Path(str(source.__file__)).parent
    code = ((folder / name).read_bytes() for name in ("source.py", "parser.py"))
    return b"".join((version("ruamel.yaml").encode(), *code))


@cache
def _parts() -> TypeAdapter[LaidOut]:
    return TypeAdapter(LaidOut)


@cache
def _documents() -> TypeAdapter[Linked]:
    return TypeAdapter(Linked)
