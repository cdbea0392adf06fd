"""Read and check everything that a workspace sets for one client."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from workshop.content.case import Case
from workshop.content.grammar.typography import typographic
from workshop.content.module import Module
from workshop.content.programme import Programme, read_programme
from workshop.content.yaml.files import YamlSource
from workshop.diagnostics import (
    ContentError,
    Location,
    Report,
    Severity,
)
from workshop.keeping.file_state import FileStates
from workshop.keeping.memory import Memory
from workshop.tailoring.client_file.accepted import acceptances, mark_accepted
from workshop.tailoring.client_file.client import (
    ClientFile,
    CohortSource,
    cohort_rosters,
    cohort_sources,
    read_client,
)
from workshop.tailoring.cohort import Cohort, check_directions, make_cohort
from workshop.tailoring.documents import (
    Document,
    choose,
    document_names,
    read_documents,
    why_not_taken,
)
from workshop.tailoring.look.settle_look import settle_look
from workshop.tailoring.order.asked_minutes import warn_of_unused_minutes
from workshop.tailoring.order.inclusions import InclusionReader
from workshop.tailoring.order.lunch import warn_of_unused_lunch
from workshop.tailoring.order.ordered_items import ModuleItem
from workshop.tailoring.people.clients_roster import (
    read_cohorts_roster,
    roster_states,
    without_notes,
)
from workshop.tailoring.read_cases import CaseReader
from workshop.tailoring.read_modules import ModuleReader
from workshop.tailoring.repeated_exercises import check_exercise_ids
from workshop.tailoring.tailored import Tailored
from workshop.tailoring.term_words import check_programme_words, check_term_words
from workshop.tailoring.unknown_names import (
    check_names,
    check_printed_materials,
    check_programme,
    warn_of_unused_titles,
)
from workshop.user_files import real_path
from workshop.workspace.client_folders import report_client_name
from workshop.workspace.clients import find_client
from workshop.workspace.input_files import inputs_of
from workshop.workspace.odd_files import report_misplaced, report_odd_files
from workshop.workspace.other_clients import ClientNames, read_client_names
from workshop.workspace.overlay import Overlay, library_root, make_overlay
from workshop.workspace.settings import house_look, read_settings

# Keys of a client or a cohort that say nothing of when and what its day is.
_BESIDE_DAYS = frozenset(
    ("accept", "columns", "logo", "packs", "roster", "sheet", "terms", "title", "titles")
)


def sound(tailored: Tailored | None, report: Report) -> Tailored:
    """Return what was read, without notes on rosters; raise `ContentError` for errors in it."""
    report.diagnostics[:] = without_notes(report)
    report.stop_on_errors()
    if tailored is None:
        raise AssertionError("what cannot be read must be a fault")
    return replace(tailored, warnings=tuple(without_notes(tailored.warnings)))


def tailor(
    workspace: Path,
    slug: str,
    memory: Memory | None = None,
    cohorts: Collection[str] = (),
    names: ClientNames | None = None,
) -> tuple[Tailored | None, Report]:
    """Read and check everything for a client; return it with all faults.

    Where errors are in texts of modules and cases, in rosters, and in keys of the client file that
    do not shape its days, the rest can be looked through with them. Otherwise there is nothing but
    the faults. What `memory` has of the same texts is not parsed. Where `cohorts` are named,
    neither the others nor their files are read. `names` is for whoever has read the clients' names
    already. Raises `UsageError` for an unknown client.
    """
    memory = memory or Memory()
    path = find_client(workspace, slug)
    inputs = inputs_of(workspace, slug, memory)
    overlay = make_overlay(slug, workspace, library_root())
    report = Report()
    report_misplaced(overlay, report)
    if report.errors:
        # With a file for a folder or a folder for a file, most else would be found wrong as well.
        return None, report
    client_and_source = read_client(path, report, memory, cohorts)
    file = overlay.find("modules", "programme.yaml")
    programme = read_programme(file.path, report, memory) if file else None
    if client_and_source is None or programme is None:
        ModuleReader(overlay, programme, report, memory).read_own()
        report_odd_files(overlay, report)
        return None, report
    client, source = client_and_source
    programme = programme.with_title(client.title) if client.title else programme
    reader = ModuleReader(overlay, programme, report, memory, client.titles)
    others = (names or read_client_names(workspace)).besides(slug)
    tailoring = _Tailoring(
        workspace, slug, others, overlay, client, source, programme, reader, report, inputs, memory
    )
    tailored = tailoring.result()
    memory.texts.save()
    return tailored, report


@dataclass
class _Tailoring:
    """Reads and checks the files of one client; each module is read once."""

    workspace: Path
    slug: str
    others: Mapping[str, str]
    overlay: Overlay
    client: ClientFile
    source: YamlSource
    programme: Programme
    reader: ModuleReader
    report: Report
    inputs: FileStates | None
    memory: Memory

    def result(self) -> Tailored | None:
        """Return all that was read; None if its days may be wrong for an error."""
        typed = {**self.programme.file.terms, **self.client.terms}
        # They stand beside texts, whose signs are typographic.
        terms = {term: typographic(word) for term, word in typed.items()}
        documents = read_documents(self.overlay, self.report, terms, self.memory)
        every_name = {name: documents.get(name) for name in document_names(self.overlay)}
        self._check_what_is_named(every_name)
        house = house_look(self.workspace, self.memory)
        settled = settle_look(
            self.client, self.source, house, self.overlay, self.report, self.memory
        )
        rosters = cohort_rosters(self.source)
        states = roster_states(rosters.values(), self.overlay.layers[0].root, self.workspace)
        cohorts = tuple(self._cohorts())
        modules = self._modules(cohorts)
        if len(cohorts) == len(rosters):
            self._warn_of_what_no_day_uses(cohorts, modules)
        check_printed_materials(modules.values(), every_name, self.report)
        cases, own_pages = self._cases(modules)
        check_directions(cohorts, self.source.location("language"), self.report)
        chosen = choose(documents, self.client, self.report)
        not_taken = why_not_taken(documents, chosen, self.client, self.source)
        report_odd_files(self.overlay, self.report)
        accepted = acceptances(self.client.accept, self.source)
        self.report.diagnostics[:] = mark_accepted(self.report, accepted)
        read: list[Module | Case] = [*modules.values(), *cases.values(), *own_pages.values()]
        colours, look = settled.palette, settled.look
        if colours is None or look is None or not self._leave_days_alone(read, states):
            return None
        return Tailored(
            slug=self.slug,
            workspace=self.workspace,
            other_clients=self.others,
            client=self.client,
            palette=colours,
            look=look,
            typefaces=settled.typefaces,
            terms=terms,
            programme=self.programme,
            modules=modules,
            left_out=self.reader.left_out(modules),
            cases=cases,
            own_pages=own_pages,
            documents=chosen,
            not_taken=not_taken,
            every_document=documents,
            cohorts=cohorts,
            overlay=self.overlay,
            warnings=tuple(fault for fault in self.report if fault.severity is not Severity.ERROR),
            inputs=self.inputs,
            rosters=states,
            layout_seconds=self._layout_seconds(),
            every_cohort=tuple(rosters),
            accepted=accepted,
        )

    def _check_what_is_named(self, documents: Mapping[str, Document | None]) -> None:
        """Check the names that programme and client file call modules, documents and terms by."""
        client, source, programme, report = self.client, self.source, self.programme, self.report
        check_programme(programme, self.reader.names, report)
        folder = self.workspace / "clients" / self.slug
        report_client_name(folder, client.name, self.others, source.location("name"), report)
        check_names(client, source, programme, documents, self.reader.names, report)
        check_programme_words(programme, report)
        check_term_words(client.terms, programme.file.terms, source, report)

    def _warn_of_what_no_day_uses(
        self, cohorts: Sequence[Cohort], modules: Mapping[str, Module]
    ) -> None:
        """Warn of minutes, titles and a lunch in the client file that no day of it has."""
        minutes = [name for name in self.client.minutes if name in self.reader.names]
        days = [cohort.minutes for cohort in cohorts]
        warn_of_unused_minutes(minutes, self.source, days, modules, self.report)
        warn_of_unused_titles(self.client, self.source, modules, self.reader.names, self.report)
        lunches = [(cohort.day_keys.lunch or "", cohort.items) for cohort in cohorts]
        lunch = self.source.location("times", "lunch")
        warn_of_unused_lunch(self.client, lunch, lunches, self.report)

    def _cases(self, modules: Mapping[str, Module]) -> tuple[dict[str, Case], dict[str, Case]]:
        """Return the cases that modules call, and the pages of prompts for segments, by name."""
        reader = CaseReader(self.overlay, self.report, self.memory)
        called = dict(reader.called_by(modules.values()))
        if not self.client.options.segment_pages:
            return called, {}
        place = self.source.location("options", "segment-pages")
        return called, dict(reader.for_segments(self.programme.file.segments, place))

    def _leave_days_alone(self, files: Collection[Module | Case], rosters: FileStates) -> bool:
        """Tell whether no error keeps the days from being planned, and the texts from being read.

        That is so of errors in modules and cases that could be read all the same, in rosters, and
        in keys of the client file that say nothing of its days.
        """
        paths = {file.path for file in files}
        return all(
            error.location is not None
            and (
                error.location.path in paths
                or str(real_path(error.location.path)) in rosters
                or self._is_beside_days(error.location)
            )
            for error in self.report.errors
        )

    def _is_beside_days(self, location: Location) -> bool:
        """Tell whether a place in the client file is in a key that its days do not depend on."""
        at = [
            keys
            for keys, place in self.source.places.items()
            if keys and location in (place.value, place.key)
        ]
        names = [keys[2] if keys[0] == "cohorts" and len(keys) > 2 else keys[0] for keys in at]
        return any(name in _BESIDE_DAYS for name in names)

    def _layout_seconds(self) -> int | None:
        # Whoever needs the settings for more tells what is wrong in them.
        with suppress(ContentError):
            return read_settings(self.workspace, self.memory).layout_seconds
        return None

    def _cohorts(self) -> Iterator[Cohort]:
        """Yield the cohorts that could be read."""
        inclusions = InclusionReader(self.reader, self.programme, self.report)
        for wanted in cohort_sources(self.client, self.source):
            if (cohort := self._cohort(wanted, inclusions)) is not None:
                yield cohort

    def _cohort(self, wanted: CohortSource, inclusions: InclusionReader) -> Cohort | None:
        included = tuple(inclusions.inclusions(wanted))
        folder, segments = self.overlay.layers[0].root, self.programme.file.segments
        roster = read_cohorts_roster(wanted, folder, self.workspace, segments, self.report)
        modules = self.reader.names
        return make_cohort(wanted, self.programme, included, roster, modules, self.report)

    def _modules(self, cohorts: Sequence[Cohort]) -> dict[str, Module]:
        """Return the modules that the cohorts' days have, by name."""
        days = [
            [item.name for item in cohort.items if isinstance(item, ModuleItem)]
            for cohort in cohorts
        ]
        names = dict.fromkeys(name for day in days for name in day)
        modules = {name: module for name in names if (module := self.reader.module(name))}
        check_exercise_ids(
            ([modules[name] for name in dict.fromkeys(day) if name in modules] for day in days),
            self.report,
        )
        return modules
