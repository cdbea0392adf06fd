"""Carry out what `workshop email` is asked for: each way to use it is a function here."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

import workshop
from workshop.cli.mail_tables import (
    follow,
    ledger_table,
    mailing_table,
    names,
    outcome_table,
    verdict,
)
from workshop.cli.show_faults import show
from workshop.cli.terminal import ask, echo
from workshop.cli.wording import count
from workshop.delivery.email.deliver import mark_sent, needed, wanted_states
from workshop.delivery.email.drafts import DraftScope, write_drafts
from workshop.delivery.email.ledger import Ledger, State
from workshop.delivery.email.mailing import Mailing
from workshop.delivery.email.password import Password, store_password
from workshop.delivery.email.send import Event, Outcome
from workshop.diagnostics import UsageError, display_path
from workshop.workspace.clients import find_client, find_workspace
from workshop.workspace.settings import read_settings

# The document that is sent if no other is named.
DOCUMENT = "manager-briefing"


@dataclass(frozen=True)
class EmailOptions:
    """Holds the options of the command, as it was called."""

    client: str | None
    cohorts: tuple[str, ...]
    document: str
    only: tuple[str, ...]
    limit: int | None
    send: bool
    yes: bool
    updates: bool
    resend_unknown: bool
    drafts: bool
    test_to: str | None
    mark_sent: bool
    status: bool
    store_password: bool
    output: Path | None
    workspace: Path | None

    @property
    def states(self) -> tuple[State, ...]:
        """The states in which a message is sent."""
        return wanted_states(updates=self.updates, resend_unknown=self.resend_unknown)

    @property
    def client_name(self) -> str:
        """The client, which all ways to use the command need but that for the password."""
        if self.client is None:
            raise click.UsageError("Missing option '--client'.")
        return self.client


def chosen_mode(options: EmailOptions) -> str:
    """Return the option that says how the command is used; raises `UsageError` for several."""
    modes = {
        "--send": options.send,
        "--drafts": options.drafts,
        "--test-to": options.test_to is not None,
        "--mark-sent": options.mark_sent,
        "--status": options.status,
        "--store-password": options.store_password,
    }
    given = [name for name, wanted in modes.items() if wanted]
    if len(given) > 1:
        from workshop.in_a_row import in_a_row

        raise UsageError.single("email-modes", f"{in_a_row(given)} exclude each other")
    return given[0] if given else ""


def _dry_run(options: EmailOptions) -> None:
    mailing = _mailing(options)
    echo(mailing_table(mailing, mailing.settings))
    due = len(mailing.messages(options.states, options.limit))
    echo(f"\nNothing was sent. {count(due, 'message')} would go with --send.")


def _test(options: EmailOptions) -> None:
    mailing = _mailing(options)
    sent = workshop.deliver(mailing, limit=options.limit, on_event=_tell_test)
    to = mailing.test_to.address if mailing.test_to else ""
    echo(f"Sent {count(len(sent), 'test')} to {to}; nobody else got anything.")


def _tell_test(event: Event) -> None:
    if isinstance(event, Outcome):
        echo(f"  {event.message.attachments[0]}")


def _send(options: EmailOptions) -> None:
    mailing = _mailing(options)
    server = needed(mailing.settings)
    messages = mailing.messages(options.states, options.limit)
    if messages and not options.yes:
        echo(mailing_table(mailing, server) + "\n")
        _ask(mailing.client, f"Send {count(len(messages), 'message')} through {server.host}?")
    ledger = Ledger(mailing.workspace)
    try:
        if messages:
            workshop.deliver(
                mailing,
                updates=options.updates,
                resend_unknown=options.resend_unknown,
                limit=options.limit,
                on_event=follow,
            )
    finally:
        # Also where the run was cut short: what became of each stands in the ledger.
        echo("\n" + outcome_table(mailing, ledger.lines(mailing.client)))
    verdict(mailing, ledger.lines(mailing.client), limit=options.limit)


def _drafts(options: EmailOptions) -> None:
    mailing = _mailing(options)
    messages = mailing.messages(options.states, options.limit)
    addresses = [item.message.file.artefact[-1] for item in mailing.items if item.message]
    scope = DraftScope(
        mailing.client, options.document, options.cohorts, addresses if options.only else ()
    )
    drafts = write_drafts(messages, mailing.output, scope)
    for folder in drafts.folders:
        echo(f"{display_path(folder)}/")
    echo(f"Wrote {count(len(messages), 'draft')}; nothing was sent.")
    _tell_paths("Removed earlier drafts that are no longer true:", drafts.removed)
    _tell_paths("Left alone, as somebody has changed or written them:", drafts.changed)
    changed = sum(item.state is State.CHANGED for item in mailing.items)
    if changed and not options.updates:
        has = count(changed, "file")
        echo(f"{has} changed after being sent; --drafts --updates writes drafts of the new ones.")
    if messages:
        echo(f"Once they are sent, note it: {_same_with(options, '--mark-sent')}")


def _tell_paths(sentence: str, paths: Sequence[Path]) -> None:
    if paths:
        echo("\n".join([sentence, *(f"  {display_path(path)}" for path in paths)]))


def _same_with(options: EmailOptions, mode: str) -> str:
    """Return a command about the same messages as this one."""
    words = ["workshop", "email", "--client", options.client_name]
    for cohort in options.cohorts:
        words += ["--cohort", cohort]
    if options.document != DOCUMENT:
        words += ["--document", options.document]
    for name in options.only:
        words += ["--only", name]
    if options.limit:
        words += ["--limit", str(options.limit)]
    words += ["--updates"] if options.updates else []
    words += ["--resend-unknown"] if options.resend_unknown else []
    for option, folder in (("--output", options.output), ("--workspace", options.workspace)):
        words += [option, str(folder)] if folder else []
    return shlex.join([*words, mode])


def _mark_sent(options: EmailOptions) -> None:
    mailing = _mailing(options)
    # Somebody who is named is noted however it stands; of all others, those that drafts are for.
    unsent = [state for state in State if state is not State.SENT]
    messages = mailing.messages(unsent if options.only else options.states, options.limit)
    if messages and not options.yes:
        echo(names(messages))
        question = f"Note {count(len(messages), 'message')} as sent, without sending?"
        _ask(mailing.client, question)
    mark_sent(messages, Ledger(mailing.workspace))
    echo(f"Noted {count(len(messages), 'message')} as sent; nothing was sent now.")


def _show_status(options: EmailOptions) -> None:
    root, client = find_workspace(options.workspace), options.client_name
    read_settings(root)
    find_client(root, client)
    lines = Ledger(root).lines(client)
    echo(ledger_table(lines) if lines else f"Nothing was sent for {client} yet.")


def _store_password(options: EmailOptions) -> None:
    server = needed(read_settings(find_workspace(options.workspace)).email)
    if not server.username:
        message = "There is no user name for the mail server"
        hint = "Add `username` below `email:` in workshop.yaml."
        raise UsageError.single("no-username", message, hint=hint)
    typed = ask(f"Password of {server.username} at {server.host}", hide_input=True)
    store_password(server, Password(typed))
    echo("The system’s keyring has it now.")


MODES: Mapping[str, Callable[[EmailOptions], None]] = {
    "": _dry_run,
    "--send": _send,
    "--drafts": _drafts,
    "--test-to": _test,
    "--mark-sent": _mark_sent,
    "--status": _show_status,
    "--store-password": _store_password,
}


def _mailing(options: EmailOptions) -> Mailing:
    """Write the messages, and print what is worth knowing of them."""
    mailing = workshop.mailing(
        find_workspace(options.workspace),
        options.client_name,
        options.cohorts,
        options.document,
        only=options.only,
        output=options.output,
        test_to=options.test_to,
    )
    show(mailing.warnings)
    return mailing


def _ask(client: str, question: str) -> None:
    typed = ask(f"{question} Type the client’s name, {client}, to go on", default="")
    if typed.strip() != client:
        raise UsageError.single("not-confirmed", "That is not the client’s name: nothing was done")
