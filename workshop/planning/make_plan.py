"""A tailored programme into a plain list of jobs: which document, for whom, in which file."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from workshop.diagnostics import Diagnostic, Report, UsageError, nearest
from workshop.planning.day import Day, plan_day
from workshop.tailoring.cohort import Cohort
from workshop.tailoring.documents import EDITIONS, STANDARD, Document
from workshop.tailoring.roster import Managed, Participant
from workshop.tailoring.tailor import Tailored

Recipient = Participant | Managed | None
# Bytes in UTF-8, well below the 255 that file systems allow a name.
_LONGEST_NAME = 120
BLANK = "blank"


@dataclass(frozen=True, slots=True)
class Job:
    """One PDF to make, as `file` below the kit's folder for the cohort."""

    document: Document
    recipient: Recipient
    # A path of Python's takes four times as much memory, and there may be thousands of people.
    file: str

    @property
    def path(self) -> PurePosixPath:
        """Where it is to lie, below the kit's folder for the cohort."""
        return PurePosixPath(self.file)

    @property
    def name(self) -> str:
        """Whom it is for; of what is for nobody in particular, nothing."""
        whom = self.recipient.person if isinstance(self.recipient, Managed) else self.recipient
        return whom.name if whom else ""


@dataclass(frozen=True)
class CohortPlan:
    """A cohort's day and the jobs of its kit: all there are to do for `documents`."""

    day: Day
    documents: tuple[Document, ...]
    jobs: tuple[Job, ...]

    @property
    def slug(self) -> str:
        """The cohort's name."""
        return self.day.cohort.slug


@dataclass(frozen=True)
class Plan:
    """Everything that is to be made for a client; `whole` kits, or some documents of them."""

    tailored: Tailored
    cohorts: tuple[CohortPlan, ...]
    warnings: tuple[Diagnostic, ...]
    whole: bool


def make_plan(
    tailored: Tailored,
    cohorts: Collection[str] = (),
    only: Collection[str] = (),
    editions: Collection[str] = (),
) -> Plan:
    """Plan the named cohorts (all, when none is named), documents and editions.

    Raises `UsageError` for a cohort, document or edition the client does not have, `ContentError`
    when a day cannot be made to add up.
    """
    _check_names("cohort", cohorts, [cohort.slug for cohort in tailored.cohorts])
    _check_names("document", only, [document.name for document in tailored.documents])
    report = Report()
    plans = []
    documents = _documents(tailored, only, editions)
    for cohort in tailored.cohorts:
        if cohorts and cohort.slug not in cohorts:
            continue
        day = plan_day(cohort, tailored.modules, report)
        if day is None:
            continue
        jobs = [job for document in documents for job in _jobs(document, cohort)]
        plans.append(CohortPlan(day, documents, tuple(jobs)))
    report.stop_on_errors()
    return Plan(tailored, tuple(plans), tuple(report.warnings), not only and not editions)


def _documents(
    tailored: Tailored, only: Collection[str], editions: Collection[str]
) -> tuple[Document, ...]:
    """Return the documents asked for; without a word on editions, those the client always has."""
    _check_names("edition", editions, [STANDARD, *EDITIONS])
    always = {STANDARD, *tailored.client.documents.editions}
    found = tuple(one for one in tailored.documents if _is_asked_for(one, only, editions, always))
    if not found:
        message = f"None of these documents has the edition “{next(iter(editions))}”"
        raise UsageError.single(
            "no-edition", message, hint="`workshop list documents` says which have."
        )
    return found


def _is_asked_for(
    one: Document, only: Collection[str], editions: Collection[str], always: Collection[str]
) -> bool:
    if editions:
        return one.edition in editions and (not only or one.folder in only or one.name in only)
    # Named as a whole, an edition need not be named again.
    return one.name in only if only else one.edition in always


def _check_names(what: str, wanted: Collection[str], known: Collection[str]) -> None:
    for name in wanted:
        if name not in known:
            raise UsageError.single(
                f"unknown-{what}", f"This client has no {what} “{name}”", hint=nearest(name, known)
            )


def first_job(document: Document, cohort: Cohort) -> Job:
    """Return the first of a document's jobs, which speaks for all of them."""
    return next(_jobs(document, cohort))


def _jobs(document: Document, cohort: Cohort) -> Iterator[Job]:
    taken: set[str] = set()
    for recipient in _recipients(document, cohort):
        file = _file(document, recipient)
        again = 2
        while file in taken:
            file = _file(document, recipient, again)
            again += 1
        taken.add(file)
        yield Job(document, recipient, file)


def _recipients(document: Document, cohort: Cohort) -> list[Recipient]:
    roster = cohort.roster
    if document.file.per == "cohort" or roster is None:
        return [None]
    if document.file.per == "participant":
        # One copy with blanks for the name does for any number of spares.
        return [*roster.participants, *([None] if cohort.spares else [])]
    return list(roster.managers())


def _file(document: Document, recipient: Recipient, again: int = 0) -> str:
    if isinstance(recipient, Participant):
        number, name = f"{recipient.number:02}", file_name(recipient.name)
    elif isinstance(recipient, Managed):
        number, name = "", file_name(recipient.person.name)
    else:
        number, name = "00", BLANK
    name = f"{name}-{again}" if again else name
    return str(PurePosixPath(document.file.file.format(number=number, name=name)))


def file_name(name: str) -> str:
    """Return a name as part of a file name, in its own script: "Zoë O'Hara" is "zoë-o-hara".

    Letters and digits are kept, everything else becomes a hyphen; at most 120 bytes of UTF-8.
    """
    # Marks belong to the letters they stand on, in scripts that write vowels that way.
    kept = "".join(
        char if unicodedata.category(char)[0] in "LNM" else "-"
        for char in unicodedata.normalize("NFC", name).lower()
    )
    words = "-".join(part for part in kept.split("-") if part)
    cut = words.encode()[:_LONGEST_NAME].decode(errors="ignore").rstrip("-")
    return unicodedata.normalize("NFC", cut) or BLANK
