"""Where documents are laid out: in processes that end with the build, however it ends."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from multiprocessing import connection, forkserver

from workshop.diagnostics import EnvironmentFault

# A process that has loaded all that layout takes and does nothing else is what the others are
# forked from: a fork of this one would take over whatever its threads were in the middle of. On
# macOS, libraries that were loaded before a fork may not be used after it.
_FORKED = sys.platform != "darwin"


def get_ready() -> None:
    """Begin to load what processes lay out with, while the caller does something else."""
    if _FORKED:
        multiprocessing.set_forkserver_preload(["workshop.building.loaded"])
        forkserver.ensure_running()


@contextmanager
def worker_pool(count: int) -> Iterator[Executor]:
    """Yield `count` processes to hand work to; for one, the work is done in this process.

    When the block raises, what has not begun is dropped. Raises `EnvironmentFault` when a process
    is ended from outside.
    """
    others = set(multiprocessing.active_children())
    executor = _executor(count)
    threading.Thread(target=_start, args=(executor, count), daemon=True).start()
    try:
        yield executor
    except KeyboardInterrupt:
        # Whoever gives up does not wait for what is under way. The processes leave nothing behind.
        for process in set(multiprocessing.active_children()) - others:
            process.kill()
        raise
    except BrokenExecutor as error:
        raise EnvironmentFault.of(
            "worker",
            "A process that laid out pages was ended from outside, perhaps for want of memory",
            hint="Try again with `--jobs 1`: it needs the least memory.",
        ) from error
    finally:
        executor.shutdown(cancel_futures=True)


def _start(executor: Executor, count: int) -> None:
    """Begin processes, so that they load what they lay out with while the caller composes.

    Not by the caller: what they are forked from may take a while to answer.
    """
    # What they are for may be over by then.
    with suppress(RuntimeError):
        for _ in range(count):
            executor.submit(_load)


def _load() -> None:
    import workshop.building.loaded  # noqa: F401


def _executor(count: int) -> Executor:
    if count <= 1:
        return ThreadPoolExecutor(1)
    get_ready()
    context = multiprocessing.get_context("forkserver" if _FORKED else "spawn")
    return ProcessPoolExecutor(count, context, _begin)


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
