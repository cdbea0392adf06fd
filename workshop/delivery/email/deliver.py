"""Send a mailing, send it to the trainer as a test, or note that it was sent in another way."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from email.utils import localtime
from pathlib import Path

from workshop.building.reuse.changed_since import warn_of_old_kits
from workshop.content.yaml.files import Fault
from workshop.delivery.email.ledger import Ledger, State, Status
from workshop.delivery.email.mailing import Mailing, make_mailing
from workshop.delivery.email.message import Circumstances, Message
from workshop.delivery.email.password import find_password
from workshop.delivery.email.send import Event, MailRun, Outcome, Pace
from workshop.delivery.email.smtp import Result, Unreachable, connected
from workshop.diagnostics import EnvironmentFault, UsageError
from workshop.planning.make_plan import Plan
from workshop.tailoring.client_file.accepted import mark_accepted
from workshop.workspace.kits_folder import kits_folder
from workshop.workspace.mailbox import Mailbox, parse_mailbox
from workshop.workspace.settings import EmailSettings, read_settings

# The states of messages that never reached anybody. Others are sent only if somebody asks for it.
DUE = (State.NEW, State.QUEUED, State.REFUSED)


def wanted_states(*, updates: bool, resend_unknown: bool) -> tuple[State, ...]:
    """Return the states in which a message is sent."""
    asked = {State.CHANGED: updates, State.UNKNOWN: resend_unknown}
    return (*DUE, *(state for state, wanted in asked.items() if wanted))


def needed(settings: EmailSettings | None) -> EmailSettings:
    """Return the settings, or raise `UsageError` where there are none."""
    if settings is None:
        message = "workshop.yaml does not say which mail server to use"
        hint = "Add `email:` with `host` and `from`; docs/email.md has examples."
        raise UsageError.single("no-email-settings", message, hint=hint)
    return settings


def read_mailing(
    plan: Plan, only: Collection[str], output: Path | None, test_to: str | None
) -> Mailing:
    """Write a plan's e-mails as of now, with the settings and the kits of its workspace.

    `test_to` is an address that they are tests for, if they are. Raises `UsageError` for one that
    is no address, and as `make_mailing` does.
    """
    workspace = plan.tailored.workspace
    to = None if test_to is None else mailbox_for(test_to)
    settings = read_settings(workspace)
    kits = kits_folder(workspace, plan.tailored.slug, output)
    when = Circumstances(localtime(), to, settings.timezone)
    mailing = make_mailing(plan, kits, settings.email, when, only)
    of_files = (*plan.tailored.warnings, *plan.warnings, *warn_of_old_kits(plan, kits, output))
    warnings = mark_accepted((*of_files, *mailing.warnings), plan.tailored.accepted)
    return replace(mailing, warnings=tuple(warnings))


def mailbox_for(text: str) -> Mailbox:
    """Return an address that somebody has typed; raises `UsageError` for what is none."""
    try:
        return parse_mailbox(text)
    except Fault as fault:
        raise UsageError.single("address", str(fault), hint=fault.hint) from fault


def deliver_mailing(
    mailing: Mailing,
    states: Collection[State],
    limit: int | None,
    follow: Callable[[Event], None],
) -> list[Outcome]:
    """Send those messages of a mailing that are in one of `states`, at most `limit` of them.

    Tests are sent whatever state they are in. Raises `UsageError` where no mail server is set, else
    as `send` and `send_tests` do.
    """
    settings = needed(mailing.settings)
    if mailing.test_to:
        tests = mailing.messages(tuple(State), limit)
        return send_tests(tests, mailing.test_to, settings, follow)
    messages = mailing.messages(states, limit)
    return send(messages, states, Ledger(mailing.workspace), settings, follow)


def send(
    messages: Sequence[Message],
    states: Collection[State],
    ledger: Ledger,
    settings: EmailSettings,
    follow: Callable[[Event], None],
    pace: Pace | None = None,
    trust: ssl.SSLContext | None = None,
) -> list[Outcome]:
    """Send those messages that are in one of `states`, and note each in the ledger.

    Raises `EnvironmentFault` where there is no password, the server cannot be used, or the ledger
    cannot be written.
    """
    password = find_password(settings)
    run = MailRun(
        ledger,
        lambda: connected(settings, password, trust),
        settings.sender.address,
        pace or Pace(between=60 / settings.rate),
        follow,
    )
    return run.run(messages, states)


def send_tests(
    messages: Sequence[Message],
    to: Mailbox,
    settings: EmailSettings,
    follow: Callable[[Outcome], None],
    trust: ssl.SSLContext | None = None,
) -> list[Outcome]:
    """Send messages that were written as tests to the trainer, without noting that.

    Raises `EnvironmentFault` at the first message that the server does not take.
    """
    outcomes = []
    try:
        with connected(settings, find_password(settings), trust) as session:
            for message in messages:
                answer = session.hand_over(
                    bytes(message), settings.sender.address, to.address, lambda: None
                )
                if answer.result is not Result.TAKEN:
                    sentence = f"The server did not take the test for {to.address}: {answer.reply}"
                    raise EnvironmentFault.single("test-not-taken", sentence)
                outcomes.append(Outcome(message, Status.SENT, answer.reply))
                follow(outcomes[-1])
    except Unreachable as fault:
        sentence = f"The mail server cannot be reached: {fault}"
        raise EnvironmentFault.single("no-server", sentence) from fault
    return outcomes


def mark_sent(messages: Sequence[Message], ledger: Ledger) -> None:
    """Note messages as sent that went out from a draft, or in a run that could not note them."""
    with ledger.running():
        ledger.queue([message.ledger_entry for message in messages])
        for message in messages:
            ledger.ended(message.file, Status.SENT, "marked by hand")
