"""Run a document's template for somebody, for the HTML and CSS of its parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from workshop.composing.allowed_names import MacroNames, RunNames
from workshop.composing.composition import Composition, DocumentInfo, Part
from workshop.composing.language.bounds.arguments import as_word
from workshop.composing.language.called_parts import Called, Parts
from workshop.composing.language.environment import make_environment
from workshop.composing.language.mistakes import Mistake
from workshop.composing.language.recipient_seen import Watch, masked, watched
from workshop.composing.language.references import page_ref, resolve, targets_in
from workshop.composing.language.slots import (
    SlotBook,
    logo_box,
    number_of,
    page_count,
    page_number,
    sheet_count,
)
from workshop.composing.pages.dead_links import dead_links
from workshop.composing.pages.make_jobs import JobMaker
from workshop.composing.pages.render_job import RenderJob, Stylesheet
from workshop.composing.pages.stylesheets import Stylesheets
from workshop.composing.reuse.shelves import Shelf
from workshop.composing.reuse.template_run import Recipient, TemplateRun, counted
from workshop.composing.template_names import TemplateNames
from workshop.composing.views.records import (
    ManagerView,
    OwnPage,
    PersonView,
    RosterView,
)
from workshop.content.block_tree import texts_of
from workshop.diagnostics import ContentError, Location, nearest
from workshop.keeping.memory import Memory
from workshop.planning.day import Day
from workshop.planning.kit_contents import documents_of
from workshop.tailoring.documents import Document
from workshop.tailoring.tailored import Tailored


class Templates:
    """Runs the templates of one client's cohort in one edition; what documents share is made once.

    `created` is the date the PDFs are to carry (ISO 8601), if any; `shelf` has views of modules
    that were made before.
    """

    def __init__(
        self,
        tailored: Tailored,
        day: Day,
        jobs: JobMaker,
        created: str | None,
        edition: str,
        memory: Memory,
        shelf: Shelf,
    ) -> None:
        self._tailored = tailored
        self._created = created
        self._day = day
        self._jobs = jobs
        self._memory = memory
        self._environment = make_environment(tailored.overlay, day.cohort.language, memory)
        self._names = TemplateNames(tailored, day, self._environment, memory, shelf)
        self._sheets = Stylesheets(
            self._environment, tailored.overlay, tailored.look, edition, memory
        )
        # The book of the running document. It is swapped here because macros keep this filter.
        self._book = SlotBook()
        self._environment.filters["slot"] = self._slot
        # Macros find these whatever they are imported with.
        self.everywhere = MacroNames(
            page_ref=self._page_ref,
            page_number=page_number,
            logo_box=logo_box,
            page_count=self._page_count,
            sheet_count=self._sheet_count,
            edition=edition,
        ).as_names()
        self._environment.globals.update(self.everywhere)

    def names_for(self, document: Document) -> Mapping[str, Any]:
        """Return all that a document's templates may use, but for its recipient."""
        return self._names.names_for(document)

    def prepare(self, document: Document) -> None:
        """Make what all runs of a document share; raises `ContentError` for what is wrong in it."""
        self.names_for(document)
        self._stylesheets(document)

    def own_pages(self) -> Mapping[str, OwnPage]:
        """Return the pages of prompts for some of the participants, by their segment."""
        return self._names.own_pages()

    def run(self, document: Document, recipient: Recipient) -> TemplateRun:
        """Run a document's template for somebody.

        Raises `ContentError` with file and line where a module's text or a template is at fault.
        """
        self._memory.made_anew[f"template {document.name}"] += 1
        watch, self._book = Watch(), SlotBook()
        book = self._book
        called = self._parts(document, recipient, watched(recipient, (), watch))
        uses = tuple(dict.fromkeys(watch.uses))
        shown = tuple(dict.fromkeys(use.words for use in uses if use.what == "value"))
        personal_parts = self._parts_for_one(document, recipient, called) if shown else frozenset()
        jobs = self._jobs_for(document, called)
        parts = tuple(
            Part(
                part.name,
                job,
                "left" if part.start == "back" else part.start,
                shown if number in personal_parts else (),
                part.slots,
                part.copies,
            )
            for number, (part, job) in enumerate(zip(called, jobs, strict=True))
        )
        composition = Composition(parts, self._info(document), counted(uses), tuple(book.sources))
        return TemplateRun(type(recipient), uses, book.sources, composition)

    def _parts_for_one(
        self, document: Document, recipient: Recipient, parts: Sequence[Called]
    ) -> frozenset[int]:
        """Return the numbers of the parts that a text of the recipient changes outside of slots."""
        every = frozenset(range(len(parts)))
        another = watched(masked(recipient), (), Watch())
        own, self._book = self._book, SlotBook()
        try:
            others = self._parts(document, recipient, another)
        except ContentError:
            # The template fails with other texts, so all parts may depend on them.
            return every
        finally:
            self._book = own
        if len(others) != len(parts):
            return every
        return frozenset(number for number in every if parts[number] != others[number])

    def _info(self, document: Document) -> DocumentInfo:
        return DocumentInfo(
            title=f"{document.title} – {self._tailored.client.name}",
            author=self._tailored.client.name,
            language=self._day.cohort.language,
            sides=document.file.sides,
            has_cover=document.file.cover,
            created=self._created or "",
        )

    def _jobs_for(self, document: Document, parts: Sequence[Called]) -> Iterator[RenderJob]:
        """Yield a job for each part; layout may still change the side on which it begins."""
        names = self.names_for(document)
        sheets = self._stylesheets(document)
        targets = targets_in(part.html for part in parts)
        self._check_links(document, parts)
        with self._names.faults_of(names):
            frame = self._environment.get_template("_shared/frame.html.j2")
        for part, following in zip(parts, (*parts[1:], None), strict=True):
            with self._names.faults_of(names):
                html = frame.render({**names, "body": Markup(resolve(part.html, targets))})  # noqa: S704
            then = following.start if following else None
            start = "left" if part.start == "back" else part.start or "right"
            yield self._jobs.job_for(html, sheets, start, then)

    def _check_links(self, document: Document, parts: Sequence[Called]) -> None:
        """Raise `ContentError` for links that lead to nothing in the document."""
        bodies = [planned.module.body for planned in self._day.modules]
        bodies += [case.body for case in self._tailored.cases.values()]
        bodies += [page.body for page in self._tailored.own_pages.values()]
        texts = (text for body in bodies for text in texts_of(body))
        faults = dead_links([part.html for part in parts], texts, document.place)
        if dead := tuple(faults):
            raise ContentError(dead)

    def _parts(self, document: Document, recipient: object, seen: Any) -> list[Called]:
        """Return the document's parts, as its template calls for them one by one."""
        name = f"{document.folder}/document.html.j2"
        file = self._tailored.overlay.find("templates", name)
        if file is None:
            message = f"The document “{document.name}” has no document.html.j2"
            raise ContentError.single(
                "template", message, document.place, "Write it in this folder."
            )
        parts = Parts(self._book)
        own = _own_names(parts, recipient, seen)
        names = {**self.names_for(document), **own.as_names()}
        with self._names.faults_of(names):
            outside = self._environment.get_template(name).render(names)
        if outside.strip() or not parts.called:
            raise ContentError.single(
                "no-part",
                "What a document prints stands in its parts",
                Location(file.path),
                'Begin with {% call part("…") %}, end with {% endcall %}. If the day has nothing '
                "for this document, exclude it in client.yaml.",
            )
        return parts.called

    def _stylesheets(self, document: Document) -> tuple[Stylesheet, ...]:
        names = self.names_for(document)
        with self._names.faults_of(names):
            return self._sheets.sheets_for(document, names)

    # With the context, Jinja leaves even an empty box to be made when the template runs.
    @pass_context
    def _slot(
        self,
        _context: Context,
        value: object,
        name: object,
        smallest: object = 0.7,
        *,
        line: bool = False,
    ) -> Markup:
        return self._book.slot(value, name, smallest, line=line)

    def _page_ref(self, target: object, document: object = "") -> Markup:
        """Return the number of the page where something stands, in this document or another."""
        wanted = as_word(target, "page_ref")
        if document:
            return number_of(wanted, self._document_name(document))
        return page_ref(wanted)

    def _page_count(self, document: object = "") -> Markup:
        """Return how many pages there are, in this document or another."""
        return page_count(self._document_name(document) if document else "")

    def _sheet_count(self, papers: object) -> Markup:
        """Return how many sheets of paper documents of this client take together."""
        return sheet_count(papers, self._document_name)

    def _document_name(self, document: object) -> str:
        names = [every.name for every in documents_of(self._tailored, self._day)]
        wanted = as_word(document, "page_count")
        if wanted not in names:
            message = f"This client has no document “{wanted}”"
            raise Mistake("unknown-document", message, nearest(wanted, names))
        return wanted


def _own_names(parts: Parts, recipient: object, seen: Any) -> RunNames:
    """Return what a run may use of its recipient, in the form in which its uses are `seen`."""
    if isinstance(recipient, PersonView):
        return RunNames(parts.part, participant=seen)
    if isinstance(recipient, ManagerView):
        return RunNames(parts.part, manager=seen)
    if isinstance(recipient, RosterView):
        trainer = seen.reader if recipient.reader else None
        return RunNames(parts.part, trainer=trainer, participants=seen.participants)
    return RunNames(parts.part)
