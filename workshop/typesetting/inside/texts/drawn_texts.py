"""Read which texts of a drawing are not drawn, or reach over the edge of the drawing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from weasyprint.matrix import Matrix
from weasyprint.svg.bounding_box import is_valid_bounding_box
from weasyprint.svg.utils import preserve_ratio, size

_SVG = "{http://www.w3.org/2000/svg}"
_TEXTS = frozenset({"text", "tspan", "textPath", "a", "tref"})
# What is never meant to be seen.
_NOT_DRAWN = frozenset({"title", "desc", "metadata", "style", "script"})
_SHAPES = ("circle", "ellipse", "image", "line", "path", "polygon", "polyline", "rect")
_GROUPS = frozenset({"g", "switch", "text", "a"})
# How much of a drawing's width or height a text may reach over its edge: letters are not as high
# as their line.
_TOLERANCE = 0.02


def words_not_drawn(picture: Any) -> tuple[str, str]:
    """Return the words that are lost in a drawn SVG, and those that reach over its edge."""
    outside, cut = _words_over_the_edge(picture)
    lost = (_undrawn_words(picture), *_words_of_no_size(picture._svg.tree), outside)
    return " ".join(filter(None, lost)), cut


def _undrawn_words(picture: Any) -> str:
    """Return the words of an SVG that stand in elements WeasyPrint does not draw."""
    drawn: list[str] = []
    undrawn: list[str] = []
    waiting = [(picture._svg.tree._etree_node, False)]
    while waiting:
        node, foreign = waiting.pop()
        tag = node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""
        if not tag or tag in _NOT_DRAWN:
            continue
        foreign = foreign or tag == "foreignObject"
        texts = (node.text, *(child.tail for child in node))
        if foreign or tag in _TEXTS:
            (undrawn if foreign else drawn).extend(text for text in texts if text)
        waiting.extend((child, foreign) for child in reversed(node))
    # Drawing programs write such a text a second time, for viewers that do not know the element.
    if _condensed(undrawn) in _condensed(drawn):
        return ""
    return " ".join(undrawn)


def _words_of_no_size(tree: Any) -> Iterator[str]:
    """Yield the words of symbols that are used without a size, and have no shapes to take it from.

    WeasyPrint draws them as small as a point.
    """
    for use in tree._etree_node.iter(f"{_SVG}use"):
        address = use.get("href") or use.get("{http://www.w3.org/1999/xlink}href") or ""
        node = tree.get_child(address.removeprefix("#")) if address.startswith("#") else None
        # A symbol that was drawn has become an `svg`.
        if node is None or node.tag != "svg" or {"width", "height"} <= use.attrib.keys():
            continue
        symbol = node._etree_node
        if not any(element.tag.removeprefix(_SVG) in _SHAPES for element in symbol.iter()):
            yield " ".join("".join(symbol.itertext()).split())


def _words_over_the_edge(picture: Any) -> tuple[str, str]:
    """Return the words of a drawn SVG that stand outside it, and those that reach over its edge.

    Looked at are texts in the drawing itself and in groups, not those in symbols and patterns.
    """
    svg = picture._svg
    if not hasattr(svg, "stream"):
        return "", ""
    width, height = svg.concrete_width, svg.concrete_height
    scale_x, scale_y, left, top = preserve_ratio(svg, svg.tree, size("12pt"), width, height)
    start = Matrix(a=scale_x, d=scale_y, e=left, f=top)
    outside, cut = list[str](), list[str]()
    for text, edges in _texts(svg, svg.tree, start):
        x1, y1, x2, y2 = edges
        spare_x, spare_y = _TOLERANCE * width, _TOLERANCE * height
        # A narrow text, such as a figure, may stand within the spare room at an edge.
        near_x, near_y = min(spare_x, (x2 - x1) / 2), min(spare_y, (y2 - y1) / 2)
        if x2 < near_x or x1 > width - near_x or y2 < near_y or y1 > height - near_y:
            outside.append(text)
        elif x1 < -spare_x or x2 > width + spare_x:
            cut.append(text)
    return " ".join(outside), " ".join(cut)


def _texts(svg: Any, node: Any, matrix: Matrix) -> Iterator[tuple[str, tuple[float, ...]]]:
    """Yield the texts that were drawn in a node, with their edges in pixels of the drawing."""
    for child in node:
        if not child.visible or child.tag not in _GROUPS:
            continue
        own = svg.get_node_transform_matrix(child, size("12pt"))
        inner = own @ matrix if own else matrix
        if child.tag == "text" and _has_one_place(child):
            x, y, width, height = child.text_bounding_box
            shift = {"middle": width / 2, "end": width}.get(child.get("text-anchor"), 0)
            corners = [
                inner.transform_point(at_x - shift, at_y)
                for at_x in (x, x + width)
                for at_y in (y, y + height)
            ]
            across, down = [corner[0] for corner in corners], [corner[1] for corner in corners]
            words = " ".join("".join(child._wrapper.etree_element.itertext()).split())
            yield words, (min(across), min(down), max(across), max(down))
        elif child.tag != "text":
            yield from _texts(svg, child, inner)


def _has_one_place(text: Any) -> bool:
    """Whether a text was drawn, and its box tells where all of it stands."""
    pieces = list(text)
    anchored = text.get("text-anchor", "start") != "start"
    return (
        is_valid_bounding_box(getattr(text, "text_bounding_box", None))
        and not any(piece.tag == "textPath" for piece in pieces)
        and not (anchored and any({"x", "y"} & piece.attrib.keys() for piece in pieces))
    )


def _condensed(texts: list[str]) -> str:
    return "".join("".join(texts).split())
