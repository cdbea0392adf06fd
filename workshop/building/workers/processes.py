"""Run the processes in which documents are laid out; they end with the build, however it ends."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import (
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    ProcessPoolExecutor,
)
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import connection, forkserver, resource_tracker
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from workshop.building.workers.main_program import GUARD, unguarded_program
from workshop.building.workers.quiet import quiet_libraries
from workshop.building.workers.stuck_layouts import (
    LayoutNote,
    do_or_end,
    is_of_a_layout,
    not_back,
    taken_from,
)
from workshop.building.workers.watched_thread import WatchedThread
from workshop.diagnostics import EnvironmentFault, Location
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
    executor: Executor = WatchedThread(memory) if count <= 1 else _Processes(count)
    wait = True
    try:
        yield executor
    except KeyboardInterrupt:
        wait = False  # a thread cannot be stopped: it ends with the program
        raise
    except BrokenExecutor as error:
        raise _ended_from_outside() from error
    finally:
        executor.shutdown(wait, cancel_futures=True)


def _ended_from_outside() -> EnvironmentFault:
    if program := unguarded_program():
        return EnvironmentFault.single(
            "worker",
            "Each process that lays out pages runs this program from its beginning, and was ended",
            Location(program),
            f"Put what calls `workshop` below the line `{GUARD}`, or call it with `jobs=1`.",
        )
    return EnvironmentFault.single(
        "worker",
        "A process that laid out pages was ended from outside, perhaps for want of memory",
        hint="Try again with `--jobs 1`: it needs the least memory.",
    )


def processors() -> int:
    """Return how many processors this process may use: a container may have fewer of them."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@dataclass(frozen=True)
class _Piece:
    """Holds a piece of work with the future that tells what it comes to, and a layout's note."""

    work: Callable[..., Any]
    of: tuple[Any, ...]
    named: Mapping[str, Any]
    note: LayoutNote | None
    future: Future[Any] = field(default_factory=Future)

    def begun_in(self, pool: ProcessPoolExecutor) -> Future[Any]:
        """Hand the work to the processes of a pool."""
        if self.note:
            return pool.submit(do_or_end, self.note, self.work, *self.of)
        return pool.submit(self.work, *self.of, **self.named)


class _Processes(Executor):
    """Starts processes in a thread of its own, so that work may be handed in before they run.

    The process they are forked from may take a while to answer, and whoever hands work in would
    otherwise wait for it. When a process had to be ended because a layout did not come back, that
    layout has failed, new processes are started, and the other work is done by these.
    """

    def __init__(self, count: int) -> None:
        get_ready()
        self.count = count
        self._others = set(multiprocessing.active_children())
        self._notes = TemporaryDirectory(prefix="workshop-", ignore_cleanup_errors=True)
        self._pool = _new_pool(count)
        # A broken pool calls back while it holds a lock of its own, which it also takes when work
        # is handed in: nothing is handed in while this lock is held.
        self._lock = threading.Lock()
        self._waiting: deque[_Piece] | None = deque()
        self._over = False
        # By its note, where a layout was that did not come back.
        self._stuck: dict[Path, str] = {}
        self._starting = threading.Thread(target=self._start, args=(count,), daemon=True)
        self._starting.start()

    def submit(self, work: Callable[..., Any], /, *of: Any, **named: Any) -> Future[Any]:
        """Have some work done; work is started in the order in which it is handed in."""
        folder = Path(self._notes.name)
        note = LayoutNote.of_job(of[0], folder) if is_of_a_layout(of) else None
        piece = _Piece(work, of, named, note)
        with self._lock:
            if self._waiting is not None:
                self._waiting.append(piece)
                return piece.future
        self._hand_in(piece)
        return piece.future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the processes, at once or when they have done what was handed in."""
        with self._lock:
            self._over = True
            if cancel_futures:
                for piece in self._waiting or ():
                    piece.future.cancel()
        if wait:
            self._starting.join()
            self._pool.shutdown(cancel_futures=cancel_futures)
        else:
            # They leave nothing behind. Do not ask the pool's manager thread to end them: an
            # interrupt can leave futures locked, and then it waits for ever.
            ended = set(multiprocessing.active_children()) - self._others
            for process in ended:
                process.kill()
            for process in ended:
                process.join(_UNTIL_GONE)
        self._notes.cleanup()

    def _start(self, count: int) -> None:
        """Start processes, so that they load the layout engine while the caller composes."""
        # Whoever hands work in is told of errors.
        with suppress(Exception):
            for _ in range(count):
                self._pool.submit(_load)
        while piece := self._next():
            if piece.future.set_running_or_notify_cancel():
                self._hand_in(piece)

    def _next(self) -> _Piece | None:
        """Return what was handed in first; None, once and for all, when nothing waits."""
        with self._lock:
            if self._waiting:
                return self._waiting.popleft()
            self._waiting = None
            return None

    def _hand_in(self, piece: _Piece) -> None:
        pool = self._pool
        try:
            piece.begun_in(pool).add_done_callback(partial(self._hand_over, piece, pool))
        except BrokenExecutor as error:
            self._after_break(piece, pool, error)
        except Exception as error:  # whoever waits for it is told
            piece.future.set_exception(error)

    def _hand_over(self, piece: _Piece, pool: ProcessPoolExecutor, done: Future[Any]) -> None:
        """Tell what a piece of work came to, or have it done by others."""
        if done.cancelled():
            piece.future.set_exception(CancelledError())
        elif isinstance(error := done.exception(), BrokenExecutor):
            self._after_break(piece, pool, error)
        elif error:
            piece.future.set_exception(error)
        else:
            piece.future.set_result(done.result())

    def _after_break(
        self, piece: _Piece, broken: ProcessPoolExecutor, error: BrokenExecutor
    ) -> None:
        """Go on with a piece of work for which a process was ended, if a layout was the reason."""
        with self._lock:
            # Whoever ends the processes takes the notes away.
            is_first = self._pool is broken and not self._over
            stuck = taken_from(Path(self._notes.name)) if is_first else {}
            self._stuck |= stuck
            if stuck:
                self._pool = _new_pool(self.count)
            goes_on = self._pool is not broken
        if piece.note and piece.note.path in self._stuck:
            piece.future.set_exception(not_back(piece.of[0], self._stuck[piece.note.path]))
        elif goes_on:
            self._hand_in(piece)
        else:
            piece.future.set_exception(error)


def _new_pool(count: int) -> ProcessPoolExecutor:
    context = multiprocessing.get_context("forkserver" if _FORKED else "spawn")
    return ProcessPoolExecutor(count, context, _prepare_process)


def _load() -> None:
    import workshop.building.workers.preload  # noqa: F401


def _prepare_process() -> None:
    """Prepare a process to end with the one that started it, not before, and to say nothing."""
    quiet_libraries()
    # Ctrl-C reaches every process of a terminal. The build answers it and then stops its workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Ctrl-Z too: a build that is stopped must not count as time that a layout takes.
    signal.signal(signal.SIGTSTP, signal.SIG_IGN)
    # A build that is killed cannot stop them: they would wait for work for ever.
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
