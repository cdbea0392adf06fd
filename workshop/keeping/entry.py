"""Write entries that know their kind and their name, and read back those that are whole.

An entry begins with a line that says what it is, how many bytes follow and what their SHA-256 is.
One that lies under another's name, or is not whole, counts as missing.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path

from workshop.keeping.kept_file import is_real_folder, make_real_folder, read_kept, write_kept

# Bytes; no part of a document comes near it.
_MOST = 300_000_000


def read_entry(folder: Path, kind: str, key: str) -> bytes | None:
    """Return an entry of a folder, if it is there and whole; it counts as used now."""
    path = folder / kind / key
    if not (is_real_folder(folder) and is_real_folder(path.parent)):
        return None
    named = _name_entry(kind, key)
    try:
        data = read_kept(path, _MOST, named)
    except OSError:
        return None
    with suppress(OSError):
        os.utime(path)
    head, _, body = data[len(named) :].partition(b"\n")
    return body if head == _sum(body) else None


def write_entry(folder: Path, kind: str, key: str, body: bytes) -> bool:
    """Write an entry into a folder that is there; tell whether that was possible."""
    with suppress(OSError):
        if is_real_folder(folder):
            make_real_folder(folder / kind)
            head = _name_entry(kind, key) + _sum(body) + b"\n"
            write_kept(folder / kind / key, head, body, mode=0o600)
            return True
    return False


def _name_entry(kind: str, key: str) -> bytes:
    return f"workshop-kit {kind} {key} ".encode()


def _sum(body: bytes) -> bytes:
    return f"{len(body)} {hashlib.sha256(body).hexdigest()}".encode()
