"""Make the folder of a new client: with the least it needs, or after a client that is there.

What the firm has made for a client is copied: look, words, choice of papers, texts, templates.
What is the client's own stays behind: its logo, its people, dates and places.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from typing import Any

from workshop.content.yaml.files import YamlSource, is_valid, parse_yaml, read_text
from workshop.content.yaml.to_fill_in import CLIENT_NAME
from workshop.diagnostics import ContentError, Diagnostic, Location, Report, UsageError
from workshop.limits import ANY_FILE, SETTINGS_FILE
from workshop.tailoring.client_file.accepted import acceptances, mark_accepted
from workshop.tailoring.client_file.client import ClientFile, read_client
from workshop.tailoring.people.clients_roster import known_segments, roster_settings
from workshop.tailoring.people.columns import RosterSettings
from workshop.tailoring.people.read_roster import read_roster
from workshop.tailoring.starting.client_folder import free_folder
from workshop.tailoring.starting.client_text import text_for_another
from workshop.tailoring.starting.left_names import OldNames, report_names
from workshop.tailoring.starting.new_workspace import FIRST_CLIENT
from workshop.user_files import RefusedFile, is_left_behind, read_file, real_path
from workshop.workspace.client_folders import report_namesakes
from workshop.workspace.clients import find_client
from workshop.workspace.other_clients import read_client_names
from workshop.workspace.overlay import Layer, Overlay, lies_in
from workshop.workspace.own_files import KINDS, hand_notes_on

# Tables, letters, dates and cards: no paper is made of them, and people are in them.
_TABLES = (".csv", ".tsv", ".xls", ".xlsx", ".xlsm", ".xlsb", ".ods", ".numbers")
_OF_PEOPLE = (*_TABLES, ".eml", ".msg", ".ics", ".vcf")

# The line that tells editors where the schema of a file lies.
_SCHEMA = re.compile(r"#\s*yaml-language-server:\s*\$schema=(\S+)")
# How the old client's tables of people look.
_OF_TABLES = ("sheet", "columns")


@dataclass(frozen=True)
class NewClient:
    """Says what a new client's folder has, what was left out of it, and what is to be looked at.

    `counts` maps a kind of file to how many there are.
    """

    folder: Path
    counts: dict[str, int]
    left_out: tuple[str, ...]
    warnings: tuple[Diagnostic, ...]
    name_line: int | None


def new_client(
    workspace: Path, slug: str, like: str | None = None, name: str | None = None
) -> NewClient:
    """Make a client's folder, as `like` has it, or with the least; nothing is overwritten.

    Without a `name` the file asks for one. Raises `UsageError` for a name that cannot be or is
    taken, and for an unknown client; `ContentError` where the old client's file cannot be read.
    """
    old_file = find_client(workspace, like) if like else FIRST_CLIENT
    folder = free_folder(workspace, slug)
    if name is not None and not is_valid(YamlSource(old_file, {"name": name}), ClientFile):
        message = f"“{name}” cannot be a client’s name"
        hint = "Write 1 to 200 characters that can be seen in print."
        raise UsageError.single("client-name", message, hint=hint)
    old = _OldClient(workspace, like, old_file)
    return old.copied_to(folder, name)


class _OldClient:
    """Reads a client that a new one is to be like; `slug` is None for the starter's."""

    def __init__(self, workspace: Path, slug: str | None, file: Path) -> None:
        self.workspace, self.slug, self.file = workspace, slug, file
        self.root = file.parent
        report = Report()
        self.text = read_text(file, report, SETTINGS_FILE) or ""
        source = parse_yaml(self.text, file, report)
        report.stop_on_errors()
        if source is None or not isinstance(source.data.get("name"), str):
            raise ContentError.single("no-name", "The client has no name", Location(file))
        self.source = source

    def copied_to(self, folder: Path, name: str | None) -> NewClient:
        """Write a new client's folder, its client file last; on a fault, remove it again."""
        logo = self.source.data.get("logo")
        own_logo = self.root / "assets" / logo if isinstance(logo, str) else None
        has_own_logo = own_logo is not None and own_logo.is_file()
        without = (*_OF_TABLES, *(("logo",) if has_own_logo else ()))
        head = _head(self.workspace, self.text)
        new = text_for_another(self.text, self.source, name or CLIENT_NAME, without, head)
        files = list(self._files(skipped=own_logo)) if self.slug else []
        left_out = [*new.left_out, *self._left_behind(files)] if self.slug else []
        _write(folder, self.root, files, new.text)
        report = Report()
        if self.slug:
            copies = [folder / "client.yaml", *(folder / path for path in files)]
            report_names(copies, folder, self._names(left_out), report)
        counts = {kind: sum(path.parts[0] == kind for path in files) for kind in KINDS}
        if name:
            others = read_client_names(self.workspace).besides(folder.name)
            report_namesakes(name, others, Location(folder / "client.yaml"), report)
        lines = new.text.splitlines()
        asked = next((at for at, line in enumerate(lines, 1) if CLIENT_NAME in line), None)
        warnings = tuple(_marked_as_accepted(report, folder / "client.yaml"))
        return NewClient(folder, counts, tuple(left_out), warnings, asked)

    def _files(self, skipped: Path | None) -> Iterator[Path]:
        """Yield the files to copy, by their paths below the client's folder."""
        layer = Layer(f"client {self.slug}", self.root, cases="cases")
        rosters = {real_path(path) for path, _, _ in self._rosters()}
        for kind in KINDS:
            for name in Overlay((layer,)).names(kind, "**/*"):
                path = layer.folder(kind) / name
                is_theirs = path.suffix.lower() in _OF_PEOPLE or real_path(path) in rosters
                if path != skipped and not is_theirs and _is_readable(path):
                    yield path.relative_to(self.root)

    def _left_behind(self, files: list[Path]) -> list[str]:
        """Return what lies in the client's folder and is not copied; of other folders, the name."""
        names: dict[str, None] = {}
        for path in sorted(self.root.rglob("*")):
            inside = path.relative_to(self.root)
            if path.is_dir() or inside in files or inside == Path("client.yaml"):
                continue
            if not is_left_behind(path.name) and not path.name.startswith("."):
                top, *below = inside.parts
                names[f"{top}/" if below and top not in KINDS else inside.as_posix()] = None
        return list(names)

    def _rosters(self) -> Iterator[tuple[Path, str, RosterSettings]]:
        cohorts = self.source.data.get("cohorts")
        for slug, cohort in cohorts.items() if isinstance(cohorts, dict) else ():
            roster: Any = cohort.get("roster") if isinstance(cohort, dict) else None
            if isinstance(roster, str) and lies_in(self.workspace, self.root / roster):
                yield self.root / roster, slug, _settings(self.source.data, cohort)

    def _names(self, left_out: list[str]) -> OldNames:
        """Return the names to look for; a roster that cannot be read is noted in `left_out`."""
        people: dict[str, str] = {}
        segments = known_segments(self.workspace, self.slug)
        for path, slug, settings in self._rosters():
            roster = read_roster(path, segments, Report(), settings=settings)
            if roster is None:
                left_out.append(f"a search for the names in {path.name}, which has faults")
                continue
            managers = [managed.person for managed in roster.managers()]
            people_of_it = [(person.name, person.email) for person in roster.participants]
            people_of_it += [(person.name, person.email) for person in managers]
            for name, email in people_of_it:
                people.setdefault(name, f"the roster of {slug}")
                people.setdefault(email or name, f"the roster of {slug}")
        return OldNames(str(self.source.data["name"]), str(self.slug), people)


def _marked_as_accepted(report: Report, file: Path) -> list[Diagnostic]:
    """Return the warnings, marked where the new client's file, like the old one's, accepts them."""
    client_and_source = read_client(file, Report())
    if client_and_source is None:
        return list(report)
    client, source = client_and_source
    return mark_accepted(report, acceptances(client.accept, source))


def _head(workspace: Path, old_text: str) -> list[str]:
    """Return the lines that begin a client file: the starter's, with a schema that is there."""
    starter = FIRST_CLIENT.read_text(encoding="utf-8")
    lines = list(takewhile(lambda line: line.startswith("#"), starter.splitlines()))
    said = [line for line in lines if not _SCHEMA.match(line)]
    schemas = [line for line in (*lines, *old_text.splitlines()) if _SCHEMA.match(line)]
    # Every client's folder lies two folders below the workspace.
    folder = workspace / "clients" / FIRST_CLIENT.parent.name
    there = [line for line in schemas if _has_schema(folder, line)]
    return [*there[:1], *said]


def _has_schema(folder: Path, line: str) -> bool:
    match = _SCHEMA.match(line)
    address = match[1] if match else ""
    # Where the folder is not there yet, `..` could not be followed.
    return "://" in address or Path(os.path.normpath(folder.absolute() / address)).is_file()


def _is_readable(path: Path) -> bool:
    try:
        read_file(path, ANY_FILE)
    except RefusedFile:
        return False
    return True


def _write(folder: Path, old: Path, files: list[Path], text: str) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir()
    try:
        for path in files:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(read_file(old / path, ANY_FILE))
        hand_notes_on(old, folder, files)
        (folder / "client.yaml").write_bytes(text.encode())
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _settings(client: dict[str, Any], cohort: dict[str, Any]) -> RosterSettings:
    """Return what a client’s file says of a cohort’s roster, as far as it is sound."""
    sheet = cohort.get("sheet") or client.get("sheet")
    maps = (client.get("columns"), cohort.get("columns"))
    columns = {
        column: heading
        for mapped in maps
        if isinstance(mapped, dict)
        for column, heading in mapped.items()
        if isinstance(heading, str)
    }
    terms = client.get("terms")
    words = {
        term: word
        for term, word in (terms.items() if isinstance(terms, dict) else ())
        if isinstance(word, str)
    }
    # Nobody is told what is wrong with that roster, and where.
    nowhere = Location(Path())
    named = sheet if isinstance(sheet, str) else None
    return roster_settings(named, columns, words, lambda *_: nowhere)
