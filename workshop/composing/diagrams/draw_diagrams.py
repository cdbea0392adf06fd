"""Draw a module's diagram as SVG in the size that a page has room for."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from workshop.composing.diagrams.fit_lines import SetLines, fit_lines
from workshop.composing.diagrams.letter_widths import LetterWidths
from workshop.composing.language.mistakes import Mistake
from workshop.composing.language.references import SMALL_TYPE, with_note
from workshop.composing.views.diagram_view import DiagramView
from workshop.diagnostics import Location
from workshop.keeping.memory import Memory
from workshop.tailoring.look.looks import PaperLook
from workshop.tailoring.look.typefaces import Typefaces

# Millimetres in a point.
_POINT = 25.4 / 72
# Labels are so much larger than what is said of them.
_LABEL = 1.5


@dataclass(frozen=True)
class DrawnPoint:
    """Holds a place in a drawing, in mm from its upper left corner."""

    x: float
    y: float


class DiagramDrawer:
    """Draws the diagrams of a client's modules, in the client's typefaces and their sizes."""

    def __init__(
        self, environment: Environment, typefaces: Typefaces, look: PaperLook, memory: Memory
    ) -> None:
        self._environment = environment
        self._look = look
        self._widths = LetterWidths(typefaces, memory)

    def draw(
        self,
        names: Mapping[str, Any],
        diagram: object,
        width: object,
        height: object,
        size: object = 9.5,
        least: object = 8.5,
        *,
        notes: bool = True,
    ) -> Markup:
        """Return a diagram as SVG, at most `width` × `height` mm.

        `size` is that of the text in points, and `least` how small it may be set where there is
        little room. Without `notes`, little more than labels is drawn. `names` has all that the
        templates of drawings may use besides. To them `full` says that all is to be drawn, and
        `notes` that there are notes among it.
        """
        if not isinstance(diagram, DiagramView):
            hint = "Write {% if module.diagram %} around it."
            raise Mistake("template", "draw() takes the diagram of a module", hint)
        across, down, large, small = (_above_0(value) for value in (width, height, size, least))
        text, headings = self._look.text.scale, self._look.headings.scale
        fitter = _Fitter(diagram, small * text, small * headings, self._widths)
        template = self._environment.get_template(f"_shared/diagrams/{diagram.kind}.svg.j2")
        names = {
            **names,
            "diagram": diagram,
            "width": across,
            "height": down,
            "full": bool(notes),
            "notes": bool(notes) and any(item.note for item in diagram.items),
            "size": large * text * _POINT,
            "label_size": large * headings * _POINT * _LABEL,
            "fit": fitter.fit,
            "around": _find_point,
        }
        return Markup(template.render(names)) + fitter.note()  # noqa: S704  # autoescaped


@dataclass
class _Fitter:
    """Breaks the words of one diagram into lines, and remembers which are set too small.

    `least` is how small text may be set, in points, and `least_label` how small headings may.
    """

    diagram: DiagramView
    least: float
    least_label: float
    widths: LetterWidths
    too_small: dict[str, tuple[float, float]] = field(default_factory=dict)

    def fit(
        self,
        texts: object,
        width: object,
        height: object,
        size: object,
        face: object = "text",
        *,
        trial: bool = False,
    ) -> tuple[SetLines, ...]:
        """Return texts in lines, all in one size of at most `size`; lengths are in mm.

        Of a `trial` it is not told that it comes out too small.
        """
        if not isinstance(texts, list | tuple) or face not in ("text", "bold", "headings"):
            raise Mistake("template", "fit() takes a list of texts, and one of three faces")
        words = [str(text) for text in texts]
        if not words:
            return ()
        across, down, wanted = _length(width), _length(height), _above_0(size)
        least = self.least_label if face == "headings" else self.least
        rows, is_large_enough = fit_lines(
            words, across, down, wanted, min(least * _POINT, wanted), str(face), self.widths.width
        )
        if not is_large_enough and not trial:
            longest = max(rows, key=lambda row: (row.height > down, row.width, row.height))
            self.too_small[" ".join(longest.lines)] = longest.size / _POINT, least
        return rows

    def note(self) -> Markup:
        """Return a note for the proofreader on what is set too small to be read well."""
        if not self.too_small:
            return Markup()
        words, (points, least) = min(self.too_small.items(), key=lambda row: row[1])
        items = self.diagram.items
        lines = [item.line for item in items if words in (item.label, item.note)]
        place = Location(Path(self.diagram.path), lines[0] if lines else self.diagram.line)
        message = f"In the diagram “{words}” is set in {points:.1f} pt, as it is long"
        hint = f"Shorten it, so that there is room for {least:.3g} pt."
        return with_note("", SMALL_TYPE, message, hint, place)


def _find_point(x: object, y: object, radius: object, degrees: object) -> DrawnPoint:
    """Return the point at a distance from another; degrees go clockwise from the top."""
    turn = math.radians(_length(degrees))
    distance = _length(radius)
    return DrawnPoint(
        round(_length(x) + distance * math.sin(turn), 3),
        round(_length(y) - distance * math.cos(turn), 3),
    )


def _above_0(value: object) -> float:
    length = _length(value)
    if length <= 0:
        raise Mistake("template", "A drawing and the type in it have sizes above 0")
    return length


def _length(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1e4:
        raise Mistake("template", "A length in a drawing is a number, in mm")
    return float(value)
