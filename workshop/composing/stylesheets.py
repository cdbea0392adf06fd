"""The style sheets of a document, in the order in which the later ones win."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment

from workshop.composing.render_job import Stylesheet
from workshop.diagnostics import ContentError, Location
from workshop.tailoring.documents import Document
from workshop.tailoring.overlay import Overlay

_LOOK = "_shared/look.css.j2"


def stylesheets(
    environment: Environment, overlay: Overlay, document: Document, names: Mapping[str, Any]
) -> Iterator[Stylesheet]:
    """Yield what the brand decides, the shared sheets by name, the document's own, the client's.

    Raises `ContentError` for a file that is not text.
    """
    look = environment.get_template(_LOOK)
    yield Stylesheet(Path(look.filename or _LOOK).resolve(), look.render(names))
    shared = overlay.names("templates", "_shared/*.css")
    for name in (*shared, f"{document.name}/document.css", "client.css"):
        found = overlay.find("templates", name)
        if found:
            yield Stylesheet(found.path.resolve(), _read(found.path))


def _read(path: Path) -> str:
    try:
        # Some editors begin a file with a byte order mark.
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        message = "This file is not UTF-8 text"
        raise ContentError.of("encoding", message, Location(path)) from error
