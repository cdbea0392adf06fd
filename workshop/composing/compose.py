"""A job into the HTML and CSS of its document, part by part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from workshop.composing.assets import Assets
from workshop.composing.composition import ComposedCopy, Composition, FrontMatter, Part
from workshop.composing.environment import make_environment
from workshop.composing.faults import Faults, Mistake
from workshop.composing.names import TemplateNames
from workshop.composing.parts import Called, Parts
from workshop.composing.references import page_ref, resolve, targets_in
from workshop.composing.render_job import File, RenderJob, Stylesheet
from workshop.composing.slots import SlotBook, number_of, page_count, page_number, sheet_count
from workshop.composing.stylesheets import Stylesheets
from workshop.composing.views import (
    ManagerView,
    PersonView,
    RosterView,
    everybody,
    manager,
    person,
)
from workshop.composing.watched import Use, Watch, masked, watched
from workshop.content.markdown import Converted
from workshop.diagnostics import ContentError, Location, nearest
from workshop.planning.day import Day
from workshop.planning.plan import Job
from workshop.tailoring.documents import STANDARD, Document
from workshop.tailoring.roster import Managed, Participant
from workshop.tailoring.tailor import Tailored

Recipient = PersonView | ManagerView | RosterView | None


class Composer:
    """Composes the documents of one client's cohort; what they share is made once.

    All in one edition. `created` is the date the PDFs are to carry (ISO 8601), if any; `converted`
    are texts whose HTML is known, to which others are added.
    """

    def __init__(
        self,
        tailored: Tailored,
        day: Day,
        created: str | None = None,
        edition: str = STANDARD,
        converted: Converted | None = None,
    ) -> None:
        self._tailored = tailored
        self._created = created
        self._day = day
        self._environment = make_environment(tailored.overlay, day.cohort.language)
        self._names = TemplateNames(tailored, day, self._environment, converted)
        self._sheets = Stylesheets(self._environment, tailored.overlay, edition)
        self._runs: dict[str, list[_Run]] = {}
        self._assets = Assets(tailored.overlay.roots)
        self._fonts = tuple(File(path.name, path.read_bytes()) for path in tailored.typefaces.own)
        # Which document's slots are being noted: macros keep the filter they were made with.
        self._book = SlotBook()
        self._environment.filters["slot"] = self._slot
        # Where macros find them, whatever they are imported with.
        self._environment.globals.update(
            page_ref=self._page_ref,
            page_number=page_number,
            page_count=self._page_count,
            sheet_count=sheet_count,
            edition=edition,
        )

    def compose_all(self, jobs: Sequence[Job]) -> list[ComposedCopy]:
        """Return every job's document; raises `ContentError` with what is wrong in any of them."""
        faults = Faults()
        # What a document's copies share is composed, and reported, once.
        sound = set()
        for name, document in {job.document.name: job.document for job in jobs}.items():
            with faults.kept():
                self._names.of(document)
                self._stylesheets(document)
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
        known = self._runs.setdefault(job.document.name, [])
        run = next((one for one in known if one.serves(recipient)), None)
        if run is None:
            run = self._run(job.document, recipient)
            known.append(run)
        return ComposedCopy(job, run.composition, tuple(run.book.texts_for(recipient).values()))

    def _recipient(self, job: Job) -> Recipient:
        """Return whom a copy may name; None stands for a copy with blanks for the names.

        What a whole cohort gets may name all of it, but not to managers: they read of their own
        people only.
        """
        if isinstance(job.recipient, Participant):
            pages = self._names.own_pages(job.document)
            return person(job.recipient, pages.get(job.recipient.segment or ""))
        if isinstance(job.recipient, Managed):
            return manager(job.recipient)
        if job.document.file.per == "cohort" and job.document.file.audience != "manager":
            return everybody(self._day.cohort.roster)
        return None

    def _run(self, document: Document, recipient: Recipient) -> _Run:
        watch, self._book = Watch(), SlotBook()
        called = self._parts(document, recipient, watched(recipient, (), watch))
        run = _Run(type(recipient), tuple(dict.fromkeys(watch.uses)), self._book)
        shown = tuple(dict.fromkeys(use.words for use in run.uses if use.what == "value"))
        theirs = self._made_for_one(document, recipient, called) if shown else frozenset()
        parts = tuple(
            Part(one.name, job, one.start, shown if number in theirs else (), one.slots, one.copies)
            for number, (one, job) in enumerate(
                zip(called, self._jobs(document, called), strict=True)
            )
        )
        counted = tuple((use.words, use.outcome) for use in run.uses if use.what != "value")
        slots = tuple(run.book.sources)
        run.composition = Composition(parts, self._front(document), counted, slots)
        return run

    def _made_for_one(
        self, document: Document, recipient: Recipient, parts: list[Called]
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

    def _front(self, document: Document) -> FrontMatter:
        return FrontMatter(
            title=f"{document.title} – {self._tailored.client.name}",
            author=self._tailored.client.name,
            language=self._day.cohort.language,
            sides=document.file.sides,
            has_cover=document.file.cover,
            created=self._created or "",
        )

    def _jobs(self, document: Document, parts: Sequence[Called]) -> Iterator[RenderJob]:
        """Yield each part as a job of its own; where it begins is not known for all of them yet."""
        names = self._names.of(document)
        sheets = self._stylesheets(document)
        faces = self._tailored.typefaces
        targets = targets_in(one.html for one in parts)
        with self._names.faults_of(names):
            frame = self._environment.get_template("_shared/frame.html.j2")
        for one, following in zip(parts, (*parts[1:], None), strict=True):
            with self._names.faults_of(names):
                html = frame.render({**names, "body": Markup(resolve(one.html, targets))})  # noqa: S704
            yield RenderJob(
                html=html,
                stylesheets=sheets,
                files=self._assets.of(html, sheets),
                families=faces.shipped,
                fonts=self._fonts,
                start=one.start or "right",
                then=following.start if following else None,
            )

    def _parts(self, document: Document, recipient: object, seen: Any) -> list[Called]:
        """Return the document's parts, as its template calls for them one by one."""
        name = f"{document.folder}/document.html.j2"
        found = self._tailored.overlay.find("templates", name)
        if found is None:
            message = f"The document “{document.name}” has no document.html.j2"
            raise ContentError.of("template", message, document.place, "Write it in this folder.")
        parts = Parts(self._book)
        names = {
            **self._names.of(document),
            "participant": seen if isinstance(recipient, PersonView) else None,
            "manager": seen if isinstance(recipient, ManagerView) else None,
            "part": parts.part,
        }
        if isinstance(recipient, RosterView):
            names["participants"] = seen.participants
        with self._names.faults_of(names):
            outside = self._environment.get_template(name).render(names)
        if outside.strip() or not parts.called:
            raise ContentError.of(
                "no-part",
                "What a document prints stands in its parts",
                Location(found.path),
                'Begin with {% call part("…") %}, end with {% endcall %}.',
            )
        return parts.called

    def _stylesheets(self, document: Document) -> tuple[Stylesheet, ...]:
        names = self._names.of(document)
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


@dataclass
class _Run:
    """A template that has run for somebody, and all it saw of them."""

    kind: type
    uses: tuple[Use, ...]
    book: SlotBook

    def __post_init__(self) -> None:
        self.composition = Composition((), FrontMatter("", "", "", "", has_cover=False))

    def serves(self, recipient: object) -> bool:
        """Whether it would have done the same for somebody else."""
        return isinstance(recipient, self.kind) and all(
            use.of(recipient) == use.outcome for use in self.uses
        )
