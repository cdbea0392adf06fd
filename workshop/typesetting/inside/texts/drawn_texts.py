"""Read which texts of a drawing are not drawn, or reach over the edge of the drawing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from weasyprint.matrix import Matrix
from weasyprint.svg.bounding_box import is_valid_bounding_box
from weasyprint.svg.utils import preserve_ratio, size

from workshop.typesetting.inside.texts.repeated_texts import repeated_texts

_SVG = "{http://www.w3.org/2000/svg}"
_TEXTS = frozenset({"text", "tspan", "textPath", "a", "tref"})
# What is never meant to be seen.
_NOT_DRAWN = frozenset({"title", "desc", "metadata", "style", "script"})
_SHAPES = ("circle", "ellipse", "image", "line", "path", "polygon", "polyline", "rect")
# Shapes that may cover a text, and the widest line, in pixels, of which words stand out.
_COVERING = frozenset({*_SHAPES, "use", "svg"})
_THIN = 4.0
_Edges = tuple[float, float, float, float]
_ANYWHERE: _Edges = (float("-inf"), float("-inf"), float("inf"), float("inf"))
_CUTTING = frozenset({"clipPath", "filter", "mask"})
# Type of fewer pixels may be too small to leave any ink.
_TINY = 3.0
_GROUPS = frozenset({"g", "switch", "text", "a"})
# How much of a drawing's width or height a text may reach over its edge: letters are not as high
# as their line.
_TOLERANCE = 0.02


def words_not_drawn(picture: Any) -> tuple[str, str]:
    """Return the words that are lost in a drawn SVG, and those that reach over its edge."""
    outside, cut = _words_over_the_edge(picture)
    lost = (_undrawn_words(picture), *_words_of_no_size(picture._svg.tree), outside)
    return " ".join(filter(None, lost)), cut


def texts_in_doubt(picture: Any) -> Iterator[tuple[str, _Edges]]:
    """Yield the texts of a drawn SVG that may not be seen in it, with their edges in parts of it.

    Others may be painted over them, or they may be cut off, moved away or masked; those that are
    drawn by `use` or in a drawing inside it always may. An edge is 0 at the left or the top of the
    drawing, and 1 at its right or its bottom.
    """
    svg = picture._svg
    if not hasattr(svg, "stream"):
        return
    cuts = any(_tag_of(node) in _CUTTING for node in svg.tree._etree_node.iter())
    width, height = svg.concrete_width, svg.concrete_height
    waiting: list[tuple[str, _Edges]] = []
    for words, edges in _in_turn(svg, svg.tree, _start(svg)):
        x1, y1, x2, y2 = edges
        doubtful = [entry for entry in waiting if not words and _meet(entry[1], edges)]
        waiting = [entry for entry in waiting if entry not in doubtful]
        if words and x2 > 0 and y2 > 0 and x1 < width and y1 < height:
            is_in_doubt = cuts or min(x2 - x1, y2 - y1) < _TINY
            (doubtful if is_in_doubt else waiting).append((words, edges))
        for text, (left, top, right, bottom) in doubtful:
            yield text, (left / width, top / height, right / width, bottom / height)
    for text, matrix in repeated_texts(svg):
        words, (left, top, right, bottom) = _words_and_edges(text, matrix)
        if words:
            yield words, (left / width, top / height, right / width, bottom / height)


def _tag_of(node: Any) -> str:
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def _start(svg: Any) -> Matrix:
    """Return how a drawing’s own units are drawn in its box."""
    width, height = svg.concrete_width, svg.concrete_height
    scale_x, scale_y, left, top = preserve_ratio(svg, svg.tree, size("12pt"), width, height)
    return Matrix(a=scale_x, d=scale_y, e=left, f=top)


def _in_turn(svg: Any, node: Any, matrix: Matrix) -> Iterator[tuple[str, _Edges]]:
    """Yield the texts and the shapes that may cover some, as they are drawn, with their edges.

    A shape has no words. One whose place is not known may be anywhere.
    """
    for child in node:
        if not child.visible:
            continue
        own = svg.get_node_transform_matrix(child, size("12pt"))
        inner = own @ matrix if own else matrix
        if child.tag == "text" and _has_one_place(child):
            yield _words_and_edges(child, inner)
        elif child.tag in _GROUPS:
            yield from _in_turn(svg, child, inner)
        elif child.tag in _COVERING and _covers(child):
            box = svg.calculate_bounding_box(child, size("12pt"))
            yield "", _edges(box, inner) if is_valid_bounding_box(box) else _ANYWHERE


def _covers(node: Any) -> bool:
    """Tell whether a shape is more than a thin line."""
    is_filled = node.tag != "line" and node.get("fill") != "none"
    return is_filled or bool(size(node.get("stroke-width", "1px")) > _THIN)


def _meet(first: _Edges, second: _Edges) -> bool:
    return (
        first[0] < second[2]
        and first[2] > second[0]
        and first[1] < second[3]
        and first[3] > second[1]
    )


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
    if _condense_texts(undrawn) in _condense_texts(drawn):
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
    outside, cut = list[str](), list[str]()
    for text, edges in _texts(svg, svg.tree, _start(svg)):
        x1, y1, x2, y2 = edges
        spare_x, spare_y = _TOLERANCE * width, _TOLERANCE * height
        # A narrow text, such as a figure, may stand within the spare room at an edge.
        near_x, near_y = min(spare_x, (x2 - x1) / 2), min(spare_y, (y2 - y1) / 2)
        if x2 < near_x or x1 > width - near_x or y2 < near_y or y1 > height - near_y:
            outside.append(text)
        elif x1 < -spare_x or x2 > width + spare_x or max(-y1, y2 - height) > (y2 - y1) / 2:
            cut.append(text)
    return " ".join(outside), " ".join(cut)


def _texts(svg: Any, node: Any, matrix: Matrix) -> Iterator[tuple[str, _Edges]]:
    """Yield the texts that were drawn in a node, with their edges in pixels of the drawing."""
    for child in node:
        if not child.visible or child.tag not in _GROUPS:
            continue
        own = svg.get_node_transform_matrix(child, size("12pt"))
        inner = own @ matrix if own else matrix
        if child.tag == "text" and _has_one_place(child):
            yield _words_and_edges(child, inner)
        elif child.tag != "text":
            yield from _texts(svg, child, inner)


def _words_and_edges(text: Any, matrix: Matrix) -> tuple[str, _Edges]:
    x, y, width, height = text.text_bounding_box
    shift = {"middle": width / 2, "end": width}.get(text.get("text-anchor"), 0)
    words = " ".join("".join(text._wrapper.etree_element.itertext()).split())
    return words, _edges((x - shift, y, width, height), matrix)


def _edges(box: _Edges, matrix: Matrix) -> _Edges:
    """Return the edges of a box, given by its corner, width and height, where it is drawn."""
    x, y, width, height = box
    corners = [
        matrix.transform_point(at_x, at_y) for at_x in (x, x + width) for at_y in (y, y + height)
    ]
    across, down = [corner[0] for corner in corners], [corner[1] for corner in corners]
    return min(across), min(down), max(across), max(down)


def _has_one_place(text: Any) -> bool:
    """Tell whether a text was drawn, and its box tells where all of it stands."""
    pieces = list(text)
    anchored = text.get("text-anchor", "start") != "start"
    return (
        is_valid_bounding_box(getattr(text, "text_bounding_box", None))
        and not any(piece.tag == "textPath" for piece in pieces)
        and not (anchored and any({"x", "y"} & piece.attrib.keys() for piece in pieces))
    )


def _condense_texts(texts: list[str]) -> str:
    return "".join("".join(texts).split())
