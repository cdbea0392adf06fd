"""Set the measures of the design once, for style sheets, drawings and fields alike."""

from __future__ import annotations

from dataclasses import dataclass

from workshop.content.vocabulary import LINE_PITCH, ROW_HEIGHT


@dataclass(frozen=True)
class Measures:
    """Holds lengths in mm. `inner` is the margin at the binding edge, `outer` the one opposite."""

    line: int
    row: int
    top: int
    bottom: int
    inner: int
    outer: int


MEASURES = Measures(line=LINE_PITCH, row=ROW_HEIGHT, top=18, bottom=23, inner=24, outer=18)
