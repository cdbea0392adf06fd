"""Define the options that several commands share, and find the workspace."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click
from click.shell_completion import CompletionItem

from workshop.cli.terminal import harmless
from workshop.diagnostics import UsageError
from workshop.workspace.clients import find_workspace

F = TypeVar("F", bound=Callable[..., Any])


def _complete_clients(
    ctx: click.Context, _param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    from workshop.workspace.clients import client_names

    try:
        names = client_names(find_workspace(ctx.params.get("workspace")))
    except UsageError:
        return []
    return [
        CompletionItem(name)
        for name in names
        if name.startswith(incomplete) and name == harmless(name, one_line=True)
    ]


def workspace_option(function: F) -> F:
    """Add --workspace."""
    return click.option(
        "--workspace",
        type=click.Path(file_okay=False, path_type=Path),
        envvar="WORKSHOP_WORKSPACE",
        is_eager=True,
        help="The folder with workshop.yaml; otherwise found from here upwards.",
    )(function)


def client_option(*, required: bool = True) -> Callable[[F], F]:
    """Add --client."""
    return click.option(
        "--client",
        required=required,
        shell_complete=_complete_clients,
        help="The client's folder name.",
    )


def cohort_option(function: F) -> F:
    """Add --cohort."""
    return click.option(
        "--cohort", "cohorts", multiple=True, help="Only this cohort; may be repeated."
    )(function)


def edition_option(function: F) -> F:
    """Add --edition."""
    return click.option(
        "--edition",
        "editions",
        multiple=True,
        help="standard, large-print or fillable, of the documents that have it; may be repeated.",
    )(function)


def kits_option(function: F) -> F:
    """Add --output, for commands that read finished kits."""
    return click.option(
        "--output",
        type=click.Path(file_okay=False, path_type=Path),
        help="Where the kits are, if not in the workspace's build folder.",
    )(function)


def _note_debug(ctx: click.Context, _param: click.Parameter, wanted: bool) -> None:
    ctx.meta["workshop.debug"] = wanted


def debug_option(function: F) -> F:
    """Add --debug, which the group of all commands looks at."""
    return click.option(
        "--debug",
        is_flag=True,
        expose_value=False,
        callback=_note_debug,
        help="Show where in the program a fault was found, too.",
    )(function)


def only_option(function: F) -> F:
    """Add --only."""
    return click.option(
        "--only", metavar="DOCUMENT", multiple=True, help="Only this document; may be repeated."
    )(function)
