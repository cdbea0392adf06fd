"""Describe what a box stands in: what moves it, cuts it off, holds it or is painted with it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from weasyprint.formatting_structure import boxes

from workshop.typesetting.inside.areas import clip_of, common, moved, scaled
from workshop.typesetting.inside.paint_order import Order
from workshop.typesetting.pages import Area

_FLOWING = boxes.BlockContainerBox | boxes.FlexContainerBox | boxes.GridContainerBox
_NOWHERE = Area(0, 0, 0, 0)


@dataclass(frozen=True)
class Around:
    """Describes what a box stands in; the fields are those of `PrintedWords` and `LaidWords`."""

    ids: tuple[str, ...] = ()
    column: Area = _NOWHERE
    ends_left: bool = False
    cut_by: Area | None = None
    held_by: Area | None = None
    flows: bool = True
    heads: bool = False
    in_table: bool = False
    matrix: Any = None
    order: Order = ()
    opacity: float = 1


def inside_of(box: Any, around: Around) -> Around:
    """Return what the children of a box stand in; `around` is what the box itself stands in."""
    style = box.style
    if box.is_absolutely_positioned() or box.is_floated():
        around = replace(around, flows=False)
    if box.is_absolutely_positioned():
        around = replace(around, held_by=None)
    if box.transformation_matrix:
        own = box.transformation_matrix
        matrix = own @ around.matrix if around.matrix else own
        # Inside, everything is measured before it is turned or moved, and so is what cuts it off.
        cut_by = moved(around.cut_by, own.invert) if around.cut_by else None
        around = replace(around, matrix=matrix, cut_by=cut_by, held_by=None)
    if isinstance(box, boxes.BlockContainerBox):
        ends_left = style["direction"] == "rtl"
        around = replace(around, column=scaled(*box.hit_area()), ends_left=ends_left)
    if isinstance(box, _FLOWING) and _is_fixed(box):
        around = replace(around, held_by=scaled(*box.hit_area()))
    if isinstance(box, boxes.TableBox):
        classes = (box.element.get("class") or "").split() if box.element is not None else ()
        around = replace(around, in_table="writing-table" in classes)
    if isinstance(box, boxes.TableRowGroupBox) and (box.is_header or box.is_footer):
        # Heads and feet of tables are repeated on every page, and nobody writes there.
        around = replace(around, in_table=False)
    if style["overflow"] != "visible" and not isinstance(box, boxes.TableBox):
        visible = scaled(
            box.padding_box_x(), box.padding_box_y(), box.padding_width(), box.padding_height()
        )
        around = replace(around, cut_by=common(around.cut_by, visible))
    if box.is_absolutely_positioned() and style["clip"]:
        around = replace(around, cut_by=common(around.cut_by, clip_of(box)))
    return around


def is_generated(box: Any) -> bool:
    """Tell whether a style sheet wrote a box's text, by its pseudo-element's or margin's name."""
    return box.element is None or "::" in box.element_tag.removesuffix("::first-letter")


def _is_fixed(box: Any) -> bool:
    """Tell whether CSS fixes the height of a box, whatever stands in it."""
    if isinstance(box, boxes.TableCellBox | boxes.TableCaptionBox | boxes.MarginBox):
        return False
    height, most = box.style["height"], box.style["max_height"]
    fixed = height != "auto" or getattr(most, "value", 0) not in (0, float("inf"))
    return fixed and box.border_height() > 0 and not box.is_for_root_element
