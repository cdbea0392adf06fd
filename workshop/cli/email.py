"""`workshop email`: send each manager their briefing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from workshop.cli.options import (
    client_option,
    cohort_option,
    find_workspace,
    kits_option,
    workspace_option,
)
from workshop.diagnostics import UsageError

if TYPE_CHECKING:
    from collections.abc import Collection

    from workshop.delivery.email.ledger import State
    from workshop.delivery.email.mailing import Mailing
    from workshop.workspace.mailbox import Mailbox
    from workshop.workspace.settings import WorkspaceFile


@click.command("email")
@client_option(required=False)
@cohort_option
@click.option(
    "--document", default="manager-briefing", show_default=True, help="The document to send."
)
@click.option("--only", metavar="NAME", multiple=True, help="Only this manager; may be repeated.")
@click.option("--limit", type=click.IntRange(1), help="Only so many of those that are due.")
@click.option("--send", is_flag=True, help="Send what has not been sent yet.")
@click.option("--yes", is_flag=True, help="Do not ask before sending, for scripts.")
@click.option("--updates", is_flag=True, help="Include what has changed since it was sent.")
@click.option("--resend-unknown", is_flag=True, help="Include what may have been sent already.")
@click.option("--drafts", is_flag=True, help="Write drafts that a mail program opens.")
@click.option("--test-to", metavar="ADDRESS", help="Send everything here instead, as a test.")
@click.option("--mark-sent", is_flag=True, help="Note as sent what went another way.")
@click.option("--status", is_flag=True, help="Show what was sent to whom.")
@click.option("--store-password", is_flag=True, help="Put the password into the system’s keyring.")
@kits_option
@workspace_option
def command(
    client: str | None,
    cohorts: tuple[str, ...],
    document: str,
    only: tuple[str, ...],
    limit: int | None,
    send: bool,
    yes: bool,
    updates: bool,
    resend_unknown: bool,
    drafts: bool,
    test_to: str | None,
    mark_sent: bool,
    status: bool,
    store_password: bool,
    output: Path | None,
    workspace: Path | None,
) -> None:
    """Send each manager their briefing, from the finished kit.

    Without --send nothing leaves the machine: it shows who would get what, and what is wrong.
    Nobody is sent a file twice unless you ask for it.
    """
    from workshop.workspace.settings import read_settings

    _check_one_of(
        {
            "--send": send,
            "--drafts": drafts,
            "--test-to": test_to is not None,
            "--mark-sent": mark_sent,
            "--status": status,
            "--store-password": store_password,
        }
    )
    root = find_workspace(workspace)
    settings = read_settings(root)
    if store_password:
        _store_password(settings)
        return
    if client is None:
        raise click.UsageError("Missing option '--client'.")
    if status:
        _show_status(root, client)
        return

    from workshop.delivery.email.deliver import wanted_states

    to = _address(test_to)
    states = wanted_states(updates=updates, resend_unknown=resend_unknown)
    kits = output or root / settings.output
    mailing = _mailing(root, kits, client, cohorts, document, settings, only, to)
    if to:
        _test(mailing, settings, to, limit)
    elif send:
        _send(mailing, root, client, settings, states, limit, ask=not yes)
    elif drafts:
        _drafts(mailing, kits, states, limit)
    elif mark_sent:
        _mark_sent(mailing, root, client, limit, ask=not yes)
    else:
        _dry_run(mailing, settings, states, limit)


def _check_one_of(modes: dict[str, bool]) -> None:
    given = [name for name, wanted in modes.items() if wanted]
    if len(given) > 1:
        raise UsageError.single("email-modes", f"{' and '.join(given)} exclude each other")


def _address(text: str | None) -> Mailbox | None:
    from workshop.content.yaml.files import Fault
    from workshop.workspace.mailbox import parse_mailbox

    try:
        return parse_mailbox(text) if text is not None else None
    except Fault as fault:
        raise UsageError.single("address", str(fault), hint=fault.hint) from fault


def _mailing(
    root: Path,
    kits: Path,
    client: str,
    cohorts: tuple[str, ...],
    document: str,
    settings: WorkspaceFile,
    only: tuple[str, ...],
    test_to: Mailbox | None,
) -> Mailing:
    from email.utils import localtime

    import workshop
    from workshop.cli.show_faults import show
    from workshop.delivery.email.mailing import make_mailing

    plan = workshop.plan(workshop.load(root, client), cohorts, [document])
    mailing = make_mailing(plan, kits, settings.email, localtime(), only, test_to)
    show((*plan.tailored.warnings, *plan.warnings, *mailing.warnings))
    return mailing


def _dry_run(
    mailing: Mailing, settings: WorkspaceFile, states: Collection[State], limit: int | None
) -> None:
    from workshop.cli.mail_tables import mailing_table
    from workshop.cli.wording import count

    click.echo(mailing_table(mailing, settings.email))
    due = len(mailing.messages(states, limit))
    click.echo(f"\nNothing was sent. {count(due, 'message')} would go with --send.")


def _test(mailing: Mailing, settings: WorkspaceFile, to: Mailbox, limit: int | None) -> None:
    from workshop.cli.wording import count
    from workshop.delivery.email.deliver import needed, send_tests
    from workshop.delivery.email.ledger import State

    messages = mailing.messages(tuple(State), limit)
    send_tests(
        messages,
        to,
        needed(settings.email),
        lambda one: click.echo(f"  {one.attachments[0]}"),
    )
    click.echo(f"Sent {count(len(messages), 'test')} to {to.address}; nobody else got anything.")


def _send(
    mailing: Mailing,
    root: Path,
    client: str,
    settings: WorkspaceFile,
    states: Collection[State],
    limit: int | None,
    *,
    ask: bool,
) -> None:
    from workshop.cli.mail_tables import follow, mailing_table, outcome_table, verdict
    from workshop.cli.wording import count
    from workshop.delivery.email.deliver import needed, send
    from workshop.delivery.email.ledger import Ledger

    server = needed(settings.email)
    messages = mailing.messages(states, limit)
    if messages and ask:
        click.echo(mailing_table(mailing, server) + "\n")
        _ask(client, f"Send {count(len(messages), 'message')} through {server.host}?")
    ledger = Ledger(root)
    try:
        if messages:
            send(messages, states, ledger, server, follow)
    finally:
        # Also where the run was cut short: what became of each stands in the ledger.
        click.echo("\n" + outcome_table(mailing, ledger.lines(client)))
    verdict(mailing, ledger.lines(client), limit=limit)


def _drafts(mailing: Mailing, output: Path, states: Collection[State], limit: int | None) -> None:
    from workshop.cli.wording import count
    from workshop.delivery.email.drafts import write_drafts
    from workshop.diagnostics import display_path

    messages = mailing.messages(states, limit)
    folders = write_drafts(messages, output)
    for folder in folders:
        click.echo(f"{display_path(folder)}/")
    click.echo(f"Wrote {count(len(messages), 'draft')}; nothing was sent.")
    if messages:
        client = messages[0].file.client
        click.echo(f"Once they are sent, note it: workshop email --client {client} --mark-sent")


def _mark_sent(mailing: Mailing, root: Path, client: str, limit: int | None, *, ask: bool) -> None:
    from workshop.cli.mail_tables import names
    from workshop.cli.wording import count
    from workshop.delivery.email.deliver import mark_sent
    from workshop.delivery.email.ledger import Ledger, State

    messages = mailing.messages([one for one in State if one is not State.SENT], limit)
    if messages and ask:
        click.echo(names(messages))
        _ask(client, f"Note {count(len(messages), 'message')} as sent, without sending?")
    mark_sent(messages, Ledger(root))
    click.echo(f"Noted {count(len(messages), 'message')} as sent; nothing was sent now.")


def _ask(client: str, question: str) -> None:
    typed = click.prompt(
        f"{question} Type the client’s name, {client}, to go on", default="", show_default=False
    )
    if typed.strip() != client:
        raise UsageError.single("not-confirmed", "That is not the client’s name: nothing was done")


def _show_status(root: Path, client: str) -> None:
    from workshop.cli.mail_tables import ledger_table
    from workshop.delivery.email.ledger import Ledger
    from workshop.workspace.clients import find_client

    find_client(root, client)
    lines = Ledger(root).lines(client)
    click.echo(ledger_table(lines) if lines else f"Nothing was sent for {client} yet.")


def _store_password(settings: WorkspaceFile) -> None:
    from workshop.delivery.email.deliver import needed
    from workshop.delivery.email.password import Password, store_password

    server = needed(settings.email)
    if not server.username:
        hint = "Add `username` below `email:` in workshop.yaml."
        raise UsageError.single(
            "no-username", "There is no user name for the mail server", hint=hint
        )
    typed = click.prompt(f"Password of {server.username} at {server.host}", hide_input=True)
    store_password(server, Password(typed))
    click.echo("The system’s keyring has it now.")
