"""A job into the HTML and CSS of its document, part by part."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from markupsafe import Markup

from workshop.composing.blocks import BlockWriter
from workshop.composing.environment import faults_of, make_environment
from workshop.composing.faults import Misnamed
from workshop.composing.references import on_page, page_ref, resolve
from workshop.composing.render_job import RenderJob, Stylesheet
from workshop.composing.text import TextWriter
from workshop.composing.views import EntryView, ManagerView, PersonView, manager, person
from workshop.diagnostics import ContentError, Diagnostic, Location, nearest
from workshop.planning.day import Day
from workshop.planning.plan import Job
from workshop.tailoring.client import Options
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
        self._writers: dict[str, Mapping[str, Any]] = {}
        self._sheets: dict[str, tuple[Stylesheet, ...]] = {}

    def compose_all(self, jobs: Sequence[Job]) -> list[RenderJob]:
        """Return every job's document; raises `ContentError` with what is wrong in any of them."""
        composed: list[RenderJob] = []
        faults: dict[Diagnostic, None] = {}
        for job in jobs:
            try:
                composed.append(self.compose(job))
            except ContentError as error:
                faults.update(dict.fromkeys(error.diagnostics))
        if faults:
            raise ContentError(faults)
        return composed

    def compose(self, job: Job) -> RenderJob:
        """Return a job's document, ready to be laid out.

        Raises `ContentError` with file and line where a module's text or a template is at fault.
        """
        document, tailored = job.document, self._tailored
        names = {**self._names(document), **_recipient(job)}
        parts: list[Markup] = []
        names["part"] = lambda name, caller: _part(name, caller, parts)
        with faults_of(self._environment, lambda: list(names)):
            self._environment.get_template(f"{document.name}/document.html.j2").render(names)
            frame = self._environment.get_template("_shared/frame.html.j2")
            html = frame.render({**names, "body": Markup().join(parts)})
        if document.name not in self._sheets:
            self._sheets[document.name] = tuple(self._stylesheets(document, names))
        return RenderJob(
            html=resolve(html),
            stylesheets=self._sheets[document.name],
            roots=tailored.overlay.roots,
            font_folders=tailored.typefaces.folders,
            sides=document.file.sides,
            has_cover=document.file.cover,
        )

    def _names(self, document: Document) -> Mapping[str, Any]:
        """Return all that a document's templates may use, but for its recipient."""
        if document.name not in self._writers:
            self._writers[document.name] = self._written(document)
        return self._writers[document.name]

    def _written(self, document: Document) -> Mapping[str, Any]:
        tailored, cohort = self._tailored, self._day.cohort
        names: dict[str, Any] = {
            **self._words,
            "document": document.file,
            "programme": tailored.programme.file,
            "palette": tailored.palette,
            "typefaces": tailored.typefaces,
            "paper": cohort.paper,
            "language": cohort.language,
            "created": self._created,
            "page_ref": page_ref,
            "asset": self._asset,
        }
        with faults_of(self._environment, lambda: list(names)):
            macros = self._environment.get_template("_shared/blocks.html.j2").make_module(names)
        texts = TextWriter(self._words, self._asset)
        writer = BlockWriter(
            audience=document.file.audience,
            texts=texts,
            macros=macros,
            cases=tailored.cases,
            headcount=cohort.headcount,
            canvas=lambda name, place: self._canvas(name, place, names),
        )
        with faults_of(self._environment, lambda: list(names)):
            modules = [writer.module(module) for module in self._day.modules]
        by_name = {module.name: module for module in modules}
        names["modules"] = modules
        names["agenda"] = [
            EntryView(
                entry.start,
                entry.minutes,
                by_name[entry.module].title if entry.module else entry.title,
                by_name[entry.module].summary if entry.module else "",
                by_name[entry.module].number if entry.module else None,
            )
            for entry in self._day.schedule.entries
        ]
        names["finish"] = self._day.schedule.finish
        return names

    @cached_property
    def _words(self) -> Mapping[str, Any]:
        """What module texts and templates alike may use."""
        tailored, cohort = self._tailored, self._day.cohort
        logo = self._asset(tailored.client.logo) if tailored.client.logo else ""
        return {
            "client": ClientWords(tailored.client.name, logo, tailored.client.options),
            "cohort": CohortWords(
                cohort.date,
                cohort.venue or "",
                cohort.trainer or "",
                cohort.start,
                cohort.finish,
                cohort.headcount,
            ),
            "term": self._term,
            "ref": self._ref,
        }

    def _term(self, word: str) -> str:
        terms = self._tailored.terms
        if word not in terms:
            raise Misnamed("unknown-term", f"The programme has no term “{word}”", word, terms)
        return terms[word]

    def _ref(self, exercise_id: str) -> Markup:
        """Return "exercise 4.2, page 17": the page only where the document holds it."""
        planned = self._day.exercise(exercise_id)
        if planned:
            target = f"exercise-{exercise_id}"
            return Markup("exercise\u00a0{}{}").format(planned.number, on_page(target))
        every = {
            one.id: one.title
            for module in self._tailored.modules.values()
            for one in module.exercises
        }
        if exercise_id in every:
            # The day has no room for it: it has a title, but no number.
            return Markup("“{}”").format(every[exercise_id])
        message = f"There is no exercise “{exercise_id}”"
        raise Misnamed("unknown-exercise", message, exercise_id, every)

    def _asset(self, name: str) -> str:
        found = self._tailored.overlay.find("assets", name)
        if found is None:
            names = self._tailored.overlay.names("assets", "**/*")
            message = f"There is no file “{name}” in any assets folder"
            raise Misnamed("unknown-asset", message, name, names)
        return found.path.resolve().as_uri()

    def _canvas(self, name: str, place: Location, names: Mapping[str, Any]) -> Markup:
        path = f"_shared/canvases/{name}.html.j2"
        if self._tailored.overlay.find("templates", path) is None:
            folder = self._tailored.overlay.names("templates", "_shared/canvases/*.html.j2")
            known = [one.split("/")[-1].removesuffix(".html.j2") for one in folder]
            raise ContentError.of(
                "unknown-canvas", f"There is no canvas “{name}”", place, nearest(name, known)
            )
        return Markup(self._environment.get_template(path).render(names))  # noqa: S704  # autoescaped

    def _stylesheets(self, document: Document, names: Mapping[str, Any]) -> list[Stylesheet]:
        """Return the shared sheets in order of name, the document's own, then the client's."""
        overlay = self._tailored.overlay
        shared = overlay.names("templates", "_shared/*.css")
        own = [f"{document.name}/document.css", "client.css"]
        files = [overlay.find("templates", name) for name in (*shared, *own)]
        return [
            self._look(names),
            *(
                Stylesheet(file.path.resolve(), file.path.read_text("utf-8"))
                for file in files
                if file
            ),
        ]

    def _look(self, names: Mapping[str, Any]) -> Stylesheet:
        """Return what the brand decides: paper, colours and typefaces as custom properties."""
        name = "_shared/look.css.j2"
        found = self._tailored.overlay.find("templates", name)
        with faults_of(self._environment, lambda: list(names)):
            css = self._environment.get_template(name).render(names)
        path = found.path if found else self._tailored.overlay.layers[-1].root
        return Stylesheet(path.resolve(), css)


@dataclass(frozen=True)
class ClientWords:
    """What texts and templates may say of the client. `logo` is an address, or empty."""

    name: str
    logo: str
    options: Options


@dataclass(frozen=True)
class CohortWords:
    """What texts and templates may say of the delivery. Times are minutes after midnight."""

    date: datetime.date | None
    venue: str
    trainer: str
    start: int
    finish: int
    headcount: int


def _recipient(job: Job) -> dict[str, PersonView | ManagerView | None]:
    """Return the person a copy is for; None stands for a copy with blanks for the names."""
    to = job.recipient
    return {
        "participant": person(to) if isinstance(to, Participant) else None,
        "manager": manager(to) if isinstance(to, Managed) else None,
    }


def _part(name: str, caller: Callable[[], str], parts: list[Markup]) -> str:
    """Add a part to the document: it starts on a new page and knows nothing of the others."""
    inside = Markup(caller())  # noqa: S704  # a template's own output, escaped
    parts.append(Markup('<section class="part part-{}">{}</section>\n').format(name, inside))
    return ""
