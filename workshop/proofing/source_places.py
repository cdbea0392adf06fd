"""Find in the files a trainer wrote what is printed: by ids, by its words or by a sign."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urlsplit

from workshop.composing.pages.assets import file_name_in
from workshop.diagnostics import Location
from workshop.planning.day import Day
from workshop.proofing.read_files import ReadFiles
from workshop.proofing.read_words import words_in
from workshop.proofing.template_places import TemplatePlaces
from workshop.tailoring.documents import Document
from workshop.tailoring.tailored import Tailored
from workshop.typesetting.laid_out import Finding
from workshop.typesetting.pages import SLOT
from workshop.workspace.clients import find_client

# So many words in a row are looked for; fewer where a value or mark-up stands between them.
_RUNS = (8, 4, 2)


class SourcePlaces:
    """Finds the places in files of what a cohort's day prints.

    `read` has the files that were looked through before, for `templates` and other days too.
    """

    def __init__(
        self, tailored: Tailored, day: Day, read: ReadFiles, templates: TemplatePlaces
    ) -> None:
        self._tailored = tailored
        self._day = day
        self._read = read
        self._templates = templates
        self._values = ValuePlaces(tailored, read)

    def place_of(self, finding: Finding, document: Document) -> Location | None:
        """Return the line with a finding's words, or its picture's file, module or template."""
        if path := file_name_in(finding.source):
            return self._line_in(Path(path), finding.words) or Location(Path(path))
        if finding.source.startswith(SLOT):
            name = unquote(urlsplit(finding.source).path)
            return self._templates.slot(name, document) or self._templates.document(document)
        near = next((self._by_id[id_] for id_ in finding.ids if id_ in self._by_id), None)
        sign = "".join(finding.words)
        # A letter or a digit stands in every file, and most often in another word.
        is_sign = len(sign) == 1 and not (sign.isascii() and sign.isalnum())
        place = self._place_with(sign, near) if is_sign else None
        place = place or self._line_with(finding.words, near)
        if place or (near and near.line):
            return place or near
        in_template = self._templates.line_with(finding.words, document)
        return in_template or near or self._templates.document(document)

    def sentence(self, words: Sequence[str], document: Document) -> Location | None:
        """Return the line with most words in a row of a sentence, in texts or in the template.

        A term stands there by its name, so the words of the whole sentence are in no file.
        """
        for length in range(min(_RUNS[0], len(words)), 1, -1):
            for start in range(len(words) - length + 1):
                run = [word.casefold() for word in words[start : start + length]]
                for path in self._files():
                    if line := self._read.line_with(run, path):
                        return Location(path, line)
                if place := self._templates.line_with(run, document):
                    return place
        return None

    @cached_property
    def _by_id(self) -> Mapping[str, Location]:
        """The places of modules and exercises, by the ids that documents give them."""
        places = {}
        for planned in self._day.modules:
            module = planned.module
            places[f"module-{module.name}"] = Location(module.source.path)
            for exercise in module.exercises:
                places[f"exercise-{exercise.id}"] = exercise.block.location
        return places

    def _line_with(self, words: Sequence[str], near: Location | None) -> Location | None:
        """Return the line on which words begin; first it is looked for in the file of `near`."""
        wanted = words_in(" ".join(words).casefold())
        files = dict.fromkeys((*((near.path,) if near else ()), *self._files()))
        # A single word is looked for only where it should stand.
        files = files if len(wanted) > 1 else dict.fromkeys((near.path,) if near else ())
        for length in dict.fromkeys(min(run, len(wanted)) for run in _RUNS if wanted):
            for path in files:
                if line := self._read.line_with(wanted[:length], path):
                    return Location(path, line)
        return None

    def _line_in(self, path: Path, words: Sequence[str]) -> Location | None:
        """Return the line of a drawing on which words begin."""
        wanted = words_in(" ".join(words).casefold())
        line = self._read.line_with(wanted[: min(_RUNS)], path) if wanted else None
        return Location(path, line) if line else None

    def _place_with(self, sign: str, near: Location | None) -> Location | None:
        """Return where a sign is typed; first it is looked for from `near` on, then elsewhere."""
        files = dict.fromkeys((*((near.path,) if near else ()), *self._files()))
        for path in files:
            lines = self._read.lines(path)
            first = near.line - 1 if near and near.line and near.path == path else 0
            for number in (*range(first, len(lines)), *range(first)):
                if sign in lines[number]:
                    return Location(path, number + 1, lines[number].index(sign) + 1)
        return self._values.sign(sign)

    def _files(self) -> Iterator[Path]:
        yield from (planned.module.path for planned in self._day.modules)
        yield from (case.path for case in self._tailored.cases.values())
        yield from (page.path for page in self._tailored.own_pages.values())
        yield self._tailored.programme.source.path


class ValuePlaces:
    """Finds where a value was typed that is filled into one client's papers.

    Rosters that are workbooks hold no lines, and nothing is found in them.
    """

    def __init__(self, tailored: Tailored, read: ReadFiles) -> None:
        self._tailored = tailored
        self._read = read

    def files(self) -> Iterator[Path]:
        """Yield the client's file, then the rosters of its cohorts."""
        yield find_client(self._tailored.workspace, self._tailored.slug)
        yield from map(Path, self._tailored.rosters)

    def sign(self, sign: str) -> Location | None:
        """Return the line and column where a sign is typed first."""
        for path in self.files():
            for number, line in enumerate(self._read.lines(path), 1):
                if sign in line:
                    return Location(path, number, line.index(sign) + 1)
        return None
