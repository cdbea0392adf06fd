"""A render job into PDF/UA-1 bytes, with the layout's complaints as diagnostics."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from workshop.composing.render_job import RenderJob, Typeset
from workshop.diagnostics import ContentError, EnvironmentFault
from workshop.typesetting.fonts import use_only

if TYPE_CHECKING:
    from workshop.typesetting.complaints import Complaints

_VARIANT = "pdf/ua-1"


def typeset(job: RenderJob) -> Typeset:
    """Lay `job` out: same job, same bytes.

    The PDF conforms to PDF/UA-1 (ISO 14289-1): tagged, with language, title and outline. Raises
    `EnvironmentFault` without the native libraries, `ContentError` where CSS cannot be used at all.
    """
    use_only(job.font_folders)
    weasyprint = load_weasyprint()
    from weasyprint.urls import URLFetchingError

    from workshop.typesetting.complaints import Complaints
    from workshop.typesetting.finishing import finish

    complaints = Complaints()
    try:
        with complaints.listening(), _no_garbage_collection():
            document = _lay_out(weasyprint, job, complaints)
            pdf = document.write_pdf(
                finisher=lambda _document, pdf: finish(job, pdf), pdf_variant=_VARIANT
            )
    except URLFetchingError as error:
        # Most rules that name a file can do without it; @color-profile stops the layout.
        raise ContentError(complaints.found) from error
    # A glyph that is missing on every page is one fault, not fifty.
    return Typeset(pdf, len(document.pages), tuple(dict.fromkeys(complaints.found)))


def _lay_out(weasyprint: Any, job: RenderJob, complaints: Complaints) -> Any:
    from weasyprint.text.fonts import FontConfiguration

    from workshop.typesetting.fetcher import JailedFetcher

    # A rule `src: local(…)` finds its file among the job's fonts.
    fetcher = JailedFetcher((*job.roots, *job.font_folders), complaints.refused)
    fonts = FontConfiguration()
    sheets = []
    for sheet in job.stylesheets:
        address = sheet.path.as_uri()
        with complaints.about(sheet):
            sheets.append(
                weasyprint.CSS(
                    string=sheet.css, base_url=address, url_fetcher=fetcher, font_config=fonts
                )
            )
    html = weasyprint.HTML(string=job.html, url_fetcher=fetcher)
    return html.render(font_config=fonts, stylesheets=sheets, pdf_variant=_VARIANT)


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    # A layout makes millions of objects that live to its end; looking for garbage among them takes
    # a fifth of its time.
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def load_weasyprint() -> Any:
    """Import WeasyPrint, turning a missing native library into a fault the user can mend."""
    try:
        import weasyprint
    except OSError as error:
        raise EnvironmentFault.of(
            "native-library",
            f"A library for laying out text is missing: {str(error).splitlines()[0]}",
            hint="Run `workshop doctor`: it says which one, and how to install it.",
        ) from error
    return weasyprint
