"""Lay out the parts of compositions: each part once, whoever it is for, and only if it is new."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass, field, replace
from heapq import heappop, heappush
from itertools import chain, count

from workshop.assembly.document import Assembled
from workshop.building.reuse.kept_parts import KeptParts
from workshop.building.steps.blame import with_place
from workshop.building.workers.error_notes import described, noting
from workshop.building.workers.processes import most_at_once
from workshop.building.workers.tasks import lay_out
from workshop.composing.composition import ComposedCopy, Composition, Part
from workshop.composing.language.slots import with_digits
from workshop.composing.pages.late_colours import in_own_colours
from workshop.composing.pages.render_job import FOLDED, RenderJob, Side
from workshop.diagnostics import Severity
from workshop.planning.job import Job
from workshop.tailoring.look.brand import Palette
from workshop.tailoring.tailored import Tailored
from workshop.typesetting.ending.failures import LayoutFailed
from workshop.typesetting.laid_out import LaidOut


@dataclass(frozen=True)
class Layout:
    """Holds a part laid out, with the job it was laid out by."""

    job: RenderJob
    laid_out: LaidOut


@dataclass
class _OpenDocument:
    """Holds a document until all its parts are laid out, with the jobs it waits for.

    It `waits_for_sides` where a part's side is not certain yet. `is_second_time` says that
    its parts are laid out once more, now with the room that page numbers need, and in the colours
    of `palette` where these could not be left open.
    """

    composition: Composition
    palette: Palette
    missing: set[str] = field(default_factory=set)
    waits_for_sides: bool = False
    is_second_time: bool = False


class LayingOut:
    """Lays parts out, those with equal jobs once; begun while others are still composed.

    A part that may begin on either side waits until it is certain how many pages stand before it.
    `on_part` is told of every part that is finished: its name, whether it was kept from an earlier
    build, and how many are still to do. An error names the part, and whom it is for; of a part
    that cannot be laid out, it names the files of `tailored` that went into it.
    """

    def __init__(
        self,
        workers: Executor,
        kept: KeptParts,
        on_part: Callable[[str, bool, int], None],
        tailored: Tailored | None = None,
    ) -> None:
        self._tailored = tailored
        self._workers = workers
        self._kept = kept
        self._on_part = on_part
        self._wanted_by: dict[Composition, list[Job]] = {}
        self._open: dict[Composition, _OpenDocument] = {}
        # By the digest of a job that is being done, those that wait for it.
        self._waiting_for: dict[str, list[Composition]] = {}
        self._final: dict[Composition, tuple[Layout, ...]] = {}
        self._parts: dict[str, LaidOut] = {}
        self._jobs: dict[str, tuple[Part, RenderJob]] = {}
        self._first_wanted_by: dict[str, Composition] = {}
        self._queue: list[tuple[bool, int, int, RenderJob]] = []
        self._numbers = count()
        self._most_pending = most_at_once(workers)
        self._pending: dict[Future[LaidOut], str] = {}

    def add(self, copies: Sequence[ComposedCopy]) -> None:
        """Start with what copies need, as far as possible; and go on with what came back."""
        new: list[Composition] = []
        for copy in copies:
            if copy.composition not in self._wanted_by:
                new.append(copy.composition)
                self._open[copy.composition] = _OpenDocument(copy.composition, copy.look.palette)
            self._wanted_by.setdefault(copy.composition, []).append(copy.job)
        self._submit(new)
        self._take(wait(self._pending, timeout=0).done)

    def laid_out(self, composition: Composition) -> tuple[Layout, ...] | None:
        """Return the layouts of a document's parts, if all are there and final."""
        return self._final.get(composition)

    def rest(self) -> Iterator[None]:
        """Wait for all that was added, and yield whenever more is there."""
        while self._pending:
            self._take(wait(self._pending, return_when=FIRST_COMPLETED).done)
            yield

    @property
    def layouts(self) -> dict[Composition, tuple[Layout, ...]]:
        """The layouts of all that was added, once nothing is left to do."""
        return {composition: self._final[composition] for composition in self._wanted_by}

    def _take(self, done: Iterable[Future[LaidOut]]) -> None:
        self._submit(dict.fromkeys(chain.from_iterable(map(self._take_part, done))))

    def _take_part(self, done: Future[LaidOut]) -> Iterator[Composition]:
        """Store a part that is laid out; yield the documents that can go on now."""
        digest = self._pending.pop(done)
        part, job = self._jobs[digest]
        jobs = self._wanted_by[self._first_wanted_by[digest]]
        with noting(f"the part “{part.name}” of {described(jobs)}"):
            try:
                self._parts[digest] = done.result()
            except LayoutFailed as error:
                if self._tailored is None:
                    raise
                raise with_place(error, part, jobs[0].document, self._tailored) from error
        self._keep_part(part, job, self._parts[digest])
        self._on_part(part.name, False, self._left)
        for composition in self._waiting_for.pop(digest):
            open_document = self._open[composition]
            open_document.missing.remove(digest)
            if open_document.waits_for_sides or not open_document.missing:
                yield composition

    @property
    def _left(self) -> int:
        return len(self._pending) + len(self._queue)

    def _submit(self, compositions: Iterable[Composition]) -> None:
        for composition in compositions:
            self._queue_parts(composition)
        while self._queue and (
            self._most_pending is None or len(self._pending) < self._most_pending
        ):
            *_, job = heappop(self._queue)
            self._pending[self._workers.submit(lay_out, job)] = job.digest

    def _queue_parts(self, composition: Composition) -> None:
        """Queue what can be laid out of a document by now; close it if it is all there."""
        document = self._open[composition]
        reached, new = 0, list[RenderJob]()
        # What a kept part settles is seen on the way.
        for part, job in parts_with_sides(document.composition.parts, self._parts):
            reached += 1
            if job.digest not in self._jobs:
                self._jobs[job.digest] = part, job
                self._first_wanted_by[job.digest] = composition
                kept_part = None if part.shown else self._kept.part(job)
                if kept_part:
                    self._parts[job.digest] = kept_part
                    self._on_part(part.name, True, self._left + len(new))
                else:
                    new.append(job)
            if job.digest not in self._parts and job.digest not in document.missing:
                document.missing.add(job.digest)
                self._waiting_for.setdefault(job.digest, []).append(composition)
        document.waits_for_sides = reached < len(document.composition.parts)
        for job in new:
            # First what other parts wait for: left to the end, these would run one after another.
            # Then the longest, so that what is left at the end keeps all processes busy.
            order = not document.waits_for_sides, -len(job.html), next(self._numbers)
            heappush(self._queue, (*order, job))
        if not document.missing:
            self._close(composition, document)

    def _close(self, composition: Composition, document: _OpenDocument) -> None:
        """Close a document, or go on with parts that are not laid out as they have to be."""
        layouts = self._layouts(document.composition)
        # A second time for parts that name a page with more or fewer digits than was thought. New
        # line breaks hardly ever move a page, so this is done only once. If they do, the box is a
        # little too wide or narrow.
        settled = document.composition
        if not document.is_second_time:
            settled = _with_digits(_in_own_colours(settled, document.palette, layouts), layouts)
        if settled is document.composition:
            self._final[composition] = layouts
            del self._open[composition]
        else:
            document.composition, document.is_second_time = settled, True
            self._queue_parts(composition)

    def _layouts(self, composition: Composition) -> tuple[Layout, ...]:
        return tuple(
            Layout(job, _with_document_names(self._parts[job.digest], part))
            for part, job in parts_with_sides(composition.parts, self._parts)
        )

    def _keep_part(self, part: Part, job: RenderJob, laid_out: LaidOut) -> None:
        faulty = any(fault.severity is Severity.ERROR for fault in laid_out.diagnostics)
        if not part.shown and not faulty:
            self._kept.keep_part(job, laid_out)


def _in_own_colours(
    composition: Composition, palette: Palette, layouts: Sequence[Layout]
) -> Composition:
    """Return a composition in which parts that cannot leave their colours open have them."""
    if not any(layout.laid_out.needs_colours for layout in layouts):
        return composition
    parts = list(composition.parts)
    for number, layout in enumerate(layouts):
        if layout.laid_out.needs_colours:
            job = in_own_colours(parts[number].job, palette)
            parts[number] = replace(parts[number], job=job)
    return replace(composition, parts=tuple(parts))


def _with_digits(composition: Composition, layouts: Sequence[Layout]) -> Composition:
    """Return a composition in which page numbers in sentences have the room they need."""
    numbers = Assembled(tuple(layout.laid_out for layout in layouts)).numbers
    parts = []
    for part in composition.parts:
        html = with_digits(part.job.html, numbers)
        same = html == part.job.html
        parts.append(part if same else replace(part, job=replace(part.job, html=html)))
    if all(new is old for new, old in zip(parts, composition.parts, strict=True)):
        return composition
    return replace(composition, parts=tuple(parts))


def parts_with_sides(
    parts: Iterable[Part], laid_out: Mapping[str, LaidOut]
) -> Iterator[tuple[Part, RenderJob]]:
    """Yield the parts of a composition whose side is certain, each with its job as it then is.

    `laid_out` are the layouts there are, by the digest of their job.
    """
    pages: int | None = 0
    for part in parts:
        side: Side | None = part.start
        if side is None and not part.job.depends_on_side:
            side = part.job.start
        elif side is None and pages is not None:
            side = "left" if pages % 2 else "right"
        job = part.job if side in (None, part.job.start) else replace(part.job, start=side)
        if job.then == "back":
            # How many pages fill the last sheet is certain only when all before it are there.
            side = side if pages is not None else None
            job = replace(job, pages_before=(pages or 0) % FOLDED)
        if side:
            yield part, job
        before = laid_out.get(job.digest) if side else None
        pages = pages + before.pages if pages is not None and before else None


def _with_document_names(laid_out: LaidOut, part: Part) -> LaidOut:
    """Return a layout whose slots have the names they have in the document."""
    if not part.slots:
        return laid_out
    names = dict(part.slots)
    slots = (replace(slot, name=names.get(slot.name, slot.name)) for slot in laid_out.slots)
    return replace(laid_out, slots=tuple(slots))
