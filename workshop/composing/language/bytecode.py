"""Templates as code: compiled once in a process, and those that come along once for a user.

A client's or a workspace's own are not kept on disk: what is run from there must come from here,
and a workspace may come from anybody.
"""

from __future__ import annotations

import hashlib
import os
import pickle
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path
from types import CodeType

from jinja2 import Environment, FileSystemBytecodeCache
from jinja2.bccache import Bucket

from workshop.keeping.user_folder import user_cache
from workshop.workspace.overlay import library_root

_OPTIONS = Path(__file__).with_name("environment.py")
_WRITABLE_BY_OTHERS = 0o022
# What reading a file that is not whole may raise.
_DAMAGED = (pickle.UnpicklingError, EOFError, ValueError, TypeError, LookupError, AttributeError)


class Compiled(FileSystemBytecodeCache):
    """What every environment for templates shares, as all of them have the same options."""

    def __init__(self, folder: Path | None, library: Path) -> None:
        super().__init__(str(folder))
        self._folder = folder
        self._library = library
        self._shipped: set[str] = set()
        self._known: dict[tuple[str, str], CodeType | None] = {}

    def get_bucket(
        self, environment: Environment, name: str, filename: str | None, source: str
    ) -> Bucket:
        """Return the place for a template's code, which is there if it is known."""
        if filename and Path(filename).is_relative_to(self._library):
            self._shipped.add(self.get_cache_key(name, filename))
        return super().get_bucket(environment, name, filename, source)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill in the code, if it is known."""
        bucket.code = self._known.get((bucket.key, bucket.checksum))
        if bucket.code is None and self._folder and bucket.key in self._shipped:
            with suppress(OSError, *_DAMAGED):
                if _is_ours(self._folder):
                    super().load_bytecode(bucket)
                    self._known[bucket.key, bucket.checksum] = bucket.code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code; a folder that cannot be written to is done without."""
        self._known[bucket.key, bucket.checksum] = bucket.code
        if self._folder and bucket.key in self._shipped:
            with suppress(OSError):
                self._folder.mkdir(0o700, parents=True, exist_ok=True)
                if _is_ours(self._folder):
                    super().dump_bytecode(bucket)


def _is_ours(folder: Path) -> bool:
    status = folder.stat()
    return status.st_uid == os.getuid() and not status.st_mode & _WRITABLE_BY_OTHERS


@cache
def compiled() -> Compiled:
    """Return the code of templates in this process."""
    made_by = hashlib.sha256(version("jinja2").encode() + _OPTIONS.read_bytes()).hexdigest()
    cached = user_cache()
    folder = cached / f"templates-{made_by[:16]}" if cached else None
    return Compiled(folder, library_root() / "templates")
