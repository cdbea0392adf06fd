"""Find out from a plan and its finished kits who gets which file, and which faults there are."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from workshop.building.kit.finished_kit import FinishedKit, read_kit
from workshop.building.kit.manifest import KitFile, recipient_of
from workshop.content.audiences import IS_WRITTEN_TO, READERS
from workshop.content.yaml.files import Fault
from workshop.diagnostics import ContentError, Diagnostic, Report, Severity, UsageError, nearest
from workshop.planning.job import Job
from workshop.planning.make_plan import CohortPlan, Plan
from workshop.tailoring.documents import Document
from workshop.tailoring.people.check_people import TWO_ADDRESSES
from workshop.tailoring.people.roster import Managed, address_key
from workshop.workspace.mailbox import Mailbox, parse_mailbox


@dataclass(frozen=True)
class ManagerFile:
    """Holds a file that was made for one manager, and who that manager is.

    A message can carry nothing else, and can go to nobody else: `to` comes from the manifest's
    entry alone. Raises `ContentError` for a file that is not for a manager, has no address, or is
    not the one the manifest describes.
    """

    client: str
    cohort: str
    entry: KitFile
    content: bytes = field(repr=False)
    to: Mailbox = field(init=False)

    def __post_init__(self) -> None:
        recipient = self.entry.recipient
        if self.entry.audience not in IS_WRITTEN_TO or recipient is None:
            message = f"{self.entry.path} was not made for a manager: it is not sent to one"
            raise ContentError.single("not-for-a-manager", message)
        if hashlib.sha256(self.content).hexdigest() != self.entry.sha256:
            message = f"{self.entry.path} is not the file that was built"
            raise ContentError.single("kit-file-changed", message)
        if not recipient.email:
            message = f"{recipient.name} has no e-mail address"
            hint = "Give it in the roster, column manager_email, and build again."
            raise ContentError.single("no-address", message, hint=hint)
        object.__setattr__(self, "to", _mailbox(recipient.name, recipient.email))

    @property
    def artefact(self) -> tuple[str, str, str, str]:
        """The client, cohort, document and address, which are the same for all versions."""
        return self.client, self.cohort, self.entry.document, self.to.address.casefold()


def _mailbox(name: str, address: str) -> Mailbox:
    try:
        parsed = parse_mailbox(address)
    except Fault as fault:
        message = f"{name} cannot be written to: {fault}"
        raise ContentError.single("address", message, hint=fault.hint) from fault
    return Mailbox(" ".join(name.split()), parsed.address)


@dataclass(frozen=True)
class Addressed:
    """Pairs a manager on a cohort's roster with the file for them, or with the faults of it.

    Whoever has no address has a warning instead of a file.
    """

    plan: CohortPlan
    document: Document
    managed: Managed
    file: ManagerFile | None
    faults: tuple[Diagnostic, ...] = ()

    @property
    def cohort(self) -> str:
        """The cohort's name."""
        return self.plan.day.cohort.slug


@dataclass(frozen=True)
class Everybody:
    """Holds everybody a plan's documents go to, and warnings of files that nobody gets."""

    people: tuple[Addressed, ...]
    left_over: tuple[Diagnostic, ...]


def addressed(plan: Plan, output: Path, only: Collection[str] = ()) -> Everybody:
    """Return everybody a plan's documents go to, with their files from the kits below `output`.

    With `only`, these are the managers with these names or e-mail addresses. Raises `UsageError`
    for a document that is not for managers, a missing kit, or a name that no manager has.
    """
    _check_documents(plan)
    report = Report()
    everybody = [
        manager for cohort in plan.cohorts for manager in _managers_of(plan, cohort, output, report)
    ]
    names = {name.casefold() for manager in everybody for name in _names(manager)}
    for name in only:
        if name.casefold() not in names:
            full_names = [manager.managed.person.name for manager in everybody]
            message = f"There is no manager “{name}” here"
            raise UsageError.single("unknown-manager", message, hint=nearest(name, full_names))
    if not only:
        return Everybody(tuple(everybody), tuple(report))
    wanted = {name.casefold() for name in only}
    chosen = (
        manager
        for manager in everybody
        if wanted.intersection(name.casefold() for name in _names(manager))
    )
    return Everybody(tuple(chosen), ())


def _names(manager: Addressed) -> tuple[str, str]:
    """Return what `only` may call a manager."""
    return manager.managed.person.name, manager.managed.person.email or ""


def _check_documents(plan: Plan) -> None:
    for document in plan.cohorts[0].documents if plan.cohorts else ():
        if document.file.audience not in IS_WRITTEN_TO or document.file.per != "manager":
            message = (
                f"“{document.name}” is for {READERS[document.file.audience]}, one per "
                f"{document.file.per}: only what is made for each manager is e-mailed"
            )
            raise UsageError.single("not-for-managers", message)


def _managers_of(
    plan: Plan, cohort: CohortPlan, output: Path, report: Report
) -> Iterator[Addressed]:
    """Yield the managers of a cohort with their files, and warn of files that nobody gets."""
    client, slug = plan.tailored.slug, cohort.day.cohort.slug
    kit = read_kit(output, client, slug)
    names = [document.name for document in cohort.documents]
    entries = [entry for entry in kit.manifest.files if entry.document in names]
    for job in cohort.jobs:
        if not isinstance(job.recipient, Managed):
            message = (
                f"“{slug}” has no roster that names managers: nobody gets “{job.document.name}”"
            )
            report.warn("no-managers", message, cohort.day.cohort.location)
            continue
        mine = next((entry for entry in entries if _is_for(entry, job)), None)
        if mine:
            entries.remove(mine)
        if not job.recipient.person.email:
            yield Addressed(cohort, job.document, job.recipient, None, (_no_address(job),))
            continue
        if undecided := tuple(_undecided(job.recipient, plan)):
            yield Addressed(cohort, job.document, job.recipient, None, undecided)
            continue
        try:
            yield Addressed(cohort, job.document, job.recipient, _file(job, mine, kit))
        except ContentError as error:
            yield Addressed(cohort, job.document, job.recipient, None, tuple(error.diagnostics))
    for entry in entries:
        if entry.recipient:
            message = (
                f"{entry.path} is in the kit of “{slug}”, but no manager in its roster gets it"
            )
            report.warn("kit-outdated", message, hint=_build(client))


def _undecided(manager: Managed, plan: Plan) -> Iterator[Diagnostic]:
    """Yield as errors the open questions whether a manager is one with another address.

    One manager would get two letters, each about half of their people, or a stranger would get one.
    """
    address = re.escape(address_key(manager.person.email or ""))
    has_address = re.compile(rf"(?<![\w.@+-]){address}(?![\w@+-]|\.\w)")
    for fault in plan.tailored.warnings:
        is_open = fault.code == TWO_ADDRESSES and fault.severity is Severity.WARNING
        if is_open and has_address.search(fault.message.casefold()):
            yield replace(fault, severity=Severity.ERROR)


def _no_address(job: Job) -> Diagnostic:
    """Return the warning that a manager cannot be written to; the others can be."""
    message = f"{job.name} has no e-mail address: hand over their {job.document.name} on paper"
    hint = "Or give the address in the roster, column manager_email, and build again."
    return Diagnostic("no-address", message, hint=hint, severity=Severity.WARNING)


def _is_for(entry: KitFile, job: Job) -> bool:
    theirs = recipient_of(job)
    if entry.document != job.document.name or not entry.recipient or not theirs:
        return False
    if entry.recipient.email and theirs.email:
        return entry.recipient.email.casefold() == theirs.email.casefold()
    return entry.recipient.name == theirs.name


def _file(job: Job, entry: KitFile | None, kit: FinishedKit) -> ManagerFile:
    theirs, manifest = recipient_of(job), kit.manifest
    name = theirs.name if theirs else ""
    if entry is None:
        message = f"The kit of “{manifest.cohort}” has no {job.document.name} for {name}"
        raise ContentError.single("not-built", message, hint=_build(manifest.client))
    file = ManagerFile(manifest.client, manifest.cohort, entry, kit.content(entry))
    if entry.recipient != theirs:
        message = f"The roster has changed since {entry.path} was made for {name}"
        raise ContentError.single("kit-outdated", message, hint=_build(manifest.client))
    return file


def _build(client: str) -> str:
    return f"Build again: workshop build --client {client}"
