"""Small parts, linked and stamped in a moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from tests.assembly.reading import Reading
from workshop.assembly.link import link
from workshop.assembly.stamp import stamp
from workshop.assembly.values import Copy, Linked, LinkJob
from workshop.composing.composition import Composition, DocumentInfo, Part
from workshop.composing.language.slots import SlotBook
from workshop.composing.pages.late_colours import STAND_INS
from workshop.composing.pages.render_job import JobFile, RenderJob, Side, Stylesheet
from workshop.diagnostics import Diagnostic, Location, Report
from workshop.keeping.memory import Memory
from workshop.tailoring.look.typefaces import choose_typefaces
from workshop.typesetting.laid_out import LaidOut
from workshop.typesetting.typeset import typeset

# All small parts share one memory, as those of a build do.
_MEMORY = Memory()
FRONT = DocumentInfo("A book", "Test Client", "en-GB", "duplex", has_cover=False)
_NOWHERE = (None, Location(Path("client.yaml")))
_FACES = choose_typefaces(_NOWHERE, _NOWHERE, (), Report())
_FAMILIES = '", "'.join([_FACES.text, *_FACES.fallback])
_CSS = f"""
@page {{ size: 90mm 60mm; margin: 5mm }}
html {{ font: 12pt/1.4 "{_FAMILIES}" }}
body, p, h1, h2, h3 {{ margin: 0; font-size: 12pt }}
.slot {{ display: inline-block; width: 60mm; height: 1lh; vertical-align: top }}
.slot {{ white-space: nowrap }}
"""


def slot(name: str, smallest: float = 0.7) -> str:
    """Return the box for a person's text, as a template writes it."""
    return str(SlotBook().slot("", name, smallest))


def job(
    body: str,
    css: str = "",
    fonts: tuple[JobFile, ...] = (),
    start: Side = "right",
    lang: str = "en",
) -> RenderJob:
    """Return the job for a small part."""
    html = (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>A part</title>'
        f'</head><body><section class="part part-small">{body}</section></body></html>'
    )
    sheets = (Stylesheet(Path("/base.css"), _CSS), Stylesheet(Path("/own.css"), css))
    return RenderJob(html, sheets, (), _FACES.shipped, fonts, start)


@cache
def laid_out(part: RenderJob) -> LaidOut:
    """Lay a part out, if it was not yet."""
    layout = typeset(part, _MEMORY)
    assert layout.diagnostics == ()
    return layout


@dataclass(frozen=True)
class Whole:
    """A copy's file, and what was found wrong with its texts."""

    pdf: bytes
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True)
class Book:
    """Parts with the document they are linked into."""

    jobs: tuple[RenderJob, ...]
    linked: Linked

    @property
    def shared(self) -> Reading:
        """What all copies share, before anything is stamped in."""
        return Reading(self.linked.pdf)

    def stamped(self, *copies: Mapping[str, str]) -> list[Whole]:
        """Return the copies whose slots have these texts; their titles are the names in them."""
        titled = [Copy(f"A book – {texts.get('name', '')}", STAND_INS, texts) for texts in copies]
        stamped = stamp(self.linked, titled, self.jobs[0], _MEMORY)
        return [Whole(self.linked.pdf + copy.update, copy.diagnostics) for copy in stamped]

    def copy(self, **texts: str) -> Reading:
        """Return one copy, of which there is nothing to complain."""
        [whole] = self.stamped(texts)
        assert whole.diagnostics == ()
        return Reading(whole.pdf)

    @property
    def composition(self) -> Composition:
        """The same as composing would hand it on."""
        parts = (Part(f"part-{number}", part, None, ()) for number, part in enumerate(self.jobs))
        return Composition(tuple(parts), self.linked.front)


def bind(*parts: str | RenderJob, css: str = "", front: DocumentInfo = FRONT) -> Book:
    """Link parts, of which there is nothing to complain."""
    book = bind_with({}, *parts, css=css, front=front)
    assert book.linked.diagnostics == ()
    return book


def bind_with(
    other_numbers: Mapping[str, Mapping[str, str]],
    *parts: str | RenderJob,
    css: str = "",
    front: DocumentInfo = FRONT,
) -> Book:
    """Link parts that refer to other documents, whose page numbers come by their names."""
    jobs = tuple(job(part, css) if isinstance(part, str) else part for part in parts)
    parts_laid_out = tuple(laid_out(part) for part in jobs)
    return Book(jobs, link(LinkJob(parts_laid_out, front, jobs[0], other_numbers), _MEMORY))


def front(**changes: object) -> DocumentInfo:
    """Return the front matter of a small book, with these changes."""
    return replace(FRONT, **changes)  # type: ignore[arg-type]
