"""End a layout that takes more time or memory than any honest one, wherever it runs."""

from __future__ import annotations

import ctypes
import resource
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from workshop.limits import LAYOUT_MEGABYTES, LAYOUT_SECONDS

_MEGABYTE = 1_000_000
# How often the clock is read, in seconds.
_EVERY = 0.2
# Characters of HTML for which a layout gets its time once more.
_USUAL = 100_000


class OutOfTime(BaseException):
    """Ends a layout from outside. No `except Exception` in the engine may stop it."""


class _NothingWaits(BaseException):
    """Takes the place of an error that was raised from outside and is no longer wanted."""


@contextmanager
def bounded_layout(html: str, seconds: int | None = None) -> Iterator[None]:
    """Raise `OutOfTime` or `MemoryError` in the block once it has taken too much.

    It may take `seconds` of processor time, and more the longer its HTML is. Time in which the
    machine does something else does not count. A call into C ends when it returns, not before:
    where layouts have processes of their own, `building.workers.stuck_layouts` ends these.
    """
    allowed = allowed_seconds(html, seconds)
    thread = threading.get_ident()
    used = _clock_of(thread)
    ended, raised = threading.Event(), threading.Event()
    watch = threading.Thread(
        target=_watch, args=(thread, used, used() + allowed, ended, raised), daemon=True
    )
    with _MEMORY.lowered(LAYOUT_MEGABYTES.most * _MEGABYTE * _scale(html)):
        watch.start()
        try:
            yield
        finally:
            ended.set()
            watch.join()
            if raised.is_set():
                _take_back(thread)


def allowed_seconds(html: str, seconds: int | None) -> float:
    """Return how much processor time a layout may take: `seconds` or the usual, times its size."""
    return (seconds or LAYOUT_SECONDS.most) * _scale(html)


def _scale(html: str) -> float:
    return 1 + len(html) / _USUAL


def _clock_of(thread: int) -> Callable[[], float]:
    """Return what tells the processor time of a thread; elapsed time where nothing tells it."""
    if hasattr(time, "pthread_getcpuclockid"):
        clock = time.pthread_getcpuclockid(thread)
        return lambda: time.clock_gettime(clock)
    return time.monotonic


def _watch(
    thread: int,
    used: Callable[[], float],
    until: float,
    ended: threading.Event,
    raised: threading.Event,
) -> None:
    """Raise `OutOfTime` in a thread when its time is up, and again if something caught it."""
    while not ended.wait(_EVERY):
        if used() > until:
            raised.set()
            _raise_in(thread, OutOfTime)


def _raise_in(thread: int, error: type[BaseException]) -> None:
    """Raise an error in a thread at its next step."""
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(error))


def _take_back(thread: int) -> None:
    """Take back an error that may still wait to be raised in this thread.

    Python can take one back too, but then goes on looking for it at every step. In Python 3.11, a
    profiler or a debugger would wait for ever for that to end.
    """
    with suppress(_NothingWaits):
        _raise_in(thread, _NothingWaits)
        while True:
            pass


class _MemoryLimit:
    """Lowers what memory the process may have while any layout runs, in whatever thread.

    The first to begin notes the limit that there was, and the last to end puts it back.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running = 0
        self._before = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)

    @contextmanager
    def lowered(self, more: float) -> Iterator[None]:
        """Have a request for far too much memory fail, for as long as the block runs."""
        with self._lock:
            now = resource.getrlimit(resource.RLIMIT_AS)
            if not self._running:
                self._before = now
            with suppress(ValueError, OSError):
                self._lower(_in_use() + int(more), now[0])
            self._running += 1
        try:
            yield
        finally:
            with self._lock:
                self._running -= 1
                if not self._running:
                    with suppress(ValueError, OSError):
                        resource.setrlimit(resource.RLIMIT_AS, self._before)

    def _lower(self, most: int, now: int) -> None:
        """Set the limit to `most` bytes; never above the first one, nor below another layout's."""
        if self._running:
            most = max(most, now)
        if self._before[0] in (-1, resource.RLIM_INFINITY) or most < self._before[0]:
            resource.setrlimit(resource.RLIMIT_AS, (most, self._before[1]))


_MEMORY = _MemoryLimit()


def _in_use() -> int:
    """Return the bytes of address space that this process has; Linux tells it."""
    pages = Path("/proc/self/statm").read_text("ascii").split()[0]
    return int(pages) * resource.getpagesize()
