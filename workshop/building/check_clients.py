"""Find what is wrong in clients' files and on the pages they give, without making a kit."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path

from workshop.building.build_plan import BuildProgress, laid_out_parts, layout_reporter
from workshop.building.kit import manifest as manifests
from workshop.building.reuse.kept_parts import KeptParts
from workshop.building.steps.copies import Copies
from workshop.building.steps.kit_in_progress import Layouts, in_files, page_numbers
from workshop.building.steps.layouts import LayingOut
from workshop.composing.compose_plan import ComposedKit, PlanComposer
from workshop.composing.composition import ComposedCopy
from workshop.composing.language.mistakes import Faults
from workshop.composing.letter import LetterWriter
from workshop.diagnostics import ContentError, Diagnostic, Report, Severity, UsageError
from workshop.keeping.memory import Memory
from workshop.planning.checks.accept_line import with_accept_line
from workshop.planning.make_plan import Plan, make_plan
from workshop.proofing.other_clients_named import OtherClientsNamed, other_clients_in_texts
from workshop.proofing.proof import CODES, as_errors, proofread
from workshop.proofing.replaced_words import words_left_standing
from workshop.tailoring.client_file.accepted import (
    WHILE_COPYING,
    WHILE_SENDING,
    mark_accepted,
    unused,
)
from workshop.tailoring.people.roster import Managed
from workshop.tailoring.tailor import tailor
from workshop.tailoring.tailored import Tailored
from workshop.workspace.client_folders import report_folders
from workshop.workspace.clients import client_names
from workshop.workspace.kits_folder import kits_folder
from workshop.workspace.other_clients import ClientNames, read_client_names


@dataclass(frozen=True)
class CheckedClient:
    """Says what a client without faults would get."""

    client: str
    cohorts: int
    files: int
    warnings: tuple[Diagnostic, ...]

    @property
    def on_pages(self) -> int:
        """How many of the warnings are about the pages."""
        return sum(warning.code in CODES for warning in self._to_tell())

    @property
    def elsewhere(self) -> int:
        """How many of the warnings are about files and the day."""
        return sum(warning.code not in CODES for warning in self._to_tell())

    def _to_tell(self) -> list[Diagnostic]:
        return [fault for fault in self.warnings if fault.severity is Severity.WARNING]

    @property
    def accepted(self) -> int:
        """How many of the warnings the client accepts."""
        return sum(fault.severity is Severity.ACCEPTED for fault in self.warnings)


@dataclass(frozen=True)
class CheckReport:
    """Holds the clients without faults, and everything that is wrong with the others.

    `warnings` are about folders that lie among those of clients and are passed over.
    """

    sound: tuple[CheckedClient, ...]
    faults: tuple[Diagnostic, ...]
    warnings: tuple[Diagnostic, ...] = ()


def check_clients(
    workspace: Path,
    client: str | None,
    workers: Executor | None,
    on_progress: Callable[[BuildProgress], None],
    memory: Memory,
    *,
    cohorts: Collection[str] = (),
    strict: bool = False,
) -> CheckReport:
    """Read, plan and compose everything for a client, or for every client of the workspace.

    With workers all pages that are not kept are laid out, and looked through; what is laid out is
    kept, within its bounds. Of one client, `cohorts` may be named. `strict` counts what
    proofreading finds as an error. Raises `UsageError` for a client or a cohort that is not there,
    `EnvironmentFault` when the machine cannot lay out.
    """
    if cohorts and client is None:
        message = "Each client has cohorts of its own, and no client is named"
        raise UsageError.single("no-client", message, hint="Name it with `--client`.")
    # A fault in a file that clients share is one fault.
    faults: dict[Diagnostic, None] = {}
    folders = Report()
    if client is None:
        report_folders(workspace, folders)
    output = _output_of(workspace, memory, faults)
    names = read_client_names(workspace)
    check = _Check(workspace, cohorts, names, output, workers, on_progress, memory)
    sound: list[CheckedClient] = []
    for name in [client] if client else client_names(workspace):
        try:
            checked = check.client(name)
        except ContentError as error:
            faults.update(dict.fromkeys(error.diagnostics))
            continue
        warnings = as_errors(checked.warnings) if strict else checked.warnings
        if any(warning.severity is Severity.ERROR for warning in warnings):
            faults.update(dict.fromkeys(warnings))
        else:
            sound.append(checked)
    if memory.store:
        memory.store.tidy()
    return CheckReport(tuple(sound), tuple(faults), tuple(folders))


def _output_of(workspace: Path, memory: Memory, faults: dict[Diagnostic, None]) -> Path | None:
    try:
        return kits_folder(workspace, memory=memory)
    except ContentError as error:
        faults.update(dict.fromkeys(error.diagnostics))
        return None


@dataclass(frozen=True)
class _Check:
    """Checks clients of a workspace: all of their cohorts, or those that are named.

    Pages are looked at only with workers. `output` is where the kits of all clients lie.
    """

    workspace: Path
    cohorts: Collection[str]
    names: ClientNames
    output: Path | None
    workers: Executor | None
    on_progress: Callable[[BuildProgress], None]
    memory: Memory

    def client(self, slug: str) -> CheckedClient:
        """Return what a client would get, with all warnings; raise `ContentError` for faults."""
        plan = self._plan(slug)
        composer = PlanComposer(plan, self.memory)
        warnings: list[Diagnostic] = [*plan.tailored.warnings, *plan.warnings]
        layouts = None
        if self.workers:
            layouts, of_pages = self._lay_out(plan, composer, self.workers)
            warnings += of_pages
        else:
            faults = Faults()
            warnings += _compose(plan, composer, faults)
            faults.stop()
        laid_out = laid_out_parts(layouts) if layouts is not None else None
        others = OtherClientsNamed(plan.tailored)
        proofs = proofread(plan, composer.kits, laid_out, composer.client_shelf, others)
        warnings += (warning for proof in proofs for warning in proof)
        warnings += _in_texts(plan.tailored, others, warnings)
        if not self.cohorts:
            # What nobody has looked for may still be there.
            looked_elsewhere = WHILE_COPYING | WHILE_SENDING
            if not self.workers:
                looked_elsewhere |= CODES
            warnings += unused(plan.tailored.accepted, warnings, looked_elsewhere)
        composer.keep_composed()
        files = sum(len(kit.copies) for kit in composer.kits)
        return CheckedClient(slug, len(composer.kits), files, tuple(warnings))

    def _plan(self, slug: str) -> Plan:
        tailored, report = tailor(self.workspace, slug, self.memory, self.cohorts, self.names)
        if tailored is None or report.errors:
            raise ContentError(_with_later_faults(tailored, report, self.memory))
        try:
            return make_plan(tailored, self.cohorts)
        except ContentError as error:
            others = OtherClientsNamed(tailored)
            raise ContentError([*error.diagnostics, *_in_texts(tailored, others)]) from None

    def _lay_out(
        self, plan: Plan, composer: PlanComposer, workers: Executor
    ) -> tuple[Layouts, list[Diagnostic]]:
        """Return the layouts of all parts, and the warnings about letters and copies."""
        kept, faults = KeptParts(self.memory), Faults()
        laying_out = LayingOut(workers, kept, layout_reporter(self.on_progress), plan.tailored)
        warnings = _compose(plan, composer, faults, laying_out.add)
        faults.stop()
        for _ in laying_out.rest():
            pass
        for kit in composer.kits:
            last = self.output / plan.tailored.slug / kit.cohort.slug if self.output else None
            of_copies = _in_copies(kit, laying_out.layouts, last, workers, kept, plan.tailored)
            warnings += mark_accepted(of_copies, plan.tailored.accepted)
        return laying_out.layouts, warnings


def _in_texts(
    tailored: Tailored, others: OtherClientsNamed, told: Sequence[Diagnostic] = ()
) -> list[Diagnostic]:
    """Return the warnings about words in texts, which depend on no day, but for those `told`."""
    in_texts = other_clients_in_texts(others, told)
    if tailored.replaced_terms:
        in_texts += words_left_standing(tailored, others.texts)
    marked = mark_accepted(in_texts, tailored.accepted)
    return with_accept_line(marked, tailored.client.accept, told)


def _compose(
    plan: Plan,
    composer: PlanComposer,
    faults: Faults,
    lay_out: Callable[[list[ComposedCopy]], None] = lambda _copies: None,
) -> list[Diagnostic]:
    """Compose everything and return the warnings about letters; `faults` gets all errors."""
    with faults.collected():
        for _, copies in composer.documents():
            lay_out(copies)
    with faults.collected():
        return _check_letters(plan)
    return []


def _with_later_faults(
    tailored: Tailored | None, report: Report, memory: Memory
) -> Sequence[Diagnostic]:
    """Return the faults in files, with those that composing finds in what could be read."""
    faults = Faults()
    if tailored:
        with faults.collected():
            plan = make_plan(tailored)
            _compose(plan, PlanComposer(plan, memory), faults)
    in_texts = _in_texts(tailored, OtherClientsNamed(tailored)) if tailored else ()
    return tuple(dict.fromkeys((*report, *faults, *in_texts)))


def _in_copies(
    kit: ComposedKit,
    layouts: Layouts,
    last: Path | None,
    workers: Executor,
    kept: KeptParts,
    tailored: Tailored,
) -> list[Diagnostic]:
    """Stamp copies to find faults; keep none.

    Skip copies that were sound in the last kit and have not changed since.
    """
    manifest = manifests.read(last) if last else None
    sound = {entry.path: entry.made_from for entry in manifest.files} if manifest else {}
    copies = Copies(workers, kept, sound)
    copies.add(kit.copies)
    copies.finish(layouts, page_numbers(kit, layouts))
    faults = [(file.job, fault) for file in copies.files() for fault in file.diagnostics]
    return list(in_files(faults, tailored))


def _check_letters(plan: Plan) -> list[Diagnostic]:
    """Write each e-mail to one manager, who speaks for all, and return the warnings, each once.

    Raises `ContentError` for faults.
    """
    report = Report()
    warnings: dict[Diagnostic, None] = {}
    for cohort in plan.cohorts:
        for document in cohort.documents:
            name = f"{document.folder}/email.md.j2"
            job = next((job for job in cohort.jobs if job.document is document), None)
            mailed = plan.tailored.overlay.find("templates", name)
            if mailed and job and isinstance(job.recipient, Managed):
                writer = LetterWriter(plan.tailored, cohort.day, document, "")
                try:
                    writer.write(job.recipient, ())
                except ContentError as error:
                    report.extend(error.diagnostics)
                warnings.update(dict.fromkeys(writer.warnings))
    report.stop_on_errors()
    return list(warnings)
