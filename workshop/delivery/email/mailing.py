"""Write the e-mails to the managers of a plan, and find out how each of them stands."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from workshop.composing.letter import LetterWriter
from workshop.delivery.email.addressed import Addressed, ManagerFile, addressed
from workshop.delivery.email.earlier import earlier_letter
from workshop.delivery.email.ledger import Ledger, LedgerLine, State, sent_before, state_of
from workshop.delivery.email.message import (
    Before,
    Circumstances,
    Message,
    Sender,
    write_message,
)
from workshop.diagnostics import ContentError, Diagnostic, Report, Severity
from workshop.planning.make_plan import Plan
from workshop.workspace.mailbox import Mailbox
from workshop.workspace.settings import EmailSettings


@dataclass(frozen=True)
class MailingItem:
    """Holds a manager, the message for them and its state; no message where there are faults."""

    addressed: Addressed
    message: Message | None
    state: State | None
    faults: tuple[Diagnostic, ...]


@dataclass(frozen=True)
class Mailing:
    """Holds the messages for all managers of a client's cohorts.

    `output` is where the kits are that the messages were made from. Messages of a mailing with
    `test_to` are tests, and are sent there alone.
    """

    workspace: Path
    client: str
    output: Path
    settings: EmailSettings | None
    items: tuple[MailingItem, ...]
    warnings: tuple[Diagnostic, ...]
    test_to: Mailbox | None = None

    @property
    def faults(self) -> tuple[Diagnostic, ...]:
        """The errors of all items, each of them once; warnings are among `warnings`."""
        faults = (fault for item in self.items for fault in item.faults)
        errors = (fault for fault in faults if fault.severity is Severity.ERROR)
        return tuple(dict.fromkeys(errors))

    def messages(self, states: Collection[State], limit: int | None = None) -> list[Message]:
        """Return the first `limit` messages that are in one of `states`.

        Raises `ContentError` if any item has faults, even one that would not be returned.
        """
        if self.faults:
            raise ContentError(self.faults)
        messages = [item.message for item in self.items if item.message and item.state in states]
        return messages[:limit]


def make_mailing(
    plan: Plan,
    output: Path,
    settings: EmailSettings | None,
    when: Circumstances,
    only: Collection[str] = (),
) -> Mailing:
    """Write the e-mails to the managers of a plan, with the files of the kits below `output`.

    Raises `UsageError` where there is nothing to send, `ContentError` for faults in the e-mail's
    template.
    """
    everybody = addressed(plan, output, only)
    report = Report()
    report.extend(everybody.left_over)
    lines = Ledger(plan.tailored.workspace).lines(plan.tailored.slug)
    sender = Sender(settings.sender, settings.reply_to) if settings else Sender(None)
    writing = _Writing(plan, sender, when, lines, {})
    items = tuple(
        MailingItem(
            manager,
            writing.message_to(manager),
            state_of(manager.file, lines) if manager.file else None,
            manager.faults,
        )
        for manager in everybody.people
    )
    of_items = (fault for item in items for fault in item.faults)
    report.extend(fault for fault in of_items if fault.severity is Severity.WARNING)
    report.extend(_passed(plan, when.now.date()))
    report.extend(_without_timezone(items, when))
    tailored = plan.tailored
    return Mailing(
        tailored.workspace, tailored.slug, output, settings, items, tuple(report), when.test_to
    )


@dataclass
class _Writing:
    """Writes messages; those of one cohort and document have one writer."""

    plan: Plan
    sender: Sender
    when: Circumstances
    lines: list[LedgerLine]
    writers: dict[tuple[str, str], LetterWriter]

    def message_to(self, manager: Addressed) -> Message | None:
        if manager.file is None:
            return None
        document, key = manager.document, (manager.cohort, manager.document.name)
        if key not in self.writers:
            name = self.sender.mailbox.name if self.sender.mailbox else ""
            day = manager.plan.day
            self.writers[key] = LetterWriter(self.plan.tailored, day, document, name)
        writer = self.writers[key]
        before = self._count_sent_before(manager.file)
        return write_message(manager, manager.file, writer, self.sender, self.when, before)

    def _count_sent_before(self, file: ManagerFile) -> Before:
        lines = sent_before(file, self.lines)
        last = earlier_letter(lines[-1], self.when.now.tzinfo) if lines else None
        return Before(len(lines), last)


def _without_timezone(items: Sequence[MailingItem], when: Circumstances) -> Iterator[Diagnostic]:
    report = Report()
    cohorts = {
        item.addressed.cohort: item.addressed.plan.day.cohort
        for item in items
        if item.message and len(item.message.attachments) > 1
    }
    for cohort in cohorts.values():
        if not (cohort.timezone or when.timezone):
            message = f"The calendar entries for “{cohort.slug}” are in no time zone"
            hint = (
                "Some calendars then show another hour. Add a line like "
                "`timezone: Europe/London` to client.yaml, or to workshop.yaml for all clients."
            )
            report.warn("no-timezone", message, cohort.location, hint)
    yield from report


def _passed(plan: Plan, today: datetime.date) -> Iterator[Diagnostic]:
    report = Report()
    for cohort in plan.cohorts:
        date = cohort.day.cohort.date
        if date and date <= today:
            message = f"The day of “{cohort.day.cohort.slug}” was on {date}"
            if date == today:
                message = f"The day of “{cohort.day.cohort.slug}” is today"
            report.warn("day-passed", message, cohort.day.cohort.location)
    yield from report
