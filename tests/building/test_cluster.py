"""A real scheduler with real workers on this machine: what holds whichever of them goes away."""

from __future__ import annotations

import hashlib
import math
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY
from tests.tiny_workspace.workspace import Tiny, contents
from workshop.building import build
from workshop.building.cluster import cluster_pool
from workshop.building.making import making
from workshop.diagnostics import ContentError, EnvironmentFault, Location

# Long enough on a busy machine, and over at once on an idle one.
_LONG = 60.0
_LOOPBACK = ["--host", "127.0.0.1", "--no-dashboard", "--dashboard-address", "127.0.0.1:0"]
# Read by Python as it starts: a machine on which the product is not what it is here.
_ANOTHER_VERSION = "import workshop; workshop.__version__ = '0.0.9'\n"
_WITHOUT = "import sys; sys.modules['workshop'] = None\n"


class Machines:
    """A scheduler and its workers, each a process of its own."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.folder = folder
        self.workers: list[subprocess.Popen[bytes]] = []
        self._stack = stack
        known = folder / "scheduler.json"
        self.scheduler = self._start("dask_scheduler", "--port=0", f"--scheduler-file={known}")
        until = time.monotonic() + _LONG
        while not known.exists() or not known.read_text(encoding="utf-8").strip():
            assert time.monotonic() < until and self.scheduler.poll() is None, self.log
            time.sleep(0.01)
        import json

        self.address: str = json.loads(known.read_text(encoding="utf-8"))["address"]
