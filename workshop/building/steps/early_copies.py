"""Documents made while others are still composed or laid out: linked if they are new, stamped."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from itertools import chain

from workshop.building.reuse.kept_parts import Cache
from workshop.building.reuse.same_file import linked_from, made_from
from workshop.building.steps.layouts import Layout
from workshop.building.steps.linking import ALONG, Linking, begin_linking
from workshop.building.steps.stamping import (
    AHEAD,
    Made,
    UnderWay,
    batches,
    can_be_kept,
    kept_document,
)
from workshop.composing.composition import ComposedCopy, Composition

LaidOutYet = Callable[[Composition], Sequence[Layout] | None]


class Ahead:
    """Makes copies of one cohort; `before` says what the files of its last kit were made from."""

    def __init__(self, executor: Executor, cache: Cache, before: Mapping[str, str]) -> None:
        self._executor = executor
        self._cache = cache
        self._before = before
        self._waiting: dict[Composition, list[ComposedCopy]] = {}
        self._linking: dict[str, Linking] = {}
        self._stamping = UnderWay(executor)
        self._begun: set[str] = set()
        self._room = AHEAD
        # What each copy looked at is made from, as a digest, by the file's path.
        self.keys: dict[str, str] = {}

    def add(self, copies: Sequence[ComposedCopy]) -> None:
        """Take on the copies of a document that are anybody's, and print no page of another."""
        for copy in copies:
            if can_be_kept(copy.composition) and not copy.composition.refers_to:
                self._waiting.setdefault(copy.composition, []).append(copy)

    def begin(self, laid_out: LaidOutYet) -> None:
        """Begin with what is laid out by now, and what the last kit does not have as it is now.

        As far as memory goes: what there is no room for is made with all others.
        """
        ready = {one: found for one in self._waiting if (found := laid_out(one))}
        for composition, layouts in ready.items():
            alike = self._waiting.pop(composition)
            key = linked_from(composition, layouts, {})
            self.keys |= {one.job.file: made_from(key, one) for one in alike}
            new = [one for one in alike if not self._is_there(one)]
            if new and key not in self._linking:
                self._begin(key, new, layouts)

    def _is_there(self, copy: ComposedCopy) -> bool:
        return self._before.get(copy.job.file) == self.keys[copy.job.file]

    def _begin(self, key: str, new: Sequence[ComposedCopy], layouts: Sequence[Layout]) -> None:
        linked = kept_document(self._cache, new[0].composition, key)
        copies = len(new) if linked else len(new[:ALONG])
        if copies > self._room:
            return
        self._room -= copies
        self._begun |= {one.job.file for one in new}
        if linked:
            for batch in batches(new, linked, layouts):
                self._stamping.begin(batch)
        else:
            self._linking[key] = begin_linking(self._executor, new, layouts, {})

    def has(self, copy: ComposedCopy) -> bool:
        """Whether a copy is among those that were begun with."""
        return copy.job.file in self._begun

    def files(self) -> Iterator[Made]:
        """Yield the files of all that was begun with."""
        linked = (one.batches(self._cache, key) for key, one in self._linking.items())
        return self._stamping.files(chain.from_iterable(linked))
