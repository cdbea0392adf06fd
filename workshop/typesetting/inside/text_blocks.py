"""Laid-out blocks of text: how large they came out, and what draws them elsewhere."""

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
from workshop.typesetting.laid_out import IN_TEXT, SlotBox

_FONT = re.compile(rb"/([A-Z]{6})( [\d.]+ Tf)")


@dataclass(frozen=True)
class DrawnBlock:
    """A laid-out block by itself, or one of its lines."""

    box: Any
    page: Any
    line: Any = None

    @property
    def lines(self) -> list[DrawnBlock]:
        """The lines of the block, each by itself."""
        return [DrawnBlock(self.box, self.page, one) for one in _lines(self.box)]

    @property
    def extent(self) -> tuple[float, float]:
        """How wide and how high its text is, in points."""
        lines = [self.line] if self.line else _lines(self.box)
        edges = [
            (child.position_x, child.position_x + child.margin_width())
            for line in lines
            for child in line.children
        ]
        width = max(right for _, right in edges) - min(left for left, _ in edges) if edges else 0
        return width * POINTS, (self.line or self.box).height * POINTS

    def drawn(self, document: Any, slot: SlotBox, down: float) -> tuple[bytes, bytes]:
        """Return what draws it, and its graphics states, as a PDF's bytes.

        Its upper left corner comes to stand at that of the slot, `down` points lower.
        """
        states = pydyf.Dictionary()
        resources = {"ExtGState": states, "XObject": {}, "Pattern": {}, "Shading": {},
                     "ColorSpace": None}  # fmt: skip
        stream = Stream(document.fonts, None, resources, {}, None, document.color_profiles, None)
        # WeasyPrint measures downwards, in CSS pixels.
        stream.transform(a=POINTS, d=-POINTS, f=slot.height - down)
        if self.line:
            # Moved itself: what draws it must not tell how much stood above it.
            self.line.translate(-self.box.position_x, -self.line.position_y)
            draw_inline_level(stream, self.page, self.line)
        else:
            stream.transform(e=-self.box.position_x, f=-self.box.position_y)
            draw_stacking_context(stream, StackingContext.from_box(self.box, self.page))
        content = b"\n".join(map(pydyf._to_bytes, stream.stream))
        return _FONT.sub(rb"/\1%b\2" % IN_TEXT.encode(), content), states.data


def blocks_by_id(document: Any) -> dict[str, DrawnBlock]:
    """Return the laid-out block of every `div` with an id."""
    found: dict[str, DrawnBlock] = {}
    for page in document.pages:
        for box in _descendants(page._page_box):
            element = getattr(box, "element", None)
            if element is not None and element.get("id") and box.element_tag == "div":
                found.setdefault(element.get("id"), DrawnBlock(box, page._page_box))
    return found


def _lines(box: Any) -> list[Any]:
    return [one for one in _descendants(box) if isinstance(one, LineBox)]


def _descendants(box: Any) -> Iterator[Any]:
    for child in getattr(box, "children", ()):
        # What is positioned absolutely leaves a mark where it stood in the text.
        inner = child._box if isinstance(child, AbsolutePlaceholder) else child
        yield inner
        yield from _descendants(inner)
