"""Laid-out parts into a kit's files: linked once for copies that are alike, stamped for each."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

from workshop.assembly.document import Assembled
from workshop.assembly.link import Linked, LinkJob, link
from workshop.assembly.page_ranges import PageRange
from workshop.assembly.stamp import Copy, Stamped, stamp
from workshop.building.composed import ComposedKit
from workshop.building.layouts import Layout
from workshop.building.making import described, making
from workshop.composing.composition import ComposedCopy, Composition
from workshop.composing.render_job import RenderJob
from workshop.diagnostics import Diagnostic
from workshop.planning.plan import Job

T = TypeVar("T")
Layouts = Mapping[Composition, Sequence[Layout]]

# Copies stamped in one go: setting the texts of many takes little longer than those of one.
_BATCH = 64
# Batches asked for before they are needed.
_AHEAD = 4


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


def numbers_elsewhere(kit: ComposedKit, layouts: Layouts) -> Mapping[str, Mapping[str, str]]:
    """Return the page numbers of the documents that others refer to, by their names."""
    return {
        name: Assembled(tuple(one.made for one in layouts[composition])).numbers
        for name, composition in kit.referred_to.items()
    }


def make_copies(
    copies: Sequence[ComposedCopy],
    layouts: Layouts,
    numbers: Mapping[str, Mapping[str, str]],
    executor: Executor,
) -> Iterator[Made]:
    """Yield the file of every copy; `numbers` are those of the pages they refer to elsewhere."""
    # Alike is what came out alike, even if a template looked at each of its people.
    groups: dict[object, list[ComposedCopy]] = {}
    for copy in copies:
        digests = tuple(one.job.digest for one in layouts[copy.composition])
        slots = tuple(part.slots for part in copy.composition.parts)
        groups.setdefault((copy.composition.front, digests, slots), []).append(copy)
    linked = deque(
        executor.submit(link, _link_job(alike[0].composition, layouts, numbers))
        for alike in groups.values()
    )
    for alike in groups.values():
        with making(described([copy.job for copy in alike])):
            document = linked.popleft().result()
        yield from _stamped(alike, layouts, document, executor)


def _link_job(
    composition: Composition, layouts: Layouts, numbers: Mapping[str, Mapping[str, str]]
) -> LinkJob:
    made = layouts[composition]
    others = {name: numbers[name] for name in composition.refers_to}
    ranges = tuple(
        PageRange(part.name, one.made.pages, part.copies)
        for part, one in zip(composition.parts, made, strict=True)
    )
    return LinkJob(tuple(one.made for one in made), composition.front, made[0].job, others, ranges)


def _stamped(
    copies: Sequence[ComposedCopy], layouts: Layouts, linked: Linked, executor: Executor
) -> Iterator[Made]:
    made = layouts[copies[0].composition]
    found = [one for layout in made for one in layout.made.diagnostics]
    # What is stamped goes after the shared bytes, which need not travel for it.
    base = replace(linked, pdf=b"")
    calls = (
        partial(_stamp, base, _batch(copies[at : at + _BATCH]), made[0].job)
        for at in range(0, len(copies), _BATCH)
    )
    stamped = (one for batch in _in_turn(executor, calls) for one in batch)
    for copy, one in zip(copies, stamped, strict=True):
        diagnostics = (*found, *linked.diagnostics, *one.diagnostics)
        yield Made(copy.job, linked.pdf, one.update, linked.pages, diagnostics)


def _batch(copies: Sequence[ComposedCopy]) -> dict[str, Copy]:
    return {described([copy.job]): Copy(copy.title, copy.texts) for copy in copies}


def _stamp(linked: Linked, copies: Mapping[str, Copy], like: RenderJob) -> list[Stamped]:
    """Stamp copies, each by what it is called where one cannot be stamped."""
    try:
        return list(stamp(linked, list(copies.values()), like))
    except Exception:
        # Their texts are set together: whose it was shows when each is stamped by itself.
        for name, copy in copies.items():
            with making(name):
                list(stamp(linked, [copy], like))
        raise


def _in_turn(executor: Executor, calls: Iterable[Callable[[], T]]) -> Iterator[T]:
    """Yield what calls return, in their order, with no more under way than a few."""
    under_way: deque[Future[T]] = deque()
    for call in calls:
        under_way.append(executor.submit(call))
        if len(under_way) > _AHEAD:
            yield under_way.popleft().result()
    while under_way:
        yield under_way.popleft().result()
