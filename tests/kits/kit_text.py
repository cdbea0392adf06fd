"""What a reader and a machine find in a PDF, in a form in which it can be compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from ctypes import c_uint
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium


@dataclass(frozen=True)
class Heading:
    """An entry of the outline; `level` and `page` count from 0."""

    level: int
    title: str
    page: int


@cache
def pages_of(path: Path) -> tuple[str, ...]:
    """Return the text of every page as it was extracted."""
    with pypdfium2.PdfDocument(path) as pdf:
        return tuple(page.get_textpage().get_text_range() for page in pdf)


@cache
def outline_of(path: Path) -> tuple[Heading, ...]:
    """Return the outline's entries in their order."""
    found = []
    with pypdfium2.PdfDocument(path) as pdf:
        for entry in pdf.get_toc():
            destination = entry.get_dest()
            assert destination is not None
            found.append(Heading(entry.level, entry.get_title(), destination.get_index()))
    return tuple(found)


@cache
def hidden_words_of(path: Path) -> str:
    """Return what a PDF says without printing it: its data, outline and alternative texts."""
    with pikepdf.open(path) as pdf:
        words = [str(value) for value in pdf.docinfo.values()]
        with pdf.open_metadata() as metadata:
            words += [str(value) for value in metadata.values()]
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Dictionary):
                words += [str(thing[key]) for key in ("/Alt", "/ActualText", "/T") if key in thing]
    return "\n".join([*words, *(heading.title for heading in outline_of(path))])


@cache
def letters(text: str) -> str:
    """Leave only letters and digits: line breaks, quotes and bullets do not count."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(char for char in folded if unicodedata.category(char)[0] in "LNM")


@cache
def letters_of(path: Path) -> str:
    """Return everything a file says, printed or not, and its name, as `letters`."""
    return letters("\n".join([path.name, *pages_of(path), hidden_words_of(path)]))


def where_all_is_there(text: str) -> str:
    """Return a text as a kit has it in which all that it asks for by `has` is there."""
    return re.sub(r"\{% if has\([^)]*\) %\}(.*?)(?:\{% else %\}.*?)?\{% endif %\}", r"\1", text)


def type_sizes(path: Path) -> Iterator[tuple[int, float, str]]:
    """Yield the page, the size in points as printed, and a character, for all that is shown."""
    with pypdfium2.PdfDocument(path) as pdf:
        for number, page in enumerate(pdf, 1):
            text = page.get_textpage()
            for at in range(text.count_chars()):
                character = chr(pdfium.FPDFText_GetUnicode(text, at))
                red, green, blue, alpha = (c_uint() for _ in range(4))
                pdfium.FPDFText_GetFillColor(text, at, red, green, blue, alpha)
                # What has no colour is only read out, such as the heads of some tables.
                is_shown = alpha.value and not pdfium.FPDFText_IsGenerated(text, at)
                if is_shown and not character.isspace():
                    matrix = pdfium.FS_MATRIX()
                    pdfium.FPDFText_GetMatrix(text, at, matrix)
                    size = pdfium.FPDFText_GetFontSize(text, at)
                    scale = abs(matrix.a * matrix.d - matrix.b * matrix.c) ** 0.5
                    yield number, size * scale, character
