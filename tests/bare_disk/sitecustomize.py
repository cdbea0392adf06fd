"""Take from a process what the disk of a folder lacks: links, locks, rights, times, flushing.

Python runs this at its start where this folder is on PYTHONPATH; WORKSHOP_TEST_BARE_DISK names the
folder. What is refused there is refused with the errors of such disks.
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import sys
from collections.abc import Callable
from typing import Any

_BARE = os.environ.get("WORKSHOP_TEST_BARE_DISK", "")
_F_GETPATH = 50  # sys/fcntl.h of macOS


def _path_of(file: Any) -> str:
    if not isinstance(file, int) and hasattr(file, "fileno"):
        file = file.fileno()
    if not isinstance(file, int):
        return os.path.realpath(os.fsdecode(file))
    if sys.platform == "darwin":
        return os.fsdecode(fcntl.fcntl(file, _F_GETPATH, bytes(1024)).rstrip(b"\0"))
    return os.path.realpath(f"/proc/self/fd/{file}")


def _refuse(module: Any, name: str, code: int, position: int = 0) -> None:
    """Let a function fail for what lies on the bare disk; `position` is that of the path."""
    real: Callable[..., Any] = getattr(module, name)

    def call(*arguments: Any, **options: Any) -> Any:
        if _path_of(arguments[position]).startswith(_BARE):
            raise OSError(code, os.strerror(code), str(arguments[position]))
        return real(*arguments, **options)

    setattr(module, name, call)


class _NoExchange(ctypes.CDLL):
    """Lacks the functions by which two folders change places."""

    def __getattr__(self, name: str) -> Any:
        if name in ("renameat2", "renamex_np"):
            raise AttributeError(name)
        return super().__getattr__(name)


if _BARE:
    for function in ("chmod", "utime"):
        _refuse(os, function, errno.EPERM)
    for function in ("link", "symlink"):
        _refuse(os, function, errno.EPERM, 1)
    _refuse(os, "fsync", errno.EINVAL)
    for function in ("flock", "lockf"):
        _refuse(fcntl, function, errno.ENOLCK)
    ctypes.CDLL = _NoExchange  # type: ignore[misc]
