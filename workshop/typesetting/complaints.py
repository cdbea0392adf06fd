"""Turn WeasyPrint's log lines into diagnostics.

No other module knows the wording of WeasyPrint 70's log. A line is recognised by the template of
its sentence, so that no address or value in the line can be mistaken for a part of the sentence.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from weasyprint.urls import URLFetchingError

from workshop.composing.pages.assets import file_name_in
from workshop.composing.pages.render_job import JobFile, Stylesheet
from workshop.diagnostics import Diagnostic, Location, Severity
from workshop.typesetting.findings.page_rules import MISSING_GLYPH
from workshop.typesetting.looking.seen_pictures import NOT_LOADED

NOTDEF_GLYPH = (
    '.notdef glyph rendered for Unicode string unsupported by fonts: "%s" (U+%04X)'  # draw/text.py
)
BROKEN_IMAGE = "Failed to load image at %r: %s"  # images.py
BROKEN_DRAWING = "Failed to render SVG image %s"  # images.py
BROKEN_FONT = "Font-face %r cannot be loaded"  # text/fonts.py
RELATIVE_ADDRESS = "Relative URI reference without a base URI: %s"  # urls.py
NO_ALTERNATIVE = 'Image "%s" has no required alt description'  # pdf/tags.py
NATIVE_LOG = "%s says: %s"  # inside/loading.py, for Pango and the libraries around it
_LOGGERS = ("weasyprint", "fontTools")
# The table that a font has its drawings in, and how far into a file the list of tables goes.
_SVG_TABLE, _DIRECTORY = b"SVG ", 2_000
_POSITION = "%d:%d"
_CONVERSION = re.compile(r"%[a-z0-9]+")

_ASSET = 'Put it into an assets/ folder; a template names it {{ asset("…") }}, a module ![…](…).'
_FONT = "Put a font file that has it into the client's assets/fonts/ folder."
_PICTURE = "Open it in a drawing or picture program and save it anew, as SVG, PNG or JPEG."
_PLAIN_FONT = "Put a file of the font without such drawings there, or choose another family."
_FAR_TOO_LARGE = "Look for a size or a spacing in a style sheet or drawing that is far too large."
_ALTERNATIVE = 'Say what it shows: ![a pump, cut open](pump.svg), or alt="…" in a template.'


class Complaints(logging.Handler):
    """Collects what a layout complains of, as `diagnostics`.

    `missing` are the characters that no font has a glyph for: for each its diagnostic, itself and
    the page that was being drawn, which is `page`. `fonts` are a client's own.
    """

    def __init__(self, fonts: Sequence[JobFile] = ()) -> None:
        super().__init__(logging.WARNING)
        self._fonts = fonts
        self.diagnostics: list[Diagnostic] = []
        self.missing: list[tuple[Diagnostic, str, int]] = []
        self.page = 0
        self._sheet: Stylesheet | None = None

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Receive the engine's log lines while the block runs; no other handler receives them."""
        loggers = [logging.getLogger(name) for name in _LOGGERS]
        before = [(logger.handlers, logger.propagate) for logger in loggers]
        for logger in loggers:
            logger.handlers, logger.propagate = [self], False
        try:
            yield
        finally:
            for logger, (handlers, propagate) in zip(loggers, before, strict=True):
                logger.handlers, logger.propagate = handlers, propagate

    @contextmanager
    def about(self, sheet: Stylesheet) -> Iterator[None]:
        """Take log lines for complaints about this style sheet while the block runs."""
        self._sheet = sheet
        try:
            yield
        finally:
            self._sheet = None

    def refused(self, address: str, why: str, asked_for_in: Location | None = None) -> None:
        """Note that the fetcher refused a file, why, and which drawing asks for it."""
        self.diagnostics.append(_not_loaded(address, why, asked_for_in or self._place()))

    def emit(self, record: logging.LogRecord) -> None:
        """Note what a log line complains of."""
        values = record.args if isinstance(record.args, tuple) else ()
        # The fetcher has reported this file already, with the reason.
        if any(isinstance(value, URLFetchingError) for value in values):
            return
        # fontTools remarks on much that has no effect in print.
        if record.name.startswith("fontTools") and record.levelno < logging.ERROR:
            return
        diagnostic = self._diagnosis(record, values)
        self.diagnostics.append(diagnostic)
        if record.msg == NOTDEF_GLYPH:
            self.missing.append((diagnostic, str(values[0]), self.page))

    def _diagnosis(self, record: logging.LogRecord, values: tuple[object, ...]) -> Diagnostic:
        if record.msg == BROKEN_DRAWING and values == (None,):
            return self._broken_letter()
        if make := _DIAGNOSTICS.get(str(record.msg)):
            return make(self._place(), *map(str, values))
        error = record.levelno >= logging.ERROR
        return Diagnostic(
            "layout",
            record.getMessage().rstrip("."),
            self._place(str(record.msg), values),
            severity=Severity.ERROR if error else Severity.WARNING,
        )

    def _broken_letter(self) -> Diagnostic:
        """Return the fault of a font that has a drawing for a letter, which cannot be drawn."""
        names = (file.address for file in self._fonts if _SVG_TABLE in file.content[:_DIRECTORY])
        place = next((Location(Path(name)) for name in names), None)
        message = "This font has a drawing for a letter (SVG), and it cannot be drawn"
        return Diagnostic(NOT_LOADED, message, place, _PLAIN_FONT)

    def _place(self, sentence: str = "", values: tuple[object, ...] = ()) -> Location | None:
        if self._sheet is None:
            return None
        before, position, _ = sentence.partition(_POSITION)
        if not position:
            return Location(self._sheet.path)
        line, column = values[len(_CONVERSION.findall(before)) :][:2]
        return place_in_sheet(self._sheet, int(str(line)), int(str(column)))


def place_in_sheet(sheet: Stylesheet, line: int, column: int) -> Location:
    """Return a place in a file that CSS came from.

    Lines of CSS are lines of the file only where it is no template and imports no other sheet.
    """
    if sheet.path.suffix == ".j2" or "@import" in sheet.css.lower():
        return Location(sheet.path)
    return Location(sheet.path, line, column)


def _not_loaded(address: str, why: str, place: Location | None, hint: str = _ASSET) -> Diagnostic:
    message = f"{_short(address)} could not be read: {why}"
    return Diagnostic(NOT_LOADED, message, place, hint)


def _file_at(address: str) -> Location | None:
    """Return the file that an address names, where it names one."""
    name = file_name_in(address)
    return Location(Path(name)) if name else None


def _missing_glyph(_place: Location | None, glyph: str, code: str) -> Diagnostic:
    # The place in a style sheet would be wrong: the character stands in a text.
    message = f"No font has the character {glyph} (U+{int(code):04X}); a box would print"
    return Diagnostic(MISSING_GLYPH, message, hint=_FONT, severity=Severity.WARNING)


def _broken_image(place: Location | None, address: str, _why: str) -> Diagnostic:
    place = place or _file_at(address)
    return _not_loaded(address, "it is no picture, or a damaged one", place, _PICTURE)


def _broken_drawing(place: Location | None, address: str) -> Diagnostic:
    place = place or _file_at(address)
    return _not_loaded(address, "it is an SVG that cannot be drawn", place, _PICTURE)


def _broken_font(place: Location | None, family: str) -> Diagnostic:
    message = f"None of the files for the font “{family}” can be used"
    return Diagnostic(NOT_LOADED, message, place, "Put it into the client's assets/fonts/ folder.")


def _relative_address(place: Location | None, address: str) -> Diagnostic:
    return _not_loaded(address, "this is no file's whole address", place)


def _no_alternative(place: Location | None, address: str) -> Diagnostic:
    message = f"The picture {_short(address)} has no words for those who cannot see it"
    return Diagnostic("no-alternative", message, place, _ALTERNATIVE)


def _native_log(place: Location | None, library: str, said: str) -> Diagnostic:
    message = f"{library or 'A library'}, which sets the type, refuses something: {said}"
    return Diagnostic("layout", message, place, _FAR_TOO_LARGE, Severity.WARNING)


# By the template of the log line; each is called with a place and the values in the line.
_DIAGNOSTICS: dict[str, Callable[..., Diagnostic]] = {
    NOTDEF_GLYPH: _missing_glyph,
    BROKEN_IMAGE: _broken_image,
    BROKEN_DRAWING: _broken_drawing,
    BROKEN_FONT: _broken_font,
    RELATIVE_ADDRESS: _relative_address,
    NO_ALTERNATIVE: _no_alternative,
    NATIVE_LOG: _native_log,
}


def _short(address: str) -> str:
    return address if len(address) <= 120 else address[:117] + "…"
