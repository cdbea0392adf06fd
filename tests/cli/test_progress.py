from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tiny_workspace.workspace import Tiny
from workshop.building.build_plan import BuildProgress
from workshop.cli.progress import following

WORKSHOP = Path(sys.executable).with_name("workshop")


STEP = BuildProgress("lay out", "cover", 1, 2, kept=1)


@pytest.mark.parametrize("quiet", [True, False])
def test_nothing_is_drawn_where_nobody_looks(
    capfd: pytest.CaptureFixture[str], quiet: bool
) -> None:
    with following(quiet=quiet, as_json=False) as follow:
        follow(STEP)
    assert capfd.readouterr() == ("", "")


def test_a_script_gets_every_step_as_a_line(capfd: pytest.CaptureFixture[str]) -> None:
    with following(quiet=False, as_json=True) as follow:
        follow(STEP)
        follow(BuildProgress("write", "autumn/józef.pdf", 1, 1))
    assert capfd.readouterr().out.splitlines() == [
        '{"event": "progress", "stage": "lay out", "what": "cover", "done": 1, "total": 2, '
        '"kept": 1}',
        '{"event": "progress", "stage": "write", "what": "autumn/józef.pdf", "done": 1, '
        '"total": 1, "kept": 0}',
    ]


def read_to_the_end(terminal: int) -> str:
    """Read what is written to a terminal; Linux ends it with an error, macOS with nothing."""
    pieces: list[bytes] = []
    try:
        while piece := os.read(terminal, 10_000):
            pieces.append(piece)
    except OSError:
        pass
    return b"".join(pieces).decode()


@pytest.mark.slow
def test_on_a_terminal_a_bar_counts_parts_and_files_and_then_goes(tiny: Tiny) -> None:
    terminal, its_end = pty.openpty()
    build = [str(WORKSHOP), "build", "--client", "tiny", "--only", "badge", "--jobs", "1"]
    with subprocess.Popen(
        build,
        cwd=tiny.root,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "100"},
        stdout=subprocess.PIPE,
        stderr=its_end,
        text=True,
    ) as process:
        os.close(its_end)
        drawn = read_to_the_end(terminal)
        assert process.stdout
        lines = process.stdout.read().splitlines()
    os.close(terminal)
    assert process.returncode == 0
    seen = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", drawn)
    assert re.search(r"Laying out +\S+ 0/", seen)
    assert re.search(r"Laying out +\S+ 2/2 .*badge", seen)
    assert re.search(r"Writing +\S+ 2/2 .*autumn/badges/bo-lindt.pdf", seen)
    # The bar goes: the last thing drawn empties its line.
    assert drawn.endswith("\x1b[2K")
    assert [line.split(" in ")[0] for line in lines] == [
        "build/tiny/autumn: 2 PDFs, 2 pages",
        "Wrote 2 PDFs for tiny to build/tiny/",
    ]
