"""A render job into PDF/UA-1 bytes, with the layout's complaints as diagnostics."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from workshop.composing.render_job import RenderJob, Typeset
from workshop.diagnostics import Diagnostic, EnvironmentFault, Location, Severity
from workshop.typesetting.fonts import use_only


def typeset(job: RenderJob) -> Typeset:
    """Lay `job` out: same job, same bytes. Raises `EnvironmentFault` without the native libraries.

    The PDF conforms to PDF/UA-1 (ISO 14289-1): tagged, with language, title and outline.
    """
    use_only(job.font_folders)
    weasyprint = load_weasyprint()
    from weasyprint.text.fonts import FontConfiguration

    from workshop.typesetting.fetcher import JailedFetcher

    fetcher = JailedFetcher(job.roots)
    fonts = FontConfiguration()
    found: list[Diagnostic] = []
    sheets = []
    for sheet in job.stylesheets:
        with _complaints_of(found, sheet.path):
            sheets.append(
                weasyprint.CSS(
                    string=sheet.css,
                    base_url=sheet.path.as_uri(),
                    url_fetcher=fetcher,
                    font_config=fonts,
                )
            )
    with _complaints_of(found):
        document = weasyprint.HTML(string=job.html, url_fetcher=fetcher).render(
            font_config=fonts, stylesheets=sheets, pdf_variant="pdf/ua-1"
        )
        pdf = document.write_pdf(finisher=_finisher(job), pdf_variant="pdf/ua-1")
    # A glyph that is missing on every page is one fault, not fifty.
    return Typeset(pdf, len(document.pages), tuple(dict.fromkeys(found)))


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


def _finisher(job: RenderJob) -> Callable[[Any, Any], None]:
    """Add what WeasyPrint does not write: page labels and how to print the file."""
    import pydyf

    def finish(_document: Any, pdf: Any) -> None:
        # ISO 32000-1, 12.4.2: labels by ranges of pages. The printed number counts the cover.
        ranges: list[Any] = [0, pydyf.Dictionary({"S": "/D"})]
        if job.has_cover:
            cover = pydyf.Dictionary({"P": pydyf.String("Cover")})
            ranges = [0, cover, 1, pydyf.Dictionary({"S": "/D", "St": 2})]
        pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": pydyf.Array(ranges)})
        # ISO 32000-1, 12.2: offered by the print dialogue.
        duplex = "/DuplexFlipLongEdge" if job.sides == "duplex" else "/Simplex"
        pdf.catalog["ViewerPreferences"]["Duplex"] = duplex
        pdf.catalog["ViewerPreferences"]["PrintScaling"] = "/None"

    return finish


class _Collector(logging.Handler):
    """WeasyPrint's log lines into diagnostics."""

    def __init__(self, found: list[Diagnostic], sheet: Path | None) -> None:
        super().__init__(logging.WARNING)
        self._found = found
        self._sheet = sheet

    def emit(self, record: logging.LogRecord) -> None:
        self._found.append(_diagnosis(record.levelno, record.getMessage(), self._sheet))


@contextmanager
def _complaints_of(found: list[Diagnostic], sheet: Path | None = None) -> Iterator[None]:
    logger = logging.getLogger("weasyprint")
    handler = _Collector(found, sheet)
    propagate, logger.propagate = logger.propagate, False
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.propagate = propagate


_MISSING_GLYPH = re.compile(r'unsupported by fonts: "(?P<glyph>.+)" \((?P<code>U\+[0-9A-F]+)\)')
_NOT_LOADED = re.compile(
    r"Failed to load (?P<what>[\w ]+) at ['\"]?(?P<url>[^'\" ]+)['\"]?:? ?(?P<why>.*)"
)
_CSS_POSITION = re.compile(r" at (?P<line>\d+):(?P<column>\d+)")


def _diagnosis(level: int, message: str, sheet: Path | None) -> Diagnostic:
    if match := _MISSING_GLYPH.search(message):
        return Diagnostic(
            "missing-glyph",
            f"No font has the character {match['glyph']} ({match['code']}); a box would print",
            hint="Put a font file that has it into the client's assets/fonts/ folder.",
        )
    if match := _NOT_LOADED.search(message):
        why = match["why"].removeprefix("(").removesuffix(")")
        return Diagnostic(
            "not-loaded",
            f"The {match['what']} {_short(match['url'])} could not be read: {why or 'not found'}.",
            Location(sheet) if sheet else None,
            "Files must lie in the client's, the workspace's or the library's folders.",
        )
    location = None
    if sheet:
        match = _CSS_POSITION.search(message)
        location = (
            Location(sheet, int(match["line"]), int(match["column"])) if match else Location(sheet)
        )
    severity = Severity.ERROR if level >= logging.ERROR else Severity.WARNING
    return Diagnostic("layout", message.rstrip("."), location, severity=severity)


def _short(url: str) -> str:
    return url if len(url) <= 120 else url[:117] + "…"
