"""A client's files into what is wrong with them, without laying anything out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from workshop.building.composed import compose_kits
from workshop.diagnostics import ContentError, Diagnostic
from workshop.planning.plan import make_plan
from workshop.tailoring.tailor import client_names, tailor
from workshop.tailoring.workspace import output_folder


@dataclass(frozen=True)
class Checked:
    """What a client without faults would get."""

    client: str
    cohorts: int
    files: int
    warnings: tuple[Diagnostic, ...]


@dataclass(frozen=True)
class Findings:
    """The clients without faults, and everything that is wrong with the others."""

    sound: tuple[Checked, ...]
    faults: tuple[Diagnostic, ...]


def check(workspace: Path, client: str | None = None) -> Findings:
    """Read, plan and compose everything for a client, or for every client of the workspace.

    Raises `UsageError` for a client that is not there.
    """
    sound: list[Checked] = []
    # A fault in a file that clients share is one fault.
    faults: dict[Diagnostic, None] = {}
    try:
        output_folder(workspace)
    except ContentError as error:
        faults.update(dict.fromkeys(error.diagnostics))
    for name in [client] if client else client_names(workspace):
        try:
            sound.append(_check_client(workspace, name))
        except ContentError as error:
            faults.update(dict.fromkeys(error.diagnostics))
    return Findings(tuple(sound), tuple(faults))


def _check_client(workspace: Path, slug: str) -> Checked:
    plan = make_plan(tailor(workspace, slug))
    kits = compose_kits(plan)
    files = sum(len(kit.copies) for kit in kits)
    return Checked(slug, len(kits), files, (*plan.tailored.warnings, *plan.warnings))
