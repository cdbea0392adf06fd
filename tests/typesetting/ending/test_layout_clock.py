"""A layout's clock ends what takes too long, and leaves nothing behind for what comes after it."""

from __future__ import annotations

import resource
import subprocess
import sys
import threading

from workshop.typesetting.ending.layout_clock import bounded_layout

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


def test_layouts_in_several_threads_leave_the_limit_of_memory_as_it_was() -> None:
    before = resource.getrlimit(resource.RLIMIT_AS)
    first_begun, second_begun, first_ended = (threading.Event() for _ in range(3))

    def first() -> None:
        with bounded_layout("", 5):
            first_begun.set()
            second_begun.wait(5)
        first_ended.set()

    def second() -> None:
        first_begun.wait(5)
        with bounded_layout("", 5):
            second_begun.set()
            first_ended.wait(5)

    threads = [threading.Thread(target=work) for work in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert resource.getrlimit(resource.RLIMIT_AS) == before
