"""Read `templates/<document>/document.yaml`: a document's readers, copies, file name and paper."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from pydantic import Field

from workshop.content.audiences import Audience
from workshop.content.programme import nearest_term
from workshop.content.yaml.files import FileModel, YamlSource, read_yaml, validate
from workshop.diagnostics import Location, Report
from workshop.in_a_row import in_a_row
from workshop.keeping.memory import Memory
from workshop.tailoring.client_file.client import ClientFile
from workshop.tailoring.client_file.look_and_papers import Edition
from workshop.tailoring.people.roster import Participant, Roster
from workshop.workspace.overlay import Overlay

STANDARD = "standard"
# The words for each edition in the titles of its PDFs.
EDITIONS: Mapping[str, str] = {"large-print": "large print", "fillable": "to fill in on screen"}
ON_SCREEN = "fillable"

_DOCUMENT_FILES = "*/document.yaml"
_NAME = re.compile(r"\w[\w.-]*")
# In bytes of UTF-8; file systems allow a name 255.
_LONGEST_NAME = 120
BLANK = "blank"
_TERM = re.compile(r"\{([^{}]+)\}")

# The blanks in a document's file name that are filled in for each recipient, by `per`.
_BLANKS: Mapping[str, tuple[str, ...]] = {
    "cohort": (),
    "participant": ("{number}", "{name}"),
    "manager": ("{name}",),
}


class DocumentFile(FileModel):
    """Describes what a `document.yaml` may say.

    `file` is the path of each PDF below the cohort's folder, with `{number}` and `{name}` of the
    recipient. In `title` and `file`, a term of the programme in braces is the client's word for it.
    `option` names the option without which a client does not get the document. `page` is the
    cohort's paper upright, on its side, or twice as large; or a screen's 320 by 180 mm.
    `editions` are the editions besides the standard one. `each` says how many copies are printed of
    a document that is one per cohort: one for each person, one for the room, one for each trainer
    (of several, each has a file of their own), or none. `needs` says what a day must have for the
    document to be made.
    """

    title: str
    audience: Audience
    per: Literal["cohort", "participant", "manager"]
    file: str = Field(pattern=r"^(?:[\w{}./-]|\{[^{}]+\})+\.pdf$")
    each: Literal["person", "room", "trainer", "none"] = "room"
    page: Literal["portrait", "landscape", "double", "slide"] = "portrait"
    sides: Literal["duplex", "simplex"] = "duplex"
    cover: bool = False
    editions: list[Edition] = []
    option: Literal["follow-up", "coaching", "manager-briefings"] | None = None
    needs: Literal["exercises"] | None = None


@dataclass(frozen=True)
class Document:
    """Holds a document in one of its editions; `place` is where its file name is set."""

    folder: str
    file: DocumentFile
    place: Location
    edition: Literal["standard", "large-print", "fillable"] = "standard"

    @property
    def name(self) -> str:
        """The name on the command line: the folder's name, and the edition's if not standard."""
        return self.folder if self.edition == STANDARD else f"{self.folder}-{self.edition}"

    @property
    def title(self) -> str:
        """The title of the document's PDFs."""
        words = EDITIONS.get(self.edition)
        return f"{self.file.title}, {words}" if words else self.file.title

    @property
    def is_on_paper(self) -> bool:
        """Tell whether it is to be printed: what is filled in on screen is not."""
        return self.edition != ON_SCREEN

    def editions(self) -> Iterator[Document]:
        """Yield the document's other editions, whose files lie beside its own."""
        for edition in self.file.editions:
            first, slash, rest = self.file.file.partition("/")
            path = f"{first if slash else first.removesuffix('.pdf')}-{edition}{slash}{rest}"
            file = self.file.model_copy(update={"file": path if slash else f"{path}.pdf"})
            yield replace(self, file=file, edition=edition)

    def edition_for(self, person: Participant | None) -> str:
        """Return the edition in which a person gets it: their own, if it comes in that."""
        own = person.edition if person else None
        return own if own and own in self.file.editions else STANDARD

    def is_theirs(self, recipient: object, roster: Roster | None) -> bool:
        """Tell whether a recipient gets it in this very edition, where nobody asks for another.

        Of a document that is one per cohort, there is an edition for all who get it in that.
        """
        if isinstance(recipient, Participant):
            return self.edition == self.edition_for(recipient)
        is_shared = self.file.per == "cohort" and self.people_with(roster) > 0
        return self.edition == STANDARD or is_shared

    def people_with(self, roster: Roster | None) -> int:
        """Count the people who get it in this edition, though it is not the usual one."""
        is_personal = self.file.per == "participant" or self.file.each == "person"
        if self.edition == STANDARD or not is_personal or roster is None:
            return 0
        return sum(self.edition_for(person) == self.edition for person in roster.participants)


def document_names(overlay: Overlay) -> list[str]:
    """Return the names of all documents there are, also of those whose file is faulty."""
    return [path.split("/")[0] for path in overlay.names("templates", _DOCUMENT_FILES)]


def read_documents(
    overlay: Overlay,
    report: Report,
    terms: Mapping[str, str],
    memory: Memory | None = None,
) -> dict[str, Document]:
    """Return the sound documents of all layers by name; `report` gets the faults of the others.

    `terms` are the programme's terms with the words that stand for them.
    """
    documents: dict[str, Document] = {}
    for path in overlay.names("templates", _DOCUMENT_FILES):
        layer_file = overlay.find("templates", path)
        source = read_yaml(layer_file.path, report, memory) if layer_file else None
        file = validate(source, DocumentFile, report) if source else None
        if file and source:
            name, words = path.split("/")[0], terms
            if layer_file and layer_file.layer.name == "library":
                # A programme need not have all the terms of the program's own papers.
                words = {**{term: term for term in _TERM.findall(file.title)}, **terms}
            documents[name] = Document(name, _in_words(file, words), source.location("file"))
            _check_folder_name(name, source.location(), report)
            for unknown in _TERM.findall(documents[name].file.title):
                report.error(
                    "unknown-term",
                    f"The programme has no term “{unknown}”",
                    source.location("title"),
                    nearest_term(unknown, words),
                )
            _check_file_name(documents[name], report)
    return documents


def _in_words(file: DocumentFile, terms: Mapping[str, str]) -> DocumentFile:
    """Return what a document's file says with words for the programme's terms in braces."""

    def filled(text: str, word: Callable[[str], str]) -> str:
        return _TERM.sub(
            lambda match: word(terms[match[1]]) if match[1] in terms else match[0], text
        )

    title = filled(file.title, str)
    words = {"title": title[:1].upper() + title[1:], "file": filled(file.file, file_name)}
    return file.model_copy(update=words)


def _check_folder_name(name: str, place: Location, report: Report) -> None:
    # References between documents and page numbers go by these names, and so do commands.
    if not _NAME.fullmatch(name):
        report.error(
            "document-name",
            f"A document’s folder cannot have the name “{name}”",
            place,
            "Use letters, digits, hyphens and underscores.",
        )


def _check_file_name(document: Document, report: Report) -> None:
    file, place = document.file, document.place
    # A term that the title has too, and the programme has not, is told where the title stands.
    unknown_terms = {f"{{{term}}}" for term in _TERM.findall(file.title)}
    used = set(re.findall(r"\{.*?\}|[{}]", file.file)) - unknown_terms
    valid = _BLANKS[file.per]
    for blank in sorted(used - set(valid)):
        report.error(
            "file-name",
            f"Nothing fills in {blank} in the file name of a document that is one per {file.per}",
            place,
            f"It can have {in_a_row(valid)}." if valid else "Take it out.",
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


def file_name(name: str) -> str:
    """Return a name as part of a file name, in its own script: "Zoë O'Hara" is "zoë-o-hara".

    Letters and digits stay, everything else becomes a hyphen; at most 120 bytes of UTF-8.
    """
    # Marks (category M) stay too: in some scripts they write the vowels.
    hyphenated = "".join(
        char if unicodedata.category(char)[0] in "LNM" else "-"
        for char in unicodedata.normalize("NFC", name).lower()
    )
    words = "-".join(part for part in hyphenated.split("-") if part)
    cut = words.encode()[:_LONGEST_NAME].decode(errors="ignore").rstrip("-")
    return unicodedata.normalize("NFC", cut) or BLANK


@dataclass(frozen=True)
class NotTaken:
    """Says where the client file leaves a document out, and what to do to have it all the same."""

    place: Location
    hint: str


def why_not_taken(
    documents: Mapping[str, Document],
    chosen: Collection[Document],
    client: ClientFile,
    source: YamlSource,
) -> dict[str, NotTaken]:
    """Return for each document that a client does not get why that is so."""
    wanted, taken = client.documents, {document.folder for document in chosen}
    reasons: dict[str, NotTaken] = {}
    for name in sorted(documents.keys() - taken):
        option = documents[name].file.option
        if name in wanted.exclude:
            place = source.location("documents", "exclude", wanted.exclude.index(name))
            hint = "`documents: {exclude: …}` leaves it out: take it out there."
        elif wanted.only and name not in wanted.only:
            place = source.location("documents", "only")
            hint = "`documents: {only: …}` names others alone: add it there."
        else:
            place = source.location("options", str(option))
            hint = f"It is made with an option: `options: {{{option}: true}}`."
        reasons[name] = NotTaken(place, hint)
    return reasons


def choose(
    documents: Mapping[str, Document], client: ClientFile, report: Report
) -> tuple[Document, ...]:
    """Return the documents a client gets or can ask for, in all editions, sorted by name."""
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
    editions = (edition for document in chosen for edition in document.editions())
    return tuple(sorted((*chosen, *editions), key=lambda document: document.name))
