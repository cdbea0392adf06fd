"""Linked documents into copies: a batch at a time, with no more under way than memory takes."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from functools import partial

from workshop.assembly.values import Copy, Linked, Stamped
from workshop.building.reuse.kept_parts import Cache
from workshop.building.steps.layouts import Layout
from workshop.building.workers.error_notes import described
from workshop.building.workers.tasks import personalise
from workshop.composing.composition import ComposedCopy, Composition
from workshop.diagnostics import Diagnostic
from workshop.planning.make_plan import Job

# Copies asked for before they are needed.
AHEAD = 256
# Copies stamped in one go: setting the texts of many takes little longer than those of one.
_BATCH = 64


@dataclass(frozen=True)
class Made:
    """A job's file: the bytes it shares with others and its own, which come after them.

    With the number of its pages, and what was found wrong while it was made.
    """

    job: Job
    shared: bytes
    own: bytes
    pages: int
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True)
class Batch:
    """Copies stamped in one go; those that were stamped along with linking are there already."""

    copies: Sequence[ComposedCopy]
    linked: Linked
    layouts: Sequence[Layout]
    stamped: Sequence[Stamped] | None = None

    def begin(self, executor: Executor) -> Callable[[], Sequence[Stamped]]:
        """Begin to stamp them; what is returned waits for it."""
        if self.stamped is not None:
            return partial(tuple, self.stamped)
        # What is stamped goes after the shared bytes, which need not travel for it.
        linked, like = replace(self.linked, pdf=b""), self.layouts[0].job
        return executor.submit(personalise, linked, as_copies(self.copies), like).result


def batches(
    alike: Sequence[ComposedCopy], linked: Linked, layouts: Sequence[Layout]
) -> Iterator[Batch]:
    """Yield copies of one document a batch at a time."""
    for at in range(0, len(alike), _BATCH):
        yield Batch(alike[at : at + _BATCH], linked, layouts)


def as_copies(copies: Iterable[ComposedCopy]) -> dict[str, Copy]:
    """Return what each copy says, by what it is called where something goes wrong."""
    return {described([one.job]): Copy(one.title, one.texts) for one in copies}


@dataclass
class UnderWay:
    """Batches that are being stamped, in the order in which they were begun."""

    executor: Executor

    def __post_init__(self) -> None:
        self._begun: deque[tuple[Batch, Callable[[], Sequence[Stamped]]]] = deque()

    @property
    def copies(self) -> int:
        """How many copies that are."""
        return sum(len(batch.copies) for batch, _ in self._begun)

    def begin(self, batch: Batch) -> None:
        """Begin to stamp one more."""
        self._begun.append((batch, batch.begin(self.executor)))

    def files(self, more: Iterable[Batch]) -> Iterator[Made]:
        """Yield the files of these and of more, with no more copies under way than some."""
        for batch in more:
            self.begin(batch)
            while self.copies > AHEAD:
                yield from self._first()
        while self._begun:
            yield from self._first()

    def _first(self) -> Iterator[Made]:
        batch, stamped = self._begun.popleft()
        linked = batch.linked
        found = [one for layout in batch.layouts for one in layout.made.diagnostics]
        for copy, one in zip(batch.copies, stamped(), strict=True):
            diagnostics = (*found, *linked.diagnostics, *one.diagnostics)
            yield Made(copy.job, linked.pdf, one.update, linked.pages, diagnostics)


def can_be_kept(composition: Composition) -> bool:
    """Whether nothing in a document is anybody's: what shows somebody's values is that person's."""
    return not any(part.shown for part in composition.parts)


def kept_document(cache: Cache, composition: Composition, key: str) -> Linked | None:
    """Return a document as it was linked before, by what it is linked from."""
    return cache.get_linked(key) if can_be_kept(composition) else None
