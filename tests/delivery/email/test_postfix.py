"""The same against the server that much of the world's mail goes through."""

from __future__ import annotations

import grp
import hashlib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest

from tests.delivery.conftest import desk
from tests.delivery.office import INES, KEN, LEA, MANAGERS, WANG, Office
from tests.delivery.postbox import Certificate
from tests.other_programs import program
from tests.tiny_workspace.workspace import Tiny
from workshop.delivery.email.deliver import DUE
from workshop.delivery.email.ledger import State, Status
from workshop.diagnostics import EnvironmentFault
from workshop.planning.make_plan import Plan

pytestmark = pytest.mark.slow

_MAIN = """
compatibility_level = 3.6
queue_directory = {root}/queue
data_directory = {root}/data
mail_owner = postfix
setgid_group = postdrop
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = localhost
mydestination =
alias_maps =
default_transport = error:nothing leaves this machine
relay_transport = error:nothing leaves this machine
smtpd_tls_cert_file = {chain}
smtpd_tls_key_file = {key}
smtpd_tls_security_level = encrypt
smtpd_recipient_restrictions =
    check_recipient_access inline:{{ {{{lea}=450 4.7.1 Greylisted}} }}, reject_unauth_destination
smtpd_error_sleep_time = 0
message_size_limit = 60000
virtual_mailbox_limit = 0
virtual_mailbox_domains = example.com
virtual_mailbox_base = {root}/mail
virtual_mailbox_maps = inline:{{{ines}=ines/, {lea}=lea/, {wang}=wang/}}
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}
virtual_minimum_uid = 1
"""
_MASTER = """
{port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
error unix - - n - - error
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
tlsmgr unix - - n 1000? 1 tlsmgr
proxymap unix - - n - - proxymap
"""


@dataclass(frozen=True)
class Postfix:
    """A running Postfix of its own, and where it puts mail."""

    port: int
    root: Path

    def mail_to(self, box: str) -> list[Any]:
        """Return the messages in a mailbox, as soon as there are any: delivery takes a moment."""
        folder, deadline = self.root / "mail" / box / "new", time.monotonic() + 20
        while not (paths := list(folder.glob("*"))) and time.monotonic() < deadline:
            time.sleep(0.05)
        return [message_from_bytes(path.read_bytes(), policy=policy.default) for path in paths]


@pytest.fixture(scope="module")
def postfix(certificate: Certificate) -> Iterator[Postfix]:
    """Postfix on a port of its own, with folders of its own."""
    if os.geteuid() != 0:
        pytest.skip("Postfix can only be started by root")
    # Its processes give up their rights, and could not enter pytest's folders.
    root = Path(tempfile.mkdtemp(prefix="workshop-postfix-"))
    root.chmod(0o755)
    owner, group = pwd.getpwnam("postfix").pw_uid, grp.getgrnam("postfix").gr_gid
    for name in ("queue", "data", "mail", "etc"):
        (root / name).mkdir()
    for name in ("data", "mail"):
        os.chown(root / name, owner, group)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    words = {"root": root, "uid": owner, "gid": group, "port": port, "ines": INES, "lea": LEA}
    keys = {"chain": certificate.chain, "key": certificate.key, "wang": WANG}
    (root / "etc" / "main.cf").write_text(_MAIN.format(**words, **keys))
    (root / "etc" / "master.cf").write_text(_MASTER.format(**words))
    command = [program("postfix", "postfix"), "-c", str(root / "etc")]
    started = subprocess.run([*command, "start"], capture_output=True, text=True)
    assert started.returncode == 0, started.stderr
    try:
        yield Postfix(port, root)
    finally:
        subprocess.run([*command, "stop"], capture_output=True)
        shutil.rmtree(root)


@pytest.fixture
def office(tiny: Tiny, plan: Plan, postfix: Postfix, certificate: Certificate) -> Office:
    """An office that sends through Postfix, which asks for no password here."""
    office = desk(tiny, plan)
    office.server = office.server.model_copy(update={"port": postfix.port, "username": None})
    office.trust = certificate.trust
    return office


def test_a_run_through_postfix(office: Office, postfix: Postfix) -> None:
    """One unknown, one greylisted, one too large in the end, and one that gets it at once."""
    office.send()
    assert office.stands() == {
        INES: Status.SENT,
        KEN: Status.REFUSED,
        LEA: Status.QUEUED,
        WANG: Status.SENT,
    }
    replies = {line.address: line.reply for line in office.lines()}
    assert replies[KEN].startswith("550 5.1.1 <ken@example.com>")
    assert replies[LEA].startswith("450 4.7.1 ")
    assert replies[INES].startswith("250 2.0.0 Ok: queued as ")
    assert [wait for wait in office.waited if wait > 1] == [10, 60]

    [mail] = postfix.mail_to("wang")
    [message] = office.messages("王小明")
    pdf, _ = mail.iter_attachments()
    assert mail["Message-ID"] == message.message_id
    assert mail["To"] == "王小明 <wang@example.com>"
    assert pdf.get_filename() == "Manager briefing - 王小明.pdf"
    assert hashlib.sha256(pdf.get_content()).hexdigest() == message.file.entry.sha256

    office.send()
    assert len(postfix.mail_to("ines")) == 1
    office.build(size=60_000)
    office.send(states=(*DUE, State.CHANGED))
    assert {line.reply[:9] for line in office.lines() if line.status is Status.REFUSED} == {
        "552 5.3.4"
    }
    assert len(postfix.mail_to("wang")) == 1
    assert set(MANAGERS.values()) == set(office.stands())


def test_its_certificate_has_to_be_known(office: Office) -> None:
    office.trust = None
    with pytest.raises(EnvironmentFault, match="is not to be trusted"):
        office.send()
