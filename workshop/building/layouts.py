"""Compositions into laid-out parts: each part once, whoever it is for, and only if it is new."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass, replace

from workshop.assembly.document import Assembled
from workshop.building.cache import Cache
from workshop.building.making import described, making
from workshop.building.work import lay_out
from workshop.composing.composition import ComposedCopy, Composition, Part
from workshop.composing.render_job import RenderJob, Side
from workshop.composing.slots import with_digits
from workshop.diagnostics import Severity
from workshop.planning.plan import Job
from workshop.typesetting.laid_out import LaidOut


@dataclass(frozen=True)
class Layout:
    """A part laid out, with the job it was laid out by."""

    job: RenderJob
    made: LaidOut


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
        # As they were composed, each with what has become of it.
        self._wanted: dict[Composition, Composition] = {}
        self._wanted_by: dict[Composition, list[Job]] = {}
        # Those of whose parts some wait for the pages before them.
        self._waiting: dict[Composition, Composition] = {}
        self._made: dict[str, LaidOut] = {}
        self._jobs: dict[str, tuple[Part, RenderJob]] = {}
        self._first: dict[str, Composition] = {}
        self._pending: dict[Future[LaidOut], str] = {}

    def begin(self, copies: Sequence[ComposedCopy]) -> None:
        """Begin with what copies need, as far as it can be begun."""
        for copy in copies:
            self._wanted_by.setdefault(copy.composition, []).append(copy.job)
        compositions = (copy.composition for copy in copies)
        new = {one: one for one in compositions if one not in self._wanted}
        self._wanted |= new
        self._begin(new)

    def finish(self) -> dict[Composition, tuple[Layout, ...]]:
        """Return the layouts of all that was begun with, when there are."""
        self._until_done()
        # A second time for parts that name a page with more or fewer digits than was thought. That
        # a line breaks otherwise then hardly ever moves a page; if it does for ever, a gap is left.
        layouts = {one: self._layouts(known) for one, known in self._wanted.items()}
        again = {
            one: digits
            for one, known in self._wanted.items()
            if (digits := _with_digits(known, layouts[one])) is not known
        }
        self._begin(again)
        self._until_done()
        return layouts | {one: self._layouts(known) for one, known in again.items()}

    def laid_out(self, composition: Composition) -> tuple[Layout, ...] | None:
        """Return the layouts of a document begun with, if all are there, and final."""
        found = [job.digest in self._made for _, job in settled(composition.parts, self._made)]
        if len(found) < len(composition.parts) or not all(found):
            return None
        layouts = self._layouts(composition)
        return layouts if _with_digits(composition, layouts) is composition else None

    def _until_done(self) -> None:
        while self._pending:
            done, _ = wait(self._pending, return_when=FIRST_COMPLETED)
            for future in done:
                digest = self._pending.pop(future)
                part, job = self._jobs[digest]
                with making(f"the part “{part.name}” of {self._document(self._first[digest])}"):
                    self._made[digest] = future.result()
                self._keep(part, job, self._made[digest])
                self.on_done(part.name, False, len(self._pending))
            waiting, self._waiting = self._waiting, {}
            self._begin(waiting)

    def _layouts(self, composition: Composition) -> tuple[Layout, ...]:
        return tuple(
            Layout(job, _named(self._made[job.digest], part))
            for part, job in settled(composition.parts, self._made)
        )

    def _begin(self, wanted: Mapping[Composition, Composition]) -> None:
        new: list[RenderJob] = []
        for composed, composition in wanted.items():
            known = 0
            # What a kept part settles is seen on the way.
            for part, job in settled(composition.parts, self._made):
                known += 1
                if job.digest in self._jobs:
                    continue
                self._jobs[job.digest] = part, job
                self._first[job.digest] = composed
                if kept := None if part.shown else self.cache.get(job):
                    self._made[job.digest] = kept
                    self.on_done(part.name, True, len(self._pending) + len(new))
                else:
                    new.append(job)
            if known < len(composition.parts):
                self._waiting[composed] = composition
        # The longest first: what is left at the end keeps all processes busy.
        for job in sorted(new, key=lambda job: len(job.html), reverse=True):
            self._pending[self.executor.submit(lay_out, job)] = job.digest

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
