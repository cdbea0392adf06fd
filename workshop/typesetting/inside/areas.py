"""Compute with areas on a page: from pixels to points, turned, and cut to one another."""

from __future__ import annotations

from typing import Any

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
