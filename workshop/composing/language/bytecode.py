"""Remember compiled templates: all of them in a process, the program's own also on disk.

Code of a client's or a workspace's own templates is not stored on disk. Such templates may come
from anybody, and stored code is run as it is.
"""

from __future__ import annotations

import marshal
from contextlib import suppress
from pathlib import Path
from types import CodeType

from jinja2 import Environment
from jinja2.bccache import Bucket, BytecodeCache

from workshop.keeping.entry import read_entry, write_entry
from workshop.keeping.fingerprint import program
from workshop.keeping.memory import Memory
from workshop.keeping.user_folder import is_ours, user_cache
from workshop.workspace.overlay import library_root


class TemplateCode(BytecodeCache):
    """Gives environments with the same options the code of templates compiled earlier."""

    def __init__(self, memory: Memory, folder: Path | None, library: Path) -> None:
        self._table = memory.template_code
        self._folder = folder
        self._library = library
        self._shipped: set[str] = set()

    def get_bucket(
        self, environment: Environment, name: str, filename: str | None, source: str
    ) -> Bucket:
        """Return the bucket for a template's code, filled if the code is remembered."""
        if filename and Path(filename).is_relative_to(self._library):
            self._shipped.add(self.get_cache_key(name, filename))
        return super().get_bucket(environment, name, filename, source)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill a bucket with its code, if that is remembered."""
        bucket.code = self._table.get((bucket.key, bucket.checksum))
        if bucket.code is None:
            bucket.code = self._stored(bucket)
            self._remember(bucket)

    def _stored(self, bucket: Bucket) -> CodeType | None:
        """Return the code that an earlier process stored for a template of the program's own."""
        if not self._folder or bucket.key not in self._shipped or not is_ours(self._folder):
            return None
        body = read_entry(self._folder.parent, self._folder.name, bucket.key) or b""
        checksum, _, written = body.partition(b"\n")
        # What is loaded here was written by this user's own processes, and is whole.
        code = marshal.loads(written) if checksum == bucket.checksum.encode() else None  # noqa: S302
        return code if isinstance(code, CodeType) else None

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Remember the code in a bucket, without an error where the folder cannot be written to."""
        self._remember(bucket)
        if self._folder and bucket.key in self._shipped:
            with suppress(OSError):
                self._folder.mkdir(0o700, parents=True, exist_ok=True)
            if is_ours(self._folder):
                body = bucket.checksum.encode() + b"\n" + marshal.dumps(bucket.code)
                write_entry(self._folder.parent, self._folder.name, bucket.key, body)

    def _remember(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self._table.put((bucket.key, bucket.checksum), bucket.code)


def template_code(memory: Memory) -> TemplateCode:
    """Return a cache of the code of templates, filled by earlier processes of the same user."""
    user = user_cache()
    folder = user / f"templates-{program()[:16]}" if user else None
    return TemplateCode(memory, folder, library_root() / "templates")
