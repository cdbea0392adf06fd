"""Compute areas on a page, turned and cut to one another, and the sizes that CSS asks for."""

from __future__ import annotations

from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.images import SVGImage

from workshop.typesetting.inside import POINTS
from workshop.typesetting.pages import Area


def scaled(left: float, top: float, width: float, height: float) -> Area:
    """Return an area measured in WeasyPrint's pixels."""
    return Area(*(edge * POINTS for edge in (left, top, left + width, top + height)))


def moved(area: Area, matrix: Any) -> Area:
    """Return where an area stands after turning or scaling it; the matrix is in pixels."""
    if matrix is None:
        return area
    corners = [
        matrix.transform_point(x / POINTS, y / POINTS)
        for x in (area.left, area.right)
        for y in (area.top, area.bottom)
    ]
    across, down = [x * POINTS for x, _ in corners], [y * POINTS for _, y in corners]
    return Area(min(across), min(down), max(across), max(down))


def common(first: Area | None, second: Area) -> Area:
    """Return what two areas have in common; the second where there is no first."""
    if first is None:
        return second
    return Area(
        max(first.left, second.left),
        max(first.top, second.top),
        min(first.right, second.right),
        min(first.bottom, second.bottom),
    )


def clip_of(box: Any) -> Area:
    """Return what `clip: rect(…)` leaves of a box."""
    top, right, bottom, left = (getattr(edge, "value", edge) for edge in box.style["clip"])
    left, top = (0 if edge == "auto" else edge for edge in (left, top))
    right = box.border_width() if right == "auto" else right
    bottom = box.border_height() if bottom == "auto" else bottom
    x, y = box.border_box_x(), box.border_box_y()
    return scaled(x + left, y + top, max(0, right - left), max(0, bottom - top))


def asked_height(box: Any) -> float | None:
    """Return the height CSS asks for, with padding and borders, in points."""
    height = box.style["height"]
    if own := _own_size(box):
        return own[1] * POINTS
    if height == "auto" or getattr(height, "unit", None) == "%":
        return None
    value = float(getattr(height, "value", height))
    if box.style["box_sizing"] == "content-box" and not isinstance(box, boxes.TableRowBox):
        value += box.border_height() - box.height
    return value * POINTS


def _own_size(box: Any) -> tuple[float, float] | None:
    """Return the width and height that an SVG gives itself, in pixels, if it gives both."""
    if not isinstance(box, boxes.ReplacedBox) or not isinstance(box.replacement, SVGImage):
        return None
    width, height, _ = box.replacement.get_intrinsic_size(1, box.style["font_size"])
    return (width, height) if width and height else None


def drawing_in(box: Any) -> tuple[float, float, float, float] | None:
    """Return where an SVG with a size of its own is drawn: it fills its box in one direction."""
    if own := _own_size(box):
        scale = min(box.width / own[0], box.height / own[1])
        return box.content_box_x(), box.content_box_y(), own[0] * scale, own[1] * scale
    return None
