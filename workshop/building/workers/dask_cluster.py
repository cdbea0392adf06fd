"""Hand work to other machines: use the processes of a Dask cluster as an executor.

All knowledge of Dask stands here. Nothing but bytes is handed to it, under random keys, so that no
name of a person gets into its keys, its logs or its dashboard.
"""

from __future__ import annotations

import logging
import pickle
import platform
import socket
import threading
import time
import traceback
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, InvalidStateError
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache, partial
from importlib.metadata import PackageNotFoundError, version
from typing import Any, ParamSpec, TypeVar

from workshop.building.workers.stuck_layouts import is_of_a_layout, seconds_until_stuck
from workshop.diagnostics import EnvironmentFault
from workshop.keeping.fingerprint import code_of
from workshop.limits import LAYOUT_SECONDS, STUCK_LAYOUT

P = ParamSpec("P")
T = TypeVar("T")
# What the bytes of a kit depend on, by name.
Facts = tuple[tuple[str, str], ...]

# How long to wait, in seconds, for a scheduler to answer and for workers to come (back).
_PATIENCE = 10.0
_LOOK_EVERY = 1.0
_FAREWELL = 0.5
_PACKAGES = ("weasyprint", "pydyf", "pikepdf", "uharfbuzz", "fonttools", "pillow", "distributed")
_HOW = "docs/cluster.md says how to set up the machines."

# FONTCONFIG_FILE, WeasyPrint's log and the collection of garbage are the whole process's: a worker
# that was started with several threads still does one thing at a time.
_ONE_AT_A_TIME = threading.Lock()


@contextmanager
def cluster_pool(address: str, patience: float = _PATIENCE) -> Iterator[Executor]:
    """Yield the workers of the Dask cluster whose scheduler is at `address` to hand work to.

    A call that was under way on a worker that goes away is made again on another. Raises
    `EnvironmentFault`, also from the futures, when nobody answers or no worker is left for
    `patience` seconds, and when a worker has other versions of what makes the bytes.
    """
    with _connected(address, patience) as client:
        _check_workers(client, address, patience)
        with _Cluster(client, address, patience) as executor:
            yield executor


@contextmanager
def _connected(address: str, patience: float) -> Iterator[Any]:
    try:
        import dask.config
        from distributed import Client
        from distributed.comm import get_address_host_port
    except ImportError as error:
        raise EnvironmentFault.single(
            "no-cluster-support",
            "To build on a cluster, the package “distributed” is needed, which is not installed",
            hint="Install the program with it: `pipx install --force --include-deps '.[cluster]'`, "
            "in the folder of its clone.",
        ) from error
    # A job carries all it needs, pictures too. Dask would warn of it.
    with dask.config.set({"distributed.admin.large-graph-warning-threshold": "1 TiB"}):
        try:
            # A client that cannot connect is not easily got rid of: first whether anybody is there.
            socket.create_connection(get_address_host_port(address), timeout=patience).close()
            client = _in_time(
                partial(Client, address, timeout=patience, set_as_default=False), 2 * patience
            )
        except (OSError, ValueError, TypeError, RuntimeError, ImportError) as error:
            raise EnvironmentFault.single(
                "cluster-unreachable",
                f"No Dask scheduler answers at {address} ({str(error) or 'it says nothing'})",
                hint=f"Is it running there, and is the way to it open? {_HOW}",
            ) from error
        try:
            yield client
        finally:
            # Silence errors of messages still in flight.
            for name in ("distributed", "tornado.application"):
                logging.getLogger(name).setLevel(logging.CRITICAL)
            with suppress(TimeoutError):
                client.close(timeout=_FAREWELL)


def _in_time(call: Callable[[], T], seconds: float) -> T:
    """Return what a call returns; `TimeoutError` if that takes longer."""
    answer: Future[T] = Future()

    def run() -> None:
        try:
            answer.set_result(call())
        except Exception as error:
            answer.set_exception(error)

    # A program that takes connections and says nothing: Dask would listen to it for ever.
    threading.Thread(target=run, daemon=True).start()
    return answer.result(seconds)


def _check_workers(client: Any, address: str, patience: float) -> None:
    try:
        client.wait_for_workers(1, timeout=patience)
        answers = client.run(facts, on_error="return")
    except (OSError, ValueError) as error:
        raise _nobody(address) from error
    for worker, theirs in sorted(answers.items()):
        if isinstance(theirs, Exception):
            raise EnvironmentFault.single(
                "cluster-differs",
                f"The worker {worker} cannot load workshop-kit: {theirs}",
                hint=f"Install workshop-kit {_version('workshop-kit')} there, in the Python "
                f"environment that the worker runs in. {_HOW}",
            )
        _check(theirs, facts(), f"The worker {worker}")


def _check(theirs: Facts, ours: Facts, who: str) -> None:
    values = dict(theirs)
    for name, value in ours:
        if (other := values.get(name, "none")) != value:
            raise EnvironmentFault.single(
                "cluster-differs",
                f"{who} has another {name} than this machine: {other}, not {value}",
                hint=f"All machines need the same, or pages would depend on who made them. {_HOW}",
            )


@cache
def facts() -> Facts:
    """Return everything on this machine that the bytes of a kit depend on, each with its name."""
    from workshop.typesetting.engine import engine

    return (
        ("version of workshop-kit", _version("workshop-kit")),
        *((f"version of {name}", _version(name)) for name in _PACKAGES),
        ("version of Python", ".".join(platform.python_version_tuple()[:2])),
        ("version of zlib", zlib.ZLIB_RUNTIME_VERSION),
        ("set of libraries and fonts for layout", engine()[:12]),
        ("code of workshop-kit", code_of()[:12]),
    )


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"


@dataclass(frozen=True)
class _Parcel:
    """Holds a call on its way to a worker. Dask shows it in its logs: that is to say nothing."""

    facts: Facts = field(repr=False)
    call: bytes = field(repr=False)


@dataclass(frozen=True)
class _CallOutcome:
    """Holds what a call came to: a value, or an error with the traceback it had on the worker."""

    value: Any = None
    error: Exception | None = None
    trace: str = ""


def _carry_out(parcel: _Parcel) -> bytes:
    """Make a call on a worker. It raises nothing: Dask would write the error into its log."""
    with _ONE_AT_A_TIME:
        try:
            # It may have come while the build was under way, when the others had been looked at.
            _check(facts(), parcel.facts, f"A worker on {platform.node()}")
            return pickle.dumps(_CallOutcome(pickle.loads(parcel.call)()))  # noqa: S301
        except Exception as error:
            trace = traceback.format_exc()
            return pickle.dumps(_CallOutcome(error=_portable(error), trace=trace))


def _portable(error: Exception) -> Exception:
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301  # our own bytes
    except Exception:
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error


class _Cluster(Executor):
    """Watches a cluster's workers: whatever is handed to them comes back, or a fault does.

    They are not the build's to end. If nothing comes back for longer than the longest layout under
    way may take, all that are at work hang, or do something else.
    """

    def __init__(self, client: Any, address: str, patience: float) -> None:
        self._client = client
        self._executor = client.get_executor(pure=False)
        self._address = address
        self._patience = patience
        # How many seconds each may take by the clock, from its beginning.
        self._under_way: dict[Future[Any], float] = {}
        self._last_back = time.monotonic()
        self._over = threading.Event()
        threading.Thread(target=self._watch, daemon=True).start()

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Have a worker call a function."""
        future: Future[T] = Future()
        parcel = _Parcel(facts(), pickle.dumps(partial(fn, *args, **kwargs)))
        try:
            on_cluster = self._executor.submit(_carry_out, parcel)
        except Exception as error:  # whatever Dask says when its scheduler is gone
            raise _lost(self._address) from error
        if not self._under_way:
            self._last_back = time.monotonic()
        self._under_way[future] = (
            seconds_until_stuck(args[0])  # type: ignore[arg-type]
            if is_of_a_layout(args)
            else float(LAYOUT_SECONDS.most * STUCK_LAYOUT.most)
        )
        on_cluster.add_done_callback(partial(self._hand_over, future))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Wait for nothing: what is still under way is of no use to anybody."""
        self._over.set()

    def _hand_over(self, future: Future[Any], on_cluster: Future[bytes]) -> None:
        self._under_way.pop(future, None)
        self._last_back = time.monotonic()
        # The watch may have been faster.
        with suppress(InvalidStateError):
            try:
                value = self._taken(on_cluster)
            except Exception as error:
                future.set_exception(error)
            else:
                future.set_result(value)

    def _taken(self, on_cluster: Future[bytes]) -> Any:
        if on_cluster.cancelled():
            raise _lost(self._address)
        if error := on_cluster.exception():
            raise _not_done(error) from error
        # Whoever runs the scheduler is trusted: docs/cluster.md.
        outcome: _CallOutcome = pickle.loads(on_cluster.result())  # noqa: S301
        if outcome.error is None:
            return outcome.value
        outcome.error.add_note(f"On the cluster:\n{outcome.trace}")
        raise outcome.error

    def _watch(self) -> None:
        """End what is under way when there is nobody left to do it: Dask would wait for ever."""
        seen = time.monotonic()
        while not self._over.wait(min(_LOOK_EVERY, self._patience)):
            if self._client.status == "closed":
                self._give_up(_lost(self._address))
                continue
            # While the connection is lost, Dask itself tries to get it back, and says how it went.
            workers: object = True
            with suppress(Exception):
                workers = self._client.nthreads()
            if workers:
                seen = time.monotonic()
            elif time.monotonic() - seen >= self._patience:
                self._give_up(_nobody(self._address))
            longest = max(list(self._under_way.values()), default=0)
            if self._under_way and time.monotonic() - self._last_back > longest:
                self._give_up(_stuck(self._address, longest))

    def _give_up(self, fault: EnvironmentFault) -> None:
        for future in list(self._under_way):
            self._under_way.pop(future, None)
            with suppress(InvalidStateError):
                future.set_exception(fault)


def _nobody(address: str) -> EnvironmentFault:
    return EnvironmentFault.single(
        "cluster-empty",
        f"The cluster at {address} has no workers",
        hint=f"Start some on each machine with: dask worker {address} --nthreads 1. {_HOW}",
    )


def _stuck(address: str, seconds: float) -> EnvironmentFault:
    return EnvironmentFault.single(
        "cluster-stuck",
        f"The cluster at {address} has given nothing back for {seconds:.0f} seconds",
        hint="Its workers hang, or are busy with something else: look there. Without --cluster, a "
        "part whose layout hangs is named.",
    )


def _lost(address: str) -> EnvironmentFault:
    return EnvironmentFault.single(
        "cluster-lost",
        f"The connection to the cluster at {address} was lost",
        hint="Look whether the scheduler still runs, then try again. What was laid out is kept.",
    )


def _not_done(error: BaseException) -> EnvironmentFault:
    return EnvironmentFault.single(
        "cluster-worker",
        f"The cluster gave a piece of work back: {str(error).splitlines()[0]}",
        hint="Perhaps its workers have too little memory. Try again without --cluster.",
    )
