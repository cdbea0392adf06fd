"""Read the style sheets of a document, in the order in which the later ones win."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import Environment

from workshop.composing.pages.large_print import enlarged
from workshop.composing.pages.mirrored import mirrored
from workshop.composing.pages.render_job import Stylesheet
from workshop.composing.pages.type_of_look import in_type_of
from workshop.diagnostics import ContentError, Diagnostic, Location
from workshop.file_errors import why_unread
from workshop.keeping.memory import Memory
from workshop.limits import TEMPLATE_FILE
from workshop.tailoring.documents import Document
from workshop.tailoring.look.looks import PaperLook
from workshop.user_files import read_source
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
# What may hold a brace that opens or closes nothing.
_NO_BRACES = re.compile(
    r"""/\*.*?(?:\*/|\Z)|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|url\([^"')]*\)""", re.DOTALL
)


class Stylesheets:
    """Reads the style sheets of one edition of a client's documents, each once."""

    def __init__(
        self,
        environment: Environment,
        overlay: Overlay,
        look: PaperLook,
        edition: str,
        memory: Memory,
    ) -> None:
        self._environment = environment
        self._overlay = overlay
        self._look = look
        self._memory = memory
        self._enlarged = enlarged if edition == "large-print" else str
        self._read: dict[str, Stylesheet | None] = {}
        self._by_document: dict[str, tuple[Stylesheet, ...]] = {}

    def sheets_for(self, document: Document, names: Mapping[str, Any]) -> tuple[Stylesheet, ...]:
        """Return page and colours, what all share, the document's, the look's, the client's.

        Raises `ContentError` for a file that is not text, or asks for what a part cannot know.
        """
        if document.name not in self._by_document:
            page = self._environment.get_template(_LOOK)
            path = Path(page.filename or _LOOK).resolve()
            usual = self._sheets((*self._shared, f"{document.folder}/document.css"))
            sheets = (
                Stylesheet(path, page.render(names)),
                *in_type_of(self._look, usual),
                *self._sheets((*self._look.sheets, "client.css")),
            )
            if names["direction"] == "rtl":
                sheets = tuple(replace(sheet, css=mirrored(sheet.css)) for sheet in sheets)
            self._by_document[document.name] = tuple(map(self._in_edition, sheets))
        return self._by_document[document.name]

    def _in_edition(self, sheet: Stylesheet) -> Stylesheet:
        return replace(sheet, css=self._enlarged(sheet.css))

    @cached_property
    def _shared(self) -> Sequence[str]:
        return self._overlay.names("templates", "_shared/*.css")

    def _sheets(self, names: Iterable[str]) -> list[Stylesheet]:
        return [sheet for name in names if (sheet := self._sheet(name))]

    def _sheet(self, name: str) -> Stylesheet | None:
        if name not in self._read:
            file = self._overlay.find("templates", name)
            self._read[name] = self._sheet_from(file.path) if file else None
        return self._read[name]

    def _sheet_from(self, path: Path) -> Stylesheet:
        sheet = Stylesheet(path.resolve(), _read(path))
        # Most sheets are shared by all documents of all cohorts.
        key = "unknown", sheet.path, sheet.css
        faults = self._memory.sheets.get_or_make(key, lambda: _faults_in(sheet))
        if faults:
            raise ContentError(faults)
        return sheet


def _faults_in(sheet: Stylesheet) -> tuple[Diagnostic, ...]:
    return (*_unknown_in(sheet), *_unclosed_in(sheet))


def _unknown_in(sheet: Stylesheet) -> tuple[Diagnostic, ...]:
    """Return a fault for each rule that asks where in its document a part stands."""
    return tuple(
        Diagnostic(
            "page-unknown",
            f"“{match[0].strip()}” is not known while a part is laid out",
            Location(sheet.path, sheet.css.count("\n", 0, match.start()) + 1),
            hint,
        )
        for pattern, hint in _UNKNOWN
        for match in pattern.finditer(sheet.css)
    )


def _unclosed_in(sheet: Stylesheet) -> Iterator[Diagnostic]:
    """Yield a fault for the first `}` that closes nothing or, without one, for a `{` left open."""
    css = _NO_BRACES.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), sheet.css)
    opened: list[int] = []
    for brace in re.finditer("[{}]", css):
        line = css.count("\n", 0, brace.start()) + 1
        if brace[0] == "{":
            opened.append(line)
        elif opened:
            opened.pop()
        else:
            message, hint = "This } closes nothing", "Take it away, or write the { it belongs to."
            yield Diagnostic("css-brace", message, Location(sheet.path, line), hint)
            return
    if opened:
        message, hint = "The { of this rule is never closed", "Write } at the end of the rule."
        yield Diagnostic("css-brace", message, Location(sheet.path, opened[-1]), hint)


def _read(path: Path) -> str:
    try:
        # Some editors begin a file with a byte order mark.
        return read_source(path, TEMPLATE_FILE)
    except UnicodeDecodeError as error:
        message = "This file is not UTF-8 text"
        raise ContentError.single("encoding", message, Location(path)) from error
    except OSError as error:
        reason, cure = why_unread(error)
        message = f"This file cannot be read: {reason}"
        raise ContentError.single("file-unreadable", message, Location(path), cure) from error
