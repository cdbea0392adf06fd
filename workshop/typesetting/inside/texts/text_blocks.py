"""Measure laid-out blocks of text, and draw them elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pydyf
from weasyprint.draw import draw_inline_level, draw_stacking_context
from weasyprint.formatting_structure.boxes import LineBox
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.pdf.stream import Stream
from weasyprint.stacking import StackingContext

from workshop.typesetting.inside import POINTS
from workshop.typesetting.inside.looked_up_colours import look_up
from workshop.typesetting.inside.written import as_written
from workshop.typesetting.laid_out import IN_TEXT, SlotBox

_FONT = re.compile(rb"/([A-Z]{6})( [\d.]+ Tf)")


@dataclass(frozen=True)
class DrawnBlock:
    """Holds a laid-out block, or one `line` of it."""

    box: Any
    page: Any
    line: Any = None

    @property
    def lines(self) -> list[DrawnBlock]:
        """The lines of the block, each by itself."""
        return [DrawnBlock(self.box, self.page, line) for line in _lines(self.box)]

    @property
    def extent(self) -> tuple[float, float]:
        """Width and height of the text, in points."""
        lines = [self.line] if self.line else _lines(self.box)
        edges = [
            (child.position_x, child.position_x + child.margin_width())
            for line in lines
            for child in line.children
        ]
        width = max(right for _, right in edges) - min(left for left, _ in edges) if edges else 0
        return width * POINTS, (self.line or self.box).height * POINTS

    def drawn(self, document: Any, slot: SlotBox, down: float) -> tuple[bytes, bytes]:
        """Return a content stream that draws the text, and the dictionary of its graphics states.

        The text's upper left corner comes `down` points below that of the slot.
        """
        states = pydyf.Dictionary()
        resources = {"ExtGState": states, "XObject": {}, "Pattern": {}, "Shading": {},
                     "ColorSpace": None}  # fmt: skip
        stream = Stream(document.fonts, None, resources, {}, None, document.color_profiles, None)
        # WeasyPrint measures downwards, in CSS pixels.
        stream.transform(a=POINTS, d=-POINTS, f=slot.height - down)
        if self.line:
            # The line itself is moved: the stream must not show how much text stood above it.
            self.line.translate(-self.box.position_x, -self.line.position_y)
            draw_inline_level(stream, self.page, self.line)
        else:
            stream.transform(e=-self.box.position_x, f=-self.box.position_y)
            draw_stacking_context(stream, StackingContext.from_box(self.box, self.page))
        content = b"\n".join(map(as_written, look_up(stream.stream)))
        return _FONT.sub(rb"/\1%b\2" % IN_TEXT.encode(), content), states.data


def blocks_by_id(document: Any) -> dict[str, DrawnBlock]:
    """Return the laid-out block of every `div` with an id."""
    blocks: dict[str, DrawnBlock] = {}
    for page in document.pages:
        for box in _descendants(page._page_box):
            element = getattr(box, "element", None)
            if element is not None and element.get("id") and box.element_tag == "div":
                blocks.setdefault(element.get("id"), DrawnBlock(box, page._page_box))
    return blocks


def _lines(box: Any) -> list[Any]:
    return [child for child in _descendants(box) if isinstance(child, LineBox)]


def _descendants(box: Any) -> Iterator[Any]:
    for child in getattr(box, "children", ()):
        # A box that is positioned absolutely is replaced by a placeholder in the text.
        inner = child._box if isinstance(child, AbsolutePlaceholder) else child
        yield inner
        yield from _descendants(inner)
