"""Measure on the pages of a PDF where rules lie, as a ruler would."""

from __future__ import annotations

from collections.abc import Sequence

import pypdfium2
from PIL import Image

# Twenty pixels to a millimetre.
_PIXELS = 20
_SCALE = _PIXELS * 25.4 / 72
_SAMPLES = 40
# A rule is hardly thicker than a millimetre; what is, is a tint or a picture.
_THICKEST = 1
_PALER_THAN = 235


def rules_across(page: pypdfium2.PdfPage, left: float, right: float) -> list[float]:
    """Return how far below the upper edge rules lie that run from `left` to `right`, in mm."""
    return _rules(_drawn(page), left, right)


def rules_down(page: pypdfium2.PdfPage, top: float, bottom: float) -> list[float]:
    """Return how far from the left edge rules lie that run from `top` to `bottom`, in mm."""
    return _rules(_drawn(page).transpose(Image.Transpose.TRANSPOSE), top, bottom)


def _drawn(page: pypdfium2.PdfPage) -> Image.Image:
    picture: Image.Image = page.render(scale=_SCALE, grayscale=True).to_pil()
    return picture.convert("L")


def _rules(picture: Image.Image, begin: float, end: float) -> list[float]:
    step = (end - begin) / (_SAMPLES - 1)
    places = [round((begin + step * number) * _PIXELS) for number in range(_SAMPLES)]
    columns = [picture.crop((x, 0, x + 1, picture.height)).tobytes() for x in places]
    dark = [all(column[y] < _PALER_THAN for column in columns) for y in range(picture.height)]
    return [
        (first + last) / 2 / _PIXELS
        for first, last in _runs(dark)
        if last - first < _THICKEST * _PIXELS
    ]


def _runs(dark: Sequence[bool]) -> list[tuple[int, int]]:
    """Return where each run of dark pixels begins and where it has ended."""
    changes = [
        at
        for at, (one, other) in enumerate(zip([False, *dark], [*dark, False], strict=True))
        if one != other
    ]
    return list(zip(changes[::2], changes[1::2], strict=True))
