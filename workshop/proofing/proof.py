"""Pages laid out and texts composed into what is wrong with them, and where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from workshop.assembly.document import Assembled
from workshop.building.steps.copies import Layouts
from workshop.composing.compose_plan import ComposedKit
from workshop.composing.composition import Composition, Part
from workshop.composing.pages.assets import file_name_in
from workshop.composing.reuse.template_run import NOTHING_KEPT, Kept
from workshop.diagnostics import Diagnostic, Location, Printed, Severity
from workshop.planning.make_plan import Plan
from workshop.proofing.confidential import Breach, Confidential, Said
from workshop.tailoring.documents import Document
from workshop.typesetting.laid_out import Finding, LaidOut
from workshop.workspace.other_clients import names_of_others


def preflight(
    plan: Plan,
    kits: Sequence[ComposedKit],
    layouts: Layouts | None = None,
    kept: Kept = NOTHING_KEPT,
) -> list[list[Diagnostic]]:
    """Return for each cohort's kit what is wrong in its documents, as warnings.

    Without layouts texts alone are looked through, and pages are not known. Parts that were sound
    in an earlier build of the same files are not looked through again, by what is `kept` of it.
    """
    others = names_of_others(plan.tailored.workspace, plan.tailored.slug)
    return [_KitProof(plan, kit, others, layouts, kept).found() for kit in kits]


@dataclass
class _KitProof:
    """Looks through one kit."""

    plan: Plan
    kit: ComposedKit
    others: Sequence[str]
    layouts: Layouts | None
    kept: Kept

    def found(self) -> list[Diagnostic]:
        # A fault that stands on many pages, or in copies laid out apart, is one.
        pages: dict[Diagnostic, set[int]] = {}
        for found in self._all():
            where = found.printed
            if where:
                alone = replace(found, printed=replace(where, pages=()))
                pages.setdefault(alone, set()).update(where.pages)
        return [
            replace(one, printed=replace(one.printed, pages=tuple(sorted(numbers))))
            for one, numbers in pages.items()
            if one.printed
        ]

    def _all(self) -> Iterator[Diagnostic]:
        day = self.kit.cohort.day
        confidential = Confidential(self.plan.tailored, day, self.others)
        compositions: dict[Composition, Document] = {}
        for copy in self.kit.copies:
            document = copy.job.document
            compositions[copy.composition] = document
            for breach in confidential.in_copy(copy, document.file.audience):
                message = f"{breach.message} (in the name, the title or a slot of {copy.job.path})"
                yield self._breach(replace(breach, message=message), document)
        sound = _Sound(self.kept, ("sound", day.cohort.slug, *self.others))
        for composition, document in compositions.items():
            made = tuple(one.made for one in self.layouts[composition]) if self.layouts else ()
            starts = Assembled(made).starts
            for number, part in enumerate(composition.parts):
                for breach in sound.unless_known(part, document.file.audience, confidential):
                    page = _page_of(breach.words, made[number]) if made else None
                    pages = () if page is None else (starts[number] + page + 1,)
                    yield self._breach(breach, document, part.name, pages)
            for start, laid_out in zip(starts, made, strict=True):
                for found in laid_out.findings:
                    yield self._finding(found, document, start)
        sound.keep()

    def _breach(
        self, breach: Breach, document: Document, part: str = "", pages: tuple[int, ...] = ()
    ) -> Diagnostic:
        place = breach.location or self._template(document)
        printed = self._printed(document, part, pages)
        return Diagnostic(
            breach.code, breach.message, place, breach.hint, Severity.WARNING, printed
        )

    def _finding(self, found: Finding, document: Document, start: int) -> Diagnostic:
        place = self._source(found) or self._template(document)
        printed = self._printed(document, "", (start + found.page + 1,))
        hint = found.hint or None
        return Diagnostic(found.code, found.message, place, hint, Severity.WARNING, printed)

    def _printed(self, document: Document, part: str, pages: tuple[int, ...]) -> Printed:
        cohort = self.kit.cohort.day.cohort.slug
        return Printed(self.plan.tailored.slug, cohort, document.name, part, pages)

    def _template(self, document: Document) -> Location | None:
        name = f"{document.folder}/document.html.j2"
        found = self.plan.tailored.overlay.find("templates", name)
        return Location(found.path) if found else document.place

    def _source(self, found: Finding) -> Location | None:
        """Return the file a finding comes from: a picture's own, or the text that it stands in."""
        if path := file_name_in(found.source):
            return Location(Path(path))
        return next((self._places[one] for one in found.ids if one in self._places), None)

    @cached_property
    def _places(self) -> Mapping[str, Location]:
        """Where modules and exercises are written, by the ids that documents give them."""
        places = {}
        for planned in self.kit.cohort.day.modules:
            module = planned.module
            places[f"module-{module.name}"] = Location(module.source.path)
            for exercise in module.exercises:
                places[f"exercise-{exercise.id}"] = exercise.block.location
        return places


class _Sound:
    """Parts that say nothing they must not, by the digests of their jobs."""

    def __init__(self, kept: Kept, of: Sequence[str]) -> None:
        self._kept = kept
        self._of = of
        self._known = frozenset(kept.get(*of) or ())
        self._new: set[str] = set()

    def unless_known(
        self, part: Part, audience: str, confidential: Confidential
    ) -> Sequence[Breach]:
        """Return what is wrong in a part; nothing, if it is known to be sound."""
        name = f"{audience} {part.job.digest}"
        if name in self._known:
            return ()
        found = confidential.in_part(part.job.html, audience)
        # Of what shows somebody not even a digest is kept.
        if not found and not part.shown:
            self._new.add(name)
        return found

    def keep(self) -> None:
        """Keep what was found to be sound, with what was known."""
        if self._new:
            self._kept.put(sorted(self._known | self._new), *self._of)


def _page_of(words: Sequence[str], laid_out: LaidOut) -> int | None:
    """Return the page of a part on which words stand, or where they begin."""
    said = [Said(text) for text in laid_out.texts]
    for wanted in (words, words[: len(words) // 2]):
        for page, one in enumerate(said):
            if wanted and one.has(wanted):
                return page
    return None
