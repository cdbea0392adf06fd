"""The style sheets of a document, in the order in which the later ones win."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment

from workshop.composing.large_print import enlarged
from workshop.composing.render_job import Stylesheet
from workshop.diagnostics import ContentError, Diagnostic, Location
from workshop.tailoring.documents import Document
from workshop.tailoring.overlay import Overlay

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


def stylesheets(
    environment: Environment, overlay: Overlay, document: Document, names: Mapping[str, Any]
) -> Iterator[Stylesheet]:
    """Yield what the brand decides, the shared sheets by name, the document's own, the client's.

    Raises `ContentError` for a file that is not text, or asks for what a part cannot know.
    """
    look = environment.get_template(_LOOK)
    larger = enlarged if document.edition == "large-print" else str
    yield Stylesheet(Path(look.filename or _LOOK).resolve(), larger(look.render(names)))
    shared = overlay.names("templates", "_shared/*.css")
    for name in (*shared, f"{document.folder}/document.css", "client.css"):
        found = overlay.find("templates", name)
        if found:
            sheet = Stylesheet(found.path.resolve(), larger(_read(found.path)))
            if faults := _unknown_in(sheet):
                raise ContentError(faults)
            yield sheet


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
        raise ContentError.of("encoding", message, Location(path)) from error
