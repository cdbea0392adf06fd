"""What other processes are asked to do, and what they have to load for it."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import Executor, Future
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

import workshop
from tests.tiny_workspace.workspace import Tiny
from workshop.building.build_plan import build_plan

CARRY_OUT = """
import pickle, sys
import workshop.building.workers.preload
before = set(sys.modules)
with open(sys.argv[1], "rb") as file:
    for work in pickle.load(file):
        function, arguments = pickle.loads(work)
        function(*arguments)
new = set(sys.modules) - before
print(sorted(one for one in new if one.partition(".")[0] not in sys.stdlib_module_names))
"""


class Noting(Executor):
    """Does at once what it is asked to, and notes it as other processes would be sent it."""

    def __init__(self) -> None:
        self.sent: list[bytes] = []

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        assert not kwargs
        self.sent.append(pickle.dumps((fn, args)))
        done: Future[Any] = Future()
        done.set_result(fn(*args))
        return done


def test_processes_have_loaded_all_that_they_are_asked_to_do(tiny: Tiny, tmp_path: Path) -> None:
    executor = Noting()
    plan = workshop.plan(workshop.load(tiny.root, "tiny"))
    build_plan(plan, tiny.root / "build", nullcontext(executor), lambda _: None)
    work = tmp_path / "work"
    work.write_bytes(pickle.dumps(executor.sent))
    done = subprocess.run(
        [sys.executable, "-c", CARRY_OUT, str(work)], capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


NO_SEARCH = """
import ctypes.util, sys
ctypes.util.find_library = lambda name: print("searched for", name)
import workshop.building.workers.preload
print("weasyprint" in sys.modules)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="files are found by name on Linux only")
def test_what_is_loaded_is_not_searched_for() -> None:
    # A search runs a compiler, a dozen times: a third of what it takes to load all this.
    done = subprocess.run(
        [sys.executable, "-c", NO_SEARCH], capture_output=True, text=True, check=True
    )
    assert done.stdout == "True\n"
