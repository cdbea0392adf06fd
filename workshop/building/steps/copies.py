"""Make a kit's files from laid-out parts: link each document once, stamp a copy for everybody.

Copies linked from the same parts share one document. Linking and stamping are done by other
processes, and begin as soon as a document's parts are laid out, while others still are
composed or laid out; what comes back of a copy is its own end, after the bytes that all share.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field, replace

from workshop.assembly.values import Copy, Linked, LinkJob, PageRange, Stamped
from workshop.building.reuse.kept_parts import KeptParts
from workshop.building.reuse.same_file import linked_from, made_from
from workshop.building.steps.layouts import Layout
from workshop.building.workers.error_notes import described
from workshop.building.workers.tasks import personalise, put_together
from workshop.composing.composition import ComposedCopy, Composition
from workshop.composing.pages.render_job import JobFile
from workshop.diagnostics import Diagnostic
from workshop.planning.job import Job

# The layouts of a document's parts, as soon as there are all of them.
FindLayouts = Callable[[Composition], Sequence[Layout] | None]
# The page numbers of documents that others refer to, by the names of document and element.
Numbers = Mapping[str, Mapping[str, str]]

# Copies stamped in one go with linking their document.
_WITH_LINKING = 16
# Copies stamped in one go: setting the texts of many takes little longer than those of one.
_BATCH = 64
# Copies whose ends may lie in memory before they are asked for.
_MOST_UNDER_WAY = 256


@dataclass(frozen=True)
class MadeFile:
    """Holds a job's file: the bytes it shares with others, and its own, which come after them.

    With the number of its pages, and what was found wrong while it was made.
    """

    job: Job
    shared: bytes
    own: bytes
    pages: int
    diagnostics: tuple[Diagnostic, ...]


@dataclass
class _SharedDocument:
    """Gathers the copies that share one linked document.

    `key` is the digest of what it is linked from. `linking` comes to the linked document and its
    first copies, once linking has begun.
    """

    key: str
    composition: Composition
    layouts: Sequence[Layout]
    numbers: Numbers
    logo: tuple[JobFile, ...]
    copies: list[ComposedCopy] = field(default_factory=list)
    linking: Future[tuple[Linked, list[Stamped]]] | None = None
    with_linking: Sequence[ComposedCopy] = ()

    @property
    def may_be_kept(self) -> bool:
        """Tell whether it shows nobody's values outside of slots, so that it may be kept."""
        return not any(part.shown for part in self.composition.parts)


@dataclass(frozen=True)
class _Batch:
    """Holds copies to stamp in one go; `stamped` are their ends, where they came with linking."""

    copies: Sequence[ComposedCopy]
    linked: Linked
    layouts: Sequence[Layout]
    stamped: Sequence[Stamped] | None = None


class Copies:
    """Makes the copies of one cohort; `earlier` says what the last kit's files were made from.

    `made_from` says it of each copy that was taken on, as a digest, by the file's path: a copy
    whose file was made from the same is not made again.
    """

    def __init__(self, workers: Executor, kept: KeptParts, earlier: Mapping[str, str]) -> None:
        self._workers = workers
        self._kept = kept
        self._earlier = earlier
        self._waiting: dict[Composition, list[ComposedCopy]] = {}
        self._documents: dict[str, _SharedDocument] = {}
        # Copies whose files the last kit has, by the file's path.
        self._in_last_kit: dict[str, tuple[_SharedDocument, ComposedCopy]] = {}
        self._stamping: deque[tuple[_Batch, Future[list[Stamped]] | None]] = deque()
        self._early_copies_left = _MOST_UNDER_WAY
        self.made_from: dict[str, str] = {}

    def add(self, copies: Iterable[ComposedCopy]) -> None:
        """Take on copies, whose parts need not be laid out yet."""
        for copy in copies:
            self._waiting.setdefault(copy.composition, []).append(copy)

    def start_ready(self, laid_out: FindLayouts) -> None:
        """Start with documents that are laid out by now, as far as memory goes.

        Those that print page numbers of other documents wait for `finish`. Documents that show a
        person's values wait too: there may be one for each person.
        """
        for composition in list(self._waiting):
            if composition.refers_to or any(part.shown for part in composition.parts):
                continue
            layouts = laid_out(composition)
            if layouts is not None:
                document = self._take_layouts(composition, layouts, {})
                if document.copies:
                    self._begin_early(document)

    def finish(self, layouts: Mapping[Composition, Sequence[Layout]], numbers: Numbers) -> None:
        """Make ready all other copies, now that everything is laid out."""
        for composition in list(self._waiting):
            self._take_layouts(composition, layouts[composition], numbers)
        self._begin_linking()

    def make_again(self, paths: Iterable[str]) -> None:
        """Have files made again that were thought to be in the last kit."""
        for path in paths:
            document, copy = self._in_last_kit[path]
            self._documents.setdefault(document.key, document).copies.append(copy)
        self._begin_linking()

    def files(self) -> Iterator[MadeFile]:
        """Yield the file of each copy that has to be made, in any order.

        Besides those stamped with linking, about `_MOST_UNDER_WAY` copies at most are stamped
        ahead of the caller.
        """
        for batch in self._batches():
            self._stamp(batch)
            while self._copies_under_way > _MOST_UNDER_WAY:
                yield from self._next_files()
        while self._stamping:
            yield from self._next_files()

    def _take_layouts(
        self, composition: Composition, layouts: Sequence[Layout], numbers: Numbers
    ) -> _SharedDocument:
        """Find which of a document's copies the last kit does not have as they are now."""
        logo = self._waiting[composition][0].look.logo if composition.has_logo_box else ()
        jobs = (layout.job.digest for layout in layouts)
        key = linked_from(composition, jobs, numbers, logo)
        document = self._documents.get(key) or _SharedDocument(
            key, composition, layouts, numbers, logo
        )
        for copy in self._waiting.pop(composition):
            path = copy.job.file
            self.made_from[path] = made_from(key, copy)
            if self._earlier.get(path) == self.made_from[path]:
                self._in_last_kit[path] = document, copy
            else:
                document.copies.append(copy)
                self._documents[key] = document
        return document

    def _begin_early(self, document: _SharedDocument) -> None:
        linked = self._kept.document(document.key)
        taken = len(document.copies) if linked else min(_WITH_LINKING, len(document.copies))
        if document.linking or taken > self._early_copies_left:
            return
        self._early_copies_left -= taken
        if linked:
            for batch in _batches_of(document.copies, linked, document.layouts):
                self._stamp(batch)
            document.copies = []
        else:
            self._link(document)

    def _begin_linking(self) -> None:
        for document in self._documents.values():
            is_kept = document.may_be_kept and self._kept.has_document(document.key)
            if document.copies and not document.linking and not is_kept:
                self._link(document)

    def _link(self, document: _SharedDocument) -> None:
        """Start to link a document, and to stamp its first copies."""
        alike = document.copies
        name = described([copy.job for copy in alike])
        document.with_linking, document.copies = alike[:_WITH_LINKING], alike[_WITH_LINKING:]
        document.linking = self._workers.submit(
            put_together, name, _link_job(document), _as_copies(document.with_linking)
        )

    def _batches(self) -> Iterator[_Batch]:
        """Yield what has to be stamped yet; a document is let go of once its copies are made."""
        # Kept documents first: stamping them keeps the processes busy while others are linked.
        keys = sorted(self._documents, key=lambda key: self._documents[key].linking is not None)
        for key in keys:
            document = self._documents.pop(key)
            if not document.copies and not document.linking:
                continue
            linked = None if document.linking else self._kept.document(key)
            if linked is None and document.copies and not document.linking:
                self._link(document)  # it was kept, but is no longer whole
            if document.linking:
                linked, stamped = document.linking.result()
                if document.may_be_kept:
                    self._kept.keep_document(key, linked)
                yield _Batch(document.with_linking, linked, document.layouts, stamped)
            if linked:
                yield from _batches_of(document.copies, linked, document.layouts)

    @property
    def _copies_under_way(self) -> int:
        return sum(len(batch.copies) for batch, _ in self._stamping)

    def _stamp(self, batch: _Batch) -> None:
        stamping = None
        if batch.stamped is None:
            # What is stamped goes after the shared bytes, which need not travel for it.
            linked, fonts_from = replace(batch.linked, pdf=b""), batch.layouts[0].job
            stamping = self._workers.submit(
                personalise, linked, _as_copies(batch.copies), fonts_from
            )
        self._stamping.append((batch, stamping))

    def _next_files(self) -> Iterator[MadeFile]:
        batch, stamping = self._stamping.popleft()
        ends = batch.stamped if stamping is None else stamping.result()
        linked = batch.linked
        of_parts = [fault for layout in batch.layouts for fault in layout.laid_out.diagnostics]
        for copy, end in zip(batch.copies, ends or (), strict=True):
            diagnostics = (*of_parts, *linked.diagnostics, *end.diagnostics)
            yield MadeFile(copy.job, linked.pdf, end.update, linked.pages, diagnostics)


def _batches_of(
    alike: Sequence[ComposedCopy], linked: Linked, layouts: Sequence[Layout]
) -> Iterator[_Batch]:
    for start in range(0, len(alike), _BATCH):
        yield _Batch(alike[start : start + _BATCH], linked, layouts)


def _as_copies(copies: Iterable[ComposedCopy]) -> dict[str, Copy]:
    """Return what each copy says, by the words that describe it in a message."""
    return {
        described([copy.job]): Copy(copy.title, copy.look.palette, copy.texts) for copy in copies
    }


def _link_job(document: _SharedDocument) -> LinkJob:
    composition, layouts = document.composition, document.layouts
    ranges = tuple(
        PageRange(part.name, layout.laid_out.pages, part.copies)
        for part, layout in zip(composition.parts, layouts, strict=True)
    )
    return LinkJob(
        tuple(layout.laid_out for layout in layouts),
        composition.info,
        layouts[0].job,
        {name: document.numbers[name] for name in composition.refers_to},
        ranges,
        document.logo,
    )
