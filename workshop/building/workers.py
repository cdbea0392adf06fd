"""Where documents are laid out: in processes that end with the build, however it ends."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from multiprocessing import connection

from workshop.diagnostics import EnvironmentFault
from workshop.typesetting.typeset import load_weasyprint


@contextmanager
def worker_pool(count: int) -> Iterator[Executor]:
    """Yield `count` processes to hand work to; for one, the work is done in this process.

    When the block raises, what has not begun is dropped. Raises `EnvironmentFault` when a process
    is ended from outside.
    """
    others = set(multiprocessing.active_children())
    executor = _executor(count)
    # While the caller reads and composes, they load what they lay out with.
    for _ in range(count):
        executor.submit(_load)
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


def _load() -> None:
    with suppress(EnvironmentFault):
        load_weasyprint()
        import workshop.assembly.stamp  # noqa: F401  # and all that linking takes


def _executor(count: int) -> Executor:
    if count <= 1:
        return ThreadPoolExecutor(1)
    # Not forked: a fork would take over whatever the caller's threads were in the middle of.
    return ProcessPoolExecutor(count, multiprocessing.get_context("spawn"), _begin)


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
