"""End the process that started this one when a layout of its does not come back.

It is run by itself, as a program of few modules, and is told on its standard input: a line with a
number of seconds and what to say when they are over, or an empty line when the layout is done.
Source: select(2), kill(2).
"""

from __future__ import annotations

import os
import select
import signal

# In seconds. Time is counted while this process runs: not while a terminal stops both with Ctrl-Z.
_TICK = 0.5


def watch_over(caller: int) -> None:
    """Wait for lines, and end the process `caller` when the seconds of the last one are over."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the caller's to answer
    read, left, words = b"", float("inf"), b""
    while left > 0:
        if not select.select([0], [], [], _TICK)[0]:
            left -= _TICK
            continue
        new = os.read(0, 65536)
        if not new:
            return  # the caller has ended
        *lines, read = (read + new).split(b"\n")
        for line in lines:
            seconds, _, words = line.partition(b" ")
            left = float(seconds) if seconds else float("inf")
    os.write(2, words.replace(b"\\n", b"\n") + b"\n")
    os.kill(caller, signal.SIGKILL)


if __name__ == "__main__":
    watch_over(os.getppid())
