"""Work out the boxes of all that a diagram draws: its shapes with their strokes, and its words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import cos, radians, sin
from xml.etree import ElementTree

from fontTools.pens.boundsPen import BoundsPen
from fontTools.svgLib.path import SVGPath

from workshop.composing.diagrams.letter_widths import LetterWidths

SVG = "{http://www.w3.org/2000/svg}"
# Of the size of type: how far letters reach above their base line and below it.
_ABOVE, _BELOW = 0.7, 0.22
_TURNED = re.compile(r"translate\((\S+) (\S+)\) rotate\((\S+)\)")


@dataclass(frozen=True)
class Drawn:
    """Holds what is drawn, and the edges of its box, in mm from the upper left corner."""

    what: str
    left: float
    top: float
    right: float
    bottom: float

    def beyond(self, across: float, down: float) -> float:
        """Return how far it reaches over the edge of a drawing of this size."""
        return max(-self.left, -self.top, self.right - across, self.bottom - down, 0.0)


def drawn_in(picture: ElementTree.Element, widths: LetterWidths, headings: str) -> Iterator[Drawn]:
    """Yield all that a picture draws; `headings` is the family of its labels."""
    for element in picture.iter():
        name = element.tag.removeprefix(SVG)
        if name == "text":
            yield _words(element, widths, headings)
        elif name not in ("svg", "title", "g"):
            yield _shape(element)


def _words(text: ElementTree.Element, widths: LetterWidths, headings: str) -> Drawn:
    size, words = float(text.attrib["font-size"]), text.text or ""
    face = "bold" if text.get("font-weight") == "bold" else "text"
    face = "headings" if text.attrib["font-family"] == headings else face
    wide = widths.width(words, face, size)
    x, y = float(text.attrib["x"]), float(text.attrib["y"])
    left = x - wide * {"start": 0.0, "middle": 0.5, "end": 1.0}[text.get("text-anchor", "start")]
    return Drawn(words, left, y - size * _ABOVE, left + wide, y + size * _BELOW)


def _shape(shape: ElementTree.Element) -> Drawn:
    drawing = ElementTree.Element(f"{SVG}svg")
    drawing.append(shape)
    attributes = dict(shape.attrib)
    if turned := _TURNED.fullmatch(shape.get("transform", "")):
        x, y, degrees = map(float, turned.groups())
        c, s = cos(radians(degrees)), sin(radians(degrees))
        shape.set("transform", f"matrix({c} {s} {-s} {c} {x} {y})")
    pen = BoundsPen(None)
    SVGPath.fromstring(ElementTree.tostring(drawing)).draw(pen)
    assert pen.bounds, attributes
    has_stroke = shape.get("stroke", "none") != "none"
    half = float(shape.get("stroke-width", 0)) / 2 if has_stroke else 0.0
    left, top, right, bottom = pen.bounds
    what = f"{shape.tag.removeprefix(SVG)} {attributes}"
    return Drawn(what, left - half, top - half, right + half, bottom + half)
