"""Make one cohort's kit: its copies, its manifest, and its folder in the place of the last one."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from pathlib import Path

from workshop.assembly.document import ALL, APART, Assembled
from workshop.building.kit import manifest as manifests
from workshop.building.kit.kit_folder import below, keep_files, put_back, replacing, staging_for
from workshop.building.kit.manifest import KitFile, Manifest
from workshop.building.kit.noted_files import note_files, unchanged_files
from workshop.building.kit.peoples_files import check_is_ours, keep_peoples_files
from workshop.building.reuse.kept_parts import KeptParts
from workshop.building.reuse.same_file import take_over
from workshop.building.steps.copies import Copies, FindLayouts, MadeFile, Numbers
from workshop.building.steps.layouts import Layout
from workshop.composing.compose_plan import ComposedKit
from workshop.composing.composition import ComposedCopy, Composition
from workshop.diagnostics import ContentError, Diagnostic, EnvironmentFault, Severity
from workshop.keeping.kept_file import is_real_file
from workshop.planning.job import Job
from workshop.planning.make_plan import CohortPlan, Plan
from workshop.proofing.proof import as_errors
from workshop.proofing.read_files import ReadFiles
from workshop.proofing.source_places import ValuePlaces
from workshop.proofing.template_places import TemplatePlaces
from workshop.tailoring.client_file.accepted import mark_accepted
from workshop.tailoring.tailored import Tailored
from workshop.workspace.overlay import lies_in

Layouts = Mapping[Composition, Sequence[Layout]]
# What a message says of a sign that no font has.
_NO_GLYPH = re.compile(r"No font has the character (.) \(U\+", re.DOTALL)
# Called with the path of each file that is written.
OnWritten = Callable[[str], None]


@dataclass(frozen=True)
class BuiltKit:
    """Says of one cohort's finished kit where it is, which files were asked for, its warnings."""

    folder: Path
    manifest: Manifest
    files: tuple[KitFile, ...]
    warnings: tuple[Diagnostic, ...]


class KitInProgress:
    """Makes one cohort's kit below `output`; copies are added while others are composed."""

    def __init__(
        self, plan: Plan, cohort: CohortPlan, output: Path, workers: Executor, kept: KeptParts
    ) -> None:
        self._plan = plan
        self._cohort = cohort
        self._asked_for = {document.name for document in cohort.documents}
        self._folder = below(output, plan.tailored.slug, cohort.slug)
        put_back(self._folder)
        check_is_ours(self._folder, manifests.NAME)
        self._damage: list[Diagnostic] = []
        last = self._last_manifest()
        self._last = {entry.path: entry for entry in last.files} if last else {}
        earlier = {path: entry.made_from for path, entry in self._last.items()}
        self._copies = Copies(workers, kept, earlier)

    def add(self, copies: Sequence[ComposedCopy]) -> None:
        """Take on copies of a document, unless it is only referred to and not asked for."""
        self._copies.add(copy for copy in copies if copy.job.document.name in self._asked_for)

    def start_ready(self, laid_out: FindLayouts) -> None:
        """Begin to make the copies of documents that are laid out by now."""
        self._copies.start_ready(laid_out)

    def finish_copies(self, kit: ComposedKit, layouts: Layouts) -> None:
        """Begin to make all other copies that the last kit lacks, or has in another version."""
        self._copies.finish(layouts, page_numbers(kit, layouts))

    def put_in_place(
        self, warnings: Sequence[Diagnostic], on_written: OnWritten, *, strict: bool
    ) -> BuiltKit:
        """Write the kit and put it in place, unless something is wrong with it.

        `warnings` are what proofreading has found on its pages; `strict` counts them as errors.
        Raises `ContentError` for errors: the last kit then stays.
        """
        with staging_for(self._folder) as staging:
            files, of_copies = self._write(staging, on_written)
            of_copies = mark_accepted(of_copies, self._plan.tailored.accepted)
            faults = [*self._damage, *of_copies, *warnings]
            if strict:
                faults = as_errors(faults)
            if any(fault.severity is Severity.ERROR for fault in faults):
                raise ContentError(faults)
            new = Manifest(self._plan.tailored.slug, self._cohort.slug, tuple(files))
            # What stays is read only now: another run may have replaced the kit meanwhile.
            with replacing(self._folder, staging):
                whole = manifests.merged(self._staying(), new, self._asked_for)
                staying = [
                    entry.path for entry in whole.files if entry.document not in self._asked_for
                ]
                keep_files(self._folder, staging, staying)
                _check_all_there(whole, staging)
                manifests.write(whole, staging)
                if last := manifests.read(self._folder):
                    written = {manifests.NAME, *(entry.path for entry in last.files)}
                    keep_peoples_files(self._folder, staging, written)
                note_files(staging, self._folder, whole)
        return BuiltKit(self._folder, whole, tuple(files), tuple(faults))

    def _last_manifest(self) -> Manifest | None:
        """Return the last kit's manifest; note one that cannot be used, as if it were not there."""
        try:
            return manifests.read_or_tell(self._folder)
        except ContentError as error:
            message = "The list of the last kit’s files was damaged, so the kit is made anew"
            hint = None if self._plan.whole else "`workshop build` without `--only` makes it whole."
            [fault] = error.diagnostics
            warning = replace(fault, message=message, hint=hint, severity=Severity.WARNING)
            self._damage.append(warning)
            return None

    def _staying(self) -> Manifest | None:
        """Return what is left of the last kit, without documents the client no longer gets."""
        documents = {document.name for document in self._plan.tailored.documents}
        last = None if self._plan.whole else manifests.read(self._folder)
        if last is None:
            return None
        files = (entry for entry in last.files if entry.document in documents)
        there = tuple(entry for entry in files if self._is_there(entry.path))
        return replace(last, files=there)

    def _is_there(self, path: str) -> bool:
        whole = self._folder / path
        return is_real_file(whole) and lies_in(self._folder, whole)

    def _write(
        self, staging: Path, on_written: OnWritten
    ) -> tuple[list[KitFile], list[Diagnostic]]:
        """Write every file that was asked for; return them, and what is wrong in them."""
        entries = self._take_over(staging, on_written)
        faults: list[tuple[Job, Diagnostic]] = []
        checksums = _Checksums()
        for made in self._copies.files():
            path = staging / made.job.file
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as file:
                file.write(made.shared)
                file.write(made.own)
            # Leave the digest empty where there are faults, so that the next build warns again.
            made_from = "" if made.diagnostics else self._copies.made_from[made.job.file]
            entry = manifests.entry_for(made.job, checksums.of_file(made), made.pages, made_from)
            entries[made.job.file] = entry
            faults += [(made.job, diagnostic) for diagnostic in made.diagnostics]
            on_written(self._path(made.job))
        return [entries[job.file] for job in self._cohort.jobs], list(
            in_files(faults, self._plan.tailored)
        )

    def _take_over(self, staging: Path, on_written: OnWritten) -> dict[str, KitFile]:
        """Take over files of the last kit that would come out the same; have lost ones made."""
        same = {
            path: self._last[path]
            for path, made_from in self._copies.made_from.items()
            if path in self._last and self._last[path].made_from == made_from
        }
        unchanged = unchanged_files(self._folder, same.values())
        entries: dict[str, KitFile] = {}
        lost: list[str] = []
        for job in self._cohort.jobs:
            path = job.file
            if path not in same:
                continue
            old, is_unchanged = same[path], path in unchanged
            source, target = self._folder / path, staging / path
            if take_over(source, target, old.sha256, is_unchanged=is_unchanged):
                # The file is the same; the address of whom it is for need not be.
                entries[path] = manifests.entry_for(job, old.sha256, old.pages, old.made_from)
                on_written(self._path(job))
            else:
                lost.append(path)
        self._copies.make_again(lost)
        return entries

    def _path(self, job: Job) -> str:
        return f"{self._cohort.slug}/{job.file}"


class _Checksums:
    """Reckons checksums of files whose beginnings are the same, each beginning looked at once."""

    def __init__(self) -> None:
        self._shared = b""
        self._digest = hashlib.sha256()

    def of_file(self, made: MadeFile) -> str:
        """Return the SHA-256 of a copy's file, in hexadecimal."""
        if made.shared is not self._shared:
            self._shared, self._digest = made.shared, hashlib.sha256(made.shared)
        whole = self._digest.copy()
        whole.update(made.own)
        return whole.hexdigest()


def page_numbers(kit: ComposedKit, layouts: Layouts) -> Numbers:
    """Return the page numbers of the documents that others refer to, by their names."""

    def assembled(composition: Composition) -> Assembled:
        return Assembled(tuple(layout.laid_out for layout in layouts[composition]))

    numbers = {
        name: assembled(composition).numbers for name, composition in kit.referred_to.items()
    }
    for name, files in kit.counted.items():
        pages = " ".join(str(_in_each_copy(composition, layouts)) for composition in files)
        apart = sum(_count_shared_sheets(composition, layouts) for composition in files)
        numbers[name] = {**numbers[name], ALL: pages, APART: str(apart)}
    return numbers


def _in_each_copy(composition: Composition, layouts: Layouts) -> int:
    """Return the pages that everybody gets: without those printed for the room, such as cards."""
    parts = zip(composition.parts, layouts[composition], strict=True)
    return sum(layout.laid_out.pages for part, layout in parts if not part.copies)


def _count_shared_sheets(composition: Composition, layouts: Layouts) -> int:
    """Return the sheets that are printed for the room, a front together with its back."""
    sheets: dict[int, int] = {}
    page = 0
    for part, layout in zip(composition.parts, layouts[composition], strict=True):
        for number in range(page, page + layout.laid_out.pages):
            sheets[number // 2] = max(sheets.get(number // 2, 0), part.copies)
        page += layout.laid_out.pages
    return sum(sheets.values())


def in_files(faults: Sequence[tuple[Job, Diagnostic]], tailored: Tailored) -> Iterator[Diagnostic]:
    """Yield each fault once, with the files that have it and the place where it was typed.

    That is where a value with a sign that no font has is typed, or a line of a template.
    """
    read = ReadFiles()
    values, templates = ValuePlaces(tailored, read), TemplatePlaces(tailored.overlay, read)
    files: dict[Diagnostic, list[str]] = {}
    # Seen in whatever order the documents were finished; reported in the same order every time.
    for job, fault in sorted(faults, key=lambda fault: fault[0].path):
        sign = _NO_GLYPH.match(fault.message)
        place = fault.location or (values.sign(sign[1]) if sign else None)
        place = place or templates.about(fault, job.document)
        files.setdefault(replace(fault, location=place), []).append(job.file)
    for diagnostic, (first, *others) in files.items():
        where = f"{first} and {len(others)} more" if others else first
        yield replace(diagnostic, message=f"{diagnostic.message} (in {where})")


def _check_all_there(manifest: Manifest, staging: Path) -> None:
    """Raise `EnvironmentFault` where files have gone again that were just written."""
    gone = [entry.path for entry in manifest.files if not is_real_file(staging / entry.path)]
    if gone:
        more = f" and {len(gone) - 1} more files are" if gone[1:] else " is"
        raise EnvironmentFault.single(
            "kit-incomplete",
            f"{gone[0]}{more} gone again before the kit was complete; the last kit stays",
            hint="Another program removes files in the folder for kits: end it, or name another"
            " folder with --output.",
        )
