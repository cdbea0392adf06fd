"""`workshop completion`: print the line a shell needs to complete commands and client names."""

from __future__ import annotations

import click

from workshop.cli.terminal import echo


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def command(shell: str) -> None:
    """Print the line a shell completes commands with.

    For bash, put this into ~/.bashrc: eval "$(workshop completion bash)"
    """
    from click.shell_completion import get_completion_class

    from workshop.cli import main

    completion = get_completion_class(shell)
    if completion is None:
        raise click.ClickException(f"There is no completion for {shell}.")
    echo(completion(main, {}, "workshop", "_WORKSHOP_COMPLETE").source())
