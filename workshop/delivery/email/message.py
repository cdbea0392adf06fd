"""Write the e-mail that brings a manager their file."""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid

from workshop.composing.letter import EarlierLetter, LetterWriter, Written
from workshop.delivery.email.addressed import Addressed, ManagerFile
from workshop.delivery.email.calendar_file import calendar_file, calendar_uid
from workshop.delivery.email.conversations import Conversation, conversations
from workshop.delivery.email.earlier import said_of
from workshop.delivery.email.mail_headers import POLICY, address, attachment_name, in_ascii
from workshop.workspace.mailbox import Mailbox

_NOWHERE = "workshop-kit.invalid"  # RFC 2606
_DATES = "dates.ics"


@dataclass(frozen=True)
class Sender:
    """Says who writes; `mailbox` is None in drafts, which a mail program completes."""

    mailbox: Mailbox | None
    reply_to: Mailbox | None = None

    @property
    def domain(self) -> str:
        """The right half of message ids (RFC 5322, 3.6.4)."""
        return self.mailbox.address.rpartition("@")[2] if self.mailbox else _NOWHERE


@dataclass(frozen=True)
class Circumstances:
    """Says when messages are written, whom they are tests for, and which zone is the trainer's.

    `now` has a time zone. `timezone` is for clients that name none.
    """

    now: datetime.datetime
    test_to: Mailbox | None = None
    timezone: str | None = None


@dataclass(frozen=True)
class Before:
    """Says how many versions of a file its manager was sent before, and what came with the last."""

    versions: int = 0
    letter: EarlierLetter | None = None


@dataclass(frozen=True)
class Message:
    """Holds an e-mail that is ready to be sent, and the file in it, which says who gets it."""

    file: ManagerFile
    message_id: str
    subject: str
    attachments: tuple[str, ...]
    html: str
    said: str
    content: EmailMessage

    @property
    def ledger_entry(self) -> tuple[ManagerFile, str, str]:
        """What the ledger notes of a message that is going to be sent."""
        return self.file, self.message_id, self.said

    def __bytes__(self) -> bytes:
        return self.content.as_bytes(policy=POLICY)


def message_id(file: ManagerFile, domain: str) -> str:
    """Return the id of the message with a file: it depends on the file and on who gets it."""
    return f"<{_digest(*file.artefact, file.entry.sha256)}@{domain}>"


def _digest(*key: str) -> str:
    return hashlib.sha256("\0".join(key).encode()).hexdigest()[:40]


def write_message(
    manager: Addressed,
    file: ManagerFile,
    writer: LetterWriter,
    sender: Sender,
    when: Circumstances,
    before: Before = Before(),  # it cannot be changed
) -> Message:
    """Return the e-mail that brings a manager their file.

    A test goes to whom it is for instead, says that it is one, and has an id of its own.
    """
    cohort, people = manager.plan.day.cohort, len(manager.managed.people)
    wanted = conversations(cohort.date, people, when.now.date())
    words = writer.write(manager.managed, wanted, before.letter)
    test = f"This is a test. It would go to {file.to}." if when.test_to else ""
    subject = f"[Test] {words['subject'].line}" if test else words["subject"].line
    html = writer.page(subject, words["body"].html, test)

    message = EmailMessage(policy=POLICY)
    own_id = message_id(file, sender.domain)
    message["Message-ID"] = make_msgid(domain=sender.domain) if test else own_id
    message["Date"] = format_datetime(when.now)
    if sender.mailbox:
        message["From"] = address(sender.mailbox)
    message["To"] = address(when.test_to or file.to)
    if sender.reply_to:
        message["Reply-To"] = address(sender.reply_to)
    message["Subject"] = subject
    message.set_content(f"{test}\n\n{words['body'].text}" if test else words["body"].text)
    message.add_alternative(html, subtype="html")
    attached = [_attach_pdf(message, file, writer.title)]
    if wanted:
        timezone = cohort.timezone or when.timezone
        attached.append(_attach_dates(message, file, wanted, words, before, when.now, timezone))
    said = said_of(cohort)
    return Message(file, own_id, subject, tuple(attached), html, said, message)


def _attach_pdf(message: EmailMessage, file: ManagerFile, title: str) -> str:
    name = attachment_name(f"{title} - {file.to.name}", ".pdf")
    # Some programs know `name` alone, or no name beyond ASCII.
    plain = attachment_name(in_ascii(f"{title} - {file.to.name}"), ".pdf")
    message.add_attachment(
        file.content,
        maintype="application",
        subtype="pdf",
        filename=name,
        params={"name": plain},
    )
    return name


def _attach_dates(
    message: EmailMessage,
    file: ManagerFile,
    wanted: tuple[Conversation, ...],
    words: dict[str, Written],
    before: Before,
    now: datetime.datetime,
    timezone: str | None,
) -> str:
    entries = {
        kind: (words[f"{kind}_title"].line, words[f"{kind}_note"].text) for kind in ("talk", "ask")
    }
    # One id for all versions of the file, so that an update moves the entries and adds none.
    uid = calendar_uid(*file.artefact)
    dates = calendar_file(wanted, entries, uid, before.versions, now, timezone)
    message.add_attachment(
        dates.decode(),
        subtype="calendar",
        filename=_DATES,
        params={"method": "PUBLISH", "name": _DATES},
        cte="base64",  # Evolution takes a whole message for a calendar that has one's words in it
    )
    return _DATES
