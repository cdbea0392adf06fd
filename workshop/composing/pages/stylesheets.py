"""The style sheets of a document, in the order in which the later ones win."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment

from workshop.composing.pages.large_print import enlarged
from workshop.composing.pages.render_job import Stylesheet
from workshop.diagnostics import ContentError, Diagnostic, Location
from workshop.tailoring.documents import Document
from workshop.workspace.overlay import Overlay

_LOOK = "_shared/look.css.j2"
_UNKNOWN = (
    (
        re.compile(r"\bcounters?\(\s*pages?\b|\btarget-(?:counters?|text)\(", re.IGNORECASE),
        "Print {{ page_number() }}, {{ page_count() }} or {{ page_ref(…) }} in a template.",
    ),
    (
        re.compile(r"@page[^{};]*:(?:first|nth)\b", re.IGNORECASE),
        "Name the page: `.part-cover { page: cover }`, and then `@page cover { … }`.",
    ),
)


class Stylesheets:
    """The style sheets of one edition of a client's documents, each read once."""

    def __init__(self, environment: Environment, overlay: Overlay, edition: str) -> None:
        self._environment = environment
        self._overlay = overlay
        self._enlarged = enlarged if edition == "large-print" else str
        self._read: dict[str, Stylesheet | None] = {}
        self._of: dict[str, tuple[Stylesheet, ...]] = {}

    def of(self, document: Document, names: Mapping[str, Any]) -> tuple[Stylesheet, ...]:
        """Return what the brand decides, the shared sheets by name, the document's, the client's.

        Raises `ContentError` for a file that is not text, or asks for what a part cannot know.
        """
        if document.name not in self._of:
            look = self._environment.get_template(_LOOK)
            path = Path(look.filename or _LOOK).resolve()
            brand = Stylesheet(path, self._enlarged(look.render(names)))
            files = (*self._shared, f"{document.folder}/document.css", "client.css")
            sheets = (self._sheet(name) for name in files)
            self._of[document.name] = (brand, *(sheet for sheet in sheets if sheet))
        return self._of[document.name]

    @cached_property
    def _shared(self) -> Sequence[str]:
        return self._overlay.names("templates", "_shared/*.css")

    def _sheet(self, name: str) -> Stylesheet | None:
        if name not in self._read:
            found = self._overlay.find("templates", name)
            self._read[name] = self._sheet_of(found.path) if found else None
        return self._read[name]

    def _sheet_of(self, path: Path) -> Stylesheet:
        sheet = Stylesheet(path.resolve(), self._enlarged(_read(path)))
        if faults := _unknown_in(sheet):
            raise ContentError(faults)
        return sheet


@lru_cache(maxsize=256)
def _unknown_in(sheet: Stylesheet) -> tuple[Diagnostic, ...]:
    """Return what is not known while a part is laid out: where it stands in its document."""
    # Most sheets are shared by all documents of all cohorts.
    return tuple(
        Diagnostic(
            "page-unknown",
            f"“{found[0].strip()}” is not known while a part is laid out",
            Location(sheet.path, sheet.css.count("\n", 0, found.start()) + 1),
            hint,
        )
        for pattern, hint in _UNKNOWN
        for found in pattern.finditer(sheet.css)
    )


def _read(path: Path) -> str:
    try:
        # Some editors begin a file with a byte order mark.
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        message = "This file is not UTF-8 text"
        raise ContentError.single("encoding", message, Location(path)) from error
