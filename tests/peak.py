"""Measure the most memory that a process has had, of late or since it began."""

from __future__ import annotations

import re
import resource
import sys
from contextlib import suppress
from pathlib import Path

_PROCESS = Path("/proc/self")


def forget_peak() -> None:
    """Have the peak counted from now on, where the system can (Linux: proc(5), clear_refs)."""
    with suppress(OSError):
        (_PROCESS / "clear_refs").write_text("5")


def peak() -> int:
    """Return the most memory that this process has had since, in MB.

    Linux counts in `ru_maxrss` what the process was before it became this program (getrusage(2)
    keeps it over execve), which may be a large test run; so it is asked otherwise there.
    """
    status = _PROCESS / "status"
    if status.exists():
        [kilobytes] = re.findall(r"^VmHWM:\s*(\d+) kB$", status.read_text(), re.MULTILINE)
        return int(kilobytes) // 1024
    size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return size // (1024**2 if sys.platform == "darwin" else 1024)
