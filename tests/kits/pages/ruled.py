"""Measure on the pages of a PDF where rules lie, as a ruler would."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pypdfium2
from PIL import Image

# Pixels to a millimetre: of whole pages, and of strips of them.
_PIXELS, _FINE = 20, 100
_MM = 25.4 / 72
_SCALE = _PIXELS * _MM
_NEAR = 0.25
_COARSE = 5
_SAMPLES = 40
# A rule is hardly thicker than a millimetre; what is, is a tint or a picture.
_THICKEST = 1
_PALER_THAN = 235
_TINTS = range(230, 250)


def rules_across(page: pypdfium2.PdfPage, left: float, right: float) -> list[float]:
    """Return how far below the upper edge rules lie that run from `left` to `right`, in mm."""
    return _rules(_drawn(page), left, right)


def rules_down(page: pypdfium2.PdfPage, top: float, bottom: float) -> list[float]:
    """Return how far from the left edge rules lie that run from `top` to `bottom`, in mm."""
    return _rules(_drawn(page).transpose(Image.Transpose.TRANSPOSE), top, bottom)


def lines_apart(page: pypdfium2.PdfPage, near: float) -> list[float]:
    """Return how far lines on the right of a page are apart, where it is about `near`, in mm.

    It is measured to the hundredth: 18 pixels are as thick as a line, so nothing is rounded away.
    """
    width = page.get_size()[0] * _MM
    columns = [_strip(page, width * (0.42 + 0.06 * number)) for number in range(8)]
    dark = [all(pixel < _PALER_THAN for pixel in row) for row in zip(*columns, strict=True)]
    rules = [
        (first + last) / 2 / _FINE
        for first, last in _runs(dark)
        if last - first < _THICKEST * _FINE
    ]
    steps = (lower - upper for upper, lower in pairwise(rules))
    return [step for step in steps if abs(step - near) < _NEAR]


def blank_above_tint(page: pypdfium2.PdfPage) -> float:
    """Return how much is blank between the lowest tint of a page and a rule above it, in mm.

    It is 0 if there is no tint, or if words or another tint stand above it.
    """
    picture: Image.Image = page.render(scale=_COARSE * _MM, grayscale=True).to_pil().convert("L")
    right = picture.crop((picture.width // 2, 0, round(0.85 * picture.width), picture.height))
    rows = [right.crop((0, y, right.width, y + 1)).tobytes() for y in range(right.height)]
    tinted = [sum(pixel in _TINTS for pixel in row) > len(row) / 4 for row in rows]
    tints = [first for first, last in _runs(tinted) if last - first > _THICKEST * _COARSE]
    above = _runs([min(row) < _TINTS.stop for row in rows[: tints[-1]]]) if tints else []
    end = above[-1][1] if above else 0
    ruled = any(
        sum(pixel < _TINTS.start for pixel in row) > 0.8 * len(row) for row in rows[end - 2 : end]
    )
    return (tints[-1] - end) / _COARSE if ruled else 0


def _strip(page: pypdfium2.PdfPage, left: float) -> bytes:
    """Return the grey of what a line down a page meets, `left` mm from its edge."""
    right = page.get_size()[0] * _MM - left - 2 / _FINE
    crop = (left / _MM, 0, right / _MM, 0)
    strip: Image.Image = page.render(scale=_FINE * _MM, crop=crop, grayscale=True).to_pil()
    return strip.convert("L").crop((0, 0, 1, strip.height)).tobytes()


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
