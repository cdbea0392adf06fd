"""Laid-out parts into a kit's files: linked once for copies that are alike, stamped for each."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import chain

from workshop.assembly.document import Assembled
from workshop.assembly.linked import Copy, Linked, LinkJob, PageRange, Stamped
from workshop.building.cache import Cache
from workshop.building.composed import ComposedKit
from workshop.building.layouts import Layout
from workshop.building.made_from import linked_from, made_from
from workshop.building.making import described, making
from workshop.building.work import personalise, put_together
from workshop.composing.composition import ComposedCopy, Composition
from workshop.diagnostics import Diagnostic
from workshop.planning.plan import Job

Layouts = Mapping[Composition, Sequence[Layout]]

# Copies stamped in one go: setting the texts of many takes little longer than those of one.
_BATCH = 64
# Copies asked for before they are needed.
_AHEAD = 256


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


@dataclass
class Copying:
    """Makes the files of a kit, from the layouts of its parts."""

    kit: ComposedKit
    layouts: Layouts
    executor: Executor
    cache: Cache

    @cached_property
    def keys(self) -> Mapping[str, str]:
        """What each copy is made from, as a digest, by the file's path."""
        return {
            copy.job.file: made_from(self._linked_from[copy.composition], copy)
            for copy in self.kit.copies
        }

    def make(self, copies: Iterable[ComposedCopy]) -> Iterator[Made]:
        """Return the file of every copy, in any order.

        Linking begins at once, before the first is asked for, and so does stamping where a document
        was linked before.
        """
        # Alike is what came out alike, even if a template looked at each of its people.
        groups: dict[str, list[ComposedCopy]] = {}
        for copy in copies:
            groups.setdefault(self._linked_from[copy.composition], []).append(copy)
        linked = {key: self._link(key, alike[0]) for key, alike in groups.items()}
        new = {key: linked.pop(key) for key in list(linked) if isinstance(linked[key], Future)}
        kept = self._batches(groups, linked)
        under_way = _UnderWay(self.executor)
        for batch in kept:
            under_way.begin(batch)
            if under_way.copies > _AHEAD:
                break
        return under_way.files(chain(kept, self._batches(groups, new)))

    @cached_property
    def _numbers(self) -> Mapping[str, Mapping[str, str]]:
        """The page numbers of the documents that others refer to, by their names."""
        return {
            name: Assembled(tuple(one.made for one in self.layouts[composition])).numbers
            for name, composition in self.kit.referred_to.items()
        }

    @cached_property
    def _linked_from(self) -> Mapping[Composition, str]:
        return {
            one: linked_from(one, self.layouts[one], self._numbers)
            for one in dict.fromkeys(copy.composition for copy in self.kit.copies)
        }

    def _link(self, key: str, copy: ComposedCopy) -> Linked | Future[Linked]:
        """Return the document of copies that are alike, or begin to make it."""
        if _can_be_kept(copy.composition) and (kept := self.cache.get_linked(key)):
            return kept
        return self.executor.submit(put_together, self._link_job(copy.composition))

    def _link_job(self, composition: Composition) -> LinkJob:
        layouts = self.layouts[composition]
        others = {name: self._numbers[name] for name in composition.refers_to}
        ranges = tuple(
            PageRange(part.name, one.made.pages, part.copies)
            for part, one in zip(composition.parts, layouts, strict=True)
        )
        made = tuple(one.made for one in layouts)
        return LinkJob(made, composition.front, layouts[0].job, others, ranges)

    def _batches(
        self,
        groups: Mapping[str, Sequence[ComposedCopy]],
        linked: dict[str, Linked | Future[Linked]],
    ) -> Iterator[_Batch]:
        for key in list(linked):
            # Let go of once its copies are made: there may be one for each person.
            document, alike = linked.pop(key), groups[key]
            composition = alike[0].composition
            if isinstance(document, Future):
                with making(described([copy.job for copy in alike])):
                    made = document.result()
                if _can_be_kept(composition):
                    self.cache.put_linked(key, made)
            else:
                made = document
            for at in range(0, len(alike), _BATCH):
                yield _Batch(alike[at : at + _BATCH], made, self.layouts[composition])


@dataclass(frozen=True)
class _Batch:
    """Copies stamped in one go."""

    copies: Sequence[ComposedCopy]
    linked: Linked
    layouts: Sequence[Layout]

    @property
    def call(self) -> Callable[[], list[Stamped]]:
        """What stamps them, wherever it is called."""
        copies = {described([one.job]): Copy(one.title, one.texts) for one in self.copies}
        # What is stamped goes after the shared bytes, which need not travel for it.
        return partial(personalise, replace(self.linked, pdf=b""), copies, self.layouts[0].job)


@dataclass
class _UnderWay:
    """Batches that are being stamped, in the order in which they were begun."""

    executor: Executor

    def __post_init__(self) -> None:
        self._begun: deque[tuple[_Batch, Future[list[Stamped]]]] = deque()

    @property
    def copies(self) -> int:
        """How many copies that are."""
        return sum(len(batch.copies) for batch, _ in self._begun)

    def begin(self, batch: _Batch) -> None:
        """Begin to stamp one more."""
        self._begun.append((batch, self.executor.submit(batch.call)))

    def files(self, batches: Iterable[_Batch]) -> Iterator[Made]:
        """Yield the files of these and of more, with no more copies under way than some."""
        for batch in batches:
            self.begin(batch)
            while self.copies > _AHEAD:
                yield from self._first()
        while self._begun:
            yield from self._first()

    def _first(self) -> Iterator[Made]:
        batch, stamped = self._begun.popleft()
        linked = batch.linked
        found = [one for layout in batch.layouts for one in layout.made.diagnostics]
        for copy, one in zip(batch.copies, stamped.result(), strict=True):
            diagnostics = (*found, *linked.diagnostics, *one.diagnostics)
            yield Made(copy.job, linked.pdf, one.update, linked.pages, diagnostics)


def _can_be_kept(composition: Composition) -> bool:
    # What shows somebody's values is that person's.
    return not any(part.shown for part in composition.parts)
