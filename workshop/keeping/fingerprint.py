"""Tell by a digest what something came from: texts, files, or the program that made it."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import cache
from itertools import chain
from pathlib import Path
from types import MappingProxyType

from workshop.limits import Limit
from workshop.user_files import open_file


def package_root() -> Path:
    """Return the folder of this program's own package."""
    return Path(__file__).resolve().parent.parent


def digest_of(pieces: Iterable[str]) -> str:
    """Return the SHA-256 of several texts, in hexadecimal; each counts by itself."""
    digest = hashlib.sha256()
    for piece in pieces:
        data = piece.encode("utf-8", "surrogatepass")
        digest.update(b"%d " % len(data) + data)
    return digest.hexdigest()


def digest_of_file(path: Path, limit: Limit | None = None) -> str:
    """Return the SHA-256 of a file, in hexadecimal, read piece by piece; raises as `open_file`."""
    with open_file(path, limit) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def code_of(*places: str) -> str:
    """Return a digest of this program's code: of some folders and modules, or of all.

    A folder ("composing/pages") counts with all that lies in it, at any depth; a module has no
    ending ("limits"). Raises `LookupError` for a place that has no code.
    """
    files, beginnings = _files(), [(f"{place}/", f"{place}.py") for place in places]
    for place, its_own in zip(places, beginnings, strict=True):
        if not any(path.startswith(its_own) for path in files):
            raise LookupError(f"no code lies in {place!r}")
    within = tuple(chain.from_iterable(beginnings)) or ("",)
    return digest_of(f"{path} {files[path]}" for path in files if path.startswith(within))


@cache
def program() -> str:
    """Return a digest of this program as this process runs it, with Python and all packages."""
    pieces = [sys.version, code_of()]
    for folder in sys.path:
        with suppress(OSError):
            pieces += sorted(path.name for path in Path(folder).glob("*.dist-info"))
    return digest_of(pieces)


@cache
def _files() -> Mapping[str, str]:
    """Return the digest of each of this program's files, by its path below the package."""
    root = package_root()
    return MappingProxyType(
        {
            path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(root.rglob("*.py"))
        }
    )
