"""A layout's clock ends what takes too long, and leaves nothing behind for what comes after it."""

from __future__ import annotations

import subprocess
import sys

# What a profiler does: be told of each call. It runs by itself, as Python may wait for ever.
PROFILED = """
import sys
from workshop.typesetting.ending.layout_clock import OutOfTime, bounded_layout

def step():
    return 1

{layout}
sys.setprofile(lambda *_told: None)
print(sum(step() for _ in range(1000)))
"""
IN_TIME = """
with bounded_layout("", 5):
    step()
"""
TOO_LONG = """
try:
    with bounded_layout("", 0.01):
        while True:
            try:
                while True:
                    step()
            except OutOfTime:
                pass
            break
except OutOfTime:
    pass
"""


def run(layout: str) -> str:
    """Return what a profiled program prints after a layout."""
    program = PROFILED.format(layout=layout)
    command = [sys.executable, "-c", program]
    return subprocess.run(command, capture_output=True, text=True, timeout=20, check=True).stdout


def test_a_program_can_be_profiled_after_a_layout() -> None:
    assert run(IN_TIME) == "1000\n"


def test_a_program_can_be_profiled_after_a_layout_that_was_ended() -> None:
    assert run(TOO_LONG) == "1000\n"
