"""What makes kits, as a digest: this program, the packages it uses, the date it is to write."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

from workshop.building.digests import digest_of

_PACKAGE = Path(__file__).resolve().parent.parent


def program() -> str:
    """Return a digest of this program as it is now, of Python, and of all packages by version."""
    pieces = [sys.version, os.environ.get("SOURCE_DATE_EPOCH", "")]
    for path in sorted(_PACKAGE.rglob("*.py")):
        status = path.stat()
        pieces.append(f"{path} {status.st_size} {status.st_mtime_ns}")
    for folder in sys.path:
        with suppress(OSError):
            pieces += sorted(path.name for path in Path(folder).glob("*.dist-info"))
    return digest_of(pieces)
