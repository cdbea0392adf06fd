"""Where documents are laid out: in processes that end with the build, however it ends."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import (
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
)
from contextlib import contextmanager, suppress
from functools import partial
from multiprocessing import connection, forkserver, resource_tracker
from typing import Any

from workshop.diagnostics import EnvironmentFault

# A process that has loaded all that layout takes and does nothing else is what the others are
# forked from: a fork of this one would take over whatever its threads were in the middle of. On
# macOS, libraries that were loaded before a fork may not be used after it.
_FORKED = sys.platform != "darwin"
# Pieces of work for each process, so that it has some while the caller is busy composing.
_FOR_EACH = 3
# How long a process that was killed may take to be gone, in seconds.
_UNTIL_GONE = 0.2


def get_ready() -> None:
    """Begin to load what processes lay out with, while the caller does something else."""
    if _FORKED:
        multiprocessing.set_forkserver_preload(["workshop.building.workers.preload"])
        # Ctrl-C reaches it too, and while it loads it would print where it was. It takes our mask;
        # before it there must be the tracker, whose beginning would set that anew.
        resource_tracker.ensure_running()
        mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            forkserver.ensure_running()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)


def at_once(executor: Executor) -> int | None:
    """Return how much work to hand in at once, so that none waits for more; None for all there is.

    What is handed in is begun with in that order, and what turns up later may be more urgent.
    """
    return _FOR_EACH * executor.count if isinstance(executor, _Processes) else None


@contextmanager
def worker_pool(count: int) -> Iterator[Executor]:
    """Yield `count` processes to hand work to; for one, the work is done in this process.

    When the block raises, what has not begun is dropped; when somebody interrupts it, nor is what
    has begun waited for. Raises `EnvironmentFault` when a process is ended from outside.
    """
    executor: Executor = ThreadPoolExecutor(1) if count <= 1 else _Processes(count)
    wait = True
    try:
        yield executor
    except KeyboardInterrupt:
        wait = False  # a thread cannot be stopped: it ends with the program
        raise
    except BrokenExecutor as error:
        raise EnvironmentFault.single(
            "worker",
            "A process that laid out pages was ended from outside, perhaps for want of memory",
            hint="Try again with `--jobs 1`: it needs the least memory.",
        ) from error
    finally:
        executor.shutdown(wait, cancel_futures=True)


class _Processes(Executor):
    """Processes that are begun by a thread of their own: work may be handed in before they are.

    What they are forked from may take a while to answer, and whoever hands something in would wait
    for it.
    """

    def __init__(self, count: int) -> None:
        get_ready()
        self.count = count
        self._others = set(multiprocessing.active_children())
        context = multiprocessing.get_context("forkserver" if _FORKED else "spawn")
        self._pool = ProcessPoolExecutor(count, context, _begin)
        self._lock = threading.Lock()
        self._waiting: list[tuple[Future[Any], Callable[[], Future[Any]]]] | None = []
        self._starting = threading.Thread(target=self._start, args=(count,), daemon=True)
        self._starting.start()

    def submit(self, work: Callable[..., Any], /, *of: Any, **named: Any) -> Future[Any]:
        """Have some work done; what is handed in first is begun with first."""
        with self._lock:
            if self._waiting is None:
                return self._pool.submit(work, *of, **named)
            later: Future[Any] = Future()
            self._waiting.append((later, partial(self._pool.submit, work, *of, **named)))
            return later

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the processes: when they have done what was handed in, or at once."""
        if not wait:
            # They leave nothing behind. What looks after them may be waiting for good: an interrupt
            # can leave futures locked, and it is not asked for anything.
            ended = set(multiprocessing.active_children()) - self._others
            for process in ended:
                process.kill()
            for process in ended:
                process.join(_UNTIL_GONE)
            return
        if cancel_futures:
            with self._lock:
                for later, _ in self._waiting or ():
                    later.cancel()
        self._starting.join()
        self._pool.shutdown(cancel_futures=cancel_futures)

    def _start(self, count: int) -> None:
        """Begin processes, so that they load what they lay out with while the caller composes."""
        # Whatever is wrong is told to who hands work in.
        with suppress(Exception):
            for _ in range(count):
                self._pool.submit(_load)
        with self._lock:
            waiting, self._waiting = self._waiting or [], None
            for later, submit in waiting:
                if later.set_running_or_notify_cancel():
                    _follow(later, submit)


def _follow(later: Future[Any], submit: Callable[[], Future[Any]]) -> None:
    """Have one future come out as another does."""
    try:
        submit().add_done_callback(partial(_copy, later))
    except Exception as error:  # whoever waits is told
        later.set_exception(error)


def _copy(later: Future[Any], done: Future[Any]) -> None:
    if done.cancelled():
        later.set_exception(CancelledError())
    elif error := done.exception():
        later.set_exception(error)
    else:
        later.set_result(done.result())


def _load() -> None:
    import workshop.building.workers.preload  # noqa: F401


def _begin() -> None:
    """Prepare a process to end with the one that started it, and not before."""
    # Ctrl-C reaches every process of a terminal. The build answers it and then stops its workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # A build that is killed cannot stop them: they would wait for work for ever.
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
