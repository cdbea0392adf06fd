"""Laid-out parts into a kit's files: linked once for copies that are alike, stamped for each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

from workshop.assembly.document import Assembled
from workshop.assembly.values import Linked
from workshop.building.reuse.kept_parts import Cache
from workshop.building.reuse.same_file import linked_from, made_from
from workshop.building.steps.layouts import Layout
from workshop.building.steps.linking import Linking, begin_linking
from workshop.building.steps.stamping import AHEAD, Batch, Made, UnderWay, batches, kept_document
from workshop.composing.compose_plan import ComposedKit
from workshop.composing.composition import ComposedCopy, Composition

Layouts = Mapping[Composition, Sequence[Layout]]


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
        new = {
            key: begin_linking(
                self.executor, alike, self.layouts[alike[0].composition], self._numbers
            )
            for key, alike in groups.items()
            if key not in kept
        }
        of_kept = self._of_kept(groups, kept)
        under_way = UnderWay(self.executor)
        for batch in of_kept:
            under_way.begin(batch)
            if under_way.copies > AHEAD:
                break
        return under_way.files(chain(of_kept, self._of_new(new)))

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

    def _of_kept(
        self, groups: Mapping[str, Sequence[ComposedCopy]], kept: dict[str, Linked]
    ) -> Iterator[Batch]:
        for key in list(kept):
            # Let go of once its copies are made.
            alike = groups[key]
            yield from batches(alike, kept.pop(key), self.layouts[alike[0].composition])

    def _of_new(self, new: dict[str, Linking]) -> Iterator[Batch]:
        for key in list(new):
            # Let go of likewise: there may be a document for each person.
            yield from new.pop(key).batches(self.cache, key)
