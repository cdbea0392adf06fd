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
from workshop.building.making import described
from workshop.building.work import Making, personalise, put_together
from workshop.composing.composition import ComposedCopy, Composition
from workshop.diagnostics import Diagnostic
from workshop.planning.plan import Job

Layouts = Mapping[Composition, Sequence[Layout]]
# Documents by their digests, and what becomes of them.
_Linking = tuple[Sequence[str], Future[list[tuple[Linked, list[Stamped]]]]]

# Copies stamped in one go: setting the texts of many takes little longer than those of one.
_BATCH = 64
# Copies asked for before they are needed.
_AHEAD = 256
# Documents of one kind that are linked in one go, and copies of each that are stamped with it.
_TOGETHER, _ALONG = 4, 16


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
        kept = {key: one for key in groups if (one := self._kept(groups[key][0].composition, key))}
        new = self._begin({key: alike for key, alike in groups.items() if key not in kept})
        of_kept = self._of_kept(groups, kept)
        under_way = _UnderWay(self.executor)
        for batch in of_kept:
            under_way.begin(batch)
            if under_way.copies > _AHEAD:
                break
        return under_way.files(chain(of_kept, self._of_new(groups, new)))

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

    def _kept(self, composition: Composition, key: str) -> Linked | None:
        return self.cache.get_linked(key) if _can_be_kept(composition) else None

    def _begin(self, groups: Mapping[str, Sequence[ComposedCopy]]) -> deque[_Linking]:
        """Begin to link the documents of copies that are alike: those of a kind a few at a time."""
        kinds: dict[str, list[str]] = {}
        for key, alike in groups.items():
            kinds.setdefault(alike[0].job.document.name, []).append(key)
        # The longest first: what is left at the end keeps all processes busy.
        parts = {name: len(groups[keys[0]][0].composition.parts) for name, keys in kinds.items()}
        return deque(
            (some, self.executor.submit(put_together, [self._making(groups[key]) for key in some]))
            for name in sorted(kinds, key=lambda name: -parts[name])
            for at in range(0, len(kinds[name]), _TOGETHER)
            for some in [kinds[name][at : at + _TOGETHER]]
        )

    def _making(self, alike: Sequence[ComposedCopy]) -> Making:
        name = described([copy.job for copy in alike])
        return Making(name, self._link_job(alike[0].composition), _as_copies(alike[:_ALONG]))

    def _link_job(self, composition: Composition) -> LinkJob:
        layouts = self.layouts[composition]
        others = {name: self._numbers[name] for name in composition.refers_to}
        ranges = tuple(
            PageRange(part.name, one.made.pages, part.copies)
            for part, one in zip(composition.parts, layouts, strict=True)
        )
        made = tuple(one.made for one in layouts)
        return LinkJob(made, composition.front, layouts[0].job, others, ranges)

    def _of_kept(
        self, groups: Mapping[str, Sequence[ComposedCopy]], kept: dict[str, Linked]
    ) -> Iterator[_Batch]:
        for key in list(kept):
            # Let go of once its copies are made.
            yield from self._batches(groups[key], kept.pop(key))

    def _of_new(
        self, groups: Mapping[str, Sequence[ComposedCopy]], new: deque[_Linking]
    ) -> Iterator[_Batch]:
        while new:
            # There may be a document for each person.
            keys, future = new.popleft()
            for key, (linked, stamped) in zip(keys, future.result(), strict=True):
                alike = groups[key]
                composition = alike[0].composition
                if _can_be_kept(composition):
                    self.cache.put_linked(key, linked)
                yield _Batch(alike[:_ALONG], linked, self.layouts[composition], stamped)
                yield from self._batches(alike[_ALONG:], linked)

    def _batches(self, alike: Sequence[ComposedCopy], linked: Linked) -> Iterator[_Batch]:
        for at in range(0, len(alike), _BATCH):
            layouts = self.layouts[alike[0].composition]
            yield _Batch(alike[at : at + _BATCH], linked, layouts)


@dataclass(frozen=True)
class _Batch:
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
        return executor.submit(personalise, linked, _as_copies(self.copies), like).result


def _as_copies(copies: Iterable[ComposedCopy]) -> dict[str, Copy]:
    return {described([one.job]): Copy(one.title, one.texts) for one in copies}


@dataclass
class _UnderWay:
    """Batches that are being stamped, in the order in which they were begun."""

    executor: Executor

    def __post_init__(self) -> None:
        self._begun: deque[tuple[_Batch, Callable[[], Sequence[Stamped]]]] = deque()

    @property
    def copies(self) -> int:
        """How many copies that are."""
        return sum(len(batch.copies) for batch, _ in self._begun)

    def begin(self, batch: _Batch) -> None:
        """Begin to stamp one more."""
        self._begun.append((batch, batch.begin(self.executor)))

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
        for copy, one in zip(batch.copies, stamped(), strict=True):
            diagnostics = (*found, *linked.diagnostics, *one.diagnostics)
            yield Made(copy.job, linked.pdf, one.update, linked.pages, diagnostics)


def _can_be_kept(composition: Composition) -> bool:
    # What shows somebody's values is that person's.
    return not any(part.shown for part in composition.parts)
