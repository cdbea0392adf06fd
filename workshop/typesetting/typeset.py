"""Lay out a render job as a PDF/UA-1 file, with the layout's complaints as diagnostics."""

from __future__ import annotations

import gc
import logging
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import SubElement

from workshop.composing.pages.names_in_line import RIGHT_TO_LEFT
from workshop.composing.pages.render_job import FOLDED, JobFile, RenderJob, Stylesheet
from workshop.diagnostics import ContentError, Diagnostic, EnvironmentFault
from workshop.keeping.memory import Memory
from workshop.typesetting.directions import set_directions
from workshop.typesetting.ending.failures import told_failures
from workshop.typesetting.ending.layout_clock import bounded_layout
from workshop.typesetting.findings.lost_words import lost_text
from workshop.typesetting.findings.page_rules import faults_on_pages
from workshop.typesetting.font_files import named_by
from workshop.typesetting.fontconfig import use_only
from workshop.typesetting.laid_out import Finding, LaidOut, Leaf, Slot
from workshop.typesetting.looking.seen_pictures import families_there, look_at, look_at_inline

if TYPE_CHECKING:
    from workshop.typesetting.complaints import Complaints

VARIANT = "pdf/ua-1"
# WeasyPrint clips a picture and draws it after the text around it. A slot must be neither clipped
# nor drawn late: its text is read where the slot stands. And it fills its box.
_OWN_CSS = (
    'img[src^="slot:"] { overflow: visible !important; object-fit: fill !important; '
    "object-position: 0 0 !important }"
)
_FROM_THE_BACK = "html { break-before: verso !important }"
# The sides of an opening where pages turn from left to right.
_SIDES = {"right": "recto", "left": "verso", "back": "verso"}
_NO_NUMBER = Diagnostic(
    "layout",
    "Something here is drawn at a place or in a size that is no number",
    hint="Look for `nan`, `inf` or a number of hundreds of digits in a drawing or a style sheet.",
)
# Far more than any part has. CSS that WeasyPrint cannot lay out may make it add pages for ever.
_MOST_PAGES = 2000


@contextmanager
def no_garbage_collection() -> Iterator[None]:
    """Switch the garbage collector off while the block runs.

    A layout makes millions of objects that live to its end, and a fifth of its time would go into
    looking for garbage among them. Used as a decorator of a whole function, so that all of them are
    dead at the next collection: they are looked at once, and the next layout gets their memory.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@no_garbage_collection()
def typeset(job: RenderJob, memory: Memory | None = None) -> LaidOut:
    """Lay `job` out; the same job always gives the same bytes.

    The PDF conforms to PDF/UA-1 (ISO 14289-1) but for links that lead out of the part. Style sheets
    and fonts in `memory` are used again. Raises `EnvironmentFault` where native libraries are
    missing, `ContentError` where the CSS cannot be used at all, `LayoutFailed` where the engine
    cannot lay the part out, or not within its time and memory.
    """
    memory = Memory() if memory is None else memory
    use_only(job.families, job.fonts)
    weasyprint = load_weasyprint()
    from workshop.typesetting.inside.glyphs import drop_added_fonts

    try:
        return _typeset(weasyprint, job, memory)
    finally:
        drop_added_fonts(memory)


def _typeset(weasyprint: Any, job: RenderJob, memory: Memory) -> LaidOut:
    from weasyprint.urls import URLFetchingError

    from workshop.typesetting.complaints import Complaints
    from workshop.typesetting.inside import drawing
    from workshop.typesetting.inside import glyphs as font_glyphs
    from workshop.typesetting.inside.blank_glyphs import blank_characters

    complaints = Complaints(job.fonts)
    try:
        with (
            told_failures(job.seconds),
            complaints.listening(),
            _page_limit(),
            bounded_layout(job.html, job.seconds),
        ):
            drawn = _draw(weasyprint, job, complaints, memory)
    except URLFetchingError as error:
        # Most rules that name a file can do without the file; @color-profile stops the layout.
        raise ContentError(complaints.diagnostics) from error
    # Missing glyphs are reported by the rules for pages, which tell the page.
    glyphs = {diagnostic for diagnostic, _, _ in complaints.missing}
    fonts = font_glyphs.font_uses(drawn.document)
    diagnostics = dict.fromkeys((*complaints.diagnostics, *blank_characters(fonts, memory)))
    return LaidOut(
        pdf=drawn.pdf,
        pages=len(drawn.texts),
        anchors=drawing.anchors(drawn.document),
        bookmarks=drawing.bookmarks(drawn.document),
        slots=drawn.slots,
        fonts=named_by(job.families, job.fonts, fonts, memory),
        diagnostics=tuple(diagnostic for diagnostic in diagnostics if diagnostic not in glyphs),
        texts=drawn.texts,
        findings=drawn.findings,
        leaves=drawn.leaves,
        needs_colours=drawn.needs_colours,
    )


@dataclass(frozen=True)
class _DrawnPart:
    """Holds the document that was laid out, its PDF, and what was seen on its pages."""

    document: Any
    pdf: bytes
    slots: tuple[Slot, ...]
    texts: tuple[str, ...]
    findings: tuple[Finding, ...]
    leaves: tuple[Leaf, ...]
    needs_colours: bool


def _draw(weasyprint: Any, job: RenderJob, complaints: Complaints, memory: Memory) -> _DrawnPart:
    from workshop.typesetting.inside import decorations, drawing, looked_up_colours
    from workshop.typesetting.inside.boxes import pages_of
    from workshop.typesetting.inside.drawn_slots import Slots
    from workshop.typesetting.inside.texts.element_texts import differing_texts
    from workshop.typesetting.painted_over import without_hidden_words
    from workshop.typesetting.style_rules import StyleRules

    slots = Slots()
    html, document = _lay_out(weasyprint, job, complaints, slots, memory)
    rules = StyleRules(job.stylesheets, html)
    drawing.draw_at_every_scale(document)
    drawing.leave_links_to_their_elements(document)
    drawing.paint_in_turn(document, slots, complaints)
    drawn_slots: list[Slot] = []
    needs_colours = False

    def finish(_document: Any, pdf: Any) -> None:
        nonlocal needs_colours
        decorations.untag_decorations(pdf)
        if drawing.finish(pdf, job.digest[:12]):
            complaints.diagnostics.append(_NO_NUMBER)
        drawn_slots.extend(slots.finish(pdf))
        needs_colours = looked_up_colours.bind_later(document, pdf)

    pdf = document.write_pdf(finisher=finish, pdf_variant=VARIANT)
    pages = without_hidden_words(pages_of(document, rules), pdf)
    texts = tuple(page.text for page in pages)
    lost = lost_text(differing_texts(document, html, rules))
    findings = (*faults_on_pages(pages, complaints.missing), *lost)
    needs_colours |= looked_up_colours.is_told(html.etree_element, texts)
    needs_colours |= any(page.judged_by_look for page in pages)
    leaves = tuple(page.leaf for page in pages)
    return _DrawnPart(document, pdf, tuple(drawn_slots), texts, findings, leaves, needs_colours)


def _lay_out(
    weasyprint: Any, job: RenderJob, complaints: Complaints, slots: Any, memory: Memory
) -> tuple[Any, Any]:
    """Return the HTML object, with the styles of its elements, and the document laid out."""
    from workshop.typesetting.arranging.last_sheet import render_filled
    from workshop.typesetting.arranging.last_words import render_bound
    from workshop.typesetting.arranging.openings import render_openings
    from workshop.typesetting.arranging.page_feet import print_feet
    from workshop.typesetting.arranging.room_to_write import fill_pages
    from workshop.typesetting.inside import decorations, drawing
    from workshop.typesetting.inside.paging.paged_document import render

    there = families_there(job.families, job.fonts, job.stylesheets, memory)
    html, options = prepare(
        weasyprint, job.html, job.stylesheets, job.files, complaints, memory, there
    )
    tree = html.etree_element
    complaints.diagnostics.extend(look_at_inline(tree, there))
    drawing.mark_links(tree)
    decorations.mark_decorations(tree)
    if tree.get("dir") or RIGHT_TO_LEFT.search(job.html):
        set_directions(tree)
    own = _OWN_CSS + (_FROM_THE_BACK if job.start == "left" else "")
    options["stylesheets"].append(weasyprint.CSS(string=own))
    if job.then:
        _add_following_page(tree, job)
    # Hints are what HTML’s own attributes ask for: the number that a list begins with, a width.
    images = slots.images(tree)
    options |= {"pdf_variant": VARIANT, "presentational_hints": True, "cache": images}
    lay_out = partial(render, html, **options)

    def is_full(document: Any) -> bool:
        """Tell whether a back cover that follows ends a folded sheet."""
        return job.then != "back" or (job.pages_before + len(document.pages)) % FOLDED == 0

    document = render_filled(
        tree, lambda: render_openings(render_bound(tree, lay_out), lay_out), is_full
    )
    print_feet(tree, document)
    fill_pages(document)
    return html, document.copy(document.pages[:-1]) if job.then else document


def prepare(
    weasyprint: Any,
    text: str,
    stylesheets: Sequence[Stylesheet],
    files: Sequence[JobFile],
    complaints: Complaints,
    memory: Memory,
    families: Collection[str] = (),
) -> tuple[Any, dict[str, Any]]:
    """Return WeasyPrint's HTML object for `text`, and style sheets and fonts to render it with.

    Type in drawings may be set in `families`.
    """
    from workshop.typesetting.fetcher import JobFetcher
    from workshop.typesetting.inside.glyphs import configuration
    from workshop.typesetting.sheets import parsed

    look = partial(look_at, families=families, memory=memory)
    fetcher = JobFetcher(files, complaints.refused, look, complaints.diagnostics.extend)
    fonts = configuration(memory)
    sheets = list(parsed(stylesheets, fetcher, fonts, complaints, memory))
    html = weasyprint.HTML(string=text, url_fetcher=fetcher)
    return html, {"font_config": fonts, "stylesheets": sheets}


def _add_following_page(tree: Any, job: RenderJob) -> None:
    """Add a page where the next part begins, so that a page is left blank before it if need be."""
    style = f"break-before: {_SIDES[job.then or 'right']} !important"
    SubElement(tree.find("body"), "section", {"class": "part", "style": style})


class _PageLimit(logging.Handler):
    """Stops a layout that makes pages without end."""

    def emit(self, record: logging.LogRecord) -> None:
        if "Creating layout - Page" in str(record.msg) and record.args:
            page = int(str(record.args[0] if isinstance(record.args, tuple) else record.args))
            if page > _MOST_PAGES:
                raise ContentError.single(
                    "endless",
                    f"A part of this document ran over {_MOST_PAGES} pages, and may never end",
                    hint="Take back the last change to its style sheet: it cannot be laid out.",
                )


@contextmanager
def _page_limit() -> Iterator[None]:
    logger = logging.getLogger("weasyprint.progress")
    limit, level = _PageLimit(logging.INFO), logger.level
    propagate, logger.propagate = logger.propagate, False
    logger.setLevel(logging.INFO)
    logger.addHandler(limit)
    try:
        yield
    finally:
        logger.removeHandler(limit)
        logger.setLevel(level)
        logger.propagate = propagate


def load_weasyprint() -> Any:
    """Import WeasyPrint; raise an `EnvironmentFault` with a hint if a native library is missing."""
    from workshop.typesetting.inside.loading import load

    try:
        return load()
    except OSError as error:
        raise EnvironmentFault.single(
            "native-library",
            f"A library for laying out text is missing: {str(error).splitlines()[0]}",
            hint="Run `workshop doctor`: it says which one, and how to install it.",
        ) from error
