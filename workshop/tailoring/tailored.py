"""Hold all that was read for one client, as the later stages take it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from workshop.content.case import Case
from workshop.content.module import Module
from workshop.content.programme import Programme
from workshop.diagnostics import Diagnostic
from workshop.keeping.file_state import FileStates
from workshop.tailoring.client_file.accepted import Acceptance
from workshop.tailoring.client_file.client import ClientFile
from workshop.tailoring.cohort import Cohort
from workshop.tailoring.documents import Document, NotTaken
from workshop.tailoring.look.brand import Palette
from workshop.tailoring.look.looks import PaperLook
from workshop.tailoring.look.typefaces import Typefaces
from workshop.workspace.overlay import Overlay


@dataclass(frozen=True)
class Tailored:
    """Holds one client's programme: its content, its look, its documents and its cohorts.

    `other_clients` has the names of the workspace's other clients by their folders. `left_out` has
    the modules that no cohort's day has; texts may refer to their exercises. `every_document` has
    all documents there are, made for this client or not; `not_taken` says why some are not.
    `inputs` has the state of all input files before the first was read, or None if one was
    unreadable. `rosters` has the state of all rosters, which may lie outside the client's folder.
    `layout_seconds` is how long the layout of a part may take, if the workspace says.
    `every_cohort` has the names of all cohorts, where only some are asked for and in `cohorts`.
    `accepted` are the warnings that the client accepts; among `warnings` these have a severity of
    their own.
    """

    slug: str
    workspace: Path
    other_clients: Mapping[str, str]
    client: ClientFile
    palette: Palette
    look: PaperLook
    typefaces: Typefaces
    terms: Mapping[str, str]
    programme: Programme
    modules: Mapping[str, Module]
    left_out: Mapping[str, Module]
    cases: Mapping[str, Case]
    own_pages: Mapping[str, Case]
    documents: tuple[Document, ...]
    not_taken: Mapping[str, NotTaken]
    every_document: Mapping[str, Document]
    cohorts: tuple[Cohort, ...]
    overlay: Overlay
    warnings: tuple[Diagnostic, ...]
    inputs: FileStates | None
    rosters: FileStates
    layout_seconds: int | None = None
    every_cohort: tuple[str, ...] = ()
    accepted: tuple[Acceptance, ...] = ()

    @property
    def replaced_terms(self) -> Mapping[str, str]:
        """The programme's terms for which the client has a word of its own, with that word."""
        usual = self.programme.file.terms
        return {term: word for term, word in self.client.terms.items() if usual.get(term) != word}
