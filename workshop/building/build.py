"""A plan into kits on disk: composed, laid out in parts, linked, stamped, put in place at once."""

from __future__ import annotations

import datetime
import hashlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Literal

from workshop.building import manifest as manifests
from workshop.building.cache import PartCache
from workshop.building.composed import ComposedKit, compose_kits
from workshop.building.copies import Layouts, Made, make_copies, numbers_elsewhere
from workshop.building.kit_folder import keep_files, replacing, staging_for
from workshop.building.layouts import lay_out
from workshop.building.made_from import made_from, taken_over
from workshop.building.manifest import Entry, Manifest
from workshop.building.preflight import preflight
from workshop.composing.composition import Composition
from workshop.diagnostics import (
    ContentError,
    Diagnostic,
    EnvironmentFault,
    Severity,
    display_path,
    strictly,
)
from workshop.planning.plan import Job, Plan


@dataclass(frozen=True)
class Progress:
    """How far a build is: `done` of `total` steps of a stage, the last of them `what`.

    First parts are laid out, then files written. How many parts there are shows as a build goes
    on; `kept` of them come from earlier builds.
    """

    stage: Literal["lay out", "write"]
    what: str
    done: int
    total: int
    kept: int = 0


@dataclass(frozen=True)
class Kit:
    """One cohort's finished kit: where it is, what was made now, what is worth knowing."""

    folder: Path
    manifest: Manifest
    made: tuple[Entry, ...]
    warnings: tuple[Diagnostic, ...]


def build_plan(
    plan: Plan,
    output: Path,
    pool: AbstractContextManager[Executor],
    on_progress: Callable[[Progress], None],
    *,
    strict: bool = False,
) -> list[Kit]:
    """Make every kit of a plan below `output`, as `<client>/<cohort>/`, with the workers of `pool`.

    A cohort's kit replaces the last one as a whole, or not at all; `strict` counts what preflight
    finds as an error. Raises `ContentError` with all that was found wrong in the documents,
    `EnvironmentFault` when the machine cannot lay out or `output` cannot be written.
    """
    cache = PartCache(plan.tailored.workspace)
    with pool as executor, _writing(output):
        composed = compose_kits(plan, _created())
        files = sum(len(kit.copies) for kit in composed)
        layouts = layouts_of(composed, executor, cache, on_progress)
        run = _Run(plan, executor, files, on_progress, strict)
        kits: list[Kit] = []
        faults: list[Diagnostic] = []
        for kit, found in zip(composed, preflight(plan, composed, layouts), strict=True):
            try:
                kits.append(run.kit(kit, layouts, output, found))
            except ContentError as error:
                faults += error.diagnostics
    cache.trim()
    if faults:
        raise ContentError([*faults, *(one for kit in kits for one in kit.warnings)])
    return kits


def layouts_of(
    kits: Sequence[ComposedKit],
    executor: Executor,
    cache: PartCache,
    on_progress: Callable[[Progress], None],
) -> Layouts:
    """Lay out every part of some kits that is new."""
    done = from_earlier = 0

    def on_done(name: str, kept: bool, left: int) -> None:
        nonlocal done, from_earlier
        done, from_earlier = done + 1, from_earlier + kept
        on_progress(Progress("lay out", name, done, done + left, from_earlier))

    compositions = [one for kit in kits for one in kit.compositions]
    jobs: dict[Composition, list[Job]] = {}
    for copy in (copy for kit in kits for copy in kit.copies):
        jobs.setdefault(copy.composition, []).append(copy.job)
    return lay_out(compositions, executor, cache, on_done, jobs)


@contextmanager
def _writing(output: Path) -> Iterator[None]:
    """Turn what the file system refuses into a fault the user can mend."""
    try:
        yield
    except OSError as error:
        path = display_path(Path(error.filename or output))
        raise EnvironmentFault.of(
            "output",
            f"{path} cannot be written: {error.strerror or error}",
            hint="Make room there, or name another folder with --output.",
        ) from error


@dataclass
class _Run:
    plan: Plan
    executor: Executor
    files: int
    on_progress: Callable[[Progress], None]
    strict: bool
    written: int = 0

    def kit(
        self, composed: ComposedKit, layouts: Layouts, output: Path, found: Sequence[Diagnostic]
    ) -> Kit:
        """Make a kit, of which preflight has `found` what it found, and put it in place."""
        slug = composed.cohort.day.cohort.slug
        folder = output / self.plan.tailored.slug / slug
        with staging_for(folder) as staging:
            made, of_copies = self._make(composed, layouts, folder, staging)
            warnings = [*of_copies, *found]
            if self.strict:
                warnings = strictly(warnings)
            if any(one.severity is Severity.ERROR for one in warnings):
                raise ContentError(warnings)
            new = Manifest(self.plan.tailored.slug, slug, tuple(made))
            again = {document.name for document in composed.cohort.documents}
            # What is kept is read only now: another run may have replaced the kit meanwhile.
            with replacing(folder, staging):
                whole = manifests.merged(self._kept(folder), new, again)
                kept = [one.path for one in whole.files if one.document not in again]
                keep_files(folder, staging, kept)
                manifests.write(whole, staging)
        return Kit(folder, whole, tuple(made), tuple(warnings))

    def _kept(self, folder: Path) -> Manifest | None:
        """Return what is left of the last kit, without documents the client no longer gets."""
        documents = {document.name for document in self.plan.tailored.documents}
        old = None if self.plan.whole else manifests.read(folder)
        if old is None:
            return None
        files = (one for one in old.files if one.document in documents)
        return replace(old, files=tuple(one for one in files if (folder / one.path).is_file()))

    def _make(
        self, kit: ComposedKit, layouts: Layouts, last: Path, staging: Path
    ) -> tuple[list[Entry], list[Diagnostic]]:
        numbers = numbers_elsewhere(kit, layouts)
        keys = {
            copy.job.path: made_from(copy, layouts[copy.composition], numbers)
            for copy in kit.copies
        }
        old = self._taken_over(keys, last, staging)
        made: dict[PurePosixPath, Entry] = {}
        for job in kit.cohort.jobs:
            if entry := old.get(job.path):
                # The file is the same; the address of whom it is for need not be.
                made[job.path] = manifests.entry_for(
                    job, entry.sha256, entry.pages, entry.made_from
                )
                self._wrote(kit, job)
        found: list[tuple[Job, Diagnostic]] = []
        digests = _Digests()
        changed = [copy for copy in kit.copies if copy.job.path not in made]
        for copy in make_copies(changed, layouts, numbers, self.executor):
            path = staging / copy.job.path
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as file:
                file.write(copy.shared)
                file.write(copy.own)
            # What is complained of now has to be complained of again.
            key = "" if copy.diagnostics else keys[copy.job.path]
            entry = manifests.entry_for(copy.job, digests.of(copy), copy.pages, key)
            made[copy.job.path] = entry
            found += [(copy.job, diagnostic) for diagnostic in copy.diagnostics]
            self._wrote(kit, copy.job)
        return [made[job.path] for job in kit.cohort.jobs], list(grouped(found))

    def _taken_over(
        self, keys: Mapping[PurePosixPath, str], last: Path, staging: Path
    ) -> dict[PurePosixPath, Entry]:
        """Take over from the last kit what was made from the same, and return it by its path."""
        before = manifests.read(last)
        return {
            path: entry
            for entry in (before.files if before else ())
            if keys.get(path := PurePosixPath(entry.path)) == entry.made_from
            and taken_over(last / path, staging / path, entry.sha256)
        }

    def _wrote(self, kit: ComposedKit, job: Job) -> None:
        self.written += 1
        path = f"{kit.cohort.day.cohort.slug}/{job.path}"
        self.on_progress(Progress("write", path, self.written, self.files))


class _Digests:
    """Checksums of files whose beginnings are the same, each beginning looked at once."""

    def __init__(self) -> None:
        self._shared = b""
        self._begun = hashlib.sha256()

    def of(self, copy: Made) -> str:
        """Return the SHA-256 of a copy's file, in hexadecimal."""
        if copy.shared is not self._shared:
            self._shared, self._begun = copy.shared, hashlib.sha256(copy.shared)
        whole = self._begun.copy()
        whole.update(copy.own)
        return whole.hexdigest()


def _created() -> str | None:
    """Return the date to write into the PDFs: none, unless SOURCE_DATE_EPOCH says one.

    Source: https://reproducible-builds.org/specs/source-date-epoch/
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return None
    try:
        created = datetime.datetime.fromtimestamp(int(epoch), datetime.UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise EnvironmentFault.of(
            "source-date-epoch",
            f"SOURCE_DATE_EPOCH is “{epoch}”, which is no time in seconds since 1970",
        ) from error
    return created.strftime("%Y-%m-%dT%H:%M:%SZ")


def grouped(found: Sequence[tuple[Job, Diagnostic]]) -> Iterator[Diagnostic]:
    """Report each fault once, saying in which files it is."""
    files: dict[Diagnostic, list[PurePosixPath]] = {}
    # Found in whatever order the documents were finished; reported in the same order every time.
    for job, diagnostic in sorted(found, key=lambda one: one[0].path):
        files.setdefault(diagnostic, []).append(job.path)
    for diagnostic, (first, *others) in files.items():
        where = f"{first} and {len(others)} more" if others else first
        yield replace(diagnostic, message=f"{diagnostic.message} (in {where})")
