"""Laid-out parts into a kit's files: linked once for copies that are alike, stamped for each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
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
from workshop.building.work import put_together
from workshop.composing.composition import ComposedCopy, Composition

Layouts = Mapping[Composition, Sequence[Layout]]
_Linking = Future[tuple[Linked, list[Stamped]]]

# Copies that are stamped in one go with linking their document.
_ALONG = 16


@dataclass
class Copying:
    """Makes the files of a kit, from the layouts of its parts; some `keys` may be known already."""

    kit: ComposedKit
    layouts: Layouts
    executor: Executor
    cache: Cache
    known_keys: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def keys(self) -> Mapping[str, str]:
        """What each copy is made from, as a digest, by the file's path."""
        return {
            copy.job.file: self.known_keys.get(copy.job.file)
            or made_from(self._linked_from[copy.composition], copy)
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
        new = {key: self._begin(alike) for key, alike in groups.items() if key not in kept}
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

    def _begin(self, alike: Sequence[ComposedCopy]) -> _Linking:
        """Begin to link the document of copies that are alike, and to stamp the first of them."""
        name = described([copy.job for copy in alike])
        job = self._link_job(alike[0].composition)
        return self.executor.submit(put_together, name, job, as_copies(alike[:_ALONG]))

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
        self, groups: Mapping[str, Sequence[ComposedCopy]], new: dict[str, _Linking]
    ) -> Iterator[Batch]:
        for key in list(new):
            # Let go of likewise: there may be a document for each person.
            linked, stamped = new.pop(key).result()
            alike = groups[key]
            composition = alike[0].composition
            if can_be_kept(composition):
                self.cache.put_linked(key, linked)
            layouts = self.layouts[composition]
            yield Batch(alike[:_ALONG], linked, layouts, stamped)
            yield from batches(alike[_ALONG:], linked, layouts)
