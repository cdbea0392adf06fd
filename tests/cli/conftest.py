"""The tiny workspace as the working folder, and the commands to run in it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.tiny_workspace.workspace import Tiny, tiny
from workshop.cli import main

__all__ = ["RealRun", "Run", "real_run", "run", "tiny"]

Run = Callable[..., Result]
RealRun = Callable[..., "subprocess.CompletedProcess[str]"]
WORKSHOP = Path(sys.executable).with_name("workshop")


@pytest.fixture
def run(tiny: Tiny, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in the tiny workspace; what is no fault of the user's is raised."""
    monkeypatch.chdir(tiny.root)

    def call(*arguments: str) -> Result:
        return CliRunner().invoke(main, arguments, catch_exceptions=False)

    return call


@pytest.fixture
def real_run(tiny: Tiny) -> RealRun:
    """Run the installed command in the tiny workspace, in a process of its own."""

    def call(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([WORKSHOP, *arguments], cwd=tiny.root, capture_output=True, text=True)

    return call
