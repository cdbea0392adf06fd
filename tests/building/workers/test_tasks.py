"""What other processes are asked to do, and what they have to load for it."""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from tests.building.watched_executor import WatchedExecutor
from tests.tiny_workspace.workspace import Tiny

pytestmark = pytest.mark.slow

CARRY_OUT = """
import pickle, sys
import workshop.building.workers.preload
before = set(sys.modules)
with open(sys.argv[1], "rb") as file:
    for work in pickle.load(file):
        function, arguments = pickle.loads(work)
        function(*arguments)
new = set(sys.modules) - before
print(sorted(name for name in new if name.partition(".")[0] not in sys.stdlib_module_names))
"""


def test_processes_have_loaded_all_that_they_are_asked_to_do(tiny: Tiny, tmp_path: Path) -> None:
    executor = WatchedExecutor()
    tiny.build(executor=executor)
    work = tmp_path / "work"
    # As other processes would be sent it.
    work.write_bytes(pickle.dumps([pickle.dumps(submitted) for submitted in executor.submitted]))
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
