"""Make what the templates of a day's documents may use: the views of each audience, once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from markupsafe import Markup

from workshop.composing.allowed_names import DocumentNames, document_words, shared_names
from workshop.composing.diagrams.draw_diagrams import DiagramDrawer
from workshop.composing.language.bounds.sandbox import Sandbox
from workshop.composing.language.mistakes import Faults
from workshop.composing.language.template_faults import faults_of
from workshop.composing.language.words import Words
from workshop.composing.pages.late_colours import STAND_INS
from workshop.composing.reuse.shelves import Shelf
from workshop.composing.views import as_json
from workshop.composing.views.block_writer import MACROS, BlockWriter
from workshop.composing.views.diagram_view import DiagramView
from workshop.composing.views.late_writer import LateWriter
from workshop.composing.views.papers import on_screen, papers
from workshop.composing.views.records import (
    EntryView,
    ModuleView,
    NeedView,
    OnScreenView,
    OwnPage,
    PaperView,
)
from workshop.content.audiences import Audience
from workshop.diagnostics import ContentError, Location
from workshop.keeping.memory import Memory
from workshop.planning.day import Day, PlannedModule
from workshop.planning.kit_contents import documents_of
from workshop.planning.materials import kit_list
from workshop.tailoring.documents import Document
from workshop.tailoring.tailored import Tailored


class TemplateNames:
    """Gives the names of one client's cohort, for all of its documents in one edition."""

    def __init__(
        self, tailored: Tailored, day: Day, environment: Sandbox, memory: Memory, shelf: Shelf
    ) -> None:
        self._tailored = tailored
        self._day = day
        self._environment = environment
        self._memory = memory
        self._words = Words(tailored, day, memory, environment.effort)
        self._shelf = shelf
        self._drawer = DiagramDrawer(environment, tailored.typefaces, tailored.look, memory)
        self._by_document: dict[str, Mapping[str, Any]] = {}
        self._by_audience: dict[str, Mapping[str, Any]] = {}
        self._writers: dict[str, BlockWriter] = {}
        self._views: dict[tuple[str, str], ModuleView] = {}

    def names_for(self, document: Document) -> Mapping[str, Any]:
        """Return all that a document's templates may use, but for its recipient."""
        if document.name not in self._by_document:
            self._by_document[document.name] = self._make_names(document)
        return self._by_document[document.name]

    def _module(self, audience: Audience, planned: PlannedModule) -> ModuleView:
        """Return what an audience reads of a module, the same in all of its documents.

        Raises `ContentError` for what is wrong in the module's text.
        """
        name = planned.module.name
        if (audience, name) not in self._views:
            key = audience, name, self._shelf.text_digests.get(name, "")
            view: ModuleView | None = self._shelf.get(*key, from_data=as_json.from_data)
            if view is None:
                self._memory.made_anew[f"module {name}"] += 1
                with self._words.texts.all_faults(), self.faults_of(self._common(audience)):
                    view = self._writer(audience).module(planned)
                self._shelf.put(view, *key, to_data=as_json.to_data)
            self._views[audience, name] = view
        return self._views[audience, name]

    def _common(self, audience: Audience) -> Mapping[str, Any]:
        """Return what is the same for all documents that an audience reads."""
        if audience not in self._by_audience:
            names = shared_names(self._tailored, self._day, self._words, audience)
            # Which colours the client has is decided when copies are stamped.
            self._by_audience[audience] = replace(names, palette=STAND_INS).as_names()
        return self._by_audience[audience]

    def _make_names(self, document: Document) -> Mapping[str, Any]:
        audience = document.file.audience
        by_name = self._modules(audience)
        late = LateWriter(self._day, self._tailored.programme, self._words.texts)
        agenda, finish = tuple(_entries(self._day, by_name)), self._day.schedule.finish
        names = DocumentNames(
            document=document_words(document.file),
            documents=self._documents,
            modules=tuple(by_name.values()),
            agenda=agenda,
            agenda_to_finish=(*agenda, _end(finish)),
            finish=finish,
            kit=self._kit,
            papers=self._papers,
            on_screen=self._on_screen,
            late=late.late,
            reserve=late.reserve,
            draw=partial(self._drawer.draw, self._common(audience)),
        )
        return {**self._common(audience), **names.as_names()}

    @cached_property
    def _documents(self) -> tuple[str, ...]:
        return tuple(document.name for document in documents_of(self._tailored, self._day))

    @cached_property
    def _papers(self) -> tuple[PaperView, ...]:
        return tuple(papers(self._tailored, self._day))

    @cached_property
    def _on_screen(self) -> tuple[OnScreenView, ...]:
        return tuple(on_screen(self._tailored, self._day))

    @cached_property
    def _kit(self) -> tuple[NeedView, ...]:
        texts, place = self._words.texts, self._tailored.programme.source.location()
        return tuple(
            NeedView(
                texts.plain(need.item, place),
                need.quantity,
                need.spare,
                need.printed,
                need.modules,
            )
            for need in kit_list(self._day, self._documents)
        )

    def _modules(self, audience: Audience) -> dict[str, ModuleView]:
        views: dict[str, ModuleView] = {}
        faults = Faults()
        for planned in self._day.modules:
            with faults.collected():
                views[planned.module.name] = self._module(audience, planned)
        faults.stop()
        return views

    def own_pages(self) -> Mapping[str, OwnPage]:
        """Return the pages of prompts for some of the participants, by their segment."""
        with self._words.texts.all_faults(), self.faults_of(self._common("participant")):
            writer = self._writer("participant")
            pages = self._tailored.own_pages
            return {segment: writer.own_page(case) for segment, case in pages.items()}

    def _writer(self, audience: Audience) -> BlockWriter:
        if audience not in self._writers:
            names = self._common(audience)
            self._writers[audience] = BlockWriter(
                audience=audience,
                texts=self._words.texts,
                macros=self._macros(names),
                cases=self._tailored.cases,
                segments=self._words.segments,
                frame=self._tailored.programme.file.frame,
                seating=self._day.seating,
                documents=self._documents,
                canvas=lambda name: self._canvas(name, names),
                diagram=lambda view: self._diagram(view, names),
            )
        return self._writers[audience]

    def _macros(self, names: Mapping[str, Any]) -> Any:
        with self.faults_of(names):
            template = self._environment.get_template("_shared/blocks.html.j2")
            macros = template.make_module(dict(names))
        lacking = [name for name in MACROS if not hasattr(macros, name)]
        if lacking:
            raise ContentError.single(
                "template",
                f"This template has no macro “{lacking[0]}”",
                Location(Path(str(template.filename))),
                f"It needs the macros {', '.join(MACROS)}: copy them with `workshop eject`.",
            )
        return macros

    def _canvas(self, name: str, names: Mapping[str, Any]) -> Markup:
        template = self._environment.get_template(f"_shared/canvases/{name}.html.j2")
        return Markup(template.render(names))  # noqa: S704  # autoescaped

    def _diagram(self, view: DiagramView, names: Mapping[str, Any]) -> Markup:
        template = self._environment.get_template("_shared/diagrams.html.j2")
        macros: Any = template.make_module({**names, "draw": partial(self._drawer.draw, names)})
        return Markup(macros.on_page(view))  # noqa: S704  # autoescaped

    def faults_of(self, names: Mapping[str, Any]) -> AbstractContextManager[None]:
        """Turn what goes wrong while these names are used into faults with file and line."""
        return faults_of(self._environment.effort, lambda: names, self._template_names)

    def _template_names(self) -> list[str]:
        # The same names once more, for overrides to extend, would not help to find the right one.
        names = self._environment.list_templates()
        return [name for name in names if not name.startswith("library/")]


def _end(finish: int) -> EntryView:
    """Return the line of the agenda that says when the day is over."""
    return EntryView(finish, 0, "Finish", "", None, back=False, finish=True)


def _entries(day: Day, modules: Mapping[str, ModuleView]) -> Iterator[EntryView]:
    """Yield the lines of the agenda."""
    for entry in day.schedule.entries:
        if entry.module:
            view = modules[entry.module]
            yield EntryView(entry.start, entry.minutes, view.title, view.summary, view.number)
        else:
            yield EntryView(entry.start, entry.minutes, entry.title, "", None, entry.back)
