"""A mailing sent, tried out on the trainer, or noted as sent in another way."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Collection, Sequence
from email.utils import localtime
from pathlib import Path

from workshop.delivery.email.ledger import Ledger, State, Status
from workshop.delivery.email.mailing import make_mailing
from workshop.delivery.email.message import Message
from workshop.delivery.email.password import find_password
from workshop.delivery.email.send import Event, MailRun, Outcome, Pace
from workshop.delivery.email.smtp import Result, Unreachable, connected
from workshop.diagnostics import EnvironmentFault, UsageError
from workshop.planning.make_plan import Plan
from workshop.workspace.mailbox import Mailbox
from workshop.workspace.settings import EmailSettings, read_settings

# What never reached anybody. The rest is sent only where somebody asks for it.
DUE = (State.NEW, State.QUEUED, State.REFUSED)


def wanted_states(*, updates: bool, resend_unknown: bool) -> tuple[State, ...]:
    """Return how a message must stand to be sent."""
    asked = {State.CHANGED: updates, State.UNKNOWN: resend_unknown}
    return (*DUE, *(state for state, wanted in asked.items() if wanted))


def needed(settings: EmailSettings | None) -> EmailSettings:
    """Return the settings; raises `UsageError` where there are none."""
    if settings is None:
        message = "workshop.yaml does not say which mail server to use"
        hint = "Add `email:` with `host` and `from`; docs/email.md has examples."
        raise UsageError.single("no-email-settings", message, hint=hint)
    return settings


def deliver_plan(plan: Plan, output: Path, follow: Callable[[Event], None]) -> list[Outcome]:
    """Send what was never sent of a plan's documents, as the workspace's settings say."""
    workspace = plan.tailored.workspace
    settings = needed(read_settings(workspace).email)
    mailing = make_mailing(plan, output, settings, localtime())
    return send(mailing.messages(DUE), DUE, Ledger(workspace), settings, follow)


def send(
    messages: Sequence[Message],
    states: Collection[State],
    ledger: Ledger,
    settings: EmailSettings,
    follow: Callable[[Event], None],
    pace: Pace | None = None,
    trust: ssl.SSLContext | None = None,
) -> list[Outcome]:
    """Send those messages that stand as one of `states`, and note each in the ledger.

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
    follow: Callable[[Message], None],
    trust: ssl.SSLContext | None = None,
) -> None:
    """Send messages that were written as tests to the trainer; nothing of it is noted.

    Raises `EnvironmentFault` at the first that the server does not take.
    """
    try:
        with connected(settings, find_password(settings), trust) as session:
            for message in messages:
                answer = session.hand_over(
                    bytes(message), settings.sender.address, to.address, lambda: None
                )
                if answer.result is not Result.TAKEN:
                    sentence = f"The server did not take the test for {to.address}: {answer.reply}"
                    raise EnvironmentFault.single("test-not-taken", sentence)
                follow(message)
    except Unreachable as fault:
        sentence = f"The mail server cannot be reached: {fault}"
        raise EnvironmentFault.single("no-server", sentence) from fault


def mark_sent(messages: Sequence[Message], ledger: Ledger) -> None:
    """Note messages as sent that went another way: from a draft, or, as it turned out, before."""
    with ledger.running():
        ledger.queue([(one.file, one.message_id) for one in messages])
        for one in messages:
            ledger.ended(one.file, Status.SENT, "marked by hand")
