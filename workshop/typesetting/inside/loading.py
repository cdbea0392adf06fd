"""WeasyPrint imported without what its import does in vain."""

from __future__ import annotations

import ctypes.util
import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout, suppress
from typing import Any


def load() -> Any:
    """Import WeasyPrint; raises `OSError` without its native libraries.

    It asks for each library by several names. For one that is no file's name CFFI has ctypes run
    ldconfig and a compiler, two hundred processes in all, and a third of the time that the import
    takes. On Linux the linker finds every library by its file's name: those are tried first.
    """
    if sys.platform == "linux" and "weasyprint" not in sys.modules:
        with suppress(OSError), redirect_stdout(io.StringIO()), _no_search():
            import weasyprint
    import weasyprint

    return weasyprint


def _not_found(name: str) -> str | None:
    return None


@contextmanager
def _no_search() -> Iterator[None]:
    search = ctypes.util.find_library
    ctypes.util.find_library = _not_found
    try:
        yield
    finally:
        ctypes.util.find_library = search
