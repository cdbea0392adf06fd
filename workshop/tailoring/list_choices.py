"""List what a workspace offers to choose from: clients, modules, documents, profiles, terms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from workshop.content.module import Module, read_module
from workshop.content.programme import read_programme
from workshop.content.yaml.files import read_yaml, validate
from workshop.diagnostics import Report
from workshop.tailoring.client_file.client import ClientFile
from workshop.tailoring.documents import Document, read_documents
from workshop.tailoring.look.look_files import layer_of_look, look_names
from workshop.tailoring.look.looks import PaperLook, read_look
from workshop.tailoring.profiles import Profile, profile_names, read_profile
from workshop.workspace.clients import client_names, find_client
from workshop.workspace.odd_files import report_misplaced
from workshop.workspace.overlay import Overlay, library_root, make_overlay


def overlay_of(workspace: Path, client: str | None) -> Overlay:
    """Return a client's layers, or the workspace's.

    Raises `UsageError` for an unknown client, `ContentError` for a file in a folder's place.
    """
    if client is not None:
        find_client(workspace, client)
    overlay = make_overlay(client, workspace, library_root())
    report = Report()
    report_misplaced(overlay, report)
    report.stop_on_errors()
    return overlay


def list_clients(workspace: Path) -> list[tuple[str, ClientFile | None]]:
    """Return every client's slug and file; None for a file that has faults."""
    clients = []
    for slug in client_names(workspace):
        report = Report()
        source = read_yaml(find_client(workspace, slug), report)
        clients.append((slug, validate(source, ClientFile, report) if source else None))
    return clients


def list_modules(workspace: Path, client: str | None) -> list[tuple[Module, str]]:
    """Return every module with its layer's name; raise `ContentError` for faults in any."""
    overlay = overlay_of(workspace, client)
    report = Report()
    modules = []
    for name in overlay.names("modules", "*.md"):
        file = overlay.find("modules", name)
        # The library's modules are listed even if the workspace's programme lacks their segments.
        module = read_module(file.path, None, report) if file else None
        if file and module:
            modules.append((module, file.layer.name))
    report.stop_on_errors()
    return modules


def list_profiles(workspace: Path, client: str | None) -> list[Profile]:
    """Return every print profile; raise `ContentError` for faults in any."""
    overlay = overlay_of(workspace, client)
    return [read_profile(overlay, name) for name in profile_names(overlay)]


def list_looks(workspace: Path, client: str | None) -> list[tuple[PaperLook, str]]:
    """Return every look with its layer's name; raise `ContentError` for faults in any."""
    overlay = overlay_of(workspace, client)
    report = Report()
    looks = [(name, read_look(overlay, name, None, report)) for name in look_names(overlay)]
    report.stop_on_errors()
    return [(look, layer_of_look(overlay, name)) for name, look in looks if look]


def list_documents(workspace: Path, client: str | None) -> list[tuple[Document, str]]:
    """Return every document with its layer's name; raise `ContentError` for faults in any."""
    overlay = overlay_of(workspace, client)
    report = Report()
    documents = read_documents(overlay, report, _terms(workspace, client, overlay, report))
    report.stop_on_errors()
    layers = {
        name: file.layer.name
        for name in documents
        if (file := overlay.find("templates", f"{name}/document.yaml"))
    }
    return [(document, layers[name]) for name, document in sorted(documents.items())]


@dataclass(frozen=True)
class TermWord:
    """Holds a term of the programme, the usual word for it, and a client's own, if it has one."""

    term: str
    usual: str
    own: str | None


def list_terms(workspace: Path, client: str | None) -> list[TermWord]:
    """Return the programme's terms in its order; raise `ContentError` for faults in its file."""
    report = Report()
    usual, own = _words(workspace, client, overlay_of(workspace, client), report, report)
    report.stop_on_errors()
    return [
        TermWord(term, word, own[term] if own.get(term, word) != word else None)
        for term, word in usual.items()
    ]


def _terms(
    workspace: Path, client: str | None, overlay: Overlay, report: Report
) -> Mapping[str, str]:
    """Return the words for the programme's terms, a client's own where it has any."""
    usual, own = _words(workspace, client, overlay, report, Report())
    return {**usual, **own}


def _words(
    workspace: Path, client: str | None, overlay: Overlay, report: Report, of_client: Report
) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return the usual words for the programme's terms, and those that a client has.

    Faults in the programme's file go into `report`, those in the client's into `of_client`.
    """
    layer_file = overlay.find("modules", "programme.yaml")
    programme = read_programme(layer_file.path, report) if layer_file else None
    source = read_yaml(find_client(workspace, client), of_client) if client else None
    file = validate(source, ClientFile, of_client) if source else None
    return programme.file.terms if programme else {}, file.terms if file else {}
