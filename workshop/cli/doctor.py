"""`workshop doctor`: tell whether this machine has what the product needs."""

from __future__ import annotations

import click

from workshop.cli.terminal import echo


@click.command("doctor")
def command() -> None:
    """Check whether this machine has all it needs.

    Looks for Python, native libraries, fonts and packages, and says how to install what is missing;
    the exit code is then 3.
    """
    from workshop.cli.wording import columns
    from workshop.diagnostics import EnvironmentFault
    from workshop.typesetting.examine_machine import examine

    findings = examine()
    rows = [("ok" if item.fine else "missing", item.what, item.state) for item in findings]
    echo(columns(rows))
    missing = [item for item in findings if not item.fine]
    if missing:
        raise EnvironmentFault([item.diagnostic() for item in missing])
    echo("This machine has all it needs.")
