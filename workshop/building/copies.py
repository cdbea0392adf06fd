"""Laid-out parts into a kit's files: linked once for copies that are alike, stamped for each."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from workshop.assembly.document import Assembled
from workshop.assembly.linked import Linked, LinkJob, PageRange, Stamped
from workshop.building.cache import Cache
from workshop.building.composed import ComposedKit
from workshop.building.layouts import Layout
from workshop.building.made_from import linked_from, made_from
from workshop.building.making import described
from workshop.building.stamping import (
    AHEAD,
    Batch,
    Made,
    UnderWay,
    as_copies,
    batches,
    can_be_kept,
    kept_document,
)
from workshop.building.work import Making, put_together
from workshop.composing.composition import ComposedCopy, Composition

Layouts = Mapping[Composition, Sequence[Layout]]
# Documents by their digests, and what becomes of them.
_Linking = tuple[Sequence[str], Future[list[tuple[Linked, list[Stamped]]]]]

# Documents of one kind that are linked in one go, and copies of each that are stamped with it.
_TOGETHER, _ALONG = 4, 16


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
        kept = {
            key: linked
            for key, alike in groups.items()
            if (linked := kept_document(self.cache, alike[0].composition, key))
        }
        new = self._begin({key: alike for key, alike in groups.items() if key not in kept})
        of_kept = self._of_kept(groups, kept)
        under_way = UnderWay(self.executor)
        for batch in of_kept:
            under_way.begin(batch)
            if under_way.copies > AHEAD:
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
        return Making(name, self._link_job(alike[0].composition), as_copies(alike[:_ALONG]))

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
    ) -> Iterator[Batch]:
        for key in list(kept):
            # Let go of once its copies are made.
            alike = groups[key]
            yield from batches(alike, kept.pop(key), self.layouts[alike[0].composition])

    def _of_new(
        self, groups: Mapping[str, Sequence[ComposedCopy]], new: deque[_Linking]
    ) -> Iterator[Batch]:
        while new:
            # There may be a document for each person.
            keys, future = new.popleft()
            for key, (linked, stamped) in zip(keys, future.result(), strict=True):
                alike = groups[key]
                composition = alike[0].composition
                if can_be_kept(composition):
                    self.cache.put_linked(key, linked)
                layouts = self.layouts[composition]
                yield Batch(alike[:_ALONG], linked, layouts, stamped)
                yield from batches(alike[_ALONG:], linked, layouts)
