"""Tell what is painted outside of a box, where it may lie on others: outlines and shadows."""

from __future__ import annotations

from typing import Any

from weasyprint.draw.color import get_color

from workshop.typesetting.inside import POINTS
from workshop.typesetting.inside.areas import scaled
from workshop.typesetting.pages import Area

# A line between columns that is wider, in points, may lie on them.
_WIDE_RULE = 6.0


def outlines_of(box: Any) -> list[Area]:
    """Return the four sides of the outline of a box; none where there is no outline to be seen."""
    style = box.style
    width = style["outline_width"]
    if not width or not get_color(style, "outline_color").alpha:
        return []
    offset = style["outline_offset"]
    return _frame(_border_box(box), width + offset, width)


def shadows_of(box: Any) -> list[Area]:
    """Return where shadows, a picture for a border and wide rules between columns are painted."""
    style = box.style
    left, top, width, height = _border_box(box)
    areas = []
    for x, y, blur, spread, _colour, is_inset in style["box_shadow"]:
        if not is_inset:
            more = spread.value + blur.value
            areas.append(
                scaled(
                    left + x.value - more,
                    top + y.value - more,
                    width + 2 * more,
                    height + 2 * more,
                )
            )
    if style["border_image_source"][0] != "none":
        areas.append(scaled(left, top, width, height))
    if style["column_rule_width"] * POINTS > _WIDE_RULE:
        areas.append(scaled(left, top, width, height))
    return areas


def _border_box(box: Any) -> tuple[float, float, float, float]:
    return box.border_box_x(), box.border_box_y(), box.border_width(), box.border_height()


def _frame(inner: tuple[float, float, float, float], out: float, wide: float) -> list[Area]:
    """Return four bars of this width around a box; their outer edges stand `out` around it."""
    left, top, width, height = inner
    left, top, width, height = left - out, top - out, width + 2 * out, height + 2 * out
    return [
        scaled(left, top, width, wide),
        scaled(left, top + height - wide, width, wide),
        scaled(left, top, wide, height),
        scaled(left + width - wide, top, wide, height),
    ]
