"""An office that sends, a server that receives, a printer, and a built kit to print."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.delivery.office import Office, planned
from tests.delivery.postbox import PASSWORD, USER, Certificate, Postbox, make_certificate, serving
from tests.delivery.real_printer import Printer, a_printer
from tests.press.conftest import Press, built, press
from tests.tiny_workspace.workspace import Tiny, tiny
from workshop.planning.make_plan import Plan
from workshop.workspace.mailbox import Mailbox
from workshop.workspace.settings import EmailSettings

__all__ = ["Press", "built", "press", "printer", "tiny"]


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    """A certificate for localhost that nobody trusts by themselves."""
    return make_certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture
def postbox() -> Postbox:
    """What the server gets."""
    return Postbox()


@pytest.fixture
def port(postbox: Postbox, certificate: Certificate) -> Iterator[int]:
    """A server that wants STARTTLS and a password."""
    with serving(postbox, certificate.server) as port:
        yield port


@pytest.fixture(scope="session")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    """What the roster of four managers gives, read once."""
    return planned(Tiny.copied_to(tmp_path_factory.mktemp("office") / "workspace"))


@pytest.fixture
def office(
    tiny: Tiny, plan: Plan, port: int, certificate: Certificate, monkeypatch: pytest.MonkeyPatch
) -> Office:
    """A workspace with a finished kit, and the server set up in it."""
    monkeypatch.setenv("WORKSHOP_SMTP_PASSWORD", PASSWORD)
    office = desk(tiny, plan)
    office.server = office.server.model_copy(update={"port": port})
    office.trust = certificate.trust
    return office


def desk(tiny: Tiny, plan: Plan) -> Office:
    """Return a workspace with a finished kit, whose server is nowhere."""
    settings = EmailSettings(
        host="127.0.0.1",
        username=USER,
        sender=Mailbox("Ruth Ashdown", "ruth@example.org"),
        reply_to=Mailbox("", "replies@example.org"),
        port=1,
    )
    here = replace(plan, tailored=replace(plan.tailored, workspace=tiny.root))
    office = Office(tiny, settings, here)
    office.build()
    return office


@pytest.fixture
def printer(monkeypatch: pytest.MonkeyPatch) -> Iterator[Printer]:
    """A printer called `office`, the only one that `lp` knows here."""
    # Not below pytest's folder: the path of a socket has room for a hundred characters.
    with tempfile.TemporaryDirectory(prefix="printer-") as folder:
        # CUPS has its filters run by a user of their own, who has to get in.
        Path(folder).chmod(0o755)
        with a_printer(Path(folder)) as printer:
            monkeypatch.setenv("CUPS_SERVER", printer.server)
            yield printer
