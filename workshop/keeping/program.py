"""What makes kits: this program and the packages it uses, as a digest; the date it is to write."""

from __future__ import annotations

import datetime
import os
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path

from workshop.diagnostics import EnvironmentFault
from workshop.keeping.fingerprint import digest_of, package_root

_PACKAGE = package_root()


@cache
def program() -> str:
    """Return a digest of this program as this process runs it, with Python and all packages."""
    pieces = [sys.version]
    for path in sorted(_PACKAGE.rglob("*.py")):
        status = path.stat()
        pieces.append(f"{path} {status.st_size} {status.st_mtime_ns}")
    for folder in sys.path:
        with suppress(OSError):
            pieces += sorted(path.name for path in Path(folder).glob("*.dist-info"))
    return digest_of(pieces)


def created() -> str | None:
    """Return the date to write into the PDFs: none, unless SOURCE_DATE_EPOCH says one.

    Source: https://reproducible-builds.org/specs/source-date-epoch/
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return None
    try:
        created = datetime.datetime.fromtimestamp(int(epoch), datetime.UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise EnvironmentFault.single(
            "source-date-epoch",
            f"SOURCE_DATE_EPOCH is “{epoch}”, which is no time in seconds since 1970",
        ) from error
    return created.strftime("%Y-%m-%dT%H:%M:%SZ")
