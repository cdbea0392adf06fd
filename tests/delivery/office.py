"""A workspace with a finished kit for four managers, quickly made, and what is done with it."""

from __future__ import annotations

import datetime
import hashlib
import io
import ssl
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field

from pikepdf import Dictionary, Pdf, String

import workshop
from tests.conftest import READINGS
from tests.tiny_workspace.workspace import ROSTER, Tiny
from workshop.building.kit import manifest
from workshop.building.kit.manifest import KitFile, Manifest
from workshop.delivery.email.deliver import DUE, send
from workshop.delivery.email.ledger import Ledger, LedgerLine, State, Status
from workshop.delivery.email.mailing import Mailing, make_mailing
from workshop.delivery.email.message import Circumstances, Message
from workshop.delivery.email.send import Event, Outcome, Pace
from workshop.planning.make_plan import Plan
from workshop.workspace.mailbox import Mailbox
from workshop.workspace.settings import EmailSettings

NOW = datetime.datetime(2027, 9, 20, 9, 30, tzinfo=datetime.UTC)
DOCUMENT = "manager-briefing"
MANAGERS = {
    "Inés Ruiz": "ines@example.com",
    "Ken Ito": "ken@example.com",
    "Lea Sommer": "lea@example.com",
    "王小明": "wang@example.com",
}
INES, KEN, LEA, WANG = MANAGERS.values()
ROWS = "".join(
    f"Person {n},p{n}@example.com,{m},{a}\n" for n, (m, a) in enumerate(MANAGERS.items())
)


def planned(tiny: Tiny, rows: str = ROWS) -> Plan:
    """Write the roster, and return the plan it gives."""
    tiny.write(ROSTER, f"name,email,manager,manager_email\n{rows}")
    return workshop.plan(workshop.load(tiny.root, "tiny", READINGS), (), [DOCUMENT])


def pdf_of(title: str, size: int) -> bytes:
    """Return a PDF with one empty page, and so many bytes more."""
    made = io.BytesIO()
    with Pdf.new() as pdf:
        pdf.add_blank_page()
        pdf.trailer.Info = Dictionary(Title=String(title))
        pdf.Root.More = pdf.make_stream(b"x" * size)
        pdf.save(made, compress_streams=False, deterministic_id=True)
    return made.getvalue()


@dataclass
class Office:
    """The workspace, with all waits noted instead of waited."""

    tiny: Tiny
    server: EmailSettings
    plan: Plan
    written: dict[tuple[str, ...], list[Message]] = field(default_factory=dict)
    trust: ssl.SSLContext | None = None
    waiting: Callable[[float], None] | None = None
    waited: list[float] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)

    def build(self, rows: str = ROWS, more: str = "", size: int = 2000) -> Manifest:
        """Write the roster and a kit as a build leaves it; `more` goes into the files."""
        self.written.clear()
        if rows != ROWS:
            self.plan = planned(self.tiny, rows)
        entries = []
        for job in self.plan.cohorts[0].jobs:
            content = pdf_of(f"{job.path}{more}", size)
            path = self.tiny.kit / job.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            entries.append(manifest.entry_for(job, hashlib.sha256(content).hexdigest(), 1))
        return self.record(*entries)

    def record(self, *entries: KitFile) -> Manifest:
        """Write the kit's manifest."""
        written = Manifest("tiny", "autumn", entries)
        manifest.write(written, self.tiny.kit)
        return written

    def mailing(self, *only: str, test_to: Mailbox | None = None) -> Mailing:
        """Return what the managers are to get."""
        output = self.tiny.root / "build"
        return make_mailing(
            self.plan, output, self.server, Circumstances(NOW, test_to, "Europe/London"), only
        )

    def messages(self, *only: str) -> list[Message]:
        """Return every message there is, however it stands."""
        if only not in self.written:
            self.written[only] = self.mailing(*only).messages(tuple(State))
        return self.written[only]

    @property
    def ledger(self) -> Ledger:
        """The workspace's ledger."""
        return Ledger(self.tiny.root)

    def send(
        self,
        messages: Sequence[Message] | None = None,
        states: Collection[State] = DUE,
        retries: tuple[float, ...] = (10, 60),
    ) -> list[Outcome]:
        """Send what is due."""
        pace = Pace(between=1, retries=retries, wait=self.waiting or self.waited.append)
        wanted = self.messages() if messages is None else messages
        return send(wanted, states, self.ledger, self.server, self.events.append, pace, self.trust)

    def lines(self) -> list[LedgerLine]:
        """Return what the ledger has."""
        return self.ledger.lines("tiny")

    def stands(self) -> dict[str, Status]:
        """Return how each address stands in the ledger."""
        return {line.address: line.status for line in self.lines()}
