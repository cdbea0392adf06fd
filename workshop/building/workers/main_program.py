"""Tell whether the program that calls would be run anew by each process that it starts."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path

from workshop.limits import TEMPLATE_FILE
from workshop.user_files import read_source

GUARD = 'if __name__ == "__main__":'


def unguarded_program() -> Path | None:
    """Return the file of the running program, where nothing in it asks whether it is the main one.

    A new process reads that file first, and would start to build as well; Python then ends it.
    Source: https://docs.python.org/3/library/multiprocessing.html#the-spawn-and-forkserver-start-methods
    """
    path = getattr(sys.modules.get("__main__"), "__file__", None)
    with suppress(OSError, ValueError):
        if path and "__name__" not in read_source(Path(path), TEMPLATE_FILE):
            return Path(path)
    return None
