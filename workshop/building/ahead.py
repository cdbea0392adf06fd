"""Copies stamped while other documents are still composed: of what was linked in earlier builds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor

from workshop.building.cache import Cache
from workshop.building.layouts import Layout
from workshop.building.made_from import linked_from, made_from
from workshop.building.stamping import AHEAD, Made, UnderWay, batches, kept_document
from workshop.composing.composition import ComposedCopy, Composition


class Ahead:
    """Stamps copies of one cohort; `before` says what the files of its last kit were made from."""

    def __init__(self, executor: Executor, cache: Cache, before: Mapping[str, str]) -> None:
        self._cache = cache
        self._before = before
        self._under_way = UnderWay(executor)
        self._begun: set[str] = set()
        # What each copy looked at is made from, as a digest, by the file's path.
        self.keys: dict[str, str] = {}

    def begin(
        self,
        copies: Sequence[ComposedCopy],
        laid_out: Callable[[Composition], Sequence[Layout] | None],
    ) -> None:
        """Begin with those copies of a document that the last kit does not have as they are now.

        As far as all its parts are laid out, and no other document's pages matter.
        """
        alike: dict[Composition, list[ComposedCopy]] = {}
        for copy in copies:
            alike.setdefault(copy.composition, []).append(copy)
        for composition, those in alike.items():
            layouts = None if composition.refers_to else laid_out(composition)
            if layouts is None:
                continue
            key = linked_from(composition, layouts, {})
            self.keys |= {one.job.file: made_from(key, one) for one in those}
            new = [one for one in those if not self._is_there(one)]
            if not new or self._under_way.copies + len(new) > AHEAD:
                continue
            if linked := kept_document(self._cache, composition, key):
                for batch in batches(new, linked, layouts):
                    self._under_way.begin(batch)
                self._begun |= {one.job.file for one in new}

    def _is_there(self, copy: ComposedCopy) -> bool:
        return self._before.get(copy.job.file) == self.keys[copy.job.file]

    def has(self, copy: ComposedCopy) -> bool:
        """Whether a copy is among those that were begun with."""
        return copy.job.file in self._begun

    def files(self) -> Iterator[Made]:
        """Yield the files of all that was begun with."""
        return self._under_way.files(())
