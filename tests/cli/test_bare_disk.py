"""All commands run on disks that lack links, locks, rights and more, as those of Windows do."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.tiny_workspace.workspace import CLIENT, ROSTER, Tiny

pytestmark = pytest.mark.slow

WORKSHOP = Path(sys.executable).with_name("workshop")
BARE = Path(__file__).parent.parent / "bare_disk"
# Runs commands one after another, each with what is typed when it asks, and says what they print.
SESSION = """
import json, sys
from click.testing import CliRunner
from workshop.cli import main
for arguments, typed in json.load(sys.stdin):
    result = CliRunner().invoke(main, arguments, input=typed, catch_exceptions=False)
    print(json.dumps([result.exit_code, result.output]), flush=True)
"""
TOOLS = ("mkfs.exfat", "mount.exfat-fuse", "losetup", "umount")


@dataclass(frozen=True)
class Disk:
    """The tiny workspace on a bare disk, and the environment that commands need there."""

    tiny: Tiny
    environment: dict[str, str]

    def run(self, *arguments: str, code: int = 0) -> str:
        """Run a command; return what it prints."""
        done = subprocess.run(
            [WORKSHOP, *arguments],
            cwd=self.tiny.root,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert done.returncode == code, done.stdout
        return done.stdout

    def run_all(self, *commands: tuple[str, str, str]) -> None:
        """Run commands in one process: each command, what is typed, and what it has to print."""
        done = subprocess.run(
            [sys.executable, "-c", SESSION],
            cwd=self.tiny.root,
            env=self.environment,
            input=json.dumps([(shlex.split(command), typed) for command, typed, _ in commands]),
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        results = [json.loads(line) for line in done.stdout.splitlines()]
        for (command, _, expected), (code, printed) in zip(commands, results, strict=True):
            assert code == 0, (command, printed)
            assert expected in printed, (command, printed)

    def build(self) -> subprocess.Popen[bytes]:
        """Start a build of the tiny client."""
        return subprocess.Popen(
            [WORKSHOP, "build", "--client", "tiny", "--jobs", "1", "--quiet", "--only", "badge"],
            cwd=self.tiny.root,
            env=self.environment,
            start_new_session=True,
        )


@pytest.fixture(params=["refused calls", "exFAT"])
def disk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Disk]:
    """A disk on which calls are refused as bare disks do, and a real one where there can be."""
    folder = tmp_path / "disk"
    folder.mkdir()
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache")}
    if request.param == "refused calls":
        bare = {"PYTHONPATH": str(BARE), "WORKSHOP_TEST_BARE_DISK": os.path.realpath(folder)}
        yield Disk(tiny_on(folder), environment | bare)
        return
    device = mounted(folder, tmp_path / "image")
    try:
        yield Disk(tiny_on(folder), environment)
    finally:
        subprocess.run(["umount", folder], check=True)
        subprocess.run(["losetup", "-d", device], check=True)


def mounted(folder: Path, image: Path) -> str:
    """Mount a new exFAT disk; return its device. Skip the test where that cannot be."""
    lacking = [tool for tool in TOOLS if not shutil.which(tool)]
    if lacking or os.geteuid() != 0:
        pytest.skip(f"needs root and {', '.join(TOOLS)} (Debian: exfatprogs, exfat-fuse)")
    with image.open("wb") as file:
        file.truncate(200_000_000)
    subprocess.run(["mkfs.exfat", image], check=True, capture_output=True)
    device = subprocess.run(["losetup", "-f", "--show", image], capture_output=True, text=True)
    if device.returncode:
        pytest.skip(f"no loop device: {device.stderr.strip()}")
    name = device.stdout.strip()
    done = subprocess.run(["mount.exfat-fuse", name, folder], capture_output=True, text=True)
    if done.returncode:
        subprocess.run(["losetup", "-d", name], check=True)
        pytest.skip(f"no FUSE: {done.stderr.strip()}")
    return name


def tiny_on(folder: Path) -> Tiny:
    """Write the tiny workspace, with little to lay out."""
    tiny = Tiny.copied_to(folder / "workspace")
    tiny.change(CLIENT, "[agenda, badge, exercises, manager-briefing, participant-workbook]",
                "[badge, manager-briefing]\npacks: [badge]")  # fmt: skip
    return tiny


def test_what_the_disk_refuses_is_refused(disk: Disk) -> None:
    script = "import os; os.link('workshop.yaml', 'link')"
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=disk.tiny.root,
        env=disk.environment,
        capture_output=True,
        text=True,
    )
    assert "PermissionError" in done.stderr


def test_every_command_does_its_work(disk: Disk) -> None:
    disk.run_all(
        ("init other", "", ""),
        ("new harbour --from tiny --name 'Harbour Trust'", "", ""),
        ("eject asking --client harbour", "", ""),
        ("which --changed harbour", "", "the same"),
        ("build --client tiny --jobs 1", "", "Wrote 3 PDFs"),
        ("build --client tiny --jobs 1", "", "Nothing to do"),
        ("print --client tiny", "", "packs"),
        ("pictures --client tiny", "", "documents.html"),
        ("email --client tiny --drafts", "", "Wrote 1 draft"),
        ("email --client tiny --mark-sent", "tiny\n", ""),
        ("email --client tiny --status", "", "  sent  "),
        ("clean", "", "Removed"),
    )


def test_a_killed_build_leaves_the_last_kit_and_the_next_goes_on(disk: Disk) -> None:
    assert disk.build().wait(120) == 0
    name = "Bo Lindt"
    for other in ("Bo Lind", "Bo Lin", "Bo Li", "Bo Lindau"):
        before = (disk.tiny.kit / "manifest.json").read_bytes()
        disk.tiny.change(ROSTER, name, other)
        name, process = other, disk.build()
        # A kit that is soon written may be there before anybody has looked.
        while not (begun := new_folders(disk)) and process.poll() is None:
            time.sleep(0.001)
        if begun:
            break
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert (disk.tiny.kit / "manifest.json").read_bytes() == before
    assert disk.build().wait(120) == 0
    assert (disk.tiny.kit / f"badges/{name.lower().replace(' ', '-')}.pdf").exists()
    assert not new_folders(disk)


def new_folders(disk: Disk) -> list[Path]:
    """Return the folders into which kits are being written."""
    return list(disk.tiny.kit.parent.glob(".autumn.new-*"))


def test_two_builds_at_once_leave_one_whole_kit(disk: Disk) -> None:
    both = [disk.build(), disk.build()]
    assert [process.wait(120) for process in both] == [0, 0]
    assert {path.name for path in disk.tiny.kit.rglob("*.pdf")} == {"anna-berg.pdf", "bo-lindt.pdf"}
    only = ("--jobs", "1", "--only", "badge")
    assert "Nothing to do" in disk.run("build", "--client", "tiny", *only)


def test_a_client_is_not_made_twice_in_other_capitals(disk: Disk) -> None:
    assert "clients/tiny is already there" in disk.run("new", "TINY", code=2)
