"""Texts into one digest; where this program lies."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path


def digest_of(pieces: Iterable[str]) -> str:
    """Return the SHA-256 of several texts, in hexadecimal; each counts by itself."""
    digest = hashlib.sha256()
    for piece in pieces:
        data = piece.encode()
        digest.update(b"%d " % len(data) + data)
    return digest.hexdigest()


def package_root() -> Path:
    """Return the folder of the package `workshop`."""
    return Path(__file__).resolve().parent.parent
