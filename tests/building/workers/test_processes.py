from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from pathlib import Path
from threading import Event, Timer
from typing import Any

import pytest

from tests.tiny_workspace.workspace import ROSTER, Tiny, contents
from workshop.building.workers import processes
from workshop.building.workers.processes import worker_pool
from workshop.diagnostics import EnvironmentFault

pytestmark = pytest.mark.slow

# Where the tests run in the background, as under nohup, their processes begin with Ctrl-C ignored.
WORKSHOP = """
import signal
from workshop.cli import main
if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)
    main()
"""


def test_one_worker_is_no_process_of_its_own() -> None:
    with worker_pool(1) as executor:
        assert executor.submit(os.getpid).result() == os.getpid()


def test_more_workers_are_processes() -> None:
    with worker_pool(2) as executor:
        assert executor.submit(os.getpid).result() != os.getpid()


def test_work_is_handed_in_before_there_are_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    go_on = Event()
    submit = ProcessPoolExecutor.submit

    def late(pool: ProcessPoolExecutor, /, *of: Any, **named: Any) -> Future[Any]:
        assert go_on.wait(30)
        return submit(pool, *of, **named)

    monkeypatch.setattr(ProcessPoolExecutor, "submit", late)
    with worker_pool(2) as executor:
        asked = [executor.submit(divmod, 7, 2), executor.submit(divmod, 1, 0)]
        assert wait(asked, timeout=0.05).done == set()
        go_on.set()
        assert asked[0].result(30) == (3, 1)
        with pytest.raises(ZeroDivisionError):
            asked[1].result(30)
        # What is handed in later goes straight to them.
        assert executor.submit(divmod, 9, 2).result(30) == (4, 1)


def test_work_that_no_process_was_begun_for_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    go_on = Event()
    begun: list[object] = []

    def late(_pool: ProcessPoolExecutor, work: object, /, *_of: Any) -> Future[Any]:
        assert go_on.wait(30)
        begun.append(work)
        return Future()

    def fail() -> None:
        with worker_pool(2) as executor:
            executor.submit(os.getpid)
            Timer(0.2, go_on.set).start()
            raise ZeroDivisionError

    monkeypatch.setattr(ProcessPoolExecutor, "submit", late)
    with pytest.raises(ZeroDivisionError):
        fail()
    assert os.getpid not in begun


def test_processes_that_cannot_be_begun_are_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_pool: ProcessPoolExecutor, /, *_of: Any) -> Future[Any]:
        raise ConnectionRefusedError

    monkeypatch.setattr(ProcessPoolExecutor, "submit", refused)
    with worker_pool(2) as executor, pytest.raises(ConnectionRefusedError):
        executor.submit(os.getpid).result(30)


def test_an_interrupt_is_the_build_s_to_answer_and_not_its_workers() -> None:
    with worker_pool(2) as executor:
        assert executor.submit(signal.getsignal, signal.SIGINT).result() == signal.SIG_IGN


@pytest.mark.skipif(sys.platform == "darwin", reason="processes are not forked on macOS")
def test_an_interrupt_does_not_disturb_what_processes_are_forked_from_while_it_loads() -> None:
    script = """
import os, signal
from multiprocessing.forkserver import _forkserver as server
from workshop.building.workers.processes import get_ready, worker_pool
get_ready()
first = server._forkserver_pid
os.kill(first, signal.SIGINT)
with worker_pool(2) as executor:
    executor.submit(os.getpid).result()
print(server._forkserver_pid == first)
"""
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("True\n", "")


def test_an_interrupt_that_leaves_a_future_locked_ends_the_build_all_the_same() -> None:
    # As one does that comes while many futures are locked one by one, to be waited for.
    script = """
import time
from contextlib import suppress
from workshop.building.workers.processes import worker_pool
with suppress(KeyboardInterrupt), worker_pool(2) as executor:
    locked = executor.submit(time.sleep, 60)._condition
    locked.acquire()
    raise KeyboardInterrupt
locked.release()
"""
    subprocess.run([sys.executable, "-c", script], check=True, timeout=30)


def test_a_worker_ended_from_outside_is_a_fault_of_the_machine() -> None:
    def end_one() -> None:
        with worker_pool(2) as executor:
            os.kill(executor.submit(os.getpid).result(), signal.SIGKILL)
            # The other one may answer a few times before it is noticed.
            while True:
                executor.submit(os.getpid).result()

    with pytest.raises(EnvironmentFault, match="ended from outside") as caught:
        end_one()
    [found] = caught.value.diagnostics
    assert found.hint == "Try again with `--jobs 1`: it needs the least memory."


def test_processes_that_a_build_ends_itself_are_not_taken_for_stuck(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked_for: list[Path] = []
    started: list[int] = []
    really = processes._new_pool

    def start(count: int) -> ProcessPoolExecutor:
        started.append(count)
        return really(count)

    def look(folder: Path) -> dict[Path, str]:
        looked_for.append(folder)
        return {}

    monkeypatch.setattr(processes, "taken_from", look)
    monkeypatch.setattr(processes, "_new_pool", start)
    handed_in: list[Future[Any]] = []

    def interrupt() -> None:
        with worker_pool(2) as executor:
            executor.submit(os.getpid).result(60)
            handed_in.extend(executor.submit(time.sleep, 60) for _ in range(4))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupt()
    # The notes are gone with the processes, and nobody waits for an answer that never comes.
    assert [type(work.exception(30)) for work in handed_in] == [BrokenProcessPool] * 4
    assert (looked_for, started) == ([], [2])


def test_work_not_begun_is_dropped_when_something_goes_wrong() -> None:
    done: list[int] = []

    def fail() -> None:
        with worker_pool(1) as executor:
            executor.submit(time.sleep, 0.2)
            executor.submit(done.append, 1)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert done == []


@pytest.fixture
def half_way(tiny: Tiny) -> Iterator[subprocess.Popen[str]]:
    """A real `workshop build` with a last kit, stopped in the middle of making the next one."""
    tiny.build("badge")
    # Two hundred people: whoever looks after the first few badges looks in time.
    people = "".join(f"Person {number},Inés Ruiz,ines@example.com\n" for number in range(200))
    tiny.write(ROSTER, f"name,manager,manager_email\n{people}")
    process = subprocess.Popen(
        [sys.executable, "-c", WORKSHOP, "build", "--client=tiny", "--only=badge", "--jobs=2"],
        cwd=tiny.root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        _wait_for(lambda: any(tiny.kit.parent.glob(".autumn.new-*/badges/*.pdf")))
        os.kill(process.pid, signal.SIGSTOP)
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def _wait_for(happened: Callable[[], bool]) -> None:
    until = time.monotonic() + 60
    while not happened():
        assert time.monotonic() < until
        time.sleep(0.01)


def _children(process: subprocess.Popen[str]) -> set[int]:
    listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True)
    pairs = (line.split() for line in listed.stdout.splitlines())
    return {int(pid) for pid, parent in pairs if int(parent) == process.pid}


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_killed_build_leaves_the_last_kit_and_no_processes(
    tiny: Tiny, half_way: subprocess.Popen[str]
) -> None:
    last = contents(tiny.kit)
    workers = _children(half_way)
    assert len(workers) >= 2
    half_way.kill()
    # Whoever reads what the build prints comes to the end of it: no worker holds on to it.
    half_way.communicate(timeout=30)
    _wait_for(lambda: not any(map(_is_alive, workers)))
    assert contents(tiny.kit) == last
    assert any(tiny.kit.parent.glob(".autumn.new-*"))

    tiny.write(ROSTER, "name,email\nZoë Ash,\n")
    tiny.build("badge")
    assert list(contents(tiny.kit)) == ["badges/zoë-ash.pdf", "manifest.json"]
    left = {path.name for path in tiny.kit.parent.iterdir()}
    assert left == {"autumn", ".autumn.lock", ".autumn.written"}


def test_an_interrupted_build_says_so_once_and_leaves_the_last_kit(
    tiny: Tiny, half_way: subprocess.Popen[str]
) -> None:
    last = contents(tiny.kit)
    os.killpg(half_way.pid, signal.SIGINT)  # as Ctrl-C does: to the build and to its workers
    os.kill(half_way.pid, signal.SIGCONT)
    stdout, stderr = half_way.communicate(timeout=30)
    assert (stdout, stderr.strip(), half_way.returncode) == ("", "Aborted!", 1)
    assert contents(tiny.kit) == last
    assert {path.name for path in tiny.kit.parent.iterdir()} == {
        "autumn",
        ".autumn.lock",
        ".autumn.written",
    }


def test_what_lays_out_is_loaded_before_a_process_begins_to_work() -> None:
    with worker_pool(2) as executor:
        assert executor.submit(_has_loaded, "weasyprint").result()


def _has_loaded(module: str) -> bool:
    return module in sys.modules


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="only Linux restricts processors")
def test_no_more_workers_begin_than_there_are_processors_to_use() -> None:
    script = "import os; os.sched_setaffinity(0, {min(os.sched_getaffinity(0))}); "
    script += "from workshop.building.workers.processes import processors; print(processors())"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout == "1\n"
