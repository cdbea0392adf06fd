"""Set the measures of the design once, for style sheets, drawings and fields alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workshop.content.vocabulary import LINE_PITCH, ROW_HEIGHT


@dataclass(frozen=True)
class PageSize:
    """Holds the width and the height of a page, in mm."""

    width: float
    height: float


@dataclass(frozen=True)
class Measures:
    """Holds lengths in mm. `inner` is the margin at the binding edge, `outer` the one opposite.

    `line` is from one ruled line to the next and `stroke` how thick it is, `row` the height of a
    row to write in, and `canvas` the width of drawings to fill in, which is the same on each paper.
    """

    papers: Mapping[str, PageSize]
    slide: PageSize
    line: int
    stroke: float
    row: int
    canvas: int
    top: int
    bottom: int
    inner: int
    outer: int


MEASURES = Measures(
    papers={"A4": PageSize(210, 297), "Letter": PageSize(215.9, 279.4)},
    slide=PageSize(320, 180),
    line=LINE_PITCH,
    stroke=0.18,
    row=ROW_HEIGHT,
    canvas=168,
    top=18,
    bottom=23,
    inner=24,
    outer=18,
)
