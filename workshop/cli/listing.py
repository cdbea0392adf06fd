"""`workshop list`: show what there is to choose from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from workshop.cli.options import client_option, workspace_option
from workshop.cli.show_faults import all_option, show
from workshop.cli.terminal import echo
from workshop.workspace.clients import find_workspace

if TYPE_CHECKING:
    from workshop.content.module import Module


@click.group("list")
def command() -> None:
    """List modules, documents, looks, terms, clients or ways to print."""


@command.command("clients")
@workspace_option
def clients(workspace: Path | None) -> None:
    """List the workspace's clients and their cohorts."""
    from workshop.cli.wording import columns
    from workshop.diagnostics import Report
    from workshop.tailoring.client_file.client import ClientFile
    from workshop.tailoring.list_choices import list_clients
    from workshop.workspace.client_folders import report_folders

    def cohorts(client: ClientFile | None) -> str:
        return (
            "cannot be read: see `workshop check`" if client is None else ", ".join(client.cohorts)
        )

    root = find_workspace(workspace)
    rows = [
        (slug, client.name if client else "", cohorts(client))
        for slug, client in list_clients(root)
    ]
    report = Report()
    report_folders(root, report)
    show(report)
    echo(columns(rows) or "No clients yet.")


@command.command("modules")
@client_option(required=False)
@all_option
@workspace_option
def modules(client: str | None, workspace: Path | None) -> None:
    """List modules and their minutes.

    For each its name, the least, the best and the most minutes, where it comes from, and its title.
    """
    from workshop.cli.wording import columns
    from workshop.tailoring.list_choices import list_modules

    rows = [
        (
            module.name,
            f"{module.minutes.minimum:3} {module.minutes.ideal:3} {module.minutes.maximum:3} min",
            layer,
            _title(module),
        )
        for module, layer in list_modules(find_workspace(workspace), client)
    ]
    echo(columns(rows))


def _title(module: Module) -> str:
    from workshop.planning.titles import title_as_told

    after = module.front.after
    return title_as_told(module.front.title) + (f" (optional, follows {after})" if after else "")


@command.command("documents")
@client_option(required=False)
@all_option
@workspace_option
def documents(client: str | None, workspace: Path | None) -> None:
    """List documents and whom they are for."""
    from workshop.cli.wording import columns
    from workshop.content.audiences import READERS
    from workshop.tailoring.list_choices import list_documents

    rows = [
        (
            document.name,
            f"for {READERS[document.file.audience]}",
            f"one per {document.file.per}",
            layer,
        )
        for document, layer in list_documents(find_workspace(workspace), client)
    ]
    echo(columns(rows))


@command.command("looks")
@client_option(required=False)
@all_option
@workspace_option
def looks(client: str | None, workspace: Path | None) -> None:
    """List looks: what each is like, and its typefaces for headings and for text."""
    from workshop.cli.wording import columns
    from workshop.tailoring.list_choices import list_looks

    rows = [
        (look.name, f"{look.headings.family}, {look.text.family}", layer, look.summary)
        for look, layer in list_looks(find_workspace(workspace), client)
    ]
    echo(columns(rows))


@command.command("profiles")
@client_option(required=False)
@all_option
@workspace_option
def profiles(client: str | None, workspace: Path | None) -> None:
    """List the ways to print and what each is for."""
    from workshop.cli.wording import columns
    from workshop.tailoring.list_choices import list_profiles

    rows = [
        (profile.name, profile.file.title, profile.file.stock, profile.layer)
        for profile in list_profiles(find_workspace(workspace), client)
    ]
    echo(columns(rows))


@command.command("terms")
@client_option(required=False)
@all_option
@workspace_option
def terms(client: str | None, workspace: Path | None) -> None:
    """List the programme's terms and the words for them.

    For each the term, as client files and texts write it, the usual word, and with --client the
    client's own word, if it has one.
    """
    from workshop.cli.wording import columns
    from workshop.tailoring.list_choices import list_terms

    def own_word(own: str | None) -> str:
        return "" if client is None else f"{client}: “{own}”" if own else f"{client}: as usual"

    rows = [
        (term.term, f"“{term.usual}”", own_word(term.own))
        for term in list_terms(find_workspace(workspace), client)
    ]
    echo(columns(rows) or "The programme has no terms.")
