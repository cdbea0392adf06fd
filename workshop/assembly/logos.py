"""Draw a client's logo into the boxes left open for it on the pages of parts."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from pikepdf import Dictionary, Object, Pdf

from workshop.composing.language.slots import LOGO_ON_LABEL
from workshop.composing.pages.assets import file_name_in
from workshop.composing.pages.render_job import JobFile, RenderJob, Stylesheet
from workshop.diagnostics import Diagnostic, Location, Severity
from workshop.keeping.memory import Memory
from workshop.typesetting.findings.lost_words import LOST_TEXT
from workshop.typesetting.laid_out import Finding, SlotBox
from workshop.typesetting.typeset import typeset

_CSS = """
@page {{ size: {width}pt {height}pt; margin: 0 }}
html, body, p {{ margin: 0; line-height: 0; text-align: {side} }}
img {{ box-sizing: border-box; height: {height}pt; max-width: {width}pt }}
img {{ object-fit: contain; object-position: {side} }}
.label img {{ padding: 1.5mm 2.5mm; background: #fff; border-radius: 1mm }}
"""
_HTML = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Logo</title></head><body>'
    '<p class="{kind}"><img src="{address}" alt="" aria-hidden="true"></p></body></html>'
)


@dataclass(frozen=True)
class LogoBox:
    """Holds a box for a logo: its slot's name, its size, and the form to draw in."""

    name: str
    box: SlotBox
    form: Object


def draw_logos(
    pdf: Pdf,
    boxes: Iterable[LogoBox],
    logo: Sequence[JobFile],
    fonts_from: RenderJob,
    memory: Memory,
) -> Iterator[Diagnostic]:
    """Draw a logo into all boxes, as large as each allows; yield what is wrong with it.

    It comes with the files that it asks for behind it. Type in it is set in the fonts of
    `fonts_from`. Without a logo the boxes stay empty.
    """
    if not logo:
        return
    drawn: dict[tuple[str, SlotBox], Object] = {}
    for place in boxes:
        key = place.name, place.box
        if key not in drawn:
            layout = typeset(_job(place, logo, fonts_from), memory)
            yield from layout.diagnostics
            yield from (_as_diagnostic(finding, logo[0]) for finding in layout.findings)
            with Pdf.open(io.BytesIO(layout.pdf)) as page:
                drawn[key] = pdf.copy_foreign(page.pages[0].as_form_xobject())
        place.form.write(b"/Drawn Do")
        place.form.Resources = Dictionary(XObject=Dictionary(Drawn=drawn[key]))


def _job(place: LogoBox, logo: Sequence[JobFile], fonts_from: RenderJob) -> RenderJob:
    box = place.box
    css = _CSS.format(width=box.width, height=box.height, side=box.side)
    kind = "label" if place.name == LOGO_ON_LABEL else ""
    html = _HTML.format(kind=kind, address=escape(Path(logo[0].address).as_uri()))
    sheets = (Stylesheet(Path("/logo.css"), css),)
    fonts, seconds = fonts_from.fonts, fonts_from.seconds
    return RenderJob(html, sheets, tuple(logo), fonts_from.families, fonts, seconds=seconds)


def _as_diagnostic(finding: Finding, logo: JobFile) -> Diagnostic:
    severity = Severity.ERROR if finding.code == LOST_TEXT else Severity.WARNING
    place = Location(Path(file_name_in(finding.source) or logo.address))
    return Diagnostic(finding.code, finding.message, place, finding.hint or None, severity)
