from __future__ import annotations

import os
import subprocess
import sys
import warnings
from pathlib import Path

import pytest

from workshop.building.workers.processes import worker_pool

WORKSHOP = Path(sys.executable).with_name("workshop")
# What a library does in the middle of a command: its module is imported before all others.
LIBRARY = """
import atexit, logging, warnings
def speak():
    warnings.warn("Corrupt EXIF data")
    logging.getLogger("PIL").warning("Image is broken")
atexit.register(speak)
"""


@pytest.mark.slow
def test_what_libraries_warn_of_does_not_reach_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(LIBRARY)
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    environment.pop("PYTHONWARNINGS", None)
    asked = [str(WORKSHOP), "--version"]
    done = subprocess.run(asked, env=environment, capture_output=True, text=True)
    assert done.stderr == ""
    wanted = {**environment, "PYTHONWARNINGS": "default"}
    done = subprocess.run(asked, env=wanted, capture_output=True, text=True)
    assert "Corrupt EXIF data" in done.stderr


@pytest.mark.slow
def test_nor_what_they_warn_of_in_other_processes(capfd: pytest.CaptureFixture[str]) -> None:
    with worker_pool(2) as pool:
        pool.submit(warnings.warn, "Corrupt EXIF data").result()
    assert "EXIF" not in capfd.readouterr().err
