"""Find in a document's templates what is printed in it and comes from no text of a trainer's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from workshop.diagnostics import Diagnostic, Location
from workshop.proofing.read_files import ReadFiles
from workshop.proofing.read_words import words_in
from workshop.tailoring.documents import Document
from workshop.workspace.overlay import Overlay

# What a message of the layout's is about: the words in its first quotation marks, or an address.
_ABOUT = re.compile(r"“([^”…]+)|(?:^|The picture )(\S*[:./]\S*)")
_PLACE = re.compile(r"its place “([^”]+)”")
_NUMBER = re.compile(r"\.\d+$")
# The functions whose slots have no name in the template, by how the slot's name begins.
_CALLS = {"page-of:": "page_ref(", "pages": "page_count(", "page": "page_number(",
          "sheets:": "sheet_count("}  # fmt: skip


class TemplatePlaces:
    """Finds places in the templates of documents."""

    def __init__(self, overlay: Overlay, read: ReadFiles) -> None:
        self._overlay = overlay
        self._read = read
        self._in_folders: dict[str, tuple[Path, ...]] = {}

    def document(self, document: Document) -> Location | None:
        """Return the template that a document begins with, or what describes the document."""
        file = self._overlay.find("templates", f"{document.folder}/document.html.j2")
        return Location(file.path) if file else document.place

    def line_with(self, words: Sequence[str], document: Document) -> Location | None:
        """Return the line on which words begin: all of them, or the first four."""
        wanted = words_in(" ".join(words).casefold())
        # A single word is looked for only where it should stand.
        folders = (document.folder, "_shared")[: len(wanted)]
        for path in self._files(*folders):
            if line := self._read.line_with(wanted[:4], path):
                return Location(path, line)
        return None

    def slot(self, name: str, document: Document) -> Location | None:
        """Return the line that makes the slot of this name."""
        called = next((call for start, call in _CALLS.items() if name.startswith(start)), None)
        return self._line_that_has(called or f'"{_NUMBER.sub("", name)}"', document)

    def about(self, fault: Diagnostic, document: Document) -> Location | None:
        """Return the line that a message of the layout's is about; else the template as a whole."""
        if slot := _PLACE.search(fault.message):
            return self.slot(slot[1], document) or self.document(document)
        for words, address in _ABOUT.findall(fault.message):
            name = address.rpartition("/")[2]
            if words and (place := self.line_with([words], document)):
                return place
            if (name or words) and (place := self._line_that_has(name or words, document)):
                return place
        return self.document(document)

    def _line_that_has(self, text: str, document: Document) -> Location | None:
        for path in self._files(document.folder, "_shared"):
            for number, line in enumerate(self._read.lines(path), 1):
                if text in line:
                    return Location(path, number)
        return None

    def _files(self, *folders: str) -> Iterator[Path]:
        for folder in folders:
            if folder not in self._in_folders:
                self._in_folders[folder] = tuple(self._templates_in(folder))
            yield from self._in_folders[folder]

    def _templates_in(self, folder: str) -> Iterator[Path]:
        for name in self._overlay.names("templates", f"{folder}/**/*.html.j2"):
            if file := self._overlay.find("templates", name):
                yield file.path
