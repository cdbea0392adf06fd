"""Make a folder once in a test run, by whichever of its processes asks for it first."""

from __future__ import annotations

import fcntl
from collections.abc import Callable
from pathlib import Path

import pytest


def made_once(
    factory: pytest.TempPathFactory, worker: str, name: str, make: Callable[[Path], object]
) -> Path:
    """Return a folder, which `make` has filled; `worker` is the fixture `worker_id`.

    Other processes wait meanwhile. None may write into it.
    """
    base = factory.getbasetemp()
    shared = base if worker == "master" else base.parent
    folder = shared / name
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            unfinished = shared / f"{name}.unfinished"
            make(unfinished)
            unfinished.rename(folder)
    return folder
