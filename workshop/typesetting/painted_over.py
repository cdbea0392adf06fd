"""Prove by the pixels of a page that words can be seen over which something is painted.

The page is drawn twice, its words in two colours that nothing else has: where the two pictures are
the same, none of the words is to be seen. What lies over them may be anything: a gradient, a
picture, an outline, several of them. Few pages have words with anything over them, so that few are
drawn.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pikepdf

from workshop.typesetting.pages import Area, DoubtfulSlot, DoubtfulWords, DrawnWords, Page

if TYPE_CHECKING:
    import pypdfium2
    from PIL import Image

# Steps that show text (ISO 32000-1, 9.4.3); each stands in a line of its own.
_SHOWN = re.compile(rb"^([^\n]*T[Jj])$", re.MULTILINE)
_COLOURS = (b"1 0 0 rg 1 0 0 RG ", b"0 0 1 rg 0 0 1 RG ")
# Pixels to the point; a poster is drawn smaller.
_SCALE, _MOST_PIXELS = 1.0, 1600
# How far the two colours must differ in a pixel, of 255, and how much of the width and the height
# of words must be seen: small letters are less than half as high as their line.
_LEAST_DIFFERENCE, _LEAST_WIDTH, _LEAST_HEIGHT = 40, 0.5, 0.15
# The same where words are looked for around their place: a letter’s edge may stick out of a cover.
_LEAST_AROUND = 0.06
# How far above and below its place a line of a drawing is looked for, of its height.
_SPARE_HEIGHT = 0.25


@dataclass(frozen=True)
class WordsPlace:
    """Describes where words are to be seen, and in how much of its width and its height."""

    area: Area
    width: float
    height: float


def without_hidden_words(pages: Sequence[Page], pdf: bytes) -> tuple[Page, ...]:
    """Return the pages with words that are painted over among those that are not seen."""
    places = {number: _places(page) for number, page in enumerate(pages) if _places(page)}
    if not places:
        return tuple(pages)
    hidden = dict(hidden_places(pdf, places))
    return tuple(_without(page, hidden.get(number, ())) for number, page in enumerate(pages))


def hidden_places(
    pdf: bytes, places: Mapping[int, Sequence[WordsPlace]]
) -> Iterator[tuple[int, list[int]]]:
    """Yield pages, counted from 0, with the numbers of places on them where no words are seen."""
    # Loaded for the few parts that are drawn.
    import pypdfium2
    from PIL import ImageChops

    documents = [pypdfium2.PdfDocument(_coloured(pdf, colour)) for colour in _COLOURS]
    try:
        for number, on_page in places.items():
            scale = _scale_of(documents[0][number])
            first, second = (_draw_page(document[number], scale) for document in documents)
            differing = ImageChops.difference(first, second).convert("L")
            seen = differing.point([255 * (value >= _LEAST_DIFFERENCE / 3) for value in range(256)])
            yield (
                number,
                [at for at, place in enumerate(on_page) if not _is_seen(seen, place, scale)],
            )
    finally:
        for document in documents:
            document.close()


def _places(page: Page) -> list[WordsPlace]:
    """Return where the words of a page in doubt stand: of the flow, of slots, and of drawings.

    How the lines of a drawing stand to their places is known less well: they are looked for around.
    """
    flowing = [
        WordsPlace(entry.words.place, _LEAST_WIDTH, _LEAST_HEIGHT) for entry in page.doubtful
    ]
    flowing += (
        WordsPlace(slot.picture.area, _LEAST_WIDTH, _LEAST_HEIGHT) for slot in page.slots_in_doubt
    )
    return flowing + [
        WordsPlace(_widen_area(words.place), _LEAST_AROUND, _LEAST_AROUND)
        for words in page.drawn_in_doubt
    ]


def _widen_area(area: Area) -> Area:
    width, height = area.right - area.left, (area.bottom - area.top) * _SPARE_HEIGHT
    return Area(area.left - width, area.top - height, area.right + width, area.bottom + height)


def _without(page: Page, hidden: Iterable[int]) -> Page:
    in_doubt = (*page.doubtful, *page.slots_in_doubt, *page.drawn_in_doubt)
    told = [in_doubt[at] for at in hidden]
    gone = [entry for entry in told if isinstance(entry, DoubtfulWords)]
    slots = [entry.unseen() for entry in told if isinstance(entry, DoubtfulSlot)]
    drawn = [entry for entry in told if isinstance(entry, DrawnWords)]
    ids = {id(entry.words) for entry in gone}
    return replace(
        page,
        words=tuple(words for words in page.words if id(words) not in ids),
        unseen=(*page.unseen, *(entry.unseen() for entry in gone)),
        unseen_pictures=(*page.unseen_pictures, *slots),
        unseen_drawn=tuple(drawn),
    )


def _coloured(pdf: bytes, colour: bytes) -> bytes:
    """Return a PDF with all texts, and the slots for texts to come, in one colour."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for form in document.Root.get("/Slots", pikepdf.Dictionary()).values():
            left, bottom, width, height = map(float, form.BBox)
            form.write(colour + f"{left} {bottom} {width} {height} re f".encode())
        for entry in document.objects:
            if isinstance(entry, pikepdf.Stream) and _may_hold_text(entry):
                content = entry.read_bytes()
                if b"TJ" in content or b"Tj" in content:
                    entry.write(_SHOWN.sub(colour + rb"\1", content))
        file = io.BytesIO()
        document.save(file, compress_streams=False)
    return file.getvalue()


def _may_hold_text(stream: pikepdf.Stream) -> bool:
    """Tell whether a stream is a page's, a form's or a pattern's, and no picture or font."""
    return stream.get("/Subtype") in (None, "/Form") and "/Length1" not in stream


def _scale_of(page: pypdfium2.PdfPage) -> float:
    return min(_SCALE, _MOST_PIXELS / float(max(page.get_size())))


def _draw_page(page: pypdfium2.PdfPage, scale: float) -> Image.Image:
    picture: Image.Image = page.render(scale=scale, draw_annots=False).to_pil()
    return picture.convert("RGB")


def _is_seen(differing: Image.Image, place: WordsPlace, scale: float) -> bool:
    area = place.area
    left, top = int(area.left * scale), int(area.top * scale)
    right, bottom = int(area.right * scale) + 1, int(area.bottom * scale) + 1
    box = differing.crop((left, top, max(right, left + 1), max(bottom, top + 1))).getbbox()
    if box is None:
        return False
    width, height = box[2] - box[0], box[3] - box[1]
    return bool(
        width >= place.width * (right - left - 1) and height >= place.height * (bottom - top - 1)
    )
