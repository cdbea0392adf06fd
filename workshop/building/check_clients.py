"""A client's files into what is wrong with them and with the pages they give, without a kit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path

from workshop.building.build_plan import BuildProgress, grouped, laying_out
from workshop.building.kit import manifest as manifests
from workshop.building.reuse.kept_parts import Cache
from workshop.building.steps.copies import Copying
from workshop.composing.compose_plan import compose_kits
from workshop.composing.composition import ComposedCopy
from workshop.composing.letter import LetterWriter
from workshop.composing.reuse.kept_runs import Keeping
from workshop.diagnostics import (
    PREFLIGHT,
    ContentError,
    Diagnostic,
    Report,
    Severity,
    strictly,
)
from workshop.planning.make_plan import CohortPlan, Plan, make_plan
from workshop.proofing.proof import preflight
from workshop.tailoring.roster import Managed
from workshop.tailoring.tailor import tailor
from workshop.workspace.clients import client_names
from workshop.workspace.settings import output_folder


@dataclass(frozen=True)
class Checked:
    """What a client without faults would get."""

    client: str
    cohorts: int
    files: int
    warnings: tuple[Diagnostic, ...]

    @property
    def on_pages(self) -> int:
        """How many of the warnings are about the pages."""
        return sum(one.code in PREFLIGHT for one in self.warnings)


@dataclass(frozen=True)
class Findings:
    """The clients without faults, and everything that is wrong with the others."""

    sound: tuple[Checked, ...]
    faults: tuple[Diagnostic, ...]


def check(
    workspace: Path,
    client: str | None = None,
    executor: Executor | None = None,
    on_progress: Callable[[BuildProgress], None] = lambda _progress: None,
    *,
    strict: bool = False,
) -> Findings:
    """Read, plan and compose everything for a client, or for every client of the workspace.

    With an executor all pages that are not kept are laid out, and looked through; what is laid out
    is kept. `strict` counts what preflight finds as an error. Raises `UsageError` for a client that
    is not there, `EnvironmentFault` when the machine cannot lay out.
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
            one = _check_client(workspace, name, executor, on_progress)
        except ContentError as error:
            faults.update(dict.fromkeys(error.diagnostics))
            continue
        warnings = strictly(one.warnings) if strict else one.warnings
        if any(found.severity is Severity.ERROR for found in warnings):
            faults.update(dict.fromkeys(warnings))
        else:
            sound.append(one)
    return Findings(tuple(sound), tuple(faults))


def _check_client(
    workspace: Path,
    slug: str,
    executor: Executor | None,
    on_progress: Callable[[BuildProgress], None],
) -> Checked:
    plan = make_plan(tailor(workspace, slug))
    cache = Cache(workspace)
    laying = laying_out(executor, cache, on_progress) if executor else None

    def begin(_cohort: CohortPlan, copies: Sequence[ComposedCopy]) -> None:
        if laying:
            laying.begin(copies)

    keeping = Keeping(plan.tailored, cache)
    kits = compose_kits(plan, None, begin, keeping)
    _check_letters(plan)
    found: list[Diagnostic] = [*plan.tailored.warnings, *plan.warnings]
    layouts = None
    if executor and laying:
        layouts = laying.finish()
        for kit in kits:
            last = output_folder(workspace) / slug / kit.cohort.day.cohort.slug
            found += _of_copies(Copying(kit, layouts, executor, cache), last)
    found += (one for kit in preflight(plan, kits, layouts, keeping.of_all()) for one in kit)
    keeping.write()
    return Checked(slug, len(kits), sum(len(kit.copies) for kit in kits), tuple(found))


def _of_copies(copying: Copying, last: Path) -> list[Diagnostic]:
    """Make every copy for what is wrong with it, and let go of it.

    Nothing is with one that came out sound in the last kit, if it would come out the same.
    """
    before = manifests.read(last)
    sound = {entry.made_from for entry in before.files if entry.made_from} if before else set()
    changed = [one for one in copying.kit.copies if copying.keys[one.job.file] not in sound]
    copies = copying.make(changed)
    return list(grouped([(copy.job, one) for copy in copies for one in copy.diagnostics]))


def _check_letters(plan: Plan) -> None:
    """Write each e-mail to one manager, who speaks for all; raises `ContentError` for faults."""
    report = Report()
    for cohort in plan.cohorts:
        for document in cohort.documents:
            name = f"{document.folder}/email.md.j2"
            job = next((one for one in cohort.jobs if one.document is document), None)
            mailed = plan.tailored.overlay.find("templates", name)
            if mailed and job and isinstance(job.recipient, Managed):
                try:
                    LetterWriter(plan.tailored, cohort.day, document, "").write(job.recipient, ())
                except ContentError as error:
                    report.extend(error.diagnostics)
    report.stop_on_errors()
