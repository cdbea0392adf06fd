"""Two folders into each other's place, in one step where the system can do it."""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

# linux/fs.h, sys/stdio.h of macOS; AT_FDCWD: a relative path begins at the current folder.
_EXCHANGE = 2
_HERE = -100


def exchange(one: Path, other: Path) -> bool:
    """Swap two folders, so that at no moment either is missing; False where that cannot be done.

    Linux 3.15 and macOS 10.12 can, on most file systems; some network drives cannot.
    """
    try:
        library = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "darwin":
            failed = library.renamex_np(os.fsencode(one), os.fsencode(other), _EXCHANGE)
        else:
            failed = library.renameat2(
                _HERE, os.fsencode(one), _HERE, os.fsencode(other), ctypes.c_uint(_EXCHANGE)
            )
    except (OSError, AttributeError):  # no such library, no such function in it
        return False
    return not failed
