"""`templates/<document>/document.yaml` into what a document is: for whom, one per what, on what."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from workshop.content.yaml_source import FileModel, read_yaml, validate
from workshop.diagnostics import Location, Report, nearest
from workshop.tailoring.overlay import Overlay


class DocumentFile(FileModel):
    """What a `document.yaml` may say.

    `file` is the path of each PDF below the cohort's folder, with `{number}` and `{name}` of the
    recipient. `option` names what a client must have taken for the document to be made.
    """

    title: str
    audience: Literal["participant", "manager", "facilitator", "sponsor"]
    per: Literal["cohort", "participant", "manager"]
    file: str = Field(pattern=r"^[\w{}./-]+\.pdf$")
    sides: Literal["duplex", "simplex"] = "duplex"
    cover: bool = False
    option: Literal["follow-up", "coaching", "manager-briefings"] | None = None


@dataclass(frozen=True)
class Document:
    """A kind of paper. `name` is its folder's name."""

    name: str
    file: DocumentFile


def read_documents(overlay: Overlay, report: Report) -> dict[str, Document]:
    """Read every document any layer has, by name."""
    documents: dict[str, Document] = {}
    for path in overlay.names("templates", "*/document.yaml"):
        found = overlay.find("templates", path)
        source = read_yaml(found.path, report) if found else None
        file = validate(source, DocumentFile, report) if source else None
        if file and source:
            _check_file_name(file, source.location("file"), report)
            name = path.split("/")[0]
            documents[name] = Document(name, file)
    return documents


def _check_file_name(file: DocumentFile, place: Location, report: Report) -> None:
    if file.per != "cohort" and "{name}" not in file.file:
        report.error("file-name", f"One PDF per {file.per} needs {{name}} in its file name", place)
    if ".." in file.file or file.file.startswith("/"):
        report.error("file-name", "A document's file must lie inside the kit's folder", place)


def choose(
    documents: dict[str, Document],
    only: Collection[str],
    exclude: Collection[str],
    options: Collection[str],
) -> tuple[Document, ...]:
    """Return the documents a client gets, in alphabetical order of their names."""
    return tuple(
        document
        for name, document in sorted(documents.items())
        if (not only or name in only)
        and name not in exclude
        and (document.file.option is None or document.file.option in options)
    )


def unknown_document(name: str, documents: Collection[str]) -> tuple[str, str | None]:
    """Return the sentence and hint for a document that is not there."""
    return f"There is no document “{name}”", nearest(name, documents)
