"""`workshop doctor`: whether this machine has what the product needs."""

from __future__ import annotations

import click


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
    click.echo(columns(("ok" if one.fine else "missing", one.what, one.found) for one in findings))
    wrong = [one for one in findings if not one.fine]
    if wrong:
        raise EnvironmentFault([one.diagnostic() for one in wrong])
    click.echo("This machine has all it needs.")
