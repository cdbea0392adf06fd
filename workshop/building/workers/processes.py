"""Run the processes in which documents are laid out; they end with the build, however it ends."""

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

from workshop.building.workers.process_memory import use_memory
from workshop.diagnostics import EnvironmentFault
from workshop.keeping.memory import Memory

# A process that has loaded all that layout takes and does nothing else is what the others are
# forked from: a fork of this one would take over whatever its threads were in the middle of. On
# macOS, libraries that were loaded before a fork may not be used after it.
_FORKED = sys.platform != "darwin"
# Pieces of work for each process, so that it has some while the caller is busy composing.
_FOR_EACH = 3
# How long a process that was killed may take to be gone, in seconds.
_UNTIL_GONE = 0.2


def get_ready() -> None:
    """Start to load the layout engine, while the caller does something else."""
    if _FORKED:
        multiprocessing.set_forkserver_preload(["workshop.building.workers.preload"])
        # Ctrl-C reaches the loading process too, and would have it print a traceback. It inherits
        # our signal mask; the tracker has to run before, as its start would reset the mask.
        resource_tracker.ensure_running()
        mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            forkserver.ensure_running()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)


def most_at_once(executor: Executor) -> int | None:
    """Return how much work to hand in at once, so that no process waits; None for any amount.

    Work is started in the order in which it is handed in, and later work may be more urgent.
    """
    return _FOR_EACH * executor.count if isinstance(executor, _Processes) else None


@contextmanager
def worker_pool(count: int | None = None, memory: Memory | None = None) -> Iterator[Executor]:
    """Yield processes to hand work to, `count` or as many as there are processors.

    For one, the work is done in this process, by a thread that uses `memory`.

    If the block raises, work not begun is dropped. After Ctrl-C, running work is not waited for
    either. Raises `EnvironmentFault` when a process is ended from outside.
    """
    count = count or processors()
    executor: Executor = _one_thread(memory) if count <= 1 else _Processes(count)
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


def processors() -> int:
    """Return how many processors this process may use: a container may have fewer of them."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _one_thread(memory: Memory | None) -> Executor:
    if memory is None:
        return ThreadPoolExecutor(1)
    return ThreadPoolExecutor(1, initializer=use_memory, initargs=(memory,))


class _Processes(Executor):
    """Starts processes in a thread of its own, so that work may be handed in before they run.

    The process they are forked from may take a while to answer, and whoever hands work in would
    otherwise wait for it.
    """

    def __init__(self, count: int) -> None:
        get_ready()
        self.count = count
        self._others = set(multiprocessing.active_children())
        context = multiprocessing.get_context("forkserver" if _FORKED else "spawn")
        self._pool = ProcessPoolExecutor(count, context, _prepare_process)
        self._lock = threading.Lock()
        self._waiting: list[tuple[Future[Any], Callable[[], Future[Any]]]] | None = []
        self._starting = threading.Thread(target=self._start, args=(count,), daemon=True)
        self._starting.start()

    def submit(self, work: Callable[..., Any], /, *of: Any, **named: Any) -> Future[Any]:
        """Have some work done; work is started in the order in which it is handed in."""
        with self._lock:
            if self._waiting is None:
                return self._pool.submit(work, *of, **named)
            later: Future[Any] = Future()
            self._waiting.append((later, partial(self._pool.submit, work, *of, **named)))
            return later

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the processes, at once or when they have done what was handed in."""
        if not wait:
            # They leave nothing behind. Do not ask the pool's manager thread to end them: an
            # interrupt can leave futures locked, and then it waits for ever.
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
        """Start processes, so that they load the layout engine while the caller composes."""
        # Whoever hands work in is told of errors.
        with suppress(Exception):
            for _ in range(count):
                self._pool.submit(_load)
        with self._lock:
            waiting, self._waiting = self._waiting or [], None
            for later, submit in waiting:
                if later.set_running_or_notify_cancel():
                    _follow(later, submit)


def _follow(later: Future[Any], submit: Callable[[], Future[Any]]) -> None:
    """Give one future the result that another comes to."""
    try:
        submit().add_done_callback(partial(_copy, later))
    except Exception as error:  # whoever waits for it is told
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


def _prepare_process() -> None:
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
