"""A plan into kits on disk: composed, laid out in parts, linked, stamped, put in place at once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Literal

from workshop.building.kit import manifest as manifests
from workshop.building.kit.kit_folder import keep_files, replacing, staging_for
from workshop.building.kit.manifest import KitFile, Manifest
from workshop.building.reuse.kept_parts import Cache
from workshop.building.reuse.same_file import taken_over
from workshop.building.reuse.written import note_written, unchanged
from workshop.building.steps.copies import Copying, Layouts
from workshop.building.steps.early_copies import Ahead
from workshop.building.steps.layouts import LayingOut
from workshop.building.steps.stamping import Made
from workshop.composing.compose_plan import ComposedKit, compose_kits
from workshop.composing.composition import ComposedCopy
from workshop.composing.reuse.kept_runs import Keeping
from workshop.diagnostics import (
    ContentError,
    Diagnostic,
    EnvironmentFault,
    Severity,
    display_path,
    strictly,
)
from workshop.keeping.program import created
from workshop.planning.make_plan import CohortPlan, Job, Plan
from workshop.proofing.proof import preflight


@dataclass(frozen=True)
class BuildProgress:
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
class BuiltKit:
    """One cohort's finished kit: where it is, what was made now, what is worth knowing."""

    folder: Path
    manifest: Manifest
    made: tuple[KitFile, ...]
    warnings: tuple[Diagnostic, ...]


def build_plan(
    plan: Plan,
    output: Path,
    pool: AbstractContextManager[Executor],
    on_progress: Callable[[BuildProgress], None],
    *,
    strict: bool = False,
) -> list[BuiltKit]:
    """Make every kit of a plan below `output`, as `<client>/<cohort>/`, with the workers of `pool`.

    A cohort's kit replaces the last one as a whole, or not at all; `strict` counts what preflight
    finds as an error. Raises `ContentError` with all that was found wrong in the documents,
    `EnvironmentFault` when the machine cannot lay out or `output` cannot be written.
    """
    cache = Cache(plan.tailored.workspace)
    keeping = Keeping(plan.tailored, cache)
    with pool as executor, _writing(output):
        run = _BuildRun(plan, executor, cache, output, on_progress, strict)
        composed = compose_kits(plan, created(), run.composed, keeping)
        layouts = run.lay_out()
        begun = [run.begin(kit, layouts) for kit in composed]
        # By this process, while others link.
        found = preflight(plan, composed, layouts, keeping.of_all())
        keeping.write()
        kits: list[BuiltKit] = []
        faults: list[Diagnostic] = []
        for one, of_pages in zip(begun, found, strict=True):
            try:
                kits.append(run.finish(one, of_pages))
            except ContentError as error:
                faults += error.diagnostics
    if cache.added:
        cache.tidy()
    if faults:
        raise ContentError([*faults, *(one for kit in kits for one in kit.warnings)])
    return kits


def laying_out(
    executor: Executor, cache: Cache, on_progress: Callable[[BuildProgress], None]
) -> LayingOut:
    """Return what lays out every part that is new, and tells how far it is."""
    done = from_earlier = 0

    def on_done(name: str, kept: bool, left: int) -> None:
        nonlocal done, from_earlier
        done, from_earlier = done + 1, from_earlier + kept
        on_progress(BuildProgress("lay out", name, done, done + left, from_earlier))

    return LayingOut(executor, cache, on_done)


@contextmanager
def _writing(output: Path) -> Iterator[None]:
    """Turn what the file system refuses into a fault the user can mend."""
    try:
        yield
    except OSError as error:
        path = display_path(Path(error.filename or output))
        raise EnvironmentFault.single(
            "output",
            f"{path} cannot be written: {error.strerror or error}",
            hint="Make room there, or name another folder with --output.",
        ) from error


@dataclass
class _Begun:
    """A kit being made: `last` are entries of the last one that would come out the same.

    The files of those in `unchanged` are what they were when they were written.
    """

    copying: Copying
    folder: Path
    last: Mapping[str, KitFile]
    unchanged: frozenset[str]
    made: Iterator[Made]


@dataclass
class _BuildRun:
    plan: Plan
    executor: Executor
    cache: Cache
    output: Path
    on_progress: Callable[[BuildProgress], None]
    strict: bool
    written: int = 0

    def __post_init__(self) -> None:
        self.files = sum(len(cohort.jobs) for cohort in self.plan.cohorts)
        self.laying = laying_out(self.executor, self.cache, self.on_progress)
        self._last = {cohort.slug: self._entries(cohort) for cohort in self.plan.cohorts}
        self._ahead = {
            slug: Ahead(self.executor, self.cache, {one.path: one.made_from for one in entries})
            for slug, entries in self._last.items()
        }

    def _folder(self, cohort: CohortPlan) -> Path:
        return self.output / self.plan.tailored.slug / cohort.slug

    def _entries(self, cohort: CohortPlan) -> Sequence[KitFile]:
        last = manifests.read(self._folder(cohort))
        return last.files if last else ()

    def composed(self, cohort: CohortPlan, copies: Sequence[ComposedCopy]) -> None:
        """Begin to lay copies out; and to make them, where nothing has to be laid out."""
        self.laying.begin(copies)
        # Of what nobody asked for, its pages alone are referred to.
        asked = {document.name for document in cohort.documents}
        self._ahead[cohort.slug].add([one for one in copies if one.job.document.name in asked])
        self._go_ahead()

    def lay_out(self) -> Layouts:
        """Return the layouts of all that was begun with, making meanwhile what they are for."""
        return self.laying.finish(self._go_ahead)

    def _go_ahead(self) -> None:
        for ahead in self._ahead.values():
            ahead.begin(self.laying.laid_out)

    def begin(self, composed: ComposedKit, layouts: Layouts) -> _Begun:
        """Begin to make what the last kit does not have."""
        slug, folder = composed.cohort.slug, self._folder(composed.cohort)
        ahead = self._ahead[slug]
        copying = Copying(composed, layouts, self.executor, self.cache, ahead.keys)
        last = {
            entry.path: entry
            for entry in self._last[slug]
            if copying.keys.get(entry.path) == entry.made_from
        }
        changed = [copy for copy in composed.copies if copy.job.file not in last]
        made = copying.make(copy for copy in changed if not ahead.has(copy))
        return _Begun(
            copying, folder, last, unchanged(folder, last.values()), chain(ahead.files(), made)
        )

    def finish(self, begun: _Begun, found: Sequence[Diagnostic]) -> BuiltKit:
        """Put a kit in place, of whose pages preflight has `found` what it found."""
        composed, folder = begun.copying.kit, begun.folder
        slug = composed.cohort.slug
        with staging_for(folder) as staging:
            made, of_copies = self._make(begun, staging)
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
                note_written(staging, folder, whole)
        return BuiltKit(folder, whole, tuple(made), tuple(warnings))

    def _kept(self, folder: Path) -> Manifest | None:
        """Return what is left of the last kit, without documents the client no longer gets."""
        documents = {document.name for document in self.plan.tailored.documents}
        old = None if self.plan.whole else manifests.read(folder)
        if old is None:
            return None
        files = (one for one in old.files if one.document in documents)
        return replace(old, files=tuple(one for one in files if (folder / one.path).is_file()))

    def _make(self, begun: _Begun, staging: Path) -> tuple[list[KitFile], list[Diagnostic]]:
        copying, kit = begun.copying, begun.copying.kit
        made: dict[str, KitFile] = {}
        lost: list[ComposedCopy] = []
        for copy in kit.copies:
            path = copy.job.file
            if old := begun.last.get(path):
                known = path in begun.unchanged
                if taken_over(begun.folder / path, staging / path, old.sha256, known=known):
                    # The file is the same; the address of whom it is for need not be.
                    made[path] = manifests.entry_for(copy.job, old.sha256, old.pages, old.made_from)
                    self._wrote(kit, copy.job)
                else:
                    lost.append(copy)
        found: list[tuple[Job, Diagnostic]] = []
        digests = _Digests()
        for one in chain(begun.made, copying.make(lost)):
            target = staging / one.job.file
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("wb") as file:
                file.write(one.shared)
                file.write(one.own)
            # What is complained of now has to be complained of again.
            key = "" if one.diagnostics else copying.keys[one.job.file]
            entry = manifests.entry_for(one.job, digests.of(one), one.pages, key)
            made[one.job.file] = entry
            found += [(one.job, diagnostic) for diagnostic in one.diagnostics]
            self._wrote(kit, one.job)
        return [made[job.file] for job in kit.cohort.jobs], list(grouped(found))

    def _wrote(self, kit: ComposedKit, job: Job) -> None:
        self.written += 1
        path = f"{kit.cohort.slug}/{job.file}"
        self.on_progress(BuildProgress("write", path, self.written, self.files))


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


def grouped(found: Sequence[tuple[Job, Diagnostic]]) -> Iterator[Diagnostic]:
    """Report each fault once, saying in which files it is."""
    files: dict[Diagnostic, list[str]] = {}
    # Found in whatever order the documents were finished; reported in the same order every time.
    for job, diagnostic in sorted(found, key=lambda one: one[0].path):
        files.setdefault(diagnostic, []).append(job.file)
    for diagnostic, (first, *others) in files.items():
        where = f"{first} and {len(others)} more" if others else first
        yield replace(diagnostic, message=f"{diagnostic.message} (in {where})")
