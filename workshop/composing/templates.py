"""A document's template, run for somebody: the HTML and CSS of its parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from workshop.composing.composition import Composition, DocumentInfo, Part
from workshop.composing.language.called_parts import Called, Parts
from workshop.composing.language.environment import make_environment
from workshop.composing.language.mistakes import Mistake
from workshop.composing.language.recipient_seen import Watch, masked, watched
from workshop.composing.language.references import page_ref, resolve, targets_in
from workshop.composing.language.slots import (
    SlotBook,
    number_of,
    page_count,
    page_number,
    sheet_count,
)
from workshop.composing.pages.make_jobs import Jobs
from workshop.composing.pages.render_job import RenderJob, Stylesheet
from workshop.composing.pages.stylesheets import Stylesheets
from workshop.composing.reuse.template_run import Kept, Recipient, TemplateRun, counted
from workshop.composing.template_names import TemplateNames
from workshop.composing.views.module_read import Notes
from workshop.composing.views.records import (
    ManagerView,
    ModuleView,
    OwnPage,
    PersonView,
    RosterView,
)
from workshop.content.markdown import Converted
from workshop.diagnostics import ContentError, Location, nearest
from workshop.planning.day import Day
from workshop.tailoring.documents import Document
from workshop.tailoring.tailor import Tailored


class Templates:
    """The templates of one client's cohort in one edition; what documents share is made once.

    `created` is the date the PDFs are to carry (ISO 8601), if any; `converted` are texts whose HTML
    is known, to which others are added; `kept` are views of modules, likewise.
    """

    def __init__(
        self,
        tailored: Tailored,
        day: Day,
        jobs: Jobs,
        created: str | None,
        edition: str,
        converted: Converted,
        kept: Kept,
    ) -> None:
        self._tailored = tailored
        self._created = created
        self._day = day
        self._jobs = jobs
        self._environment = make_environment(tailored.overlay, day.cohort.language)
        self._names = TemplateNames(tailored, day, self._environment, converted, kept)
        self._sheets = Stylesheets(self._environment, tailored.overlay, edition)
        # Which document's slots are being noted: macros keep the filter they were made with.
        self._book = SlotBook()
        self._environment.filters["slot"] = self._slot
        # Macros find these whatever they are imported with.
        self.everywhere: Mapping[str, Any] = {
            "page_ref": self._page_ref,
            "page_number": page_number,
            "page_count": self._page_count,
            "sheet_count": sheet_count,
            "edition": edition,
        }
        self._environment.globals.update(self.everywhere)

    def names_for(self, document: Document) -> Mapping[str, Any]:
        """Return all that a document's templates may use, but for its recipient."""
        return self._names.names_for(document)

    def prepare(self, document: Document) -> None:
        """Make what all runs of a document share; raises `ContentError` for what is wrong in it."""
        self._names.names_for(document)
        self._stylesheets(document)

    def module(self, audience: str, name: str) -> ModuleView:
        """Return what an audience reads of a module; raises `ContentError` for faults in it."""
        return self._names.module(audience, name)

    def read_by(self, document: Document) -> Notes:
        """Return what a document's templates have read of the modules' texts."""
        return self._names.read_by(document)

    def own_pages(self) -> Mapping[str, OwnPage]:
        """Return the pages of prompts for some of the participants, by their segment."""
        return self._names.own_pages()

    def run(self, document: Document, recipient: Recipient) -> TemplateRun:
        """TemplateRun a document's template for somebody.

        Raises `ContentError` with file and line where a module's text or a template is at fault.
        """
        watch, self._book = Watch(), SlotBook()
        book = self._book
        called = self._parts(document, recipient, watched(recipient, (), watch))
        uses = tuple(dict.fromkeys(watch.uses))
        shown = tuple(dict.fromkeys(use.words for use in uses if use.what == "value"))
        theirs = self._made_for_one(document, recipient, called) if shown else frozenset()
        parts = tuple(
            Part(one.name, job, one.start, shown if number in theirs else (), one.slots, one.copies)
            for number, (one, job) in enumerate(
                zip(called, self._jobs_of(document, called), strict=True)
            )
        )
        slots = tuple(book.sources)
        composition = Composition(parts, self._front(document), counted(uses), slots)
        return TemplateRun(type(recipient), uses, book.sources, composition)

    def _made_for_one(
        self, document: Document, recipient: Recipient, parts: Sequence[Called]
    ) -> frozenset[int]:
        """Return which parts would be others if the recipient's texts were."""
        every = frozenset(range(len(parts)))
        another = watched(masked(recipient), (), Watch())
        own, self._book = self._book, SlotBook()
        try:
            others = self._parts(document, recipient, another)
        except ContentError:
            # The template can do with nobody else.
            return every
        finally:
            self._book = own
        if len(others) != len(parts):
            return every
        return frozenset(number for number in every if parts[number] != others[number])

    def _front(self, document: Document) -> DocumentInfo:
        return DocumentInfo(
            title=f"{document.title} – {self._tailored.client.name}",
            author=self._tailored.client.name,
            language=self._day.cohort.language,
            sides=document.file.sides,
            has_cover=document.file.cover,
            created=self._created or "",
        )

    def _jobs_of(self, document: Document, parts: Sequence[Called]) -> Iterator[RenderJob]:
        """Yield each part as a job of its own; where it begins is not known for all of them yet."""
        names = self._names.names_for(document)
        sheets = self._stylesheets(document)
        targets = targets_in(one.html for one in parts)
        with self._names.faults_of(names):
            frame = self._environment.get_template("_shared/frame.html.j2")
        for one, following in zip(parts, (*parts[1:], None), strict=True):
            with self._names.faults_of(names):
                html = frame.render({**names, "body": Markup(resolve(one.html, targets))})  # noqa: S704
            then = following.start if following else None
            yield self._jobs.of(html, sheets, one.start or "right", then)

    def _parts(self, document: Document, recipient: object, seen: Any) -> list[Called]:
        """Return the document's parts, as its template calls for them one by one."""
        name = f"{document.folder}/document.html.j2"
        found = self._tailored.overlay.find("templates", name)
        if found is None:
            message = f"The document “{document.name}” has no document.html.j2"
            raise ContentError.single(
                "template", message, document.place, "Write it in this folder."
            )
        parts = Parts(self._book)
        names = {
            **self._names.names_for(document),
            "participant": seen if isinstance(recipient, PersonView) else None,
            "manager": seen if isinstance(recipient, ManagerView) else None,
            "part": parts.part,
        }
        if isinstance(recipient, RosterView):
            names["participants"] = seen.participants
        with self._names.faults_of(names):
            outside = self._environment.get_template(name).render(names)
        if outside.strip() or not parts.called:
            raise ContentError.single(
                "no-part",
                "What a document prints stands in its parts",
                Location(found.path),
                'Begin with {% call part("…") %}, end with {% endcall %}.',
            )
        return parts.called

    def _stylesheets(self, document: Document) -> tuple[Stylesheet, ...]:
        names = self._names.names_for(document)
        with self._names.faults_of(names):
            return self._sheets.of(document, names)

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
        return number_of(str(target), self._known(document)) if document else page_ref(str(target))

    def _page_count(self, document: object = "") -> Markup:
        """Return how many pages there are, in this document or another."""
        return page_count(self._known(document) if document else "")

    def _known(self, document: object) -> str:
        known = [one.name for one in self._tailored.documents]
        if document not in known:
            message = f"This client has no document “{document}”"
            raise Mistake("unknown-document", message, nearest(str(document), known))
        return str(document)
