"""A real scheduler with real workers on this machine: what holds whichever of them goes away."""

from __future__ import annotations

import hashlib
import json
import math
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

import workshop
from tests.conftest import REPOSITORY
from tests.tiny_workspace.workspace import CLIENT, Tiny, contents
from workshop.building.build_plan import BuildProgress, build_plan
from workshop.building.workers import dask_cluster
from workshop.building.workers.dask_cluster import cluster_pool
from workshop.composing.pages.render_job import RenderJob
from workshop.diagnostics import EnvironmentFault

pytestmark = pytest.mark.slow

# Read by Python as it starts: machines on which the product is not what it is here.
_ANOTHER_VERSION = """
from importlib import metadata
version = metadata.version
metadata.version = lambda name: "0.0.9" if name == "workshop-kit" else version(name)
"""
_WITHOUT = "import sys; sys.modules['workshop'] = None\n"
_HERE = ("--host=127.0.0.1", "--no-dashboard", "--dashboard-address=127.0.0.1:0")


class Machines:
    """A scheduler and its workers, each a process that ends with the test."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self._folder, self._stack = folder, stack
        self.workers: list[subprocess.Popen[bytes]] = []
        known = folder / "scheduler.json"
        self.scheduler = self._start("scheduler", "--port=0", f"--scheduler-file={known}")
        self._wait_for(lambda: known.exists() and known.read_text(encoding="utf-8").endswith("}"))
        self.address: str = json.loads(known.read_text(encoding="utf-8"))["address"]

    def add(self, count: int, threads: int = 1, first: str = "") -> None:
        """Start workers and wait for them; `first` is what their Python is to run first."""
        for _ in range(count):
            own = self._folder / f"worker-{len(self.workers)}"
            own.mkdir()
            (own / "sitecustomize.py").write_text(first, encoding="utf-8")
            options = (f"--nthreads={threads}", f"--local-directory={own}", "--memory-limit=0")
            self.workers.append(
                self._start("worker", self.address, "--no-nanny", *options, path=own)
            )
        begun = "Starting worker compute"
        self._wait_for(lambda: self.said("scheduler").count(begun) >= len(self.workers))

    def kill(self, *processes: subprocess.Popen[bytes]) -> None:
        for process in processes:
            process.kill()
            process.wait()

    def said(self, what: str = "") -> str:
        """Return what the scheduler, the workers or all of them wrote into their logs."""
        logs = sorted(self._folder.glob(f"{what}*.log"))
        return "".join(path.read_text(encoding="utf-8") for path in logs)

    def _start(self, what: str, *options: str, path: Path | None = None) -> subprocess.Popen[bytes]:
        name = path.name if path else what
        log = self._stack.enter_context((self._folder / f"{name}.log").open("wb"))
        search = os.pathsep.join(str(one) for one in (path, REPOSITORY) if one)
        process = subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.dask_{what}", *options, *_HERE],
            env={**os.environ, "PYTHONPATH": search},
            stdout=log,
            stderr=log,
        )
        self._stack.callback(self.kill, process)
        return process

    def _wait_for(self, happened: Callable[[], bool]) -> None:
        until = time.monotonic() + 60
        while not happened():
            assert time.monotonic() < until, self.said()
            time.sleep(0.01)


@pytest.fixture
def machines(tmp_path: Path) -> Iterator[Machines]:
    folder = tmp_path / "machines"
    folder.mkdir()
    with ExitStack() as stack:
        yield Machines(folder, stack)


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machines]:
    """Two workers that were started with more threads than they are good for."""
    with ExitStack() as stack:
        made = Machines(tmp_path_factory.mktemp("machines"), stack)
        made.add(2, threads=4)
        yield made


def build_on(
    machines: Machines,
    tiny: Tiny,
    *documents: str,
    on_progress: Callable[[BuildProgress], None] = lambda _: None,
) -> None:
    memory = workshop.open_memory(tiny.root)
    plan = workshop.plan(workshop.load(tiny.root, "tiny", memory), (), documents)
    pool = cluster_pool(machines.address, 2)
    build_plan(plan, tiny.root / "build", pool, on_progress, memory)


def test_a_cluster_gives_the_same_bytes_and_hears_no_names(
    tiny: Tiny, tmp_path: Path, busy: Machines
) -> None:
    build_on(busy, tiny, "badge", "agenda")
    other = Tiny.copied_to(tmp_path / "local")
    other.build("badge", "agenda")
    assert contents(tiny.kit) == contents(other.kit)
    with cluster_pool(busy.address) as executor, pytest.raises(ValueError, match="Anna Berg"):
        executor.submit(int, "Anna Berg").result()
    assert "Remove client" in busy.said()
    assert "Anna" not in busy.said()


def test_an_error_comes_back_with_its_traceback(busy: Machines) -> None:
    with cluster_pool(busy.address) as executor:
        failed = executor.submit(math.sqrt, -1)
        with pytest.raises(ValueError, match="math domain error") as caught:
            failed.result()
        refused = executor.submit(EnvironmentFault.single, "code", "Sentence").result()
        assert str(refused) == "error: Sentence [code]"
    assert caught.value.__notes__[0].startswith("On the cluster:\nTraceback")


def test_more_than_dask_likes_is_sent_without_a_warning(busy: Machines) -> None:
    with cluster_pool(busy.address) as executor:
        assert executor.submit(len, bytes(12_000_000)).result() == 12_000_000


def test_a_worker_with_many_threads_does_one_thing_at_a_time(
    tmp_path: Path, busy: Machines
) -> None:
    with cluster_pool(busy.address) as executor:
        calls = [executor.submit(alone, tmp_path) for _ in range(16)]
        assert all(call.result() for call in calls)


def alone(folder: Path) -> bool:
    """Tell whether no other thread of this process is in here meanwhile."""
    inside = folder / str(os.getpid())
    try:
        inside.mkdir()
    except FileExistsError:
        return False
    hashlib.sha256(bytes(20_000_000))  # other threads run while it is worked out
    inside.rmdir()
    return True


def test_a_killed_worker_s_work_is_done_by_another_and_without_any_the_last_kit_stays(
    tiny: Tiny, machines: Machines
) -> None:
    machines.add(2)
    build_on(
        machines,
        tiny,
        "badge",
        "agenda",
        on_progress=lambda _: machines.kill(machines.workers[0]),
    )
    last = contents(tiny.kit)
    assert [*last] == ["agenda.pdf", "badges/anna-berg.pdf", "badges/bo-lindt.pdf", "manifest.json"]

    tiny.change(CLIENT, "name: ", "name: New ")
    with pytest.raises(EnvironmentFault, match="has no workers"):
        build_on(
            machines,
            tiny,
            "badge",
            "agenda",
            on_progress=lambda _: machines.kill(*machines.workers),
        )
    assert contents(tiny.kit) == last


def test_work_goes_on_without_a_worker_and_not_without_the_scheduler(
    tmp_path: Path, machines: Machines
) -> None:
    machines.add(2)
    with cluster_pool(machines.address, 2) as executor:
        died = tmp_path / "died"
        second = executor.submit(die_the_first_time, died).result()
        assert {int(died.read_text()), second} == {worker.pid for worker in machines.workers}

        under_way = executor.submit(signal.pause)
        machines.kill(machines.scheduler)
        for future in (under_way, executor.submit(math.sqrt, 4)):
            with pytest.raises(EnvironmentFault, match="was lost"):
                future.result()


def die_the_first_time(died: Path) -> int:
    if not died.exists():
        died.write_text(str(os.getpid()))
        os.kill(os.getpid(), signal.SIGKILL)
    return os.getpid()


def test_machines_with_another_product_are_refused_whenever_they_come(machines: Machines) -> None:
    machines.add(1)
    with cluster_pool(machines.address) as executor:
        machines.add(1, first=_ANOTHER_VERSION)
        machines.kill(machines.workers[0])
        with pytest.raises(EnvironmentFault, match=r"another version of workshop-kit .* 0\.0\.9"):
            executor.submit(math.sqrt, 4).result()
    expect_refusal(machines, "another version of workshop-kit than this machine: 0.0.9")

    machines.kill(machines.workers[1])
    expect_refusal(machines, "has no workers")

    machines.add(1, first=_WITHOUT)
    expect_refusal(machines, "cannot load workshop-kit")


def expect_refusal(machines: Machines, words: str) -> None:
    with pytest.raises(EnvironmentFault, match=words), cluster_pool(machines.address, 1):
        pass


@pytest.mark.parametrize("address", ["127.0.0.1:1", "tls://127.0.0.1:1", "here", "no://way:1"])
def test_nobody_at_an_address_is_a_fault_with_a_hint(address: str) -> None:
    with pytest.raises(EnvironmentFault, match="No Dask scheduler answers at") as caught:
        cluster_pool(address, 1).__enter__()
    assert "docs/cluster.md" in str(caught.value.diagnostics[0].hint)


def test_somebody_who_says_nothing_is_no_scheduler() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = "tcp://{}:{}".format(*silent.getsockname())
        with pytest.raises(EnvironmentFault, match="it says nothing"):
            cluster_pool(address, 0.2).__enter__()


def test_without_dask_a_hint_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(EnvironmentFault, match="not installed") as caught:
        cluster_pool("127.0.0.1:8786").__enter__()
    assert (
        caught.value.diagnostics[0].hint == "Install the program with it: "
        "`pipx install --force --include-deps '.[cluster]'`, in the folder of its clone."
    )


def test_a_cluster_that_gives_nothing_back_is_told(
    busy: Machines, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dask_cluster, "seconds_until_stuck", lambda _job: 2.0)
    job = RenderJob("", (), (), (), ())
    with cluster_pool(busy.address) as executor:
        assert executor.submit(_html_after, job).result(60) == ""
        hung = executor.submit(_html_after, replace(job, html="x"))
        with pytest.raises(EnvironmentFault, match="has given nothing back for 2 seconds"):
            hung.result(60)


def _html_after(job: RenderJob) -> str:
    time.sleep(6 * len(job.html))
    return job.html
