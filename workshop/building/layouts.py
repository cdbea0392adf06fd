"""Compositions into laid-out parts: each part once, whoever it is for, and only if it is new."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass, replace

from workshop.assembly.document import Assembled
from workshop.building.cache import PartCache
from workshop.building.making import described, making
from workshop.composing.composition import Composition, Part
from workshop.composing.render_job import RenderJob, Side
from workshop.composing.slots import with_digits
from workshop.diagnostics import Severity
from workshop.planning.plan import Job
from workshop.typesetting.laid_out import LaidOut

_TIMES = 2


@dataclass(frozen=True)
class Layout:
    """A part laid out, with the job it was laid out by."""

    job: RenderJob
    made: LaidOut


def lay_out(
    compositions: Iterable[Composition],
    executor: Executor,
    cache: PartCache,
    on_done: Callable[[str, bool, int], None],
    jobs: Mapping[Composition, Sequence[Job]] = {},
) -> dict[Composition, tuple[Layout, ...]]:
    """Lay out the parts of every composition, those with equal jobs once.

    A part that may begin on either side waits until it is known how many pages stand before it.
    `on_done` is told of every part that is finished: its name, whether it was kept from an earlier
    build, and how many are still to do. An error names the part, and of `jobs` those it is for.
    """
    wanted = {one: one for one in compositions}
    run = _Run(wanted, jobs, executor, cache)
    # A second time for parts that name a page with more or fewer digits than was thought. That a
    # line breaks otherwise then hardly ever moves a page; if it does for ever, a gap is left.
    for _ in range(_TIMES):
        run.compositions = wanted
        for name, kept, left in run.until_done():
            on_done(name, kept, left)
        layouts = {one: run.layouts(known) for one, known in wanted.items()}
        wanted = {one: _with_digits(known, layouts[one]) for one, known in wanted.items()}
    return layouts


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


@dataclass
class _Run:
    # As they were composed, each with what has become of it.
    compositions: Mapping[Composition, Composition]
    wanted_by: Mapping[Composition, Sequence[Job]]
    executor: Executor
    cache: PartCache

    def __post_init__(self) -> None:
        self.made: dict[str, LaidOut] = {}
        self.jobs: dict[str, tuple[Part, RenderJob]] = {}
        self.first: dict[str, Composition] = {}
        self.pending: dict[Future[LaidOut], str] = {}

    def until_done(self) -> Iterator[tuple[str, bool, int]]:
        """Lay out what can be, until there is nothing left, yielding what `on_done` is told."""
        yield from self._begin()
        while self.pending:
            done, _ = wait(self.pending, return_when=FIRST_COMPLETED)
            for future in done:
                digest = self.pending.pop(future)
                part, job = self.jobs[digest]
                with making(f"the part “{part.name}” of {self._document(self.first[digest])}"):
                    self.made[digest] = future.result()
                self._keep(part, job, self.made[digest])
                yield part.name, False, len(self.pending)
            yield from self._begin()

    def layouts(self, composition: Composition) -> tuple[Layout, ...]:
        """Return the layouts of a composition's parts."""
        return tuple(
            Layout(job, _named(self.made[job.digest], part))
            for part, job in settled(composition.parts, self.made)
        )

    def _begin(self) -> Iterator[tuple[str, bool, int]]:
        new: list[RenderJob] = []
        found = True
        while found:
            found = False
            for composed, composition in self.compositions.items():
                for part, job in list(settled(composition.parts, self.made)):
                    if job.digest in self.jobs:
                        continue
                    self.jobs[job.digest] = part, job
                    self.first[job.digest] = composed
                    if kept := None if part.shown else self.cache.get(job):
                        # What comes after it may be settled by that.
                        self.made[job.digest], found = kept, True
                        yield part.name, True, len(self.pending) + len(new)
                    else:
                        new.append(job)
        # The longest first: what is left at the end keeps all processes busy.
        for job in sorted(new, key=lambda job: len(job.html), reverse=True):
            self.pending[self.executor.submit(_typeset, job)] = job.digest

    def _document(self, composition: Composition) -> str:
        jobs = self.wanted_by.get(composition)
        return described(jobs) if jobs else f"“{composition.front.title}”"

    def _keep(self, part: Part, job: RenderJob, made: LaidOut) -> None:
        faulty = any(one.severity is Severity.ERROR for one in made.diagnostics)
        if not part.shown and not faulty:
            self.cache.put(job, made)


def _named(made: LaidOut, part: Part) -> LaidOut:
    """Return a layout whose slots have the names they have in the document."""
    if not part.slots:
        return made
    names = dict(part.slots)
    slots = (replace(slot, name=names.get(slot.name, slot.name)) for slot in made.slots)
    return replace(made, slots=tuple(slots))


def _typeset(job: RenderJob) -> LaidOut:
    # Imported where it runs: planning and composing need no layout engine.
    from workshop.typesetting.typeset import typeset

    return typeset(job)
