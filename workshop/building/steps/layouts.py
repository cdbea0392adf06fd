"""Compositions into laid-out parts: each part once, whoever it is for, and only if it is new."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass, field, replace
from heapq import heappop, heappush
from itertools import chain, count

from workshop.assembly.document import Assembled
from workshop.building.reuse.kept_parts import Cache
from workshop.building.workers.error_notes import described, making
from workshop.building.workers.processes import at_once
from workshop.building.workers.tasks import lay_out
from workshop.composing.composition import ComposedCopy, Composition, Part
from workshop.composing.language.slots import with_digits
from workshop.composing.pages.render_job import RenderJob, Side
from workshop.diagnostics import Severity
from workshop.planning.make_plan import Job
from workshop.typesetting.laid_out import LaidOut


@dataclass(frozen=True)
class Layout:
    """A part laid out, with the job it was laid out by."""

    job: RenderJob
    made: LaidOut


@dataclass
class _OpenDocument:
    """A document that is not all laid out, as it is by now, and the jobs that it waits for.

    It `waits` where a part’s side is not known yet; it may be laid out once `again`.
    """

    now: Composition
    missing: set[str] = field(default_factory=set)
    waits: bool = False
    again: bool = False


@dataclass
class LayingOut:
    """Parts being laid out, those with equal jobs once; begun while others are still composed.

    A part that may begin on either side waits until it is known how many pages stand before it.
    `on_done` is told of every part that is finished: its name, whether it was kept from an earlier
    build, and how many are still to do. An error names the part, and whom it is for.
    """

    executor: Executor
    cache: Cache
    on_done: Callable[[str, bool, int], None]

    def __post_init__(self) -> None:
        self._wanted_by: dict[Composition, list[Job]] = {}
        self._open: dict[Composition, _OpenDocument] = {}
        # By the digest of a job that is being done, those that wait for it.
        self._missed_by: dict[str, list[Composition]] = {}
        self._final: dict[Composition, tuple[Layout, ...]] = {}
        self._made: dict[str, LaidOut] = {}
        self._jobs: dict[str, tuple[Part, RenderJob]] = {}
        self._first: dict[str, Composition] = {}
        self._queue: list[tuple[bool, int, int, RenderJob]] = []
        self._numbers = count()
        self._at_once = at_once(self.executor)
        self._pending: dict[Future[LaidOut], str] = {}

    def begin(self, copies: Sequence[ComposedCopy]) -> None:
        """Begin with what copies need, as far as it can be begun; and go on with what is there."""
        new: list[Composition] = []
        for copy in copies:
            if copy.composition not in self._wanted_by:
                new.append(copy.composition)
            self._wanted_by.setdefault(copy.composition, []).append(copy.job)
        self._open |= {one: _OpenDocument(one) for one in new}
        self._begin(new)
        self._go_on_after(wait(self._pending, timeout=0).done)

    def laid_out(self, composition: Composition) -> tuple[Layout, ...] | None:
        """Return the layouts of a document begun with, if all are there, and final."""
        return self._final.get(composition)

    def finish(
        self, on_more: Callable[[], None] = lambda: None
    ) -> dict[Composition, tuple[Layout, ...]]:
        """Return the layouts of all that was begun with; `on_more` is told as more are there."""
        while self._pending:
            self._go_on_after(wait(self._pending, return_when=FIRST_COMPLETED).done)
            on_more()
        return {one: self._final[one] for one in self._wanted_by}

    def _go_on_after(self, done: Iterable[Future[LaidOut]]) -> None:
        self._begin(dict.fromkeys(chain.from_iterable(map(self._take, done))))

    def _take(self, done: Future[LaidOut]) -> Iterator[Composition]:
        """Take what is laid out; yield those documents that can be gone on with for it."""
        digest = self._pending.pop(done)
        part, job = self._jobs[digest]
        with making(f"the part “{part.name}” of {self._document(self._first[digest])}"):
            self._made[digest] = done.result()
        self._keep(part, job, self._made[digest])
        self.on_done(part.name, False, self._left)
        for composed in self._missed_by.pop(digest):
            document = self._open[composed]
            document.missing.remove(digest)
            if document.waits or not document.missing:
                yield composed

    @property
    def _left(self) -> int:
        return len(self._pending) + len(self._queue)

    def _begin(self, documents: Iterable[Composition]) -> None:
        for one in documents:
            self._go_on(one)
        while self._queue and (self._at_once is None or len(self._pending) < self._at_once):
            *_, job = heappop(self._queue)
            self._pending[self.executor.submit(lay_out, job)] = job.digest

    def _go_on(self, composed: Composition) -> None:
        """Find what can be laid out of a document by now, or that it is all there."""
        document = self._open[composed]
        found, new = 0, list[RenderJob]()
        # What a kept part settles is seen on the way.
        for part, job in settled(document.now.parts, self._made):
            found += 1
            if job.digest not in self._jobs:
                self._jobs[job.digest] = part, job
                self._first[job.digest] = composed
                if kept := None if part.shown else self.cache.get(job):
                    self._made[job.digest] = kept
                    self.on_done(part.name, True, self._left + len(new))
                else:
                    new.append(job)
            if job.digest not in self._made and job.digest not in document.missing:
                document.missing.add(job.digest)
                self._missed_by.setdefault(job.digest, []).append(composed)
        document.waits = found < len(document.now.parts)
        for job in new:
            # What others wait for first, or they are left to the end, one after another; then the
            # longest, so that what is left at the end keeps all processes busy.
            order = not document.waits, -len(job.html), next(self._numbers)
            heappush(self._queue, (*order, job))
        if not document.missing:
            self._all_there(composed, document)

    def _all_there(self, composed: Composition, document: _OpenDocument) -> None:
        """Close a document, or go on with parts that are not laid out as they have to be."""
        layouts = self._layouts(document.now)
        # A second time for parts that name a page with more or fewer digits than was thought. That
        # a line breaks otherwise then hardly ever moves a page; if it does for ever, a gap is left.
        digits = document.now if document.again else _with_digits(document.now, layouts)
        if digits is document.now:
            self._final[composed] = layouts
            del self._open[composed]
        else:
            document.now, document.again = digits, True
            self._go_on(composed)

    def _layouts(self, composition: Composition) -> tuple[Layout, ...]:
        return tuple(
            Layout(job, _named(self._made[job.digest], part))
            for part, job in settled(composition.parts, self._made)
        )

    def _document(self, composition: Composition) -> str:
        return described(self._wanted_by[composition])

    def _keep(self, part: Part, job: RenderJob, made: LaidOut) -> None:
        faulty = any(one.severity is Severity.ERROR for one in made.diagnostics)
        if not part.shown and not faulty:
            self.cache.put(job, made)


def _with_digits(composition: Composition, layouts: Sequence[Layout]) -> Composition:
    """Return a composition in which page numbers in sentences have the room they need."""
    numbers = Assembled(tuple(one.made for one in layouts)).numbers
    parts = []
    for part in composition.parts:
        html = with_digits(part.job.html, numbers)
        same = html == part.job.html
        parts.append(part if same else replace(part, job=replace(part.job, html=html)))
    if all(one is other for one, other in zip(parts, composition.parts, strict=True)):
        return composition
    return replace(composition, parts=tuple(parts))


def settled(parts: Iterable[Part], made: Mapping[str, LaidOut]) -> Iterator[tuple[Part, RenderJob]]:
    """Yield the parts of a composition whose side is known, each with its job as it then is.

    `made` are the layouts there are, by the digest of their job.
    """
    pages: int | None = 0
    for part in parts:
        side: Side | None = part.start
        if side is None and not part.job.depends_on_side:
            side = part.job.start
        elif side is None and pages is not None:
            side = "left" if pages % 2 else "right"
        job = part.job if side in (None, part.job.start) else replace(part.job, start=side)
        if side:
            yield part, job
        known = made.get(job.digest) if side else None
        pages = pages + known.pages if pages is not None and known else None


def _named(made: LaidOut, part: Part) -> LaidOut:
    """Return a layout whose slots have the names they have in the document."""
    if not part.slots:
        return made
    names = dict(part.slots)
    slots = (replace(slot, name=names.get(slot.name, slot.name)) for slot in made.slots)
    return replace(made, slots=tuple(slots))
