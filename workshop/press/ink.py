"""Find out whether a page needs colour or only black, and whether ink reaches its edge.

The page is drawn small and its pixels are looked at. So a colour that the page sets but never shows
does not count.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pypdfium2
from pikepdf import Array, Dictionary, Name, Object, Page
from PIL import Image, ImageChops

from workshop.press.source_pages import SourcePage

# Dots per inch. A hairline of 0.18 mm covers half a pixel here.
_RESOLUTION = 72
# Of 255: two channels that differ by more are colour to a printer, and a pixel that is further from
# white is ink.
_COLOUR, _INK = 8, 6
# How many pixels at the edge have to be white for a page whose ink does not reach the edge.
_EDGE = 2


@dataclass(frozen=True)
class Ink:
    """Says whether a page needs colour, needs any ink at all, and has ink up to its edge."""

    colour: bool
    any: bool
    to_the_edge: bool


NOTHING = Ink(colour=False, any=False, to_the_edge=False)


@dataclass
class Inks:
    """Looks at the pages of a kit, at pages that look alike in several copies once.

    Two copies of a page look alike if their content is the same and the same boxes for names have
    something in them: the text in a box always has the colour of the box's place.
    """

    kit: Path
    _looked_at: dict[tuple[str, int, bytes, tuple[bool, ...]], Ink] = field(default_factory=dict)

    def ink_on(self, page: SourcePage | None) -> Ink:
        """Return the ink on a page; None is a page with nothing on it."""
        if page is None:
            return NOTHING
        entry, contents = page.source.entry, _digest(page.page.obj.get("/Contents"))
        key = (entry.document, page.number, contents, tuple(_filled(page.page)))
        if key not in self._looked_at:
            self._looked_at[key] = look_at(self.kit / entry.path, page.number)
        return self._looked_at[key]


def _digest(contents: Object | None) -> bytes:
    streams = list(contents) if isinstance(contents, Array) else [contents]
    digest = hashlib.sha256()
    for stream in streams:
        if stream is not None:
            digest.update(stream.read_raw_bytes())
    return digest.digest()


def _filled(page: Page) -> Iterator[bool]:
    """Yield for each form on a page whether it draws anything."""
    forms = page.obj.get("/Resources", Dictionary()).get("/XObject", Dictionary())
    for key in sorted(forms.keys()):
        if forms[key].get("/Subtype") == Name.Form:
            yield bool(forms[key].read_bytes().strip())


def look_at(path: Path, number: int) -> Ink:
    """Return the ink on a page of a file; pages are counted from 0."""
    with _picture_of(path, number) as picture:
        red, green, blue = picture.split()
        apart = ImageChops.lighter(
            ImageChops.difference(red, green), ImageChops.difference(green, blue)
        )
        white = picture.convert("L").point(lambda value: 255 - value)
        return Ink(
            colour=_most(apart) > _COLOUR,
            any=_most(white) > _INK,
            to_the_edge=any(_most(edge) > _INK for edge in _edges(white)),
        )


@contextmanager
def _picture_of(path: Path, number: int) -> Iterator[Image.Image]:
    pdf = pypdfium2.PdfDocument(path)
    try:
        bitmap = pdf[number].render(scale=_RESOLUTION / 72, draw_annots=False)
        yield bitmap.to_pil().convert("RGB")
    finally:
        pdf.close()


def _edges(picture: Image.Image) -> Iterator[Image.Image]:
    width, height = picture.size
    yield picture.crop((0, 0, width, _EDGE))
    yield picture.crop((0, height - _EDGE, width, height))
    yield picture.crop((0, 0, _EDGE, height))
    yield picture.crop((width - _EDGE, 0, width, height))


def _most(channel: Image.Image) -> int:
    low_high = channel.getextrema()
    return int(low_high[1])  # type: ignore[arg-type]  # one channel has two numbers
