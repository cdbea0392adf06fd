"""Name the files of the user's own that may be why a part cannot be laid out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from workshop.composing.composition import Part
from workshop.composing.pages.assets import file_name_in
from workshop.diagnostics import ContentError, Location, display_path
from workshop.tailoring.documents import Document
from workshop.tailoring.tailored import Tailored
from workshop.typesetting.ending.failures import LayoutFailed
from workshop.workspace.overlay import library_root, lies_in

_MOST = 4
_DEBUG = "With `--debug`, what the layout engine says is shown too."


def with_place(
    error: LayoutFailed, part: Part, document: Document, tailored: Tailored
) -> ContentError:
    """Return the failure of a part's layout with the files that it may come from.

    Where no file but the program's own goes into the part, the failure is a bug: it is raised.
    """
    library = library_root()
    files = [
        path
        for path in dict.fromkeys(_files_of(part, document, tailored))
        if not any(lies_in(library / name, path) for name in ("templates", "modules", "assets"))
    ]
    if not files:
        raise AssertionError("the program's own pages must be laid out") from error
    names = ", ".join(map(display_path, files[:_MOST]))
    more = " and others" if files[_MOST:] else ""
    hint = f"It is made with {names}{more}: take back the last change there. {_DEBUG}"
    return ContentError(
        replace(fault, location=fault.location or Location(files[0]), hint=hint)
        for fault in error.diagnostics
    )


def _files_of(part: Part, document: Document, tailored: Tailored) -> Iterator[Path]:
    """Yield the files that go into a part, first those in which layouts mostly go wrong."""
    yield from (sheet.path for sheet in reversed(part.job.stylesheets) if sheet.css.strip())
    overlay = tailored.overlay
    for folder in (document.folder, "_shared"):
        for name in overlay.names("templates", f"{folder}/**/*.j2"):
            template = overlay.find("templates", name)
            if template:
                yield template.path
    for module in tailored.modules.values():
        if f"module-{module.name}" in part.job.html or module.front.title in part.job.html:
            yield module.source.path
    for case in (*tailored.cases.values(), *tailored.own_pages.values()):
        yield case.path
    for file in part.job.files:
        yield Path(file_name_in(Path(file.address).as_uri()) or file.address)
