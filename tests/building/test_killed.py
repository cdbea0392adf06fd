"""A build killed at any moment: the last good kit is whole, and the next finishes the work."""

from __future__ import annotations

import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.tiny_workspace.workspace import ROSTER, Tiny
from workshop.building.kit import manifest

pytestmark = pytest.mark.slow

WORKSHOP = Path(sys.executable).with_name("workshop")
BUILD = [str(WORKSHOP), "build", "--client", "tiny", "--only", "badge", "--only", "agenda"]
# Each costs a second or two: a hundred when asked for.
MOMENTS = int(os.environ.get("WORKSHOP_TEST_KILLS", "6"))


def assert_whole(tiny: Tiny) -> None:
    """Make sure that the kit is one that a build has finished, and nothing else is in it."""
    kit = manifest.read(tiny.kit)
    assert kit is not None
    listed = {entry.path: entry.sha256 for entry in kit.files}
    found = {
        path.relative_to(tiny.kit).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in tiny.kit.rglob("*.pdf")
    }
    assert found == listed


def build(tiny: Tiny) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [*BUILD, "--jobs", "1", "--quiet"], cwd=tiny.root, start_new_session=True
    )


def test_a_kill_at_any_moment_leaves_the_last_kit_whole(tiny: Tiny) -> None:
    started = time.monotonic()
    assert build(tiny).wait(60) == 0
    takes = time.monotonic() - started
    moments = random.Random(7)
    killed = 0
    for number in range(MOMENTS):
        # Something to do each time: a name that stands in a badge outside of slots.
        tiny.write(ROSTER, f"name,email\nAnna {number},a@example.com\nBo Lindt,b@example.com\n")
        process = build(tiny)
        try:
            process.wait(moments.uniform(0.1, 1.1) * takes)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            killed += 1
        assert_whole(tiny)
    assert killed
    assert build(tiny).wait(60) == 0
    assert_whole(tiny)
    names = {path.name for path in (tiny.kit / "badges").iterdir()}
    assert names == {f"anna-{MOMENTS - 1}.pdf", "bo-lindt.pdf"}
    left = {path.name for path in tiny.kit.parent.iterdir() if not path.name.startswith(".built-")}
    assert left == {"autumn", ".autumn.lock", ".autumn.written"}


def test_two_builds_at_once_leave_one_whole_kit(tiny: Tiny) -> None:
    both = [build(tiny), build(tiny)]
    assert [process.wait(60) for process in both] == [0, 0]
    assert_whole(tiny)
    left = {path.name for path in tiny.kit.parent.iterdir() if not path.name.startswith(".built-")}
    assert left == {"autumn", ".autumn.lock", ".autumn.written"}


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_ends_a_build_without_waiting(tiny: Tiny, jobs: str) -> None:
    # A part that takes minutes to lay out.
    rows = "<tr><td>Row</td><td>of many</td></tr>" * 40000
    tiny.write(
        "templates/agenda/document.html.j2",
        f'{{% call part("long") %}}<table>{rows}</table>{{% endcall %}}',
    )
    process = subprocess.Popen(
        [*BUILD, "--jobs", jobs, "--json"],
        cwd=tiny.root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    assert process.stdout
    # Once the badges are laid out, the long part is under way.
    process.stdout.readline()
    process.stdout.readline()
    os.killpg(process.pid, signal.SIGINT)
    _, told = process.communicate(timeout=20)
    assert (told.strip(), process.returncode) == ("Aborted!", 1)
    assert not tiny.kit.exists()
    assert not list(tiny.kit.parent.glob(".autumn.new-*"))
