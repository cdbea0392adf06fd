"""Compose the documents of one cohort: each by a run of its template that serves it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from workshop.composing.composition import ClientLook, ComposedCopy
from workshop.composing.language.mistakes import Faults
from workshop.composing.pages.late_colours import in_own_words
from workshop.composing.pages.make_jobs import JobMaker
from workshop.composing.reuse import template_run
from workshop.composing.reuse.shelves import Shelf
from workshop.composing.reuse.template_run import Recipient, TemplateRun
from workshop.composing.views.records import OwnPage, everybody, manager, person
from workshop.content.audiences import HAS_OWN_PAGES, MAY_NAME_ALL
from workshop.keeping.memory import Memory
from workshop.planning.day import Day
from workshop.planning.job import Job
from workshop.tailoring.cohort import Trainer
from workshop.tailoring.documents import STANDARD, Document
from workshop.tailoring.people.roster import Managed, Participant
from workshop.tailoring.tailored import Tailored

if TYPE_CHECKING:
    from workshop.composing.templates import Templates


class Composer:
    """Composes the documents of one client's cohort in one edition; what they share is made once.

    `created` is the date the PDFs are to carry (ISO 8601), if any. `shelf` has what was composed
    of the same files before, to which `put_on_shelf` adds.
    """

    def __init__(
        self,
        tailored: Tailored,
        day: Day,
        created: str | None = None,
        edition: str = STANDARD,
        memory: Memory | None = None,
        shelf: Shelf | None = None,
    ) -> None:
        self._tailored = tailored
        self._day = day
        self._created = created
        self._edition = edition
        self._memory = memory or Memory()
        self._shelf = shelf or Shelf()
        self._jobs = JobMaker(tailored, self._memory)
        self._runs: dict[str, list[TemplateRun]] = {}
        # The names of documents of which there are runs that are not on the shelf.
        self._new: set[str] = set()

    def compose_all(self, jobs: Sequence[Job]) -> list[ComposedCopy]:
        """Return every job's document; raises `ContentError` with what is wrong in any of them."""
        faults = Faults()
        # What a document's copies share is composed, and reported, once.
        sound = set()
        for name, document in {job.document.name: job.document for job in jobs}.items():
            with faults.collected():
                if not self._runs_for(document):
                    self._templates.prepare(document)
                sound.add(name)
        composed = []
        for job in jobs:
            if job.document.name in sound:
                with faults.collected():
                    composed.append(self.compose(job))
        faults.stop()
        return composed

    def compose(self, job: Job) -> ComposedCopy:
        """Return a job's document, ready to be laid out.

        A template runs once for all whose copies differ in slots alone. Raises `ContentError` with
        file and line where a module's text or a template is at fault.
        """
        recipient = self._recipient(job)
        runs = self._runs_for(job.document)
        run = next((run for run in runs if run.serves(recipient)), None)
        if run is None:
            run = self._templates.run(job.document, recipient)
            runs.append(run)
            self._new.add(job.document.name)
        palette, texts = self._tailored.palette, run.texts_for(recipient)
        told = tuple(in_own_words(text, palette) for text in texts)
        return ComposedCopy(job, run.composition, self._look, told)

    @cached_property
    def _look(self) -> ClientLook:
        name, overlay = self._tailored.client.logo, self._tailored.overlay
        file = overlay.find("assets", name) if name else None
        logo = self._jobs.with_its_files(file.path) if file else ()
        return ClientLook(self._tailored.palette, logo)

    def put_on_shelf(self) -> None:
        """Have what is new kept for the next time, as far as it names nobody."""
        for name in sorted(self._new):
            if runs := tuple(run for run in self._runs[name] if run.names_nobody):
                self._shelf.put(runs, *self._key(name), to_data=_runs_as_data)

    def _runs_for(self, document: Document) -> list[TemplateRun]:
        if document.name not in self._runs:
            runs = self._shelf.get(*self._key(document.name), from_data=self._runs_from_data)
            self._runs[document.name] = list(runs or ())
        return self._runs[document.name]

    def _key(self, document: str) -> tuple[str, ...]:
        # A document may print the text of any module of the day.
        names = (planned.module.name for planned in self._day.modules)
        digests = self._shelf.text_digests
        texts = (piece for name in names for piece in (name, digests.get(name, "")))
        return "runs", document, *texts

    def _runs_from_data(self, data: Sequence[Mapping[str, Any]]) -> tuple[TemplateRun, ...]:
        return tuple(template_run.from_data(run, self._jobs) for run in data)

    @cached_property
    def _templates(self) -> Templates:
        # To load what runs templates takes longer than to do without it where all runs are there.
        from workshop.composing.templates import Templates

        return Templates(
            self._tailored,
            self._day,
            self._jobs,
            self._created,
            self._edition,
            self._memory,
            self._shelf,
        )

    def _recipient(self, job: Job) -> Recipient:
        """Return whom a copy may name; None stands for a copy with blanks for the names.

        What a whole cohort gets may name all of it, but not to managers: they read of their own
        people only.
        """
        if isinstance(job.recipient, Participant):
            own_page = self._own_page(job.document, job.recipient.segment or "")
            return person(job.recipient, own_page)
        if isinstance(job.recipient, Managed):
            return manager(job.recipient)
        if isinstance(job.recipient, Trainer):
            return everybody(self._day.cohort.roster, job.recipient)
        if job.document.file.per == "cohort" and job.document.file.audience in MAY_NAME_ALL:
            return everybody(self._day.cohort.roster)
        return None

    def _own_page(self, document: Document, segment: str) -> OwnPage | None:
        """Return the page of prompts that somebody of a segment gets, in what participants read."""
        if document.file.audience not in HAS_OWN_PAGES or not self._tailored.own_pages:
            return None
        return self._own_pages.get(segment)

    @cached_property
    def _own_pages(self) -> Mapping[str, OwnPage]:
        return self._templates.own_pages()


def _runs_as_data(runs: Sequence[TemplateRun]) -> list[dict[str, object]]:
    return [template_run.to_data(run) for run in runs]
