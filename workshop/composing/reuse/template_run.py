"""Hold what running a document's template gave, and tell for whom else it would give the same.

A run that saw nothing of people but whether a value is there, how many there are or in which order
can be kept for the next time: as data that names nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal, TypedDict

from workshop.composing.composition import Composition, DocumentInfo, Part
from workshop.composing.language.recipient_seen import Use, What
from workshop.composing.language.slots import SlotSource, texts_for
from workshop.composing.pages.make_jobs import JobMaker
from workshop.composing.pages.render_job import Side, Start, Stylesheet
from workshop.composing.views import as_json
from workshop.composing.views.records import ManagerView, PersonView, RosterView
from workshop.keeping.shape import has_shape

Recipient = PersonView | ManagerView | RosterView | None

_KINDS = {kind.__name__: kind for kind in (PersonView, ManagerView, RosterView, type(None))}


@dataclass(frozen=True, eq=False)
class TemplateRun:
    """Holds a document as its template made it, and all that the template saw of its recipient.

    `sources` say where the text of each slot comes from.
    """

    kind: type
    uses: tuple[Use, ...]
    sources: Mapping[str, SlotSource]
    composition: Composition

    def serves(self, recipient: Recipient) -> bool:
        """Tell whether the template would have made the same for somebody else."""
        return isinstance(recipient, self.kind) and all(
            use.outcome_for(recipient) == use.outcome for use in self.uses
        )

    def texts_for(self, recipient: Recipient) -> tuple[str, ...]:
        """Return the texts of all slots in somebody's copy."""
        return tuple(texts_for(self.sources, recipient).values())

    @property
    def names_nobody(self) -> bool:
        """Tell whether nothing in it is a text of the person it was made for."""
        return all(use.what != "value" for use in self.uses)


def to_data(run: TemplateRun) -> dict[str, object]:
    """Return a run that names nobody as JSON has it."""
    composition = run.composition
    return {
        "kind": run.kind.__name__,
        "uses": [(use.path, use.what, as_json.to_data(use.outcome)) for use in run.uses],
        "slots": [(name, source.path, source.text) for name, source in run.sources.items()],
        "info": asdict(composition.info),
        # All parts have the same.
        "sheets": [(str(sheet.path), sheet.css) for sheet in composition.parts[0].job.stylesheets],
        "parts": [_part_data(part) for part in composition.parts],
    }


def from_data(data: Mapping[str, Any], jobs: JobMaker) -> TemplateRun:
    """Return the run that `to_data` was given; the files its pages ask for are read now.

    Raises `ValueError` where it was given none.
    """
    if not (has_shape(data, _RunData) and data["parts"]):
        raise ValueError("it is no run of a template")
    uses = tuple(
        Use(tuple(path), what, as_json.from_data(outcome)) for path, what, outcome in data["uses"]
    )
    sources = {
        name: SlotSource(None if path is None else tuple(path), text)
        for name, path, text in data["slots"]
    }
    sheets = tuple(Stylesheet(Path(path), css) for path, css in data["sheets"])
    parts = tuple(_part(part, sheets, jobs) for part in data["parts"])
    composition = Composition(parts, DocumentInfo(**data["info"]), counted(uses), tuple(sources))
    return TemplateRun(_KINDS[data["kind"]], uses, sources, composition)


class _PartData(TypedDict):
    """Describes a part as JSON has it."""

    name: str
    html: str
    sides: tuple[Side | None, Side, Start | None]
    slots: list[tuple[str, str]]
    copies: int


class _InfoData(TypedDict):
    """Describes what a document is called, as JSON has it."""

    title: str
    author: str
    language: str
    sides: str
    has_cover: bool
    created: str


class _RunData(TypedDict):
    """Describes a run as JSON has it."""

    kind: Literal["PersonView", "ManagerView", "RosterView", "NoneType"]
    uses: list[tuple[list[str | int], What, Any]]
    slots: list[tuple[str, list[str | int] | None, str]]
    info: _InfoData
    sheets: list[tuple[str, str]]
    parts: list[_PartData]


def counted(uses: Iterable[Use]) -> tuple[tuple[str, object], ...]:
    """Return the values of which a template saw only presence, number or order, and what it saw."""
    return tuple((use.words, use.outcome) for use in uses if use.what != "value")


def _part_data(part: Part) -> dict[str, object]:
    job = part.job
    return {
        "name": part.name,
        "html": job.html,
        "sides": (part.start, job.start, job.then),
        "slots": part.slots,
        "copies": part.copies,
    }


def _part(data: Mapping[str, Any], sheets: tuple[Stylesheet, ...], jobs: JobMaker) -> Part:
    start, first_side, then = data["sides"]
    slots = tuple((own, name) for own, name in data["slots"])
    job = jobs.job_for(data["html"], sheets, first_side, then)
    return Part(data["name"], job, start, (), slots, data["copies"])
