"""A workspace and a client's name into everything that is set for that client."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from workshop.content.block_tree import Block, walk
from workshop.content.case import Case, read_case
from workshop.content.module import Exercise, Module, read_module
from workshop.content.programme import Programme, read_programme
from workshop.content.yaml.files import YamlSource
from workshop.diagnostics import Diagnostic, Location, Report, nearest
from workshop.tailoring.client import ClientFile, Include, read_client
from workshop.tailoring.cohort import (
    Cohort,
    CohortSource,
    Inclusion,
    ModuleItem,
    cohort_sources,
    make_cohort,
)
from workshop.tailoring.documents import Document, choose, read_documents
from workshop.tailoring.look.brand import DEFAULT_BRAND, Palette, palette
from workshop.tailoring.look.logo import check_logo
from workshop.tailoring.look.typefaces import Typefaces, choose_typefaces
from workshop.tailoring.repeated_exercises import check_exercise_ids
from workshop.tailoring.roster import Roster, read_roster
from workshop.tailoring.unknown_names import check_names
from workshop.workspace.clients import find_client
from workshop.workspace.input_files import Inputs, inputs_of, looked_at
from workshop.workspace.overlay import Overlay, library_root, lies_in, make_overlay


@dataclass(frozen=True)
class Tailored:
    """One client's programme: what is said, how it looks, which documents, for which cohorts.

    `left_out` has the exercises of modules that no cohort's day has, by id: a text may refer to
    them by title. `inputs` are all files as they were before any was read, if that can be told,
    `rosters` the files that name people: they may lie outside the client's folder.
    """

    slug: str
    workspace: Path
    client: ClientFile
    palette: Palette
    typefaces: Typefaces
    terms: Mapping[str, str]
    programme: Programme
    modules: Mapping[str, Module]
    left_out: Mapping[str, Exercise]
    cases: Mapping[str, Case]
    own_pages: Mapping[str, Case]
    documents: tuple[Document, ...]
    cohorts: tuple[Cohort, ...]
    overlay: Overlay
    warnings: tuple[Diagnostic, ...]
    inputs: Inputs | None
    rosters: Inputs


def tailor(workspace: Path, slug: str) -> Tailored:
    """Read and check everything for a client.

    Raises `UsageError` for a client that is not there, `ContentError` with every fault found.
    """
    path = find_client(workspace, slug)
    inputs = inputs_of(workspace, slug)
    overlay = make_overlay(slug, workspace, library_root())
    report = Report()
    read = read_client(path, report)
    found = overlay.find("modules", "programme.yaml")
    programme = read_programme(found.path, report) if found else None
    if read is None or programme is None:
        report.stop_on_errors()
        raise AssertionError("a file that cannot be read must be a fault")
    return _Tailoring(workspace, slug, overlay, *read, programme, report, inputs).result()


@dataclass
class _Tailoring:
    workspace: Path
    slug: str
    overlay: Overlay
    client: ClientFile
    source: YamlSource
    programme: Programme
    report: Report
    inputs: Inputs | None
    rosters: dict[str, tuple[int, int, str]] = field(default_factory=dict)
    read: dict[str, Module | None] = field(default_factory=dict)
    included: dict[Location, Inclusion | None] = field(default_factory=dict)

    def result(self) -> Tailored:
        documents = read_documents(self.overlay, self.report)
        self._check_programme()
        check_names(
            self.client, self.source, self.programme, documents, self._module_names(), self.report
        )
        brand, typefaces = self._palette(), self._typefaces()
        self._check_logo()
        cohorts = [
            cohort
            for wanted in cohort_sources(self.client, self.source)
            if (cohort := self._cohort(wanted)) is not None
        ]
        modules = self._modules(cohorts)
        cases = dict(self._cases(modules.values()))
        own_pages = dict(self._own_pages()) if self.client.options.segment_pages else {}
        chosen = choose(documents, self.client, self.report)
        self.report.stop_on_errors()
        if brand is None:
            raise AssertionError("a colour that cannot be read must be a fault")
        terms = {**self.programme.file.terms, **self.client.terms}
        return Tailored(
            self.slug, self.workspace, self.client, brand, typefaces, terms, self.programme,
            modules, self._left_out(modules), cases, own_pages, chosen, tuple(cohorts),
            self.overlay, tuple(self.report.warnings), self.inputs, self.rosters,
        )  # fmt: skip

    def _palette(self) -> Palette | None:
        colour = self.client.colours.brand if self.client.colours else DEFAULT_BRAND
        return palette(colour, self.report, self.source.location("colours", "brand"))

    def _typefaces(self) -> Typefaces:
        own = tuple(
            folder
            for layer in self.overlay.layers
            if (folder := layer.folder("assets") / "fonts").is_dir()
        )
        fonts, place = self.client.fonts, self.source.location
        return choose_typefaces(
            (fonts.text, place("fonts", "text")),
            (fonts.headings, place("fonts", "headings")),
            own,
            self.report,
        )

    def _check_logo(self) -> None:
        if self.client.logo is None:
            return
        place = self.source.location("logo")
        found = self.overlay.find("assets", self.client.logo)
        if found:
            check_logo(found.path, self.report, place)
        else:
            names = self.overlay.names("assets", "**/*")
            self.report.error(
                "no-logo",
                f"There is no file “{self.client.logo}” in any assets folder",
                place,
                nearest(self.client.logo, names) or f"Put it into clients/{self.slug}/assets/.",
            )

    def _module_names(self) -> list[str]:
        return [name.removesuffix(".md") for name in self.overlay.names("modules", "*.md")]

    def _check_programme(self) -> None:
        names = self._module_names()
        for variant, day in self.programme.file.variants.items():
            for index, item in enumerate(day.items):
                if item.module and item.module not in names:
                    self.report.error(
                        "unknown-module",
                        f"There is no module “{item.module}”",
                        self.programme.source.location(
                            "variants", variant, "items", index, "module"
                        ),
                        nearest(item.module, names),
                    )

    def _inclusions(self, wanted: CohortSource) -> Iterator[Inclusion]:
        for index, include in enumerate(wanted.modules.include):
            place = wanted.place("modules", "include", index)
            # What a client says for all its cohorts is read, and its faults are told, once.
            if place not in self.included:
                self.included[place] = self._inclusion(include, place)
            if inclusion := self.included[place]:
                yield inclusion

    def _inclusion(self, include: str | Include, place: Location) -> Inclusion | None:
        if isinstance(include, Include):
            return Inclusion(include.module, include.after, place)
        module = self._module(include)
        if module and module.front.after:
            return Inclusion(include, module.front.after, place, own_place=True)
        if module:
            self.report.error(
                "include-after",
                f"Nothing says which module “{include}” is to follow",
                place,
                f"Write {{module: {include}, after: …}}.",
            )
        return None

    def _cohort(self, wanted: CohortSource) -> Cohort | None:
        inclusions = tuple(self._inclusions(wanted))
        roster = self._roster(wanted.file.roster, wanted) if wanted.file.roster else None
        return make_cohort(wanted, self.programme, inclusions, roster, self.report)

    def _roster(self, name: str, wanted: CohortSource) -> Roster | None:
        # The client's folder may be a link to elsewhere; what is below it is still the client's.
        folder = self.workspace / "clients" / self.slug
        path = folder / name
        if lies_in(folder, path) or lies_in(self.workspace, path):
            with suppress(OSError):
                self.rosters |= looked_at([path.resolve()])
            return read_roster(path, self.programme.file.segments, self.report)
        self.report.error(
            "roster-outside",
            f"The roster “{name}” lies outside the workspace",
            wanted.place("roster"),
            "Copy it into the client’s folder.",
        )
        return None

    def _modules(self, cohorts: Sequence[Cohort]) -> dict[str, Module]:
        """Return the modules that the cohorts' days have, by name."""
        days = [
            [item.name for item in cohort.items if isinstance(item, ModuleItem)]
            for cohort in cohorts
        ]
        names = dict.fromkeys(name for day in days for name in day)
        modules = {name: module for name in names if (module := self._module(name))}
        check_exercise_ids(
            ([modules[name] for name in dict.fromkeys(day) if name in modules] for day in days),
            self.report,
        )
        return modules

    def _left_out(self, modules: Mapping[str, Module]) -> dict[str, Exercise]:
        """Return the exercises of the modules that no day has; faults in them do not matter."""
        files = (
            self.overlay.find("modules", f"{name}.md")
            for name in self._module_names()
            if name not in modules
        )
        segments = self.programme.file.segments
        others = (read_module(found.path, segments, Report()) for found in files if found)
        return {one.id: one for module in others if module for one in module.exercises}

    def _module(self, name: str) -> Module | None:
        """Read a module once, so that a fault in it is reported once.

        None for one that has faults, or is not there: that is reported where it is named.
        """
        if name not in self.read:
            found = self.overlay.find("modules", f"{name}.md")
            segments = self.programme.file.segments
            self.read[name] = read_module(found.path, segments, self.report) if found else None
        return self.read[name]

    def _cases(self, modules: Iterable[Module]) -> Iterator[tuple[str, Case]]:
        calls: dict[str, Block] = {}
        for module in modules:
            for block in walk(module.body):
                if block.kind == "case":
                    calls.setdefault(str(block.options["name"]), block)
        for name, block in calls.items():
            if case := self._case(name, block):
                yield name, case

    def _own_pages(self) -> Iterator[tuple[str, Case]]:
        for segment in self.programme.file.segments:
            name = f"segments/{segment}.md"
            found = self.overlay.find("cases", name)
            if found is None:
                self.report.error(
                    "no-segment-page",
                    f"There is no page of prompts for the segment “{segment}”",
                    self.source.location("options", "segment-pages"),
                    f"Write cases/{name} in the client’s folder.",
                )
            elif page := read_case(found.path, self.report):
                yield segment, page

    def _case(self, name: str, block: Block) -> Case | None:
        found = self.overlay.find("cases", f"{name}.md")
        if found is None:
            names = [case.removesuffix(".md") for case in self.overlay.names("cases", "*.md")]
            self.report.error(
                "unknown-case", f"There is no case “{name}”", block.location, nearest(name, names)
            )
            return None
        return read_case(found.path, self.report)
