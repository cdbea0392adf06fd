"""A workspace and a client's name into everything that is set for that client."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from workshop.content.blocks import Block, walk
from workshop.content.case import Case, read_case
from workshop.content.module import Module, read_module
from workshop.content.programme import Programme, read_programme
from workshop.content.yaml_source import YamlSource, read_yaml, validate
from workshop.diagnostics import Diagnostic, Location, Report, UsageError, nearest
from workshop.tailoring.brand import DEFAULT_BRAND, Palette, palette
from workshop.tailoring.client import ClientFile, Include
from workshop.tailoring.cohort import Cohort, CohortSource, ModuleItem, cohort_sources, make_cohort
from workshop.tailoring.documents import Document, choose, read_documents
from workshop.tailoring.fonts import Typefaces, choose_typefaces
from workshop.tailoring.logo import check_logo
from workshop.tailoring.overlay import Overlay, library_root, make_overlay
from workshop.tailoring.roster import Roster, read_roster


@dataclass(frozen=True)
class Tailored:
    """One client's programme: what is said, how it looks, which documents, for which cohorts."""

    slug: str
    workspace: Path
    client: ClientFile
    palette: Palette
    typefaces: Typefaces
    terms: Mapping[str, str]
    programme: Programme
    modules: Mapping[str, Module]
    cases: Mapping[str, Case]
    documents: tuple[Document, ...]
    cohorts: tuple[Cohort, ...]
    overlay: Overlay
    warnings: tuple[Diagnostic, ...]


def tailor(workspace: Path, slug: str) -> Tailored:
    """Read and check everything for a client.

    Raises `UsageError` for a client that is not there, `ContentError` with every fault found.
    """
    path = find_client(workspace, slug)
    overlay = make_overlay(slug, workspace, library_root())
    report = Report()
    source = read_yaml(path, report)
    client = validate(source, ClientFile, report) if source else None
    found = overlay.find("modules", "programme.yaml")
    programme = read_programme(found.path, report) if found else None
    report.stop_on_errors()
    if source is None or client is None or programme is None:
        raise AssertionError("a file that cannot be read must be a fault")
    return _Tailoring(workspace, slug, overlay, client, source, programme, report).result()


def client_names(workspace: Path) -> list[str]:
    """Return the slugs of the workspace's clients, sorted."""
    return sorted(path.parent.name for path in workspace.glob("clients/*/client.yaml"))


def find_client(workspace: Path, slug: str) -> Path:
    """Return a client's file; raises `UsageError` with the nearest name when there is none."""
    names = client_names(workspace)
    if slug not in names:
        raise UsageError.of(
            "unknown-client",
            f"There is no client “{slug}” in {workspace / 'clients'}",
            hint=nearest(slug, names) or "Make one with `workshop init`.",
        )
    return workspace / "clients" / slug / "client.yaml"


@dataclass
class _Tailoring:
    workspace: Path
    slug: str
    overlay: Overlay
    client: ClientFile
    source: YamlSource
    programme: Programme
    report: Report

    def result(self) -> Tailored:
        modules: dict[str, Module] = {}
        brand, typefaces, documents = self._palette(), self._typefaces(), self._documents()
        terms = self._terms()
        self._check_logo()
        self._check_module_words()
        includes = tuple(self._includes(modules))
        cohorts = [
            cohort
            for wanted in cohort_sources(self.client, self.source)
            if (cohort := self._cohort(wanted, includes)) is not None
        ]
        self._read_modules(cohorts, modules)
        cases = dict(self._cases(modules.values()))
        self.report.stop_on_errors()
        if brand is None:
            raise AssertionError("a colour that cannot be read must be a fault")
        return Tailored(
            self.slug, self.workspace, self.client, brand, typefaces, terms, self.programme,
            modules, cases, documents, tuple(cohorts), self.overlay, tuple(self.report.warnings),
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

    def _documents(self) -> tuple[Document, ...]:
        documents = read_documents(self.overlay, self.report)
        wanted = self.client.documents
        for key, names in (("only", wanted.only), ("exclude", wanted.exclude)):
            for index, name in enumerate(names):
                self._known("document", name, documents, "documents", key, index)
        return choose(documents, wanted.only, wanted.exclude, self.client.options.taken)

    def _terms(self) -> dict[str, str]:
        known = self.programme.file.terms
        for word in self.client.terms:
            if word not in known:
                place = self.source.location("terms", word, key=True)
                self.report.error(
                    "unknown-term",
                    f"The programme has no term “{word}”",
                    place,
                    nearest(word, known),
                )
        return {**known, **self.client.terms}

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
                nearest(self.client.logo, names),
            )

    def _check_module_words(self) -> None:
        wanted = self.client.modules
        in_programme = {
            item.module
            for variant in self.programme.file.variants.values()
            for item in variant.items
            if item.module
        }
        for index, name in enumerate(wanted.exclude):
            self._known("module", name, in_programme, "modules", "exclude", index)
        for old, new in wanted.replace.items():
            self._known("module", old, in_programme, "modules", "replace", old, key=True)
            self._known("module", new, self._module_names(), "modules", "replace", old)

    def _module_names(self) -> list[str]:
        return [name.removesuffix(".md") for name in self.overlay.names("modules", "*.md")]

    def _known(
        self,
        what: str,
        name: str,
        valid: Mapping[str, object] | Sequence[str] | set[str],
        *keys: str | int,
        key: bool = False,
    ) -> bool:
        if name in valid:
            return True
        place = self.source.location(*keys, key=key)
        self.report.error(
            f"unknown-{what}", f"There is no {what} “{name}”", place, nearest(name, valid)
        )
        return False

    def _includes(self, modules: dict[str, Module]) -> Iterator[Include]:
        for index, include in enumerate(self.client.modules.include):
            name = include if isinstance(include, str) else include.module
            keys = ("modules", "include", index)
            if not self._known("module", name, self._module_names(), *keys):
                continue
            module = self._module(name, modules)
            after = include.after if isinstance(include, Include) else module and module.front.after
            if after:
                yield Include(module=name, after=after)
            elif module:
                self.report.error(
                    "include-after",
                    f"Nothing says which module “{name}” is to follow",
                    self.source.location(*keys),
                    f"Write {{module: {name}, after: …}}.",
                )

    def _cohort(self, wanted: CohortSource, includes: Sequence[Include]) -> Cohort | None:
        roster: Roster | None = None
        if wanted.file.roster:
            path = self.workspace / "clients" / self.slug / wanted.file.roster
            segments = self.programme.file.segments
            if path.resolve().is_relative_to(self.workspace.resolve()):
                roster = read_roster(
                    path,
                    segments,
                    self.report,
                )
            else:
                self.report.error(
                    "roster", "A roster must lie inside the workspace", wanted.place("roster")
                )
        return make_cohort(wanted, self.programme, includes, roster, self.report)

    def _read_modules(self, cohorts: Sequence[Cohort], modules: dict[str, Module]) -> None:
        for cohort in cohorts:
            for item in cohort.items:
                if isinstance(item, ModuleItem):
                    self._module(item.name, modules)
        seen: dict[str, Location] = {}
        for module in modules.values():
            for exercise in module.exercises:
                place = exercise.block.location
                if exercise.id in seen:
                    self.report.error(
                        "duplicate-id",
                        f"The exercise “{exercise.id}” is also in {seen[exercise.id]}",
                        place,
                        "An exercise has one number in every document, so its id must be its own.",
                    )
                seen[exercise.id] = place

    def _module(self, name: str, modules: dict[str, Module]) -> Module | None:
        """Read a module once; a fault in it is reported once."""
        if name in modules:
            return modules[name]
        found = self.overlay.find("modules", f"{name}.md")
        if found is None:
            self.report.error(
                "unknown-module",
                f"The programme names a module “{name}” that is not there",
                Location(self.programme.source.path),
                nearest(name, self._module_names()),
            )
            return None
        module = read_module(found.path, self.programme.file.segments, self.report)
        if module:
            modules[name] = module
        return module

    def _cases(self, modules: Iterable[Module]) -> Iterator[tuple[str, Case]]:
        read: set[str] = set()
        for module in modules:
            for block in walk(module.body):
                name = str(block.options.get("name", "")) if block.kind == "case" else ""
                if name and name not in read:
                    read.add(name)
                    if case := self._case(name, block):
                        yield name, case

    def _case(self, name: str, block: Block) -> Case | None:
        found = self.overlay.find("cases", f"{name}.md")
        if found is None:
            names = [case.removesuffix(".md") for case in self.overlay.names("cases", "*.md")]
            self.report.error(
                "unknown-case", f"There is no case “{name}”", block.location, nearest(name, names)
            )
            return None
        return read_case(found.path, self.report)
