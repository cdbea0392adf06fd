"""Plan the jobs for a tailored programme: which document, for whom, in which file."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from workshop.content.audiences import AUDIENCE_SEES
from workshop.diagnostics import ContentError, Diagnostic, Report, UsageError, nearest
from workshop.planning.checks.accept_line import with_accept_line
from workshop.planning.checks.bounds_of_minutes import check_minutes
from workshop.planning.checks.builds_on import check_builds_on, check_order
from workshop.planning.checks.clashes import report_clashes
from workshop.planning.checks.step_ends import check_marks
from workshop.planning.day import Day, check_headcount, plan_day
from workshop.planning.file_names import Recipient, as_disks_see, file_for
from workshop.planning.job import Job
from workshop.planning.kit_contents import documents_of
from workshop.tailoring.client_file.accepted import mark_accepted
from workshop.tailoring.cohort import Cohort
from workshop.tailoring.documents import EDITIONS, STANDARD, Document
from workshop.tailoring.tailored import Tailored

_SMALLEST_FOLLOW_UP = 3


@dataclass(frozen=True)
class CohortPlan:
    """Holds a cohort's day and the jobs of its kit, which make all copies of `documents`."""

    day: Day
    documents: tuple[Document, ...]
    jobs: tuple[Job, ...]

    @property
    def slug(self) -> str:
        """The cohort's name."""
        return self.day.cohort.slug


@dataclass(frozen=True)
class Plan:
    """Holds all the jobs for a client; `whole` says that they make whole kits."""

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
    """Plan the named cohorts, documents and editions; where none is named, all of them.

    Without `editions`, documents come in the editions that the client always gets, and each
    person’s in the edition that the roster says. Raises
    `UsageError` for a cohort, document or edition the client does not have, `ContentError` if the
    minutes of a day cannot be made to fit, or files would be written over each other.
    """
    _check_names("cohort", cohorts, tailored.every_cohort)
    _check_loaded(cohorts, tailored)
    _check_taken(only, tailored)
    _check_names("document", only, [document.name for document in tailored.documents])
    _check_names("edition", editions, [STANDARD, *EDITIONS])
    report = Report()
    check_builds_on(tailored, report)
    planned = [item for item in tailored.cohorts if not cohorts or item.slug in cohorts]
    check_minutes(planned, tailored.modules, report)
    plans = []
    asked = _Asked(frozenset(only), frozenset(editions), tailored.client.documents.editions)
    for cohort in planned:
        own_terms = tailored.replaced_terms
        day = plan_day(cohort, tailored.modules, report, tailored.left_out, own_terms)
        documents = _documents(tailored, cohort, asked)
        report_clashes(tailored.documents, partial(_jobs, cohort=cohort), report)
        _report_unused_editions(tailored, cohort, report)
        if day is None:
            continue
        check_headcount(day, own_terms, report)
        check_order(tailored, day, report)
        _check_follow_up(tailored, cohort, report)
        if _has_guide(tailored):
            check_marks(day, tailored.cases, own_terms, report)
        made = _made(documents, tailored, day, report)
        jobs = [
            job
            for document in made
            for job in _jobs(document, cohort)
            if asked.for_everybody(document) or document.is_theirs(job.recipient, cohort.roster)
        ]
        plans.append(CohortPlan(day, made, tuple(jobs)))
    faults = mark_accepted(report, tailored.accepted)
    if report.errors:
        # What is wrong with other files can be mended in the same go.
        raise ContentError([*tailored.warnings, *faults])
    faults = with_accept_line(faults, tailored.client.accept)
    return Plan(tailored, tuple(plans), tuple(faults), not only and not editions)


def _made(
    documents: Sequence[Document], tailored: Tailored, day: Day, report: Report
) -> tuple[Document, ...]:
    """Return the documents for which a day has something to print, and tell of the others."""
    printed = documents_of(tailored, day)
    for document in documents:
        if document not in printed and document.edition == STANDARD:
            message = (
                f"The day of “{day.cohort.slug}” has no {document.file.needs}, so its kit has no "
                f"“{document.name}”"
            )
            hint = f"If it is meant so: `documents: {{exclude: [{document.folder}]}}`."
            report.warn("nothing-to-print", message, day.cohort.location, hint)
    return tuple(document for document in documents if document in printed)


def _check_follow_up(tailored: Tailored, cohort: Cohort, report: Report) -> None:
    """Report a follow-up group of fewer than three, in which nobody is left to ask."""
    if tailored.client.options.follow_up and cohort.headcount < _SMALLEST_FOLLOW_UP:
        people = "1 person" if cohort.headcount == 1 else f"{cohort.headcount} people"
        report.warn(
            "too-few",
            f"Meetings after the day take three people at least, and {cohort.slug} has {people}",
            cohort.location,
            "Let them join another cohort’s group, or set follow-up: false under options.",
        )


def _has_guide(tailored: Tailored) -> bool:
    """Tell whether a document of the client prints the trainer's notes."""
    return any(
        "facilitator" in AUDIENCE_SEES[document.file.audience] for document in tailored.documents
    )


@dataclass(frozen=True)
class _Asked:
    """Holds which documents and editions are asked for, and the editions a client always gets."""

    only: frozenset[str]
    editions: frozenset[str]
    always: Collection[str]

    def has(self, document: Document, cohort: Cohort) -> bool:
        """Tell whether there is to be a copy of a document in its edition."""
        if self.editions:
            is_named = not self.only or not self.only.isdisjoint((document.folder, document.name))
            return is_named and document.edition in self.editions
        # The full name of a document in another edition, such as "workbook-fillable", is enough.
        if document.name in self.only:
            return True
        if document.people_with(cohort.roster):
            return not self.only or document.folder in self.only
        return not self.only and document.edition in (STANDARD, *self.always)

    def for_everybody(self, document: Document) -> bool:
        """Tell whether all get a document in its edition, and not only those who need that one."""
        if self.editions:
            return True
        return document.edition != STANDARD and (
            document.name in self.only or document.edition in self.always
        )


def _documents(tailored: Tailored, cohort: Cohort, asked: _Asked) -> tuple[Document, ...]:
    """Return the documents to plan for a cohort."""
    documents = tuple(document for document in tailored.documents if asked.has(document, cohort))
    if not documents:
        message = f"None of these documents has the edition “{next(iter(asked.editions))}”"
        raise UsageError.single(
            "no-edition", message, hint="`workshop list documents` says which have."
        )
    return documents


def _check_loaded(cohorts: Collection[str], tailored: Tailored) -> None:
    loaded = [cohort.slug for cohort in tailored.cohorts]
    for name in cohorts:
        if name not in loaded:
            hint = "Name it when the client is loaded, or name no cohort."
            message = f"The client was loaded without the cohort “{name}”"
            raise UsageError.single("cohort-not-loaded", message, hint=hint)


def _report_unused_editions(tailored: Tailored, cohort: Cohort, report: Report) -> None:
    """Warn of an edition in the roster in which the client gets no document."""
    wanted = {person.edition for person in cohort.roster.participants} if cohort.roster else set()
    there = {
        document.edition for document in tailored.documents if document.people_with(cohort.roster)
    }
    for edition in sorted(edition for edition in wanted if edition and edition not in there):
        report.warn(
            "edition-unused",
            f"The roster of “{cohort.slug}” asks for the edition “{edition}”, "
            "and none of the client’s documents comes in it",
            cohort.location,
            "`workshop list documents` says which have one; `documents` may leave them out.",
        )


# The options of commands by which things are named, where they are called otherwise.
_OPTIONS = {"document": "only"}


def _check_names(what: str, wanted: Collection[str], valid: Collection[str]) -> None:
    for name in wanted:
        if name not in valid:
            parts = [part.strip() for part in name.split(",")]
            options = [f"--{_OPTIONS.get(what, what)} {part}" for part in parts]
            one_by_one = f"Name each by itself: `{' '.join(options)}`." if parts[1:] else None
            ends_so = [other for other in valid if f"-{other}".endswith(f"-{name}")]
            like = f"Did you mean “{ends_so[0]}”?" if len(ends_so) == 1 else None
            raise UsageError.single(
                f"unknown-{what}",
                f"This client has no {what} “{name}”",
                hint=one_by_one or like or nearest(name, valid),
            )


def _check_taken(wanted: Collection[str], tailored: Tailored) -> None:
    """Say of a document that the client file leaves out where it does."""
    for name in wanted:
        if name in tailored.not_taken:
            reason = tailored.not_taken[name]
            message = f"This client has no document “{name}”"
            raise UsageError.single("unknown-document", message, reason.place, reason.hint)


def every_job(document: Document, cohort: Cohort) -> list[Job]:
    """Return the jobs of a document for everybody, whatever edition people need."""
    return list(_jobs(document, cohort))


def jobs_for(document: Document, cohort: Cohort) -> list[Job]:
    """Return the jobs that a whole kit has of a document, or all where nobody gets it so.

    The one with blanks for the name comes last.
    """
    jobs = every_job(document, cohort)
    return [job for job in jobs if document.is_theirs(job.recipient, cohort.roster)] or jobs


def _jobs(document: Document, cohort: Cohort) -> Iterator[Job]:
    taken: set[str] = set()
    for recipient in _recipients(document, cohort):
        file = file_for(document, recipient)
        again = 2
        while as_disks_see(file) in taken:
            file = file_for(document, recipient, again)
            again += 1
        taken.add(as_disks_see(file))
        yield Job(document, recipient, file)


def _recipients(document: Document, cohort: Cohort) -> list[Recipient]:
    roster = cohort.roster
    if document.file.each == "trainer" and len(cohort.trainers) > 1:
        return list(cohort.trainers)
    if document.file.per == "cohort" or roster is None:
        return [None]
    if document.file.per == "participant":
        # One file with blanks for the name is printed as often as there are spares.
        return [*roster.participants, *([None] if cohort.spares else [])]
    return list(roster.managers())
