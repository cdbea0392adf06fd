"""Keep one memory for each thread that lays out or links in this process.

This is the one place that holds a memory of its own: work for another process comes as plain
values, and a memory cannot be sent along. A working process has one thread; a worker of a Dask
cluster may have several, and no memory may be used by two threads.
"""

from __future__ import annotations

import threading

from workshop.keeping.memory import Memory


class _OfThread(threading.local):
    """Holds a memory that is made anew for every thread that asks, and ends with the thread."""

    def __init__(self) -> None:
        self.memory = Memory()


_OF_THREAD = _OfThread()


def process_memory() -> Memory:
    """Return the memory of the thread that works here."""
    return _OF_THREAD.memory


def use_memory(memory: Memory) -> None:
    """Have the thread that calls this work with a memory that is there already."""
    _OF_THREAD.memory = memory
