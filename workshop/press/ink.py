"""Pages into what they need of a printer: colour or black alone, and whether ink reaches the edge.

A page is drawn small and its pixels looked at, so that what is set but never seen does not count.
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
# Of 255: what two channels differ by where a printer would take colour for it, and how far from
# white ink begins.
_COLOUR, _INK = 8, 6
# Pixels at the edge that have to be white, for a page to end in white.
_EDGE = 2


@dataclass(frozen=True)
class Ink:
    """What a page takes: colour, any ink at all, and whether it reaches the edge."""

    colour: bool
    any: bool
    to_the_edge: bool


NOTHING = Ink(colour=False, any=False, to_the_edge=False)


@dataclass
class Inks:
    """The inks of pages; what copies have in common is looked at once.

    Copies of a document are told apart by the content of their pages, and by which boxes for names
    have something in them. What is in a box has the colour of its place.
    """

    kit: Path
    _known: dict[tuple[str, int, bytes, tuple[bool, ...]], Ink] = field(default_factory=dict)

    def of(self, one: SourcePage | None) -> Ink:
        """Return the ink of a page; of none, where there is none."""
        if one is None:
            return NOTHING
        contents = _digest(one.page.obj.get("/Contents"))
        key = (one.source.entry.document, one.number, contents, tuple(_filled(one.page)))
        if key not in self._known:
            self._known[key] = look_at(self.kit / one.source.entry.path, one.number)
        return self._known[key]


def _digest(contents: Object | None) -> bytes:
    streams = list(contents) if isinstance(contents, Array) else [contents]
    digest = hashlib.sha256()
    for stream in streams:
        if stream is not None:
            digest.update(stream.read_raw_bytes())
    return digest.digest()


def _filled(page: Page) -> Iterator[bool]:
    """Yield of each form on a page whether it draws anything."""
    forms = page.obj.get("/Resources", Dictionary()).get("/XObject", Dictionary())
    for key in sorted(forms.keys()):
        if forms[key].get("/Subtype") == Name.Form:
            yield bool(forms[key].read_bytes().strip())


def look_at(path: Path, number: int) -> Ink:
    """Return the ink of a file's page, counted from 0."""
    with _drawn(path, number) as picture:
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
def _drawn(path: Path, number: int) -> Iterator[Image.Image]:
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
    return int(low_high[1])  # type: ignore[arg-type]  # of one channel: two numbers
