"""A printer and a print server of their own for tests: CUPS's, reachable from this machine alone.

`ippeveprinter` is a printer that speaks IPP as those in shops do; what it prints it hands to a
command, with all that was asked for in its environment. It announces itself on the network, and so
needs D-Bus and Avahi: here on a bus of their own, and on the loopback interface only.
"""

from __future__ import annotations

import os
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.other_programs import program

NAME = "office"
_NEEDED = {
    "lp": "cups-client",
    "cupsd": "cups",
    "ippeveprinter": "cups-ipp-utils",
    "ipptool": "cups-ipp-utils",
    "dbus-daemon": "dbus-daemon",
    "avahi-daemon": "avahi-daemon",
}

_BUS = """<busconfig><type>system</type><listen>unix:path={folder}/bus</listen>
<auth>EXTERNAL</auth><policy context="default"><allow user="*"/><allow own="*"/>
<allow send_destination="*"/><allow receive_sender="*"/></policy></busconfig>
"""
_AVAHI = """[server]
use-ipv6=no
allow-interfaces=lo
[publish]
publish-addresses=no
publish-hinfo=no
publish-workstation=no
"""
_CUPSD = """Listen {folder}/cups.sock
PreserveJobHistory Yes
DefaultAuthType None
Browsing No
WebInterface No
<Location />
Order allow,deny
Allow all
</Location>
<Policy default>
JobPrivateAccess all
JobPrivateValues none
<Limit All>
Order allow,deny
Allow all
</Limit>
</Policy>
"""
_FILES = """ServerRoot {folder}/root
CacheDir {folder}/cache
StateDir {folder}/state
TempDir {folder}/tmp
RequestRoot {folder}/requests
AccessLog {folder}/access
ErrorLog {folder}/errors
PageLog {folder}/pages
"""
# Keeps what arrived, and what was asked for with it.
_COMMAND = """#!/bin/sh
cp "$1" {folder}/arrived/$IPP_JOB_ID.pdf
env | grep ^IPP_ > {folder}/arrived/$IPP_JOB_ID.env
"""
# What the printer can do besides what it can by itself.
_FINISHER = """ATTR enum finishings-supported none,staple-top-left,saddle-stitch,fold
ATTR enum finishings-default none
"""


@dataclass(frozen=True)
class Arrived:
    """A job as the printer got it: its file, and what it was asked for."""

    pdf: Path
    asked: dict[str, str]


@dataclass(frozen=True)
class Printer:
    """A printer with its queue; `server` is where CUPS listens, `uri` where the printer does."""

    folder: Path
    uri: str

    @property
    def server(self) -> str:
        """The socket of its CUPS."""
        return f"{self.folder}/cups.sock"

    def arrived(self) -> list[Arrived]:
        """Return all that was printed, in order."""
        files = sorted((self.folder / "arrived").glob("*.pdf"), key=lambda path: int(path.stem))
        return [Arrived(path, _environment(path.with_suffix(".env"))) for path in files]

    def unplug(self) -> None:
        """Have the queue find no printer from now on, and give up after a second."""
        nowhere = f"ipp://localhost:{_free_port()}/ipp/print?contimeout=1"
        policy = "printer-error-policy=abort-job"
        self._have("lpadmin", "-p", NAME, "-v", nowhere, "-o", policy)

    def hold(self) -> None:
        """Have the queue keep what comes from now on, until `release`."""
        self._have("cupsdisable", NAME)

    def release(self) -> None:
        """Have the queue print what it kept."""
        self._have("cupsenable", NAME)

    def cancel(self, job: str) -> None:
        """Take a job out of the queue, as its owner can."""
        self._have("cancel", job)

    def _have(self, name: str, *arguments: str) -> None:
        done = _call([program(name, "cups-client"), *arguments], self.folder)
        assert not done.returncode, done.stderr


def _environment(path: Path) -> dict[str, str]:
    lines = (line.partition("=") for line in path.read_text("utf-8").splitlines())
    return {key.removeprefix("IPP_"): value for key, _, value in lines}


@contextmanager
def a_printer(folder: Path) -> Iterator[Printer]:
    """Start a printer and its server, and end them with the block."""
    programs = {name: program(name, package) for name, package in _NEEDED.items()}
    if os.geteuid():
        pytest.skip("avahi-daemon has to be started by root")
    for name in ("arrived", "spool", "root", "cache", "state", "tmp", "requests"):
        (folder / name).mkdir()
    for name, text in {
        "bus.conf": _BUS, "avahi.conf": _AVAHI, "cupsd.conf": _CUPSD, "files.conf": _FILES,
        "command": _COMMAND,
    }.items():  # fmt: skip
        (folder / name).write_text(text.format(folder=folder), encoding="utf-8")
    (folder / "command").chmod(0o755)
    with ExitStack() as held:

        def start(name: str, *arguments: str) -> Callable[[], str]:
            return held.enter_context(_running([programs[name], *arguments], folder))

        started = start(
            "dbus-daemon", f"--config-file={folder}/bus.conf", "--nofork", "--nopidfile"
        )
        _until(lambda: _listens(folder / "bus"), started)
        started = start(
            "avahi-daemon", "--no-drop-root", "--no-chroot", "--no-rlimits", "-f",
            f"{folder}/avahi.conf",
        )  # fmt: skip
        _until(lambda: "startup complete" in started(), started)
        port = _free_port()
        printer = Printer(folder, f"ipp://localhost:{port}/ipp/print")
        started = start(
            "ippeveprinter", "-2", "-s", "60000", "-p", str(port), "-n", "localhost",
            "-d", f"{folder}/spool", "-f", "application/pdf", "-c", f"{folder}/command", "Office",
        )  # fmt: skip
        asking = [programs["ipptool"], "-q", "-T", "2", printer.uri, "get-printer-attributes.test"]
        _until(lambda: not _call(asking, folder).returncode, started)
        started = start("cupsd", "-f", "-c", f"{folder}/cupsd.conf", "-s", f"{folder}/files.conf")
        _until(lambda: _listens(folder / "cups.sock"), started)
        adding = [
            program("lpadmin", "cups-client"), "-p", NAME, "-E", "-v", printer.uri,
            "-m", "everywhere",
        ]  # fmt: skip
        _until(lambda: not _call(adding, folder).returncode, started)
        yield printer


def environment(folder: Path) -> dict[str, str]:
    """Return the variables that lead programs to this bus and this print server."""
    return {
        **os.environ,
        "DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={folder}/bus",
        "CUPS_SERVER": f"{folder}/cups.sock",
    }


def _call(command: Sequence[str], folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, env=environment(folder), capture_output=True, text=True, timeout=60, check=False
    )


@contextmanager
def _running(command: Sequence[str], folder: Path) -> Iterator[Callable[[], str]]:
    """Run a program while the block does; yields what to call for all it has said."""
    log = folder / f"{Path(command[0]).name}.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            command, env=environment(folder), stdout=output, stderr=subprocess.STDOUT
        )

        def words() -> str:
            text = log.read_text("utf-8", errors="replace")
            assert process.poll() is None, f"{command[0]} has ended: {text}"
            return text

        try:
            yield words
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _until(ready: Callable[[], bool], words: Callable[[], str]) -> None:
    """Wait for a program; what it said is shown where it never is ready."""
    deadline = time.monotonic() + 60
    while not ready():
        assert time.monotonic() < deadline, words()
        words()
        time.sleep(0.05)


def _listens(path: Path) -> bool:
    """Tell whether a program takes calls at a socket: its file is there a moment before it does."""
    with socket.socket(socket.AF_UNIX) as caller:
        return caller.connect_ex(str(path)) == 0


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("localhost", 0))
        return int(listener.getsockname()[1])
