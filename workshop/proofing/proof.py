"""Proofread composed texts and laid-out pages, and say for each fault where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from workshop.alike import once_per_cause
from workshop.assembly.document import Assembled
from workshop.assembly.values import SLOT_TOO_SMALL
from workshop.composing.compose_plan import ComposedKit
from workshop.composing.composition import ComposedCopy, Composition, Part
from workshop.composing.language import references
from workshop.composing.reuse.shelves import Shelf
from workshop.content.audiences import Audience
from workshop.diagnostics import Diagnostic, Location, Printed, Severity
from workshop.keeping.shape import checked
from workshop.planning.make_plan import Plan
from workshop.proofing import confidential
from workshop.proofing.confidential import Breach, Confidential
from workshop.proofing.other_clients_named import OtherClientsNamed
from workshop.proofing.read_files import ReadFiles
from workshop.proofing.read_words import ReadText
from workshop.proofing.source_places import SourcePlaces
from workshop.proofing.template_places import TemplatePlaces
from workshop.proofing.told_places import told_once
from workshop.tailoring.client_file.accepted import mark_accepted
from workshop.tailoring.documents import ON_SCREEN, Document
from workshop.typesetting.findings import page_rules
from workshop.typesetting.findings.lost_words import LOST_TEXT
from workshop.typesetting.findings.unsafe_backs import UNSAFE_BACK, unsafe_backs
from workshop.typesetting.laid_out import Finding, LaidOut

# The layouts of each document's parts.
LaidOutParts = Mapping[Composition, Sequence[LaidOut]]

# The codes of all that proofreading reports. These faults are warnings, because a kit can be
# printed in spite of them; `_ERRORS` are always errors. A strict build makes all of them errors.
CODES = (
    page_rules.CODES
    | confidential.CODES
    | references.CODES
    | {references.SMALL_TYPE, SLOT_TOO_SMALL, LOST_TEXT, UNSAFE_BACK}
)
_ERRORS = (LOST_TEXT, page_rules.PAGE_SIZE)


def as_errors(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return diagnostics in which all that proofreading reports and nobody accepts are errors."""
    return [
        replace(fault, severity=Severity.ERROR)
        if fault.code in CODES and fault.severity is not Severity.ACCEPTED
        else fault
        for fault in diagnostics
    ]


def proofread(
    plan: Plan,
    kits: Sequence[ComposedKit],
    layouts: LaidOutParts | None = None,
    shelf: Shelf | None = None,
    others: OtherClientsNamed | None = None,
) -> list[list[Diagnostic]]:
    """Return the faults in the documents of each cohort's kit: warnings, and errors for lost words.

    Without layouts only texts are checked, and the warnings name no pages. `shelf` lists the parts
    that were sound in an earlier run of the same files: these are not checked again. `others` is
    for whoever looks for other clients' names elsewhere too.
    """
    others = others or OtherClientsNamed(plan.tailored)
    shelf = shelf or Shelf()
    read = ReadFiles()
    templates = TemplatePlaces(plan.tailored.overlay, read)
    proofs = []
    for kit in kits:
        places = SourcePlaces(plan.tailored, kit.cohort.day, read, templates)
        warnings = _KitProof(plan, kit, others, layouts, shelf, places, templates).warnings()
        proofs.append(once_per_cause(mark_accepted(warnings, plan.tailored.accepted)))
    return proofs


class _KitProof:
    """Proofreads the documents of one cohort's kit."""

    def __init__(
        self,
        plan: Plan,
        kit: ComposedKit,
        others: OtherClientsNamed,
        layouts: LaidOutParts | None,
        shelf: Shelf,
        places: SourcePlaces,
        templates: TemplatePlaces,
    ) -> None:
        self._plan = plan
        self._kit = kit
        self._layouts = layouts
        self._confidential = Confidential(plan.tailored, kit.cohort.day, others)
        # Each note in the texts, with the first part that prints it.
        self._notes: dict[Diagnostic, Printed] = {}
        # The first fault told of each word said twice, by the line where it stands.
        self._doubled: dict[tuple[Location, str], Diagnostic] = {}
        self._places = places
        self._templates = templates
        by_right = sorted(self._confidential.doubled_by_right)
        self._sound = _SoundParts(shelf, ("sound", kit.cohort.slug, *others.names, *by_right))

    def warnings(self) -> list[Diagnostic]:
        """Return every fault once, with the numbers of all pages that have it.

        A fault on many pages, or on the same pages of several copies that are laid out apart, is
        one fault. It names the files of these copies, unless every copy has it.
        """
        pages: dict[tuple[Diagnostic, Printed], set[int]] = {}
        for fault, printed in self._faults():
            key = fault, replace(printed, pages=())
            pages.setdefault(key, set()).update(printed.pages)
        files: dict[tuple[Diagnostic, Printed], set[str]] = {}
        for (fault, printed), numbers in pages.items():
            key = fault, replace(printed, pages=tuple(sorted(numbers)), files=())
            files.setdefault(key, set()).update(printed.files)
        return [
            replace(fault, printed=replace(printed, files=self._if_some(printed.document, names)))
            for (fault, printed), names in files.items()
        ]

    def _if_some(self, document: str, files: set[str]) -> tuple[str, ...]:
        """Return the names of a document's files without its folder; none if these are all."""
        if files == self._files[document]:
            return ()
        return tuple(sorted(file.partition("/")[2] or file for file in files))

    @cached_property
    def _files(self) -> Mapping[str, set[str]]:
        """The files of each document's copies."""
        files: dict[str, set[str]] = {}
        for copy in self._kit.copies:
            files.setdefault(copy.job.document.name, set()).add(copy.job.file)
        return files

    def _faults(self) -> Iterator[tuple[Diagnostic, Printed]]:
        """Yield every fault with the pages of one document that it stands on."""
        copies: dict[Composition, list[ComposedCopy]] = {}
        for copy in self._kit.copies:
            document = copy.job.document
            copies.setdefault(copy.composition, []).append(copy)
            for breach in self._confidential.breaches_in_copy(copy, document.file.audience):
                message = f"{breach.message} (in the name, the title or a slot of {copy.job.path})"
                yield self._fault_for_breach(replace(breach, message=message), document)
        for composition, alike in copies.items():
            files = tuple(copy.job.file for copy in alike)
            for fault, printed in self._faults_in_document(composition, alike[0].job.document):
                yield fault, replace(printed, files=files)
        yield from self._faults_in_notes()
        self._sound.put_on_shelf()

    def _faults_in_notes(self) -> Iterator[tuple[Diagnostic, Printed]]:
        """Yield what the texts have notes of, each place once in all documents.

        That is what they call for and the kit does not have, and labels that are set small. A
        document that they can do without is told once for all places.
        """
        alike: dict[str, list[Diagnostic]] = {}
        for note in self._notes:
            if note.code == references.OTHER_WORDS:
                alike.setdefault(note.accept_by, []).append(note)
        for note, printed in self._notes.items():
            if note.code != references.OTHER_WORDS:
                yield note, printed
            elif places := alike.pop(note.accept_by, None):
                yield told_once(places, self._plan.tailored), printed

    def _faults_in_document(
        self, composition: Composition, document: Document
    ) -> Iterator[tuple[Diagnostic, Printed]]:
        laid_out = tuple(self._layouts[composition]) if self._layouts else ()
        starts = Assembled(laid_out).starts
        for number, part in enumerate(composition.parts):
            printed = self._place_on_paper(document, part.name, ())
            for note in references.notes_in(part.job.html):
                self._notes.setdefault(note, printed)
            for breach in self._sound.breaches(part, document.file.audience, self._confidential):
                page = _page_with(breach.words, laid_out[number]) if laid_out else None
                pages = () if page is None else (starts[number] + page + 1,)
                yield self._fault_for_breach(breach, document, part.name, pages)
        for start, part_pages in zip(starts, laid_out, strict=True):
            for finding in part_pages.findings:
                yield self._fault_for_finding(finding, document, start)
        if document.file.sides == "duplex" and document.edition != ON_SCREEN:
            leaves = [leaf for part_pages in laid_out for leaf in part_pages.leaves]
            for finding in unsafe_backs(leaves):
                yield self._fault_for_finding(finding, document, 0)

    def _fault_for_breach(
        self, breach: Breach, document: Document, part: str = "", pages: tuple[int, ...] = ()
    ) -> tuple[Diagnostic, Printed]:
        place = breach.location
        if breach.code == confidential.DOUBLED:
            place = self._places.sentence(breach.words, document)
        where = place or self._templates.document(document)
        fault = Diagnostic(breach.code, breach.message, where, breach.hint, Severity.WARNING)
        if breach.code == confidential.DOUBLED and place:
            # A line is printed with other values on other papers.
            fault = self._doubled.setdefault((place, breach.doubled.casefold()), fault)
        return fault, self._place_on_paper(document, part, pages)

    def _fault_for_finding(
        self, finding: Finding, document: Document, start: int
    ) -> tuple[Diagnostic, Printed]:
        place = self._places.place_of(finding, document)
        severity = Severity.ERROR if finding.code in _ERRORS else Severity.WARNING
        hint = f"It is set in {finding.rule}. {finding.hint}" if finding.rule else finding.hint
        fault = Diagnostic(finding.code, finding.message, place, hint or None, severity)
        return fault, self._place_on_paper(document, "", (start + finding.page + 1,))

    def _place_on_paper(self, document: Document, part: str, pages: tuple[int, ...]) -> Printed:
        cohort = self._kit.cohort.day.cohort.slug
        return Printed(self._plan.tailored.slug, cohort, document.name, part, pages)


class _SoundParts:
    """Remembers which parts had no breach, so that later runs need not check them again.

    A part is named by its document's audience and the digest of its job.
    """

    def __init__(self, shelf: Shelf, name: Sequence[str]) -> None:
        self._shelf = shelf
        self._name = name
        self._before: frozenset[str] = shelf.get(*name, from_data=_names) or frozenset()
        self._new: set[str] = set()

    def breaches(
        self, part: Part, audience: Audience, confidential: Confidential
    ) -> Sequence[Breach]:
        """Return the breaches in a part, without checking one that was sound before."""
        name = f"{audience} {part.job.digest}"
        if name in self._before:
            return ()
        breaches = confidential.breaches_in_part(part.job.html, audience)
        # Never store anything, not even a digest, of a part that prints a person's data, or that
        # is sound as long as somebody is on the roster.
        if not (breaches or part.shown or confidential.is_spared_by_a_name(part.job.html)):
            self._new.add(name)
        return breaches

    def put_on_shelf(self) -> None:
        """Put the names of all sound parts on the shelf, those of earlier runs too."""
        if self._new:
            sound = self._before | self._new
            self._shelf.put(sound, *self._name, to_data=sorted)


def _names(data: object) -> frozenset[str]:
    return frozenset(checked(data, list[str]))


def _page_with(words: Sequence[str], laid_out: LaidOut) -> int | None:
    """Return the page of a part, from 0, that has these words.

    Where no page has all of them, it is the page with their first half: the rest may stand on the
    next page.
    """
    pages = [ReadText(text) for text in laid_out.texts]
    for wanted in (words, words[: len(words) // 2]):
        for number, page in enumerate(pages):
            if wanted and page.has_words(wanted):
                return number
    return None
