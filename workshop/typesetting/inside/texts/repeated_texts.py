"""Note where a drawing's texts are drawn that stand in a drawing inside it, or that `use` repeats.

WeasyPrint makes such an element anew when it draws it, and forgets it: only while it draws is to be
known where it stands. Whatever is private in that, in WeasyPrint 70's `svg`, is used here alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import wraps
from typing import Any

from weasyprint.matrix import Matrix
from weasyprint.svg import SVG
from weasyprint.svg.bounding_box import is_valid_bounding_box

# Where the lists of a drawing are kept with it.
_NOTED, _INSIDE, _FIRST = "_noted_texts", "_elements_around", "_first_stream"
_Placed = tuple[Any, Matrix]


def note_repeated_texts() -> None:
    """Have WeasyPrint note texts while it draws; calling this again changes nothing."""
    if not hasattr(SVG.draw_node, "__wrapped__"):
        SVG.draw_node = _noting(SVG.draw_node)


def repeated_texts(svg: Any) -> Iterator[_Placed]:
    """Yield the texts that were noted when a drawing was last drawn, each with its matrix.

    The matrix leads from the text's own units to pixels in the box of the drawing. A text with an
    opacity of its own, or one around it, is not among them.
    """
    yield from getattr(svg, _NOTED, ())


def _noting(draw_node: Any) -> Any:
    @wraps(draw_node)
    def draw(
        svg: Any, node: Any, font_size: float, fill_stroke: bool = True, context: Any = None
    ) -> None:
        if node is svg.tree:
            before = svg.stream.ctm.invert if svg.stream.ctm.determinant else Matrix()
            vars(svg).update({_NOTED: [], _INSIDE: 0, _FIRST: (svg.stream, before)})
        is_inside = node.tag == "use" or (node.tag == "svg" and node is not svg.tree)
        setattr(svg, _INSIDE, getattr(svg, _INSIDE, 0) + is_inside)
        stream, start = getattr(svg, _FIRST, (None, Matrix()))
        matrix = svg.stream.ctm @ start
        is_noted = fill_stroke and node.tag == "text" and getattr(svg, _INSIDE)
        is_noted = bool(is_noted) and svg.stream is stream
        try:
            draw_node(svg, node, font_size, fill_stroke, context)
        finally:
            setattr(svg, _INSIDE, getattr(svg, _INSIDE) - is_inside)
        if is_noted and is_valid_bounding_box(getattr(node, "text_bounding_box", None)):
            own = svg.get_node_transform_matrix(node, font_size)
            getattr(svg, _NOTED).append((node, own @ matrix if own else matrix))

    return draw
