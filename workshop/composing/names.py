"""A day into what the templates of its documents may use: the views of each audience, made once."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from workshop.composing import view_data
from workshop.composing.blocks import MACROS, BlockWriter
from workshop.composing.faults import faults_of
from workshop.composing.late import LateWriter
from workshop.composing.mistakes import Faults
from workshop.composing.papers import papers
from workshop.composing.runs import Kept
from workshop.composing.views import EntryView, ModuleView, NeedView, OwnPage, PaperView
from workshop.composing.words import Words
from workshop.content.markdown import Converted
from workshop.diagnostics import ContentError, Location
from workshop.planning.day import Day
from workshop.planning.groupings import groupings
from workshop.planning.materials import kit_list
from workshop.tailoring.documents import Document
from workshop.tailoring.tailor import Tailored


class TemplateNames:
    """The names of one client's cohort, for all of its documents in one edition."""

    def __init__(
        self,
        tailored: Tailored,
        day: Day,
        environment: Environment,
        converted: Converted,
        kept: Kept,
    ) -> None:
        self._tailored = tailored
        self._day = day
        self._environment = environment
        self._words = Words(tailored, day, converted)
        self._kept = kept
        self._shared: dict[str, Mapping[str, Any]] = {}
        self._modules: dict[str, tuple[ModuleView, ...]] = {}

    def of(self, document: Document) -> Mapping[str, Any]:
        """Return all that a document's templates may use, but for its recipient."""
        if document.name not in self._shared:
            self._shared[document.name] = self._make_names(document)
        return self._shared[document.name]

    def _common(self, audience: str) -> dict[str, Any]:
        """Return what is the same for all documents that an audience reads."""
        return {
            **self._words.names,
            "programme": self._words.programme(audience),
            "palette": self._tailored.palette,
            "typefaces": self._tailored.typefaces,
            "paper": self._day.cohort.paper,
            "language": self._day.cohort.language,
            "asset": self._words.asset,
            "groupings": groupings,
        }

    def _make_names(self, document: Document) -> Mapping[str, Any]:
        tailored, audience = self._tailored, document.file.audience
        names = self._common(audience)
        if audience not in self._modules:
            # What an audience reads of a module is the same in all of its documents.
            self._modules[audience] = self._make_modules(audience, names)
        modules = self._modules[audience]
        by_name = {module.name: module for module in modules}
        names["document"] = document.file
        names["documents"] = tuple(one.name for one in tailored.documents)
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
        names["kit"] = self._kit
        names["papers"] = self._papers
        late = LateWriter(self._day, tailored.programme, self._words.texts)
        names["late"], names["reserve"] = late.late, late.reserve
        return names

    @cached_property
    def _papers(self) -> tuple[PaperView, ...]:
        return tuple(papers(self._tailored, self._day.cohort))

    @cached_property
    def _kit(self) -> tuple[NeedView, ...]:
        texts, place = self._words.texts, self._tailored.programme.source.location()
        return tuple(
            NeedView(
                texts.plain(one.item, place), one.quantity, one.spare, one.printed, one.modules
            )
            for one in kit_list(self._day)
        )

    def _make_modules(self, audience: str, names: Mapping[str, Any]) -> tuple[ModuleView, ...]:
        writer: BlockWriter | None = None
        modules = []
        faults = Faults()
        for planned in self._day.modules:
            module = planned.module.name
            if known := self._kept.get(audience, module):
                modules.append(view_data.from_data(known))
                continue
            writer = writer or self._writer(audience, names)
            with faults.kept(), self.faults_of(names):
                modules.append(writer.module(planned))
                self._kept.put(audience, view_data.to_data(modules[-1]), module)
        faults.stop()
        return tuple(modules)

    def own_pages(self) -> Mapping[str, OwnPage]:
        """Return the pages of prompts for some of the participants, by their segment."""
        names = self._common("participant")
        with self.faults_of(names):
            writer = self._writer("participant", names)
            pages = self._tailored.own_pages
            return {segment: writer.own_page(one) for segment, one in pages.items()}

    def _writer(self, audience: str, names: Mapping[str, Any]) -> BlockWriter:
        return BlockWriter(
            audience=audience,
            texts=self._words.texts,
            macros=self._macros(names),
            cases=self._tailored.cases,
            segments=self._tailored.programme.file.segments,
            headcount=self._day.cohort.headcount,
            canvas=lambda name: self._canvas(name, names),
        )

    def _macros(self, names: Mapping[str, Any]) -> Any:
        with self.faults_of(names):
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

    def faults_of(self, names: Mapping[str, Any]) -> AbstractContextManager[None]:
        """Turn what goes wrong while these names are used into faults with file and line."""
        return faults_of(lambda: names, self._template_names)

    def _template_names(self) -> list[str]:
        # The same names once more, for overrides to extend, would not help to find the right one.
        names = self._environment.list_templates()
        return [name for name in names if not name.startswith("library/")]
