"""A job into the HTML and CSS of its document, part by part."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from markupsafe import Markup

from workshop.composing.blocks import MACROS, BlockWriter
from workshop.composing.environment import make_environment
from workshop.composing.faults import Mistake, faults_of
from workshop.composing.references import page_ref, resolve
from workshop.composing.render_job import RenderJob, Stylesheet
from workshop.composing.stylesheets import stylesheets
from workshop.composing.views import (
    EntryView,
    ManagerView,
    ModuleView,
    PersonView,
    manager,
    person,
)
from workshop.composing.words import Words, programme_words
from workshop.diagnostics import ContentError, Diagnostic, Location
from workshop.planning.day import Day
from workshop.planning.plan import Job
from workshop.tailoring.documents import Document
from workshop.tailoring.roster import Managed, Participant
from workshop.tailoring.tailor import Tailored


class Composer:
    """Composes the documents of one client's cohort; what they share is made once.

    `created` is the date the PDFs are to carry (ISO 8601), if any.
    """

    def __init__(self, tailored: Tailored, day: Day, created: str | None = None) -> None:
        self._tailored = tailored
        self._created = created
        self._day = day
        self._environment = make_environment(tailored.overlay, day.cohort.language)
        self._words = Words(tailored, day)
        self._shared: dict[str, Mapping[str, Any]] = {}
        self._sheets: dict[str, tuple[Stylesheet, ...]] = {}

    def compose_all(self, jobs: Sequence[Job]) -> list[RenderJob]:
        """Return every job's document; raises `ContentError` with what is wrong in any of them."""
        faults = _Faults()
        # What a document's copies share is composed, and reported, once.
        sound = set()
        for name, document in {job.document.name: job.document for job in jobs}.items():
            with faults.kept():
                self._names(document)
                sound.add(name)
        composed = []
        for job in jobs:
            if job.document.name in sound:
                with faults.kept():
                    composed.append(self.compose(job))
        faults.stop()
        return composed

    def compose(self, job: Job) -> RenderJob:
        """Return a job's document, ready to be laid out.

        Raises `ContentError` with file and line where a module's text or a template is at fault.
        """
        document, tailored = job.document, self._tailored
        names = {**self._names(document), **_recipient(job)}
        parts = self._parts(document, names)
        with self._faults_of(names):
            frame = self._environment.get_template("_shared/frame.html.j2")
            html = frame.render({**names, "body": Markup().join(parts)})
        return RenderJob(
            html=resolve(html),
            stylesheets=self._stylesheets(document),
            roots=tailored.overlay.roots,
            font_folders=tailored.typefaces.folders,
            sides=document.file.sides,
            has_cover=document.file.cover,
        )

    def _parts(self, document: Document, names: dict[str, Any]) -> list[Markup]:
        """Return the document's parts, as its template calls for them one by one."""
        name = f"{document.name}/document.html.j2"
        found = self._tailored.overlay.find("templates", name)
        if found is None:
            message = f"The document “{document.name}” has no document.html.j2"
            raise ContentError.of("template", message, document.place, "Write it in this folder.")
        parts: list[Markup] = []
        names["part"] = lambda name, caller=None: _part(name, caller, parts)
        with self._faults_of(names):
            outside = self._environment.get_template(name).render(names)
        if outside.strip() or not parts:
            raise ContentError.of(
                "no-part",
                "What a document prints stands in its parts",
                Location(found.path),
                'Begin with {% call part("…") %}, end with {% endcall %}.',
            )
        return parts

    def _names(self, document: Document) -> Mapping[str, Any]:
        """Return all that a document's templates may use, but for its recipient."""
        if document.name not in self._shared:
            self._shared[document.name] = self._make_names(document)
        return self._shared[document.name]

    def _make_names(self, document: Document) -> Mapping[str, Any]:
        tailored, cohort = self._tailored, self._day.cohort
        names: dict[str, Any] = {
            **self._words.names,
            "document": document.file,
            "programme": programme_words(tailored.programme),
            "palette": tailored.palette,
            "typefaces": tailored.typefaces,
            "paper": cohort.paper,
            "language": cohort.language,
            "created": self._created,
            "page_ref": page_ref,
            "asset": self._words.asset,
        }
        modules = self._modules(document, names)
        by_name = {module.name: module for module in modules}
        names["modules"] = modules
        names["agenda"] = tuple(
            EntryView(
                entry.start,
                entry.minutes,
                by_name[entry.module].title if entry.module else entry.title,
                by_name[entry.module].summary if entry.module else "",
                by_name[entry.module].number if entry.module else None,
            )
            for entry in self._day.schedule.entries
        )
        names["finish"] = self._day.schedule.finish
        return names

    def _modules(self, document: Document, names: Mapping[str, Any]) -> tuple[ModuleView, ...]:
        writer = BlockWriter(
            audience=document.file.audience,
            texts=self._words.texts,
            macros=self._macros(names),
            cases=self._tailored.cases,
            headcount=self._day.cohort.headcount,
            canvas=lambda name: self._canvas(name, names),
        )
        modules = []
        faults = _Faults()
        for planned in self._day.modules:
            with faults.kept(), self._faults_of(names):
                modules.append(writer.module(planned))
        faults.stop()
        return tuple(modules)

    def _macros(self, names: Mapping[str, Any]) -> Any:
        with self._faults_of(names):
            template = self._environment.get_template("_shared/blocks.html.j2")
            macros = template.make_module(dict(names))
        lacking = [name for name in MACROS if not hasattr(macros, name)]
        if lacking:
            raise ContentError.of(
                "template",
                f"This template has no macro “{lacking[0]}”",
                Location(Path(str(template.filename))),
                f"It needs the macros {', '.join(MACROS)}: copy them with `workshop eject`.",
            )
        return macros

    def _canvas(self, name: str, names: Mapping[str, Any]) -> Markup:
        template = self._environment.get_template(f"_shared/canvases/{name}.html.j2")
        return Markup(template.render(names))  # noqa: S704  # autoescaped

    def _stylesheets(self, document: Document) -> tuple[Stylesheet, ...]:
        if document.name not in self._sheets:
            names = self._names(document)
            with self._faults_of(names):
                sheets = stylesheets(self._environment, self._tailored.overlay, document, names)
                self._sheets[document.name] = tuple(sheets)
        return self._sheets[document.name]

    def _faults_of(self, names: Mapping[str, Any]) -> AbstractContextManager[None]:
        return faults_of(lambda: names, self._template_names)

    def _template_names(self) -> list[str]:
        # The same names once more, for overrides to extend, would not help to find the right one.
        names = self._environment.list_templates()
        return [name for name in names if not name.startswith("library/")]


class _Faults:
    """The faults of several steps, each of which stops at its own."""

    def __init__(self) -> None:
        self._found: dict[Diagnostic, None] = {}

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Keep what stops a step, and go on after it."""
        try:
            yield
        except ContentError as error:
            self._found.update(dict.fromkeys(error.diagnostics))

    def stop(self) -> None:
        """Raise `ContentError` with all that was kept, if anything was."""
        if self._found:
            raise ContentError(self._found)


def _recipient(job: Job) -> dict[str, PersonView | ManagerView | None]:
    """Return the person a copy is for; None stands for a copy with blanks for the names."""
    to = job.recipient
    return {
        "participant": person(to) if isinstance(to, Participant) else None,
        "manager": manager(to) if isinstance(to, Managed) else None,
    }


def _part(name: str, caller: Callable[[], str] | None, parts: list[Markup]) -> str:
    """Add a part to the document: it starts on a new page and knows nothing of the others."""
    if caller is None:
        hint = f'Write {{% call part("{name}") %}}, what it holds, and {{% endcall %}}.'
        raise Mistake("template", "A part has nothing in it", hint)
    inside = Markup(caller())  # noqa: S704  # a template's own output, escaped
    parts.append(Markup('<section class="part part-{}">{}</section>\n').format(name, inside))
    return ""
