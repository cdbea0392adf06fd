"""Hold a composed document: its parts, and what each copy says that others do not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from workshop.composing.language.slots import (
    documents_counted,
    documents_referred_to,
    has_logo_box,
)
from workshop.composing.pages.render_job import JobFile, RenderJob, Side

if TYPE_CHECKING:
    # What lays out and links is handed compositions' parts, and loads no more than they need.
    from workshop.planning.job import Job
    from workshop.tailoring.look.brand import Palette


@dataclass(frozen=True)
class DocumentInfo:
    """Says what a document is called, by whom it is and in which language.

    `created` is a date and time in ISO 8601, or nothing. `sides` is what a print dialogue should
    offer; `has_cover` says that the first page is labelled by that name.
    """

    title: str
    author: str
    language: str
    sides: str
    has_cover: bool
    created: str = ""

    def title_for(self, name: str) -> str:
        """Return the title of a person's copy: “Workbook – Anna Berg – Client”."""
        document = self.title.removesuffix(f" – {self.author}")
        return f"{document} – {name} – {self.author}" if name else self.title


@dataclass(frozen=True)
class Part:
    """Holds a part of a document.

    `start` is the side it has to begin on, None where either will do. `shown` names the recipient's
    values that it prints outside of slots, or that decided what it prints. `slots` are its own
    names of slots with the document's, where they differ. `copies` is how many the group needs of
    it where it is printed apart from the rest, 0 if it is in each copy.
    """

    name: str
    job: RenderJob
    start: Side | None
    shown: tuple[str, ...]
    slots: tuple[tuple[str, str], ...] = ()
    copies: int = 0


@dataclass(frozen=True, eq=False)
class Composition:
    """Holds a document's parts in their order, for everybody whose copy differs in slots alone.

    `counted` are the values of which the template asked whether they are there, how many or in
    which order, each with the answer; `slots` are the names of all slots that a copy has texts for.
    """

    parts: tuple[Part, ...]
    info: DocumentInfo
    counted: tuple[tuple[str, object], ...] = ()
    slots: tuple[str, ...] = ()

    @cached_property
    def refers_to(self) -> frozenset[str]:
        """The names of other documents whose page numbers it prints."""
        return frozenset(
            name for part in self.parts for name in documents_referred_to(part.job.html)
        )

    @cached_property
    def has_logo_box(self) -> bool:
        """Tell whether it has a box for the client's logo."""
        return any(has_logo_box(part.job.html) for part in self.parts)

    @cached_property
    def counts(self) -> frozenset[str]:
        """The names of other documents of whose copies it counts the pages."""
        return frozenset(name for part in self.parts for name in documents_counted(part.job.html))


@dataclass(frozen=True, slots=True)
class ClientLook:
    """Holds what a client's parts leave open for the end: its colours, and its logo.

    Behind the logo's file are those that it asks for.
    """

    palette: Palette
    logo: tuple[JobFile, ...] = ()


@dataclass(frozen=True, slots=True)
class ComposedCopy:
    """Holds a job's document: the composition it shares with others, its look and its texts."""

    job: Job
    composition: Composition
    look: ClientLook
    slot_texts: tuple[str, ...]

    @property
    def texts(self) -> Mapping[str, str]:
        """The text of each slot by its name."""
        return dict(zip(self.composition.slots, self.slot_texts, strict=True))

    @property
    def title(self) -> str:
        """What the PDF is called, with the name of whom it is for."""
        return self.composition.info.title_for(self.job.name)
