"""A kit and its roster into packs: which files each person gets, in which order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from workshop.building.kit.manifest import KitFile, Manifest
from workshop.diagnostics import Report, UsageError
from workshop.planning.make_plan import CohortPlan, Job, file_name
from workshop.tailoring.profiles import Profile
from workshop.tailoring.roster import Participant

# What participants get, where the client does not say otherwise. Documents a kit does not have are
# passed over.
USUAL_ORDER = ("participant-workbook", "exercises", "evaluation", "certificates")
# Whose papers may lie in the room. Packs hold those of participants and nothing else.
_IN_THE_ROOM = ("participant", "room", "facilitator")
_NAMED = 3


@dataclass(frozen=True)
class Pack:
    """What is printed together: for one person, for the room, or for whoever comes unannounced.

    `name` is the person's, or says what it is. It is printed `copies` times.
    """

    name: str
    stem: str
    files: tuple[KitFile, ...]
    copies: int = 1


@dataclass(frozen=True)
class Packing:
    """All packs of a run, and how they agree with the roster.

    `people` are those on the roster; None where there is none. `left_out` are the participants'
    documents that the profile does not take.
    """

    packs: tuple[Pack, ...]
    people: int | None
    spares: int
    documents: tuple[str, ...]
    left_out: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many packs come out, each copy counted."""
        return sum(pack.copies for pack in self.packs)


def make_packs(
    cohort: CohortPlan,
    manifest: Manifest,
    profile: Profile,
    order: Sequence[str],
    spares: int,
) -> Packing:
    """Decide the packs of a cohort from its kit's manifest and its roster.

    Raises `ContentError` where the kit is not the roster's any more, holds papers of somebody else,
    or has no nameless copies for the spares; `UsageError` where there is nothing to print.
    """
    return _Packer(cohort, manifest, profile, order, spares, Report()).packing()


@dataclass
class _Packer:
    cohort: CohortPlan
    manifest: Manifest
    profile: Profile
    order: Sequence[str]
    spares: int
    report: Report

    def packing(self) -> Packing:
        wanted = self._wanted()
        files = {name: self._files(name) for name in wanted}
        if self.profile.file.made_for == "room":
            packs = [Pack("Room", "room", tuple(one for name in wanted for one in files[name]))]
            people, spares = None, 0
        else:
            people, spares = self._people(), self.spares
            packs = list(self._packs(files))
        self.report.stop_on_errors()
        left_out = tuple(name for name in self._participants() if name not in wanted)
        return Packing(tuple(packs), people, spares, tuple(wanted), left_out)

    def _wanted(self) -> list[str]:
        """Return the documents that are printed, in their order."""
        has = {entry.document for entry in self.manifest.files}
        own = self.profile.file.documents
        order = [name for name in own or self.order if name in has]
        if not order:
            names = ", ".join(own or self.order)
            raise UsageError.single(
                "nothing-to-print",
                f"The profile “{self.profile.name}” prints {names}, and the kit has none of them",
                hint=f"It has: {', '.join(sorted(has))}." if has else None,
            )
        allowed = _IN_THE_ROOM if self.profile.file.made_for == "room" else ("participant",)
        for entry in self.manifest.files:
            if entry.document in order and entry.audience not in allowed:
                self.report.error(
                    "audience",
                    f"“{entry.path}” is for {_whom(entry)} and cannot be in a participant’s pack"
                    if allowed == ("participant",)
                    else f"“{entry.path}” is for {_whom(entry)} and cannot lie in the room",
                    hint="Take the document out of `packs`, or out of the profile’s `documents`.",
                )
        self.report.stop_on_errors()
        return order

    def _participants(self) -> list[str]:
        return [
            name
            for name in self.order
            if any(
                one.document == name and one.audience == "participant"
                for one in self.manifest.files
            )
        ]

    def _people(self) -> int | None:
        roster = self.cohort.day.cohort.roster
        return len(roster.participants) if roster else None

    def _jobs(self, document: str) -> list[Job]:
        return [job for job in self.cohort.jobs if job.document.name == document]

    def _files(self, document: str) -> list[KitFile]:
        """Return the files of a document as the roster wants them; what is not so is reported."""
        entries = {
            PurePosixPath(one.path): one for one in self.manifest.files if one.document == document
        }
        jobs = {job.path: job for job in self._jobs(document)}
        missing = [
            job
            for path, job in jobs.items()
            if path not in entries or not _is_for(entries[path], job.recipient)
        ]
        nobodys = [path for path in entries if path not in jobs]
        if missing or nobodys:
            self._report_other_roster(document, missing, nobodys)
            return []
        return [entries[path] for path in jobs]

    def _report_other_roster(
        self, document: str, missing: Sequence[Job], nobodys: Sequence[PurePosixPath]
    ) -> None:
        lacks = _some(_who(job) for job in missing)
        has = _some(path.name for path in nobodys)
        said = [f"has no copy for {lacks}"] if missing else []
        said += [f"has {has}, which nobody is to get"] if nobodys else []
        self.report.error(
            "kit-behind",
            f"The kit is not as the client file and the roster are now: {document} "
            + " and ".join(said),
            hint=f"Run `workshop build --client {self.manifest.client}` again.",
        )

    def _packs(self, files: Mapping[str, Sequence[KitFile]]) -> Iterator[Pack]:
        """Yield a pack for everybody in the order of the roster, then the spares."""
        roster = self.cohort.day.cohort.roster
        for person in roster.participants if roster else ():
            stem = f"{person.number:02}-{file_name(person.name)}"
            yield Pack(person.name, stem, self._of(person, files))
        nameless = self.spares if roster else self.cohort.day.cohort.headcount + self.spares
        if nameless and (own := self._of(None, files)):
            yield Pack("Spare" if roster else "No name", "00-spare", own, nameless)

    def _of(
        self, person: Participant | None, files: Mapping[str, Sequence[KitFile]]
    ) -> tuple[KitFile, ...]:
        chosen = []
        for document, entries in files.items():
            recipients = [job.recipient for job in self._jobs(document)]
            if any(isinstance(one, Participant) for one in recipients):
                if person not in recipients:
                    self._report_no_blank(document)
                    return ()
                chosen += [
                    entry
                    for entry, recipient in zip(entries, recipients, strict=False)
                    if recipient == person
                ]
            else:
                chosen += entries
        return tuple(chosen)

    def _report_no_blank(self, document: str) -> None:
        self.report.error(
            "no-spare",
            f"There is no nameless copy of {document} for a spare pack",
            hint=f"Write `spares: {self.spares}` in the client file, for the client or the cohort,"
            " and build again.",
        )


def _whom(entry: KitFile) -> str:
    return "the room" if entry.audience == "room" else f"{entry.audience}s"


def _is_for(entry: KitFile, recipient: object) -> bool:
    if isinstance(recipient, Participant):
        own = entry.recipient
        return own is not None and (own.name, own.email) == (recipient.name, recipient.email)
    return entry.recipient is None


def _who(job: Job) -> str:
    return job.recipient.name if isinstance(job.recipient, Participant) else job.path.name


def _some(names: Iterable[str]) -> str:
    every = list(names)
    more = len(every) - _NAMED
    return ", ".join(every[:_NAMED]) + (f" and {more} more" if more > 0 else "")
