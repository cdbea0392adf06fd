"""Documents being linked by other processes, and their first copies stamped in the same go."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass

from workshop.assembly.values import Linked, LinkJob, PageRange, Stamped
from workshop.building.reuse.kept_parts import Cache
from workshop.building.steps.layouts import Layout
from workshop.building.steps.stamping import Batch, as_copies, batches, can_be_kept
from workshop.building.workers.error_notes import described
from workshop.building.workers.tasks import put_together
from workshop.composing.composition import ComposedCopy, Composition

# Copies that are stamped in one go with linking their document.
ALONG = 16


@dataclass(frozen=True)
class Linking:
    """A document being linked, for copies that are alike."""

    alike: Sequence[ComposedCopy]
    layouts: Sequence[Layout]
    begun: Future[tuple[Linked, list[Stamped]]]

    def batches(self, cache: Cache, key: str) -> Iterator[Batch]:
        """Yield its copies when it is linked, and keep it if it may be kept."""
        linked, stamped = self.begun.result()
        if can_be_kept(self.alike[0].composition):
            cache.put_linked(key, linked)
        yield Batch(self.alike[:ALONG], linked, self.layouts, stamped)
        yield from batches(self.alike[ALONG:], linked, self.layouts)


def begin_linking(
    executor: Executor,
    alike: Sequence[ComposedCopy],
    layouts: Sequence[Layout],
    numbers: Mapping[str, Mapping[str, str]],
) -> Linking:
    """Begin to link the document of copies that are alike, and to stamp the first of them.

    `numbers` are the page numbers of documents that it may refer to, by their names.
    """
    composition = alike[0].composition
    name = described([copy.job for copy in alike])
    job = _link_job(composition, layouts, numbers)
    begun = executor.submit(put_together, name, job, as_copies(alike[:ALONG]))
    return Linking(alike, layouts, begun)


def _link_job(
    composition: Composition, layouts: Sequence[Layout], numbers: Mapping[str, Mapping[str, str]]
) -> LinkJob:
    others = {name: numbers[name] for name in composition.refers_to}
    ranges = tuple(
        PageRange(part.name, one.made.pages, part.copies)
        for part, one in zip(composition.parts, layouts, strict=True)
    )
    made = tuple(one.made for one in layouts)
    return LinkJob(made, composition.front, layouts[0].job, others, ranges)
