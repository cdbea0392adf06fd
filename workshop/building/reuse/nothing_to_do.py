"""Tell whether a build would make anything: whether all it read and wrote is as it was.

Asked before every build, so nothing is imported here that takes time. What was asked for, and where
the answer lies, is noted in the workspace; the answer, which may name people, lies with the kits.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict

from workshop.building.kit.noted_files import kit_digest
from workshop.diagnostics import Diagnostic
from workshop.keeping.file_state import FileState, is_unchanged
from workshop.keeping.fingerprint import digest_of, program
from workshop.keeping.kept_file import read_data, write_kept
from workshop.keeping.shape import checked
from workshop.keeping.store import Store
from workshop.workspace.input_files import input_files
from workshop.workspace.other_clients import ClientNames

if TYPE_CHECKING:
    from workshop.tailoring.tailored import Tailored

# Beside the parts that are kept, and gone with them: where the answer to a request lies.
_KIND = "built"


@dataclass(frozen=True)
class BuildRequest:
    """Says what to build: cohorts, documents and editions of a client, and where to write them.

    Where no cohort, document or edition is named, all are meant; without `output`, the workspace's
    own folder.
    """

    workspace: Path
    client: str
    cohorts: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    editions: tuple[str, ...] = ()
    output: Path | None = None

    @property
    def digest(self) -> str:
        """SHA-256 of it, in hexadecimal."""
        names = (self.client, *self.cohorts, "", *self.documents, "", *self.editions, "")
        return digest_of([*names, str(self.output.absolute()) if self.output else ""])


@dataclass(frozen=True)
class KitSummary:
    """Says where a kit lies, and how many files with how many pages a build made of it."""

    folder: Path
    files: int
    pages: int


@dataclass(frozen=True)
class BuildReport:
    """Says what a build made, and what it warned of; `is_new` unless there was nothing to do."""

    kits: tuple[KitSummary, ...]
    warnings: tuple[Diagnostic, ...]
    is_new: bool = True

    @property
    def files(self) -> int:
        """How many files there are in all kits."""
        return sum(kit.files for kit in self.kits)


class _ReportData(TypedDict):
    """Describes a report as JSON has it."""

    kits: list[tuple[str, int, int]]
    warnings: list[dict[str, Any]]


class BuildNote(TypedDict):
    """Describes what is noted of a build: what was asked for, what it read, what it made."""

    request: str
    program: str
    inputs: dict[str, tuple[int, int, int, str]]
    rosters: list[str]
    kits: dict[str, str]
    report: _ReportData


def surroundings(request: BuildRequest, names: ClientNames) -> str:
    """Return a digest of the program, the date it is to write, and other clients' names.

    Kits must not print other clients' names, whole or as their folders spell them, so a new one
    matters.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return digest_of([program(), epoch, *names.lines_besides(request.client)])


def earlier_report(request: BuildRequest, made_by: str) -> BuildReport | None:
    """Return what the last such build reported, if another would make the same; otherwise None.

    `made_by` are the surroundings of now.
    """
    with suppress(OSError, ValueError):
        place = Store(request.workspace).get(_KIND, request.digest) or b""
        answer = read_note(Path(os.fsdecode(place)))
        same = (
            answer["request"] == request.digest
            and answer["program"] == made_by
            and _are_unchanged(request, answer["rosters"], answer["inputs"])
            and answer["kits"] == _digests(map(Path, answer["kits"]))
        )
        if same:
            return _from_data(answer["report"])
    return None


def read_note(place: Path) -> BuildNote:
    """Read what a build noted; raises `OSError` or `ValueError` where that is no note."""
    note: BuildNote = checked(read_data(place), BuildNote)
    return note


def note_report(
    request: BuildRequest, made_by: str, tailored: Tailored, report: BuildReport
) -> None:
    """Note that a build has made kits of a client's files, as they were before it read them.

    `made_by` are the surroundings it started in. Where the files cannot be told, or the note cannot
    be written, the next build is as long as this one.
    """
    if tailored.inputs is None:
        return
    folders = [kit.folder.resolve() for kit in report.kits]
    with suppress(OSError):
        answer = {
            "request": request.digest,
            "program": made_by,
            "inputs": {**tailored.inputs, **tailored.rosters},
            "rosters": list(tailored.rosters),
            "kits": _digests(folders),
            "report": _to_data(report),
        }
        place = folders[0].parent / f".built-{request.digest[:32]}.json"
        # A build that was killed here may have left one that names people.
        for left in place.parent.glob(f"{place.name}.*"):
            left.unlink(missing_ok=True)
        write_kept(place, json.dumps(answer).encode())
        Store(request.workspace).put(_KIND, request.digest, os.fsencode(place))


def _are_unchanged(
    request: BuildRequest, rosters: Iterable[str], inputs: Mapping[str, tuple[int, int, int, str]]
) -> bool:
    paths = {*map(str, input_files(request.workspace, request.client)), *rosters}
    return paths == set(inputs) and all(
        is_unchanged(Path(path), FileState(*inputs[path])) for path in paths
    )


def _digests(folders: Iterable[Path]) -> dict[str, str]:
    return {str(folder): kit_digest(folder) for folder in folders}


def _to_data(report: BuildReport) -> dict[str, object]:
    kits = [(str(kit.folder), kit.files, kit.pages) for kit in report.kits]
    return {"kits": kits, "warnings": [warning.data for warning in report.warnings]}


def _from_data(data: Mapping[str, Any]) -> BuildReport:
    kits = tuple(KitSummary(Path(folder), files, pages) for folder, files, pages in data["kits"])
    try:
        warnings = tuple(map(Diagnostic.from_data, data["warnings"]))
    except (LookupError, TypeError) as error:
        raise ValueError("they are no warnings") from error
    return replace(BuildReport(kits, warnings), is_new=False)
