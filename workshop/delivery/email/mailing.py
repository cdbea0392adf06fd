"""A plan and its finished kits into the e-mails to its managers, and how each of them stands."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from workshop.composing.letter import LetterWriter
from workshop.delivery.email.addressed import Addressed, addressed
from workshop.delivery.email.ledger import Ledger, State, state_of
from workshop.delivery.email.message import Message, Sender, write_message
from workshop.diagnostics import ContentError, Diagnostic, Report
from workshop.planning.make_plan import Plan
from workshop.workspace.mailbox import Mailbox
from workshop.workspace.settings import EmailSettings


@dataclass(frozen=True)
class MailingItem:
    """A manager, the message for them and how it stands; no message where there are faults."""

    addressed: Addressed
    message: Message | None
    state: State | None
    faults: tuple[Diagnostic, ...]


@dataclass(frozen=True)
class Mailing:
    """All that a plan's managers are to get."""

    items: tuple[MailingItem, ...]
    warnings: tuple[Diagnostic, ...]

    @property
    def faults(self) -> tuple[Diagnostic, ...]:
        """What is wrong with any of it, each fault once."""
        return tuple(dict.fromkeys(fault for item in self.items for fault in item.faults))

    def messages(self, states: Collection[State], limit: int | None = None) -> list[Message]:
        """Return the first `limit` messages that stand as one of `states`.

        Raises `ContentError` where anything is wrong with any item, wanted or not.
        """
        if self.faults:
            raise ContentError(self.faults)
        return [one.message for one in self.items if one.message and one.state in states][:limit]


def make_mailing(
    plan: Plan,
    output: Path,
    settings: EmailSettings | None,
    now: datetime.datetime,
    only: Collection[str] = (),
    test_to: Mailbox | None = None,
) -> Mailing:
    """Write the e-mails to the managers of a plan, with the files of the kits below `output`.

    `now` has a time zone. Raises `UsageError` where there is nothing to send, `ContentError` for
    faults in the e-mail's template.
    """
    everybody = addressed(plan, output, only)
    report = Report()
    report.extend(everybody.left_over)
    lines = Ledger(plan.tailored.workspace).lines(plan.tailored.slug)
    sender = Sender(settings.sender, settings.reply_to) if settings else Sender(None)
    writing = _Writing(plan, sender, now, test_to, {})
    items = tuple(
        MailingItem(
            one,
            writing.message(one),
            state_of(one.file, lines) if one.file else None,
            one.faults,
        )
        for one in everybody.people
    )
    report.extend(_passed(plan, now.date()))
    return Mailing(items, tuple(report))


@dataclass(frozen=True)
class _Writing:
    plan: Plan
    sender: Sender
    now: datetime.datetime
    test_to: Mailbox | None
    writers: dict[tuple[str, str], LetterWriter]

    def message(self, one: Addressed) -> Message | None:
        if one.file is None:
            return None
        key = (one.cohort, one.document.name)
        if key not in self.writers:
            name = self.sender.mailbox.name if self.sender.mailbox else ""
            self.writers[key] = LetterWriter(self.plan.tailored, one.plan.day, one.document, name)
        writer = self.writers[key]
        return write_message(one, one.file, writer, self.sender, self.now, self.test_to)


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
