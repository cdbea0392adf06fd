"""Our own process killed, or the disk full, at each state: nobody twice, nobody left out."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.delivery.office import INES, KEN, MANAGERS, ROWS, Office, planned
from tests.delivery.postbox import PASSWORD, USER, Certificate, Postbox
from workshop.delivery.email.deliver import DUE
from workshop.delivery.email.ledger import FOLDER, State, Status
from workshop.diagnostics import EnvironmentFault

WORKSHOP = Path(sys.executable).with_name("workshop")
ALL = sorted(MANAGERS.values())


def start(office: Office, certificate: Certificate) -> subprocess.Popen[str]:
    """Start the command as a user does."""
    planned(office.tiny, ROWS)  # writes the roster
    settings = (
        "output: build\ntimezone: Europe/London\n"
        f"email:\n  host: 127.0.0.1\n  port: {office.server.port}\n"
        f"  username: {USER}\n  from: Ruth Ashdown <ruth@example.org>\n  rate: 600\n"
    )
    office.tiny.write("workshop.yaml", settings)
    return subprocess.Popen(
        [WORKSHOP, "email", "--client", "tiny", "--send", "--yes"],
        cwd=office.tiny.root,
        env={
            **os.environ,
            "WORKSHOP_SMTP_PASSWORD": PASSWORD,
            "SSL_CERT_FILE": str(certificate.authority),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize(
    ("moment", "whom", "left", "unknown"),
    [
        pytest.param("at_rcpt", INES, Status.QUEUED, False, id="queued"),
        pytest.param("at_data", INES, Status.UNKNOWN, True, id="sending"),
        pytest.param("at_accepted", INES, Status.UNKNOWN, True, id="taken, and not noted"),
        pytest.param("at_rcpt", KEN, Status.SENT, False, id="sent"),
    ],
)
def test_a_kill_at_each_state(
    office: Office,
    postbox: Postbox,
    certificate: Certificate,
    moment: str,
    whom: str,
    left: Status,
    unknown: bool,
) -> None:
    process = start(office, certificate)

    def kill(to: str) -> str | None:
        if to == whom:
            process.kill()
            process.wait()
        return None

    setattr(postbox, moment, kill)
    process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL
    setattr(postbox, moment, lambda _to: None)
    assert office.stands()[INES] is left

    office.send()
    assert office.stands()[INES] is (Status.UNKNOWN if unknown else Status.SENT)
    others = [address for address in postbox.addresses if address != INES]
    assert sorted(others) == [address for address in ALL if address != INES]
    assert postbox.addresses.count(INES) == (0 if moment == "at_data" else 1)
    if unknown:
        office.send(states=(*DUE, State.UNKNOWN))
    assert set(office.stands().values()) == {Status.SENT}


def test_a_second_command_waits_for_nothing_and_sends_nothing(
    office: Office, postbox: Postbox, certificate: Certificate
) -> None:
    """The first one is in the middle of a message when the second is started."""
    second: list[str] = []

    def try_another(to: str) -> str | None:
        if to == INES:
            with pytest.raises(EnvironmentFault) as caught:
                office.send(messages)
            second.append(caught.value.diagnostics[0].code)
            second.append(office.stands()[INES].value)
        return None

    messages = office.messages()
    process = start(office, certificate)
    postbox.at_data = try_another
    stdout, stderr = process.communicate(timeout=60)
    assert (process.returncode, stderr) == (0, "")
    assert "4 of 4 have their file." in stdout
    assert second == ["already-sending", "sending"]
    assert sorted(postbox.addresses) == ALL


@pytest.fixture(params=["a limit", "a full disk"])
def fill(request: pytest.FixtureRequest, office: Office) -> Iterator[Callable[[bool], None]]:
    """Yield what makes the ledger’s disk full, and room on it again."""
    if request.param == "a limit":
        # Whatever is written now is too much, as far as the system is concerned.
        usual = resource.getrlimit(resource.RLIMIT_FSIZE)
        yield lambda full: resource.setrlimit(
            resource.RLIMIT_FSIZE, (0, usual[1]) if full else usual
        )
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)
        return
    folder = office.tiny.root / FOLDER
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=256k", "none", str(folder)]
    mounted = subprocess.run(mount, capture_output=True, text=True)
    if mounted.returncode:
        pytest.skip(
            f"no small disk can be had here, for which one has to be root: {mounted.stderr}"
        )
    filler = folder / "filler"

    def filled(full: bool) -> None:
        if not full:
            filler.unlink()
            return
        with filler.open("wb", buffering=0) as file:
            try:
                while True:
                    file.write(b"x" * 512)
            except OSError:
                pass

    yield filled
    subprocess.run(["umount", folder], check=True)


def full_at(to: str, fill: Callable[[bool], None]) -> Callable[[str], str | None]:
    """Return what a server does that takes every message, with the disk full at somebody's."""

    def take(address: str) -> str | None:
        if address == to:
            fill(True)
        return None

    return take


def test_nothing_is_sent_that_cannot_be_noted_first(
    office: Office, postbox: Postbox, fill: Callable[[bool], None]
) -> None:
    postbox.at_rcpt = full_at(KEN, fill)
    with pytest.raises(EnvironmentFault, match="sqlite cannot be used"):
        office.send()
    assert postbox.addresses == [INES]
    fill(False)
    postbox.at_rcpt = lambda _to: None
    office.send()
    assert sorted(postbox.addresses) == ALL


def test_what_was_taken_and_cannot_be_noted_is_unknown(
    office: Office, postbox: Postbox, fill: Callable[[bool], None]
) -> None:
    postbox.at_accepted = full_at(KEN, fill)
    with pytest.raises(EnvironmentFault) as caught:
        office.send()
    assert "The server took the message to Ken Ito" in str(caught.value)
    fill(False)
    postbox.at_accepted = lambda _to: None
    assert office.stands()[KEN] is Status.UNKNOWN
    office.send()
    assert sorted(postbox.addresses) == ALL
