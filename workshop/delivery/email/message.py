"""Write the e-mail that brings a manager their file."""

from __future__ import annotations

import datetime
import hashlib
import re
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid

from workshop.composing.letter import LetterWriter
from workshop.delivery.email.addressed import Addressed, ManagerFile
from workshop.delivery.email.conversations import calendar, conversations
from workshop.workspace.mailbox import Mailbox

# Everything is sent in ASCII, so that no server needs 8BITMIME (RFC 6152).
POLICY = SMTP.clone(cte_type="7bit")
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
class Message:
    """Holds an e-mail that is ready to be sent, and the file in it, which says who gets it."""

    file: ManagerFile
    message_id: str
    subject: str
    attachments: tuple[str, ...]
    html: str
    content: EmailMessage

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
    now: datetime.datetime,
    test_to: Mailbox | None = None,
) -> Message:
    """Return the e-mail that brings a manager their file; `now` has a time zone.

    With `test_to` the e-mail goes there instead, says that it is a test, and has an id of its own.
    """
    own_id = message_id(file, sender.domain)
    day, people = manager.plan.day.cohort.date, len(manager.managed.people)
    wanted = conversations(day, people, now.date())
    words = writer.write(manager.managed, wanted)
    test = f"This is a test. It would go to {file.to}." if test_to else ""
    subject = f"[Test] {words['subject'].line}" if test else words["subject"].line
    html = writer.page(subject, words["body"].html, test)

    message = EmailMessage(policy=POLICY)
    message["Message-ID"] = make_msgid(domain=sender.domain) if test else own_id
    message["Date"] = format_datetime(now)
    if sender.mailbox:
        message["From"] = address(sender.mailbox)
    message["To"] = address(test_to or file.to)
    if sender.reply_to:
        message["Reply-To"] = address(sender.reply_to)
    message["Subject"] = subject
    message.set_content(f"{test}\n\n{words['body'].text}" if test else words["body"].text)
    message.add_alternative(html, subtype="html")
    pdf = attachment_name(f"{manager.document.title} – {file.to.name}", ".pdf")
    message.add_attachment(file.content, maintype="application", subtype="pdf", filename=pdf)
    if wanted:
        entries = {
            kind: (words[f"{kind}_title"].line, words[f"{kind}_note"].text)
            for kind in ("talk", "ask")
        }
        # The same ids for every version of the file, so that an update adds no second entries.
        dates = calendar(wanted, entries, f"{_digest(*file.artefact)}@{sender.domain}", now)
        message.add_attachment(
            dates.decode(), subtype="calendar", params={"method": "PUBLISH"}, filename=_DATES
        )
    attached = (pdf, _DATES) if wanted else (pdf,)
    return Message(file, own_id, subject, attached, html, message)


def address(mailbox: Mailbox) -> Address:
    """Return a mailbox for a header: without the line breaks that its name might hold."""
    name = "".join(char for char in mailbox.name if char.isprintable())
    return Address(display_name=name, addr_spec=mailbox.address)


def attachment_name(words: str, ending: str) -> str:
    """Return words, in any script, as a file name that Windows, macOS and Linux allow."""
    printable = "".join(char if char.isprintable() else " " for char in words)
    allowed = " ".join(re.sub(r'[\\/:*?"<>|]', " ", printable).split()).strip(". ")
    # A name may have 255 bytes, and the ending must not be cut off.
    cut = allowed.encode()[:200].decode(errors="ignore").strip(". ")
    return f"{cut or 'file'}{ending}"
