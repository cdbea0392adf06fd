"""`workshop email`: send each manager their briefing."""

from __future__ import annotations

from typing import Any

import click

from workshop.cli.options import client_option, cohort_option, kits_option, workspace_option
from workshop.cli.show_faults import all_option


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
@all_option
@workspace_option
def command(**options: Any) -> None:
    """Send each manager their briefing, from the finished kit.

    Without --send nothing leaves the machine: it shows who would get what, and what is wrong.
    Nobody is sent a file twice unless you ask for it.
    """
    from workshop.cli.email_modes import MODES, EmailOptions, chosen_mode

    given = EmailOptions(**options)
    MODES[chosen_mode(given)](given)
