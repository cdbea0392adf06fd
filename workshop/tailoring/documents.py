"""`templates/<document>/document.yaml` into what a document is: for whom, one per what, on what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from pydantic import Field

from workshop.content.yaml.files import FileModel, read_yaml, validate
from workshop.diagnostics import Location, Report
from workshop.tailoring.client import ClientFile, Edition
from workshop.workspace.overlay import Overlay

STANDARD = "standard"
# How the title of a PDF names an edition.
EDITIONS: Mapping[str, str] = {"large-print": "large print", "fillable": "to fill in on screen"}

# What a document's file name may leave to be filled in for each recipient.
_BLANKS: Mapping[str, tuple[str, ...]] = {
    "cohort": (),
    "participant": ("{number}", "{name}"),
    "manager": ("{name}",),
}


class DocumentFile(FileModel):
    """What a `document.yaml` may say.

    `file` is the path of each PDF below the cohort's folder, with `{number}` and `{name}` of the
    recipient. `option` names what a client must have taken for the document to be made. `page` is
    the cohort's paper upright, on its side, or twice as large; or a screen's 320 by 180 mm.
    `editions` are those there are besides the usual one. `each` says how many are printed of what
    is one per cohort: one for everybody, one for the room, or none.
    """

    title: str
    audience: Literal["participant", "room", "manager", "facilitator", "sponsor"]
    per: Literal["cohort", "participant", "manager"]
    file: str = Field(pattern=r"^[\w{}./-]+\.pdf$")
    each: Literal["person", "room", "none"] = "room"
    page: Literal["portrait", "landscape", "double", "slide"] = "portrait"
    sides: Literal["duplex", "simplex"] = "duplex"
    cover: bool = False
    editions: list[Edition] = []
    option: Literal["follow-up", "coaching", "manager-briefings"] | None = None


@dataclass(frozen=True)
class Document:
    """A kind of paper in one of its editions; `place` is where its file name is set."""

    folder: str
    file: DocumentFile
    place: Location
    edition: Literal["standard", "large-print", "fillable"] = "standard"

    @property
    def name(self) -> str:
        """What it is called on the command line: its folder's name, and the edition's."""
        return self.folder if self.edition == STANDARD else f"{self.folder}-{self.edition}"

    @property
    def title(self) -> str:
        """What its PDFs are called."""
        words = EDITIONS.get(self.edition)
        return f"{self.file.title}, {words}" if words else self.file.title

    def editions(self) -> Iterator[Document]:
        """Yield its other editions, whose files lie beside its own."""
        for edition in self.file.editions:
            first, slash, rest = self.file.file.partition("/")
            path = f"{first if slash else first.removesuffix('.pdf')}-{edition}{slash}{rest}"
            file = self.file.model_copy(update={"file": path if slash else f"{path}.pdf"})
            yield replace(self, file=file, edition=edition)


def read_documents(overlay: Overlay, report: Report) -> dict[str, Document]:
    """Read every document any layer has, by name."""
    documents: dict[str, Document] = {}
    for path in overlay.names("templates", "*/document.yaml"):
        found = overlay.find("templates", path)
        source = read_yaml(found.path, report) if found else None
        file = validate(source, DocumentFile, report) if source else None
        if file and source:
            name = path.split("/")[0]
            documents[name] = Document(name, file, source.location("file"))
            _check_file_name(documents[name], report)
    return documents


def _check_file_name(document: Document, report: Report) -> None:
    file, place = document.file, document.place
    used = set(re.findall(r"\{.*?\}|[{}]", file.file))
    known = _BLANKS[file.per]
    for blank in sorted(used - set(known)):
        report.error(
            "file-name",
            f"Nothing fills in {blank} in the file name of a document that is one per {file.per}",
            place,
            f"It can have {' and '.join(known)}." if known else "Take it out.",
        )
    if file.per != "cohort" and "{name}" not in used:
        report.error(
            "file-name",
            f"One PDF per {file.per} needs {{name}} in its file name",
            place,
            "Without it, each would be written over the one before.",
        )
    if ".." in file.file or file.file.startswith("/"):
        report.error("file-name", "A document’s file must lie inside the kit’s folder", place)


def choose(
    documents: Mapping[str, Document], client: ClientFile, report: Report
) -> tuple[Document, ...]:
    """Return the documents a client gets or can ask for, in all editions, by their names."""
    wanted, taken = client.documents, client.options.taken
    chosen = tuple(
        document
        for name, document in sorted(documents.items())
        if (not wanted.only or name in wanted.only)
        and name not in wanted.exclude
        and (document.file.option is None or document.file.option in taken)
    )
    files: dict[str, str] = {}
    for document in chosen:
        first = files.setdefault(document.file.file, document.name)
        if first != document.name:
            report.error(
                "file-name",
                f"“{first}” and “{document.name}” would both be written to {document.file.file}",
                document.place,
                "Give one of them another file name, or have the client exclude one.",
            )
    editions = (edition for one in chosen for edition in one.editions())
    return tuple(sorted((*chosen, *editions), key=lambda one: one.name))
