"""Decide from a kit and its roster which files each person gets, and in which order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath

from workshop.building.kit.manifest import KitFile, Manifest
from workshop.content.audiences import IN_A_PERSONS_PACK, IN_THE_ROOM, READERS
from workshop.diagnostics import Report, UsageError
from workshop.planning.job import Job
from workshop.planning.make_plan import CohortPlan, every_job
from workshop.planning.pack_order import pack_order
from workshop.planning.people_editions import PeopleEdition, people_editions
from workshop.tailoring.documents import Document, file_name
from workshop.tailoring.people.roster import Participant
from workshop.tailoring.profiles import Profile

# How many names a message gives before it says "and 4 more".
_NAMED = 3


@dataclass(frozen=True)
class Pack:
    """Holds the files that are printed together for a person, for the room, or as a spare.

    `name` is the person's name, or "Room", "Spare" or "No name". A pack is printed `copies` times.
    """

    name: str
    stem: str
    files: tuple[KitFile, ...]
    copies: int = 1


@dataclass(frozen=True)
class Packing:
    """Holds all packs of a run, and how many people and spares they are for.

    `people` is the number of people on the roster; None where there is no roster. `left_out` are
    documents for participants that the profile does not take, `editions` what people get who need
    papers of another edition.
    """

    packs: tuple[Pack, ...]
    people: int | None
    spares: int
    documents: tuple[str, ...]
    left_out: tuple[str, ...]
    editions: tuple[PeopleEdition, ...] = ()

    @property
    def count(self) -> int:
        """The number of packs that are printed, with every copy counted."""
        return sum(pack.copies for pack in self.packs)


def make_packs(
    cohort: CohortPlan,
    manifest: Manifest,
    profile: Profile,
    own_order: Sequence[str],
    spares: int,
) -> Packing:
    """Decide the packs of a cohort from its kit's manifest and its roster.

    `own_order` are the documents that the client names for packs, if any.

    Raises `ContentError` where the kit does not match the roster, a document is not for those who
    get it, or there are no nameless copies for the spares; `UsageError` if there is nothing to
    print.
    """
    return _Packer(cohort, manifest, profile, own_order, spares, Report()).packing()


@dataclass
class _Packer:
    cohort: CohortPlan
    manifest: Manifest
    profile: Profile
    own_order: Sequence[str]
    spares: int
    report: Report
    _jobs_by_document: dict[str, list[Job]] = field(default_factory=dict)

    def packing(self) -> Packing:
        wanted = self._wanted()
        files = {name: self._files(name) for name in wanted}
        if self.profile.file.made_for == "room":
            packs = [Pack("Room", "room", tuple(file for name in wanted for file in files[name]))]
            people, spares = None, 0
        else:
            people, spares = self._people(), self.spares
            packs = list(self._packs(files))
        self.report.stop_on_errors()
        if not packs:
            raise UsageError.single(
                "nothing-to-print",
                f"Nobody gets {', '.join(wanted)} on paper: all fill it in on screen",
                hint="Print another profile.",
            )
        left_out = tuple(name for name in self._participants() if name not in wanted)
        taken = [
            paper for name in wanted for paper in self.cohort.documents if paper.folder == name
        ]
        editions = people_editions(self.cohort.day.cohort, taken) if people else ()
        return Packing(tuple(packs), people, spares, tuple(wanted), left_out, editions)

    def _wanted(self) -> list[str]:
        """Return the names of the documents that are printed, in their order."""
        has = self._in_kit
        asked = self.profile.file.documents or self._order
        order = [name for name in asked if name in has]
        if not order:
            names = ", ".join(asked)
            raise UsageError.single(
                "nothing-to-print",
                f"The profile “{self.profile.name}” prints {names}, and the kit has none of them",
                hint=f"It has: {', '.join(sorted(has))}." if has else None,
            )
        allowed = IN_THE_ROOM if self.profile.file.made_for == "room" else IN_A_PERSONS_PACK
        for entry in self.manifest.files:
            if self._folder(entry.document) in order and entry.audience not in allowed:
                readers = READERS[entry.audience]
                self.report.error(
                    "audience",
                    f"“{entry.path}” is for {readers} and cannot be in a participant’s pack"
                    if allowed == IN_A_PERSONS_PACK
                    else f"“{entry.path}” is for {readers} and cannot lie in the room",
                    hint="Take the document out of `packs`, or out of the profile’s `documents`.",
                )
        self.report.stop_on_errors()
        return order

    @cached_property
    def _in_kit(self) -> frozenset[str]:
        """The names of the kit's documents, and of those that it has in another edition."""
        names = {entry.document for entry in self.manifest.files}
        return frozenset(names | set(map(self._folder, names)))

    @property
    def _order(self) -> tuple[str, ...]:
        return pack_order(self.own_order, self._in_kit)

    def _participants(self) -> list[str]:
        personal = {
            self._folder(entry.document)
            for entry in self.manifest.files
            if entry.audience in IN_A_PERSONS_PACK
        }
        return [name for name in self._order if name in personal]

    def _people(self) -> int | None:
        roster = self.cohort.day.cohort.roster
        return len(roster.participants) if roster else None

    def _folder(self, name: str) -> str:
        """Return the name that a document has in its usual edition."""
        return self._folders.get(name, name)

    @cached_property
    def _folders(self) -> Mapping[str, str]:
        return {paper.name: paper.folder for paper in self.cohort.documents}

    def _jobs(self, document: str) -> list[Job]:
        """Return the jobs of a document in the order of the roster, each in its person’s edition.

        Of one that is not personal, those of all editions in which somebody gets it. Where a
        profile names an edition, all of that.
        """
        if document not in self._jobs_by_document:
            roster = self.cohort.day.cohort.roster
            jobs = [
                job
                for job in self.cohort.jobs
                if job.document.name == document != job.document.folder
                or (
                    job.document.folder == document
                    and job.document.is_theirs(job.recipient, roster)
                )
            ]
            self._jobs_by_document[document] = sorted(jobs, key=_in_the_roster)
        return self._jobs_by_document[document]

    def _files(self, document: str) -> list[KitFile]:
        """Return the files of a document in the order of the roster, if the kit matches it."""
        jobs = {job.path: job for job in self._jobs(document)}
        papers = {job.document.name: job.document for job in jobs.values()}
        entries = {
            PurePosixPath(entry.path): entry
            for entry in self.manifest.files
            if entry.document in papers or entry.document == document
        }
        # Some copies that nobody needs are there because all of an edition were asked for.
        cohort = self.cohort.day.cohort
        known = {job.path for paper in papers.values() for job in every_job(paper, cohort)}
        missing = [
            job
            for path, job in jobs.items()
            if path not in entries or not _is_for(entries[path], job.recipient)
        ]
        nobodys = [path for path in entries if path not in known]
        if missing or nobodys:
            self._report_other_roster(document, missing, nobodys)
            return []
        return [entries[path] for path in jobs]

    def _report_other_roster(
        self, document: str, missing: Sequence[Job], nobodys: Sequence[PurePosixPath]
    ) -> None:
        lacks = _some(_who(job) for job in missing)
        has = _some(path.name for path in nobodys)
        faults = [f"has no copy for {lacks}"] if missing else []
        faults += [f"has {has}, which nobody is to get"] if nobodys else []
        self.report.error(
            "kit-behind",
            f"The kit is not as the client file and the roster are now: {document} "
            + " and ".join(faults),
            hint=f"Run `workshop build --client {self.manifest.client}` again.",
        )

    def _packs(self, files: Mapping[str, Sequence[KitFile]]) -> Iterator[Pack]:
        """Yield a pack for each person in the order of the roster, then the pack of the spares."""
        roster = self.cohort.day.cohort.roster
        for person in roster.participants if roster else ():
            stem = f"{person.number:02}-{file_name(person.name)}"
            # A profile may print nothing but what this person fills in on screen.
            if own := self._files_for(person, files):
                yield Pack(person.name, stem, own)
        nameless = self.spares if roster else self.cohort.day.cohort.headcount + self.spares
        if nameless and (spare := self._files_for(None, files)):
            yield Pack("Spare" if roster else "No name", "00-spare", spare, nameless)

    def _files_for(
        self, person: Participant | None, files: Mapping[str, Sequence[KitFile]]
    ) -> tuple[KitFile, ...]:
        """Return the files of a person, or of a spare; nothing if a spare has to lack one.

        What the person fills in on screen is none of them.
        """
        chosen = []
        for document, entries in files.items():
            recipients = [job.recipient for job in self._jobs(document)]
            if any(isinstance(recipient, Participant) for recipient in recipients):
                if person not in recipients:
                    self._report_no_blank(document)
                    return ()
                chosen += [
                    entry
                    for entry, job in zip(entries, self._jobs(document), strict=False)
                    if job.recipient == person and _is_printed(job.document, document)
                ]
            else:
                editions = [job.document for job in self._jobs(document)]
                chosen += [
                    entry
                    for entry, paper in zip(entries, editions, strict=False)
                    if document == paper.name != paper.folder
                    or (paper.is_on_paper and paper.edition == paper.edition_for(person))
                ]
        return tuple(chosen)

    def _report_no_blank(self, document: str) -> None:
        self.report.error(
            "no-spare",
            f"There is no nameless copy of {document} for a spare pack",
            hint=f"Write `spares: {self.spares}` in the client file, for the client or the cohort,"
            " and build again.",
        )


def _is_printed(paper: Document, wanted: str) -> bool:
    """Tell whether a paper is printed for `wanted`: one for the screen under its own name."""
    return paper.is_on_paper or paper.name == wanted


def _in_the_roster(job: Job) -> tuple[bool, int]:
    """Return what puts jobs in the order of the roster, the nameless one last."""
    person = job.recipient
    return (False, person.number) if isinstance(person, Participant) else (True, 0)


def _is_for(entry: KitFile, recipient: object) -> bool:
    if isinstance(recipient, Participant):
        own = entry.recipient
        return own is not None and (own.name, own.email) == (recipient.name, recipient.email)
    return entry.recipient is None


def _who(job: Job) -> str:
    return job.recipient.name if isinstance(job.recipient, Participant) else job.path.name


def _some(names: Iterable[str]) -> str:
    listed = list(names)
    more = len(listed) - _NAMED
    return ", ".join(listed[:_NAMED]) + (f" and {more} more" if more > 0 else "")
