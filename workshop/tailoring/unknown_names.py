"""Report names in a client file, in days and in materials that do not exist."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from workshop.content.audiences import IN_A_PERSONS_PACK, READERS
from workshop.content.module import Module
from workshop.content.programme import Programme, nearest_term
from workshop.content.yaml.files import YamlSource
from workshop.content.yaml.what_to_type import in_one_line
from workshop.diagnostics import Report, nearest
from workshop.tailoring.client_file.client import ClientFile
from workshop.tailoring.client_file.day_keys import (
    Break,
    Breaks,
    Modules,
    Order,
    OrderedBreak,
)
from workshop.tailoring.documents import Document
from workshop.tailoring.order.breaks import hint_for_break


def check_names(
    client: ClientFile,
    source: YamlSource,
    programme: Programme,
    documents: Mapping[str, Document | None],
    modules: Collection[str],
    report: Report,
) -> None:
    """Report every name in a client file that does not exist; `modules` are those of all layers.

    A document whose file is faulty exists all the same; `documents` have None for it.
    """
    names = _Names(client, source, programme, documents, modules, report)
    names.check_terms()
    names.check_titles()
    names.check_variants()
    names.check_breaks()
    names.check_orders()
    names.check_modules()
    names.check_minutes()
    names.check_documents()


@dataclass(frozen=True)
class _Names:
    client: ClientFile
    source: YamlSource
    programme: Programme
    documents: Mapping[str, Document | None]
    modules: Collection[str]
    report: Report

    def check_terms(self) -> None:
        usual = self.programme.file.terms
        for term in self.client.terms:
            if term not in usual:
                place = self.source.location("terms", term, key=True)
                message = f"There is no term “{term}”"
                self.report.error("unknown-term", message, place, nearest_term(term, usual))

    def check_titles(self) -> None:
        for name in self.client.titles:
            self._check("module", name, self.modules, "titles", name, key=True)

    def check_variants(self) -> None:
        variants = self.programme.file.variants
        if self.client.variant is not None:
            self._check("variant", self.client.variant, variants, "variant")
        for slug, cohort in self.client.cohorts.items():
            if cohort.variant is not None:
                self._check("variant", cohort.variant, variants, "cohorts", slug, "variant")

    def check_breaks(self) -> None:
        # A break that a client sets for all its cohorts need only be in one of the variants.
        placed = _placed(self.client.breaks)
        # A break that an order names has its place there.
        orders = (self.client.order, *(cohort.order for cohort in self.client.cohorts.values()))
        ordered = {_title_of(entry) for order in orders for entry in order or ()}
        titles = {*self.programme.break_titles, *placed, *ordered}
        every_name = titles | self.programme.break_names
        for title, setting in self.client.breaks.items():
            if title not in every_name:
                place = self.source.location("breaks", title, key=True)
                hint = hint_for_break(title, setting, titles, self._usual_modules())
                self.report.error("unknown-break", f"There is no break “{title}”", place, hint)

    def _usual_modules(self) -> list[str | None]:
        """Return the modules of the client's variant, or of the first; None for a break."""
        variants = self.programme.file.variants
        first = next(iter(variants.values()))
        return [item.module for item in variants.get(self.client.variant or "", first).items]

    def check_orders(self) -> None:
        titles = self.programme.break_names | set(self.client.breaks)
        self._check_order(self.client.order, titles)
        for slug, cohort in self.client.cohorts.items():
            self._check_order(cohort.order, titles | set(cohort.breaks), "cohorts", slug)

    def _check_order(self, order: Order | None, titles: set[str], *keys: str) -> None:
        for index, name in enumerate(order or ()):
            if isinstance(name, OrderedBreak) or name in titles or name in self.modules:
                continue
            self.report.error(
                "unknown-module",
                f"There is no module or break “{name}”",
                self.source.location(*keys, "order", index),
                nearest(name, titles.union(self.modules)),
            )

    def check_modules(self) -> None:
        self._check_modules(self.client.modules)
        for slug, cohort in self.client.cohorts.items():
            self._check_modules(cohort.modules, "cohorts", slug)

    def _check_modules(self, wanted: Modules, *keys: str) -> None:
        items = [item for day in self.programme.file.variants.values() for item in day.items]
        in_programme = [item.module for item in items if item.module]
        for index, name in enumerate(wanted.included):
            self._check("module", name, self.modules, *keys, "modules", "include", index)
        for index, name in enumerate(wanted.exclude):
            if name in self.client.modules.included and name not in in_programme:
                self.report.error(
                    "exclude-included",
                    f"“{name}” is in the day only because the client includes it",
                    self.source.location(*keys, "modules", "exclude", index),
                    "Set `include` without it, here or for a single cohort.",
                )
            else:
                self._check("module", name, in_programme, *keys, "modules", "exclude", index)
        for old, new in wanted.replace.items():
            self._check("module", old, in_programme, *keys, "modules", "replace", old, key=True)
            self._check("module", new, self.modules, *keys, "modules", "replace", old)

    def check_minutes(self) -> None:
        self._check_minutes(self.client.minutes, self.client.breaks)
        for slug, cohort in self.client.cohorts.items():
            breaks = {**self.client.breaks, **cohort.breaks}
            self._check_minutes(cohort.minutes, breaks, "cohorts", slug)

    def _check_minutes(self, asked: Mapping[str, int], breaks: Breaks, *keys: str) -> None:
        titles = self.programme.break_names | set(breaks)
        for name, minutes in asked.items():
            if name in titles and name not in self.modules:
                self.report.error(
                    "unknown-module",
                    f"There is no module “{name}”",
                    self.source.location(*keys, "minutes", name, key=True),
                    f"It is a break: write `breaks: {_with_minutes(name, minutes, breaks)}`.",
                )
            else:
                self._check("module", name, self.modules, *keys, "minutes", name, key=True)

    def check_documents(self) -> None:
        wanted = self.client.documents
        for key, names in (("only", wanted.only), ("exclude", wanted.exclude)):
            for index, name in enumerate(names):
                self._check("document", name, self.documents, "documents", key, index)
        for index, name in enumerate(self.client.packs):
            self._check("document", name, self.documents, "packs", index)
            document = self.documents.get(name)
            audience = document.file.audience if document else None
            if audience and audience not in IN_A_PERSONS_PACK:
                self.report.error(
                    "audience",
                    f"“{name}” is for {READERS[audience]} and cannot be in a participant’s pack",
                    self.source.location("packs", index),
                    "Take it out.",
                )
        for index, name in enumerate(wanted.only):
            document = self.documents.get(name)
            option = document.file.option if document else None
            if option is not None and option not in self.client.options.taken:
                self.report.error(
                    "option-not-taken",
                    f"“{name}” is only made for a client that takes the option “{option}”",
                    self.source.location("documents", "only", index),
                    f"Set {option}: true under options, or take “{name}” out.",
                )

    def _check(
        self, what: str, name: str, valid: Collection[str], *keys: str | int, key: bool = False
    ) -> None:
        if name not in valid:
            self.report.error(
                f"unknown-{what}",
                f"There is no {what} “{name}”",
                self.source.location(*keys, key=key),
                nearest(name, valid),
            )


def warn_of_unused_titles(
    client: ClientFile,
    source: YamlSource,
    in_days: Collection[str],
    modules: Collection[str],
    report: Report,
) -> None:
    """Warn of titles for modules that no day has; `modules` are all there are."""
    for name, title in client.titles.items():
        if name in modules and name not in in_days:
            message = f"No day of this client has “{name}”, which is to be called “{title}”"
            place = source.location("titles", name, key=True)
            report.warn("title-unused", message, place, nearest(name, in_days))


def check_programme(programme: Programme, modules: Collection[str], report: Report) -> None:
    """Report every module of the programme's days that does not exist."""
    for variant, day in programme.file.variants.items():
        for index, item in enumerate(day.items):
            if item.module and item.module not in modules:
                report.error(
                    "unknown-module",
                    f"There is no module “{item.module}”",
                    programme.source.location("variants", variant, "items", index, "module"),
                    nearest(item.module, modules),
                )


def check_printed_materials(
    modules: Iterable[Module], documents: Collection[str], report: Report
) -> None:
    """Report materials that are said to come out of a document that does not exist."""
    for module in modules:
        for index, material in enumerate(module.front.materials):
            if isinstance(material.printed, str) and material.printed not in documents:
                report.error(
                    "unknown-document",
                    f"There is no document “{material.printed}”",
                    module.source.location("materials", index, "printed"),
                    nearest(material.printed, documents),
                )


def _placed(breaks: Breaks) -> set[str]:
    """Return the titles of the breaks that follow a module the client file names."""
    return {
        title
        for title, setting in breaks.items()
        if isinstance(setting, Break) and setting.after is not None
    }


def _with_minutes(title: str, minutes: int, breaks: Breaks) -> str:
    """Return what to type of a break, with all that the client file says of it already."""
    setting = breaks.get(title)
    if isinstance(setting, Break):
        return in_one_line({title: {**setting.as_typed(), "minutes": minutes}})
    return in_one_line({title: minutes})


def _title_of(entry: str | OrderedBreak) -> str:
    return entry.title if isinstance(entry, OrderedBreak) else entry
