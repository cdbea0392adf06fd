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
from workshop.composing.pages.render_job import JobFile, RenderJob, Side, Stylesheet
from workshop.diagnostics import Diagnostic, Location, Report
from workshop.tailoring.look.typefaces import choose_typefaces
from workshop.typesetting.laid_out import LaidOut
from workshop.typesetting.typeset import typeset

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
def laid_out(one: RenderJob) -> LaidOut:
    """Lay a part out, if it was not yet."""
    made = typeset(one)
    assert made.diagnostics == ()
    return made


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
        titled = [Copy(f"A book – {texts.get('name', '')}", texts) for texts in copies]
        stamped = stamp(self.linked, titled, self.jobs[0])
        return [Whole(self.linked.pdf + one.update, one.diagnostics) for one in stamped]

    def copy(self, **texts: str) -> Reading:
        """Return one copy, of which there is nothing to complain."""
        [one] = self.stamped(texts)
        assert one.diagnostics == ()
        return Reading(one.pdf)

    @property
    def composition(self) -> Composition:
        """The same as composing would hand it on."""
        parts = (Part(f"part-{number}", one, None, ()) for number, one in enumerate(self.jobs))
        return Composition(tuple(parts), self.linked.front)


def bind(*parts: str | RenderJob, css: str = "", front: DocumentInfo = FRONT) -> Book:
    """Link parts, of which there is nothing to complain."""
    made = bind_with({}, *parts, css=css, front=front)
    assert made.linked.diagnostics == ()
    return made


def bind_with(
    others: Mapping[str, Mapping[str, str]],
    *parts: str | RenderJob,
    css: str = "",
    front: DocumentInfo = FRONT,
) -> Book:
    """Link parts that refer to `others`, the page numbers of other documents by their names."""
    jobs = tuple(job(one, css) if isinstance(one, str) else one for one in parts)
    made = tuple(laid_out(one) for one in jobs)
    return Book(jobs, link(LinkJob(made, front, jobs[0], others)))


def front(**changes: object) -> DocumentInfo:
    """Return the front matter of a small book, with these changes."""
    return replace(FRONT, **changes)  # type: ignore[arg-type]
