"""Break texts into lines that fit a box of a drawing, all in one size."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

# From one baseline to the next, and from the top of a box to its first baseline, in sizes.
_LEADING = {"headings": 1.08, "text": 1.2, "bold": 1.2}
_ASCENT = {"headings": 0.72, "text": 0.74, "bold": 0.74}
# Sizes are tried one after the other, each so much smaller than the last.
_STEP = 0.96
# The smallest that is tried at all, as a part of the least size that is wanted.
_SMALLEST = 0.4
# From the largest drawing's size to its smallest it takes fewer steps.
_MOST_STEPS = 300


@dataclass(frozen=True)
class SetLines:
    """Holds a text broken into lines; all lengths are in mm.

    `first` is from the top of its box to the first baseline, `leading` from there to the next, and
    `height` from the top to just below the last.
    """

    lines: tuple[str, ...]
    face: str
    size: float
    leading: float
    first: float
    height: float
    width: float


def fit_lines(
    texts: Sequence[str],
    width: float,
    height: float,
    size: float,
    least: float,
    face: str,
    measure: Callable[[str, str, float], float],
) -> tuple[tuple[SetLines, ...], bool]:
    """Return all texts in the largest size in which each fits, and whether that is large enough.

    Sizes are in mm. The lines of a text are as even as can be.
    """
    now = size
    for _ in range(_MOST_STEPS):
        rows = [_break_text(text, width, now, face, measure) for text in texts]
        fits = all(row.width <= width and row.height <= height for row in rows)
        smaller = now * _STEP
        if fits or smaller < least * _SMALLEST:
            break
        now = max(smaller, least) if now > least else smaller
    return tuple(rows), fits and now >= least * 0.999


def _break_text(
    text: str, width: float, size: float, face: str, measure: Callable[[str, str, float], float]
) -> SetLines:
    words = text.split(" ")
    widths = [measure(word, face, size) for word in words]
    space = measure(" ", face, size)
    count = len(_fill_lines(widths, space, width))
    # The narrowest measure that needs no more lines evens them out.
    low, high = 0.0, width
    for _ in range(7):
        middle = (low + high) / 2
        narrow = max([middle, *widths])
        if len(_fill_lines(widths, space, narrow)) > count:
            low = middle
        else:
            high = middle
    rows = _fill_lines(widths, space, max([high, *widths]) if high < width else width)
    lines = tuple(" ".join(words[first:last]) for first, last in rows)
    longest = max(sum(widths[first:last]) + space * (last - first - 1) for first, last in rows)
    leading, first_line = _LEADING[face] * size, _ASCENT[face] * size
    height = first_line + leading * (len(lines) - 1) + 0.24 * size if text else 0.0
    return SetLines(lines if text else (), face, size, leading, first_line, height, longest)


def _fill_lines(widths: Sequence[float], space: float, width: float) -> list[tuple[int, int]]:
    """Return where each line begins and ends, with as many words on each as there is room for."""
    rows, start, used = [], 0, widths[0]
    for number, word in enumerate(widths[1:], 1):
        if used + space + word > width + 1e-6:
            rows.append((start, number))
            start, used = number, word
        else:
            used += space + word
    return [*rows, (start, len(widths))]
