"""Hostile files are told: no traceback, no flood, no endless run, nothing written outside."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hostile.trying import MEGABYTES

REPOSITORY = Path(__file__).parents[2]
SEED, NUMBER = 17, 500


@pytest.mark.slow
def test_hostile_files_are_told_and_cost_little(tmp_path: Path) -> None:
    (tmp_path / "tried").mkdir()
    command = [sys.executable, "-m", "tests.hostile.trying", str(tmp_path / "tried")]
    done = subprocess.run(
        [*command, str(SEED), str(NUMBER)],
        cwd=REPOSITORY,
        env={**os.environ, "HOME": str(tmp_path / "home"), "PYTHONWARNINGS": "ignore"},
        capture_output=True,
        text=True,
    )
    *wrong, last = done.stdout.splitlines() or [done.stderr]
    assert done.returncode == 0, done.stderr[-2000:]
    assert wrong == []
    assert json.loads(last)["peak"] < MEGABYTES
    assert json.loads(last)["tried"] == NUMBER
