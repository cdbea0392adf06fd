"""Jobs into their documents: each by a run of its template that serves it, made if need be."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from workshop.composing.composition import ComposedCopy
from workshop.composing.language.mistakes import Faults
from workshop.composing.pages.make_jobs import Jobs
from workshop.composing.reuse.earlier_runs import Earlier
from workshop.composing.reuse.template_run import NOTHING_KEPT, Kept, Recipient, TemplateRun
from workshop.composing.views import as_json
from workshop.composing.views.records import ModuleView, OwnPage, everybody, manager, person
from workshop.planning.day import Day
from workshop.planning.make_plan import Job
from workshop.tailoring.documents import STANDARD, Document
from workshop.tailoring.roster import Managed, Participant
from workshop.tailoring.tailor import Tailored

if TYPE_CHECKING:
    from workshop.composing.templates import Templates
    from workshop.content.markdown import Converted

_OWN_PAGES = "own pages"


class Composer:
    """Composes the documents of one client's cohort; what they share is made once.

    All in one edition. `created` is the date the PDFs are to carry (ISO 8601), if any; `converted`
    gives texts whose HTML is known, to which others are added. `kept` is what earlier builds left,
    to which `keep` adds more.
    """

    def __init__(
        self,
        tailored: Tailored,
        day: Day,
        created: str | None = None,
        edition: str = STANDARD,
        converted: Callable[[], Converted] = dict,
        kept: Kept = NOTHING_KEPT,
    ) -> None:
        self._tailored = tailored
        self._day = day
        self._created = created
        self._edition = edition
        self._converted = converted
        self._kept = kept
        self._jobs = Jobs(tailored)
        self._earlier = Earlier(kept, self._jobs, day, self._module)
        self._runs: dict[str, list[TemplateRun]] = {}
        # The documents of which there are runs that were not kept before.
        self._new: dict[str, Document] = {}
        self._pages: Mapping[str, OwnPage] | None = None

    def compose_all(self, jobs: Sequence[Job]) -> list[ComposedCopy]:
        """Return every job's document; raises `ContentError` with what is wrong in any of them."""
        faults = Faults()
        # What a document's copies share is composed, and reported, once.
        sound = set()
        for name, document in {job.document.name: job.document for job in jobs}.items():
            with faults.kept():
                if not self._runs_of(document):
                    self._templates.prepare(document)
                sound.add(name)
        composed = []
        for job in jobs:
            if job.document.name in sound:
                with faults.kept():
                    composed.append(self.compose(job))
        faults.stop()
        return composed

    def compose(self, job: Job) -> ComposedCopy:
        """Return a job's document, ready to be laid out.

        A template runs once for all whose copies differ in slots alone. Raises `ContentError` with
        file and line where a module's text or a template is at fault.
        """
        recipient = self._recipient(job)
        known = self._runs_of(job.document)
        run = next((one for one in known if one.serves(recipient)), None)
        if run is None:
            run = self._templates.run(job.document, recipient)
            known.append(run)
            self._new[job.document.name] = job.document
        return ComposedCopy(job, run.composition, run.texts_for(recipient))

    def keep(self) -> None:
        """Keep what is new for the next build, as far as it names nobody."""
        for name, document in sorted(self._new.items()):
            if known := [run for run in self._runs[name] if run.names_nobody]:
                self._earlier.keep(document, known, self._templates.read_by(document))

    def _runs_of(self, document: Document) -> list[TemplateRun]:
        if document.name not in self._runs:
            self._runs[document.name] = self._earlier.runs_of(document)
        return self._runs[document.name]

    def _module(self, audience: str, name: str) -> ModuleView:
        return self._templates.module(audience, name)

    @cached_property
    def _templates(self) -> Templates:
        # To load what runs templates takes longer than to do without it where all runs are known.
        from workshop.composing.templates import Templates

        return Templates(
            self._tailored,
            self._day,
            self._jobs,
            self._created,
            self._edition,
            self._converted(),
            self._kept,
        )

    def _recipient(self, job: Job) -> Recipient:
        """Return whom a copy may name; None stands for a copy with blanks for the names.

        What a whole cohort gets may name all of it, but not to managers: they read of their own
        people only.
        """
        if isinstance(job.recipient, Participant):
            pages = self._own_pages(job.document)
            return person(job.recipient, pages.get(job.recipient.segment or ""))
        if isinstance(job.recipient, Managed):
            return manager(job.recipient)
        if job.document.file.per == "cohort" and job.document.file.audience != "manager":
            return everybody(self._day.cohort.roster)
        return None

    def _own_pages(self, document: Document) -> Mapping[str, OwnPage]:
        """Return the pages of prompts for some of the participants, by their segment."""
        if document.file.audience != "participant" or not self._tailored.own_pages:
            return {}
        if self._pages is None:
            if (data := self._kept.get(_OWN_PAGES)) is not None:
                self._pages = {segment: as_json.from_data(page) for segment, page in data.items()}
            else:
                self._pages = self._templates.own_pages()
                pages = {segment: as_json.to_data(page) for segment, page in self._pages.items()}
                self._kept.put(pages, _OWN_PAGES)
        return self._pages
