"""Name all that templates may use besides Jinja's own filters and functions, as typed values.

The fields hold texts, numbers, dates, frozen records of these, and the functions a template calls.
`measures`, the numbers that pages are drawn with, come with the environment.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import partial
from typing import Any

from markupsafe import Markup

from workshop.composing.language.bounds.arguments import as_count, as_word
from workshop.composing.language.mistakes import Mistake
from workshop.composing.language.words import ClientWords, CohortWords, ProgrammeWords, Words
from workshop.composing.views.late_writer import RecoveryView
from workshop.composing.views.records import (
    EntryView,
    ModuleView,
    NeedView,
    OnScreenView,
    PaperView,
)
from workshop.content.audiences import Audience
from workshop.planning.day import Day
from workshop.planning.groupings import groupings
from workshop.tailoring.direction import direction_of
from workshop.tailoring.documents import DocumentFile
from workshop.tailoring.look.brand import Palette
from workshop.tailoring.look.looks import PaperLook
from workshop.tailoring.look.typefaces import Typefaces
from workshop.tailoring.tailored import Tailored

_KINDS = "It is individual, pairs, trios, coaching or groups."


@dataclass(frozen=True)
class TypefaceWords:
    """Names the families that a client's documents are set in; `fallback` are for other scripts."""

    text: str
    headings: str
    fallback: tuple[str, ...]


@dataclass(frozen=True)
class LookWords:
    """Says of a look its name, its tokens as declarations of CSS, and the template of its cover."""

    name: str
    tokens: str
    cover: str


@dataclass(frozen=True)
class DocumentWords:
    """Says of a document what its `document.yaml` says."""

    title: str
    audience: str
    per: str
    each: str
    page: str
    sides: str
    cover: bool


@dataclass(frozen=True)
class _NamesForJinja:
    """Gives its fields to Jinja."""

    def as_names(self) -> dict[str, Any]:
        """Return the fields by their names, as Jinja takes them."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


@dataclass(frozen=True)
class MacroNames(_NamesForJinja):
    """Holds what macros find, too, whatever they are imported with."""

    page_ref: Callable[..., Markup]
    page_number: Callable[..., Markup]
    logo_box: Callable[..., Markup]
    page_count: Callable[..., Markup]
    sheet_count: Callable[..., Markup]
    edition: str


@dataclass(frozen=True)
class SharedNames(_NamesForJinja):
    """Holds what the templates of all documents for one audience may use."""

    client: ClientWords
    cohort: CohortWords
    programme: ProgrammeWords
    palette: Palette
    look: LookWords
    typefaces: TypefaceWords
    paper: str
    language: str
    direction: str
    term: Callable[..., str]
    trainers: Callable[..., str]
    ref: Callable[..., Markup]
    has: Callable[[object], bool]
    doc: Callable[..., Markup]
    cards: Callable[..., Markup]
    asset: Callable[[object], str]
    groupings: Callable[[object, object], tuple[int, ...]]


@dataclass(frozen=True)
class DocumentNames(_NamesForJinja):
    """Holds what the templates of one document may use in addition, whoever its recipient is."""

    document: DocumentWords
    documents: tuple[str, ...]
    modules: tuple[ModuleView, ...]
    agenda: tuple[EntryView, ...]
    agenda_to_finish: tuple[EntryView, ...]
    finish: int
    kit: tuple[NeedView, ...]
    papers: tuple[PaperView, ...]
    on_screen: tuple[OnScreenView, ...]
    late: Callable[[str], tuple[RecoveryView, ...]]
    reserve: Callable[[str], int]
    draw: Callable[..., Markup]


@dataclass(frozen=True)
class RunNames(_NamesForJinja):
    """Holds what one run of a template may use in addition: `part`, and whom the copy is for.

    Of the others there is none: they are None. `participants` has no name at all then, so that who
    asks for them in vain is told.
    """

    part: Callable[..., str]
    participant: Any = None
    manager: Any = None
    trainer: Any = None
    participants: Any = None

    def as_names(self) -> dict[str, Any]:
        """Return the fields by their names, as Jinja takes them."""
        names = super().as_names()
        if self.participants is None:
            del names["participants"]
        return names


def typeface_words(typefaces: Typefaces) -> TypefaceWords:
    """Return what templates may say of a client's typefaces."""
    return TypefaceWords(typefaces.text, typefaces.headings, typefaces.fallback)


def look_words(look: PaperLook) -> LookWords:
    """Return what templates may say of a client's look."""
    lead = "heading" if look.leads.face == "headings" else look.leads.face
    tokens = {**look.tokens, "lead-face": f"var(--{lead}-face)"}
    declared = " ".join(f"--{name}: {value};" for name, value in tokens.items())
    return LookWords(look.name, declared, look.cover)


def document_words(file: DocumentFile) -> DocumentWords:
    """Return what templates may say of a document."""
    return DocumentWords(
        file.title, file.audience, file.per, file.each, file.page, file.sides, file.cover
    )


def shared_names(tailored: Tailored, day: Day, words: Words, audience: Audience) -> SharedNames:
    """Return what the templates of all documents for an audience of a client's cohort may use."""
    return SharedNames(
        client=words.client,
        cohort=words.cohort,
        programme=words.programme(audience),
        palette=tailored.palette,
        look=look_words(tailored.look),
        typefaces=typeface_words(tailored.typefaces),
        paper=day.cohort.paper,
        language=day.cohort.language,
        direction=direction_of(day.cohort.language),
        term=words.term,
        trainers=words.trainers,
        ref=words.called_for.ref,
        has=words.called_for.has,
        doc=words.called_for.doc,
        cards=words.called_for.cards,
        asset=words.asset,
        groupings=partial(_groupings, day.cohort.group_size),
    )


def _groupings(largest: int, headcount: object, kind: object) -> tuple[int, ...]:
    """Return the sizes of the groups that some people form for a kind of exercise."""
    wanted = as_word(kind, "groupings")
    try:
        return groupings(as_count(headcount, "groupings"), wanted, largest)
    except ValueError as error:
        raise Mistake("template", f"There is no grouping “{wanted}”", _KINDS) from error
