"""With `--jobs 1`, a layout that does not come back ends the command, which says so."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

pytestmark = pytest.mark.slow

# A part may take a second by the clock; `sleep` is called as C that keeps the interpreter's lock.
SCRIPT = """
import ctypes, sys, time
from workshop.building.workers import stuck_layouts
from workshop.building.workers.processes import worker_pool
from workshop.composing.pages.render_job import RenderJob

stuck_layouts.allowed_seconds = lambda _html, _seconds: 1 / 3
held = ctypes.PyDLL(None)
job = RenderJob("<title>Day &amp; night</title>", (), (), (), ())
with worker_pool(1) as executor:
    {}
print("at its end")
"""


def ran(body: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", SCRIPT.format(body)]
    return subprocess.run(command, input=typed, capture_output=True, text=True, timeout=60)


def test_a_layout_that_does_not_come_back_ends_the_command_with_a_sentence() -> None:
    done = ran("executor.submit(lambda job: held.sleep(100), job).result()")
    assert (done.returncode, done.stdout) == (-signal.SIGKILL, "")
    first, second, last = done.stderr.split("\n")
    assert first == (
        "error: A part of “Day & night” does not come back from its layout, and this command was "
        "ended [layout-failed]"
    )
    assert "With `--jobs 2` the part is named" in second
    assert last == ""


def test_what_comes_back_in_time_is_not_ended_and_other_work_may_take_any_time() -> None:
    done = ran(
        "executor.submit(lambda job: 1, job).result(); time.sleep(2);"
        "executor.submit(time.sleep, 2).result(); executor.submit(lambda job: 1, job).result()"
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "at its end\n", "")


def test_nobody_is_hurried_who_looks_around_with_a_debugger() -> None:
    stop = "executor.submit(lambda job: (breakpoint(), time.sleep(3)), job).result()"
    done = ran(stop, typed="continue\n")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("at its end\n")


def test_the_watch_ends_with_a_command_that_is_killed() -> None:
    done = ran("executor.submit(lambda job: os.kill(os.getpid(), 9), job).result()".replace(
        "os.", "__import__('os')."
    ))  # fmt: skip
    # Whoever reads what the command prints comes to the end of it: no watch holds on to it.
    assert (done.returncode, done.stderr) == (-signal.SIGKILL, "")
