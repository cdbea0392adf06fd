"""Tell which words have the colour of what is painted below them, or are painted over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from tinycss2.color5 import parse_color
from weasyprint.draw.color import get_color
from weasyprint.formatting_structure import boxes

from workshop.typesetting.inside import POINTS
from workshop.typesetting.inside.areas import moved, scaled
from workshop.typesetting.inside.beyond_boxes import outlines_of, shadows_of
from workshop.typesetting.inside.looked_up_colours import as_default, differ_by_look
from workshop.typesetting.pages import Area

# A box's place in the order of painting (CSS 2.2, appendix E): for each layer around it, and at
# last for itself, its z-index, its phase, and the number of the box in the tree.
Order = tuple[tuple[float, int, int], ...]
_BOTTOM = (float("-inf"), 0, 0)
_BACKGROUND, _FLOAT, _TEXT, LAYER = range(4)
# Outlines are painted after all that stands in a layer (CSS 2.2, appendix E, 10).
_TOP: Order = ((float("inf"), LAYER, 0),)
# Margin boxes come after all of the page's text, whatever its layers are (CSS 2.2, appendix E, and
# CSS Paged Media 3, 3.3: each is a stacking context of its own).
MARGINS: Order = ((float("inf"), LAYER, 1),)

_Rgb = tuple[float, float, float]
_WHITE: _Rgb = (1, 1, 1)
_PAPER = parse_color("white")
# Below both, words are not told from what they stand on: the contrast of WCAG 2.2, 1.4.3, and how
# much one of the three colours differs.
_LEAST_CONTRAST, _LEAST_DIFFERENCE = 1.2, 0.14
# Paint that hides what is below it, and ink that is nearly none.
_OPAQUE, _FAINT = 0.9, 0.1
# Wide borders may be drawn as bars and triangles for words to stand on, in points.
_WIDE = 3.0
_BORDERS = ("border_top_width", "border_right_width", "border_bottom_width", "border_left_width")
# How far words may stick out of what they stand on, in points: the swash of a letter.
_TOLERANCE = 1.0
# What reaches less far over a word, in points, only touches it.
_EDGE = 0.75


@dataclass(frozen=True)
class _Paint:
    """Describes painted area; a picture or a gradient has no colour that is known.

    `ink` is the colour as it was computed, for which there may be another for each client.
    """

    order: Order
    area: Area
    colour: _Rgb | None
    alpha: float
    ink: Any = None


def layer_of(box: Any, order: Order, number: int) -> Order:
    """Return the order of what is in a box; a box of its own layer stays above what is around."""
    style = box.style
    if style["position"] != "static" or style["opacity"] < 1 or style["transform"]:
        index = style["z_index"]
        # What has a negative index is painted before the text around it.
        level = index if isinstance(index, int) and style["position"] != "static" else 0
        return (*order, (level, LAYER if level >= 0 else _BACKGROUND, number))
    return order


def order_of_text(order: Order, number: int) -> Order:
    """Return the place of a text in the layer `order`."""
    return (*order, (0, _TEXT, number))


class Canvas:
    """Holds what is painted on a page besides text; areas are in points."""

    def __init__(self, page: Any) -> None:
        self._paints = [_Paint((), scaled(0, 0, 1e6, 1e6), _WHITE, 1, _PAPER)]
        # Colours of texts that something has too, and None for the others.
        self._near: dict[Any, _Rgb | None] = {}
        # Colours of texts, with whether something is there that they may be like for a client.
        self._may_be_near: dict[Any, bool] = {}
        # Whether it was asked for a colour that is another for each client, on one that is not.
        self.judged_by_look = False
        for background in (page.background, page.canvas_background):
            if background is not None:
                self._add_background(background, (), 1, None)

    def note_box(self, box: Any, around: Order, number: int, alpha: float, matrix: Any) -> None:
        """Note the background of a box, and borders wide enough to stand on."""
        background = getattr(box, "background", None)
        has_wide_border = any(getattr(box, name, 0) * POINTS > _WIDE for name in _BORDERS)
        beyond = shadows_of(box)
        self._paints += (_Paint(_TOP, moved(a, matrix), None, 1) for a in outlines_of(box))
        if background is None and not has_wide_border and not beyond:
            return
        own_layer = layer_of(box, around, number)
        phase = _FLOAT if box.is_floated() else _BACKGROUND
        if isinstance(box, boxes.InlineLevelBox):
            phase = _TEXT
        order = (*own_layer, _BOTTOM if own_layer != around else (0, phase, number))
        if background is not None:
            self._add_background(background, order, alpha, matrix)
        if has_wide_border:
            self._add_borders(box, order, matrix)
        self._paints += (_Paint(order, moved(area, matrix), None, 1) for area in beyond)

    def note_picture(self, area: Area, order: Order) -> None:
        """Note a picture; `area` is on the paper."""
        self._paints.append(_Paint(order, area, None, 1))

    def _add_background(self, background: Any, order: Order, alpha: float, matrix: Any) -> None:
        area = moved(scaled(*background.layers[-1].painting_area), matrix)
        alpha *= background.color.alpha
        if alpha:
            colour = background.color
            self._paints.append(_Paint(order, area, rgb_of(colour), alpha, colour))
        if any(layer.image for layer in background.layers):
            self._paints.append(_Paint(order, area, None, 1))

    def _add_borders(self, box: Any, order: Order, matrix: Any) -> None:
        """Note a box's borders: each wide one with its colour, or all of them where they meet.

        Borders around nothing draw a triangle, whose colour is not known for every point of it.
        """
        left, top = box.border_box_x(), box.border_box_y()
        width, height = box.border_width(), box.border_height()
        if not box.padding_width() or not box.padding_height():
            area = moved(scaled(left, top, width, height), matrix)
            self._paints.append(_Paint(order, area, None, 1))
            return
        for side in ("top", "right", "bottom", "left"):
            wide = getattr(box, f"border_{side}_width")
            if wide * POINTS <= _WIDE:
                continue
            across = side in ("top", "bottom")
            area = scaled(
                left + width - wide if side == "right" else left,
                top + height - wide if side == "bottom" else top,
                width if across else wide,
                wide if across else height,
            )
            ink = get_color(box.style, f"border_{side}_color")
            solid = box.style[f"border_{side}_style"] == "solid"
            colour = rgb_of(ink) if solid else None
            self._paints.append(_Paint(order, moved(area, matrix), colour, ink.alpha, ink))

    def is_covered(self, area: Area, order: Order) -> bool:
        """Tell whether a box with a colour of its own is painted over words."""
        is_below = any(level < 0 for level, _, _ in order)
        return any(
            paint.order > order and _holds(paint.area, area)
            for paint in (self._opaque if is_below else self._layers)
        )

    def may_be_covered(self, area: Area, order: Order) -> bool:
        """Tell whether something that may be opaque is painted over words, or a part of them."""
        if self._highest <= order:
            return False
        inner = Area(area.left + _EDGE, area.top + _EDGE, area.right - _EDGE, area.bottom - _EDGE)
        return any(
            paint.order > order and paint.alpha > _FAINT and _meet(paint.area, inner)
            for paint in self._paints
        )

    @cached_property
    def _highest(self) -> Order:
        return max(paint.order for paint in self._paints)

    @cached_property
    def _opaque(self) -> list[_Paint]:
        return [paint for paint in self._paints if paint.colour and paint.alpha >= _OPAQUE]

    @cached_property
    def _layers(self) -> list[_Paint]:
        """All that may be painted over text of the flow: what has a layer of its own."""
        return [
            paint for paint in self._opaque if any(phase == LAYER for _, phase, _ in paint.order)
        ]

    def has_colour_of(self, style: Any, area: Area, order: Order, opacity: float) -> bool:
        """Tell whether words of this style have about the colour of what is below them."""
        ink = get_color(style, "color")
        alpha = ink.alpha * opacity
        if alpha < _FAINT:
            return True
        key = ink.space, tuple(ink.coordinates), alpha
        if not self.judged_by_look and self._may_be_like_some_paint(key, ink):
            self.judged_by_look = any(
                differ_by_look(ink, paint.ink) for paint in self._below(area, order) if paint.ink
            )
        # Most texts of a page have one colour, and nothing on it is of that colour.
        if key not in self._near:
            colour = rgb_of(ink)
            near = colour and any(_alike(colour, alpha, paint) for paint in self._paints)
            self._near[key] = colour if near else None
        colour = self._near[key]
        if colour is None:
            return False
        for paint in self._below(area, order):
            if not _alike(colour, alpha, paint):
                return False
            if paint.alpha >= _OPAQUE and _holds(paint.area, area):
                return True
        return False

    def _may_be_like_some_paint(self, key: Any, ink: Any) -> bool:
        if key not in self._may_be_near:
            inks = (paint.ink for paint in self._paints if paint.ink)
            self._may_be_near[key] = any(differ_by_look(ink, paint) for paint in inks)
        return self._may_be_near[key]

    def _below(self, area: Area, order: Order) -> Iterator[_Paint]:
        """Yield what can be seen around words, from the uppermost paint down."""
        below = [paint for paint in self._paints if paint.order < order and _meet(paint.area, area)]
        for paint in sorted(below, key=lambda paint: paint.order, reverse=True):
            yield paint
            if paint.alpha >= _OPAQUE and _holds(paint.area, area):
                return


def rgb_of(colour: Any) -> _Rgb | None:
    """Return a colour's red, green and blue, from 0 to 1; None where they are not known.

    A stand-in counts as what it is for a client without a colour of its own.
    """
    try:
        red, green, blue = as_default(colour).to("srgb")[:3]
    except (NotImplementedError, TypeError, ValueError):  # a colour space that has no way to RGB
        return None
    return red, green, blue


def _alike(colour: _Rgb, alpha: float, paint: _Paint) -> bool:
    """Tell whether ink of this colour cannot be told from a paint."""
    if paint.colour is None:
        return False
    pairs = list(zip(colour, paint.colour, strict=True))
    if alpha * max(abs(own - base) for own, base in pairs) > _LEAST_DIFFERENCE:
        return False
    mixed = [alpha * own + (1 - alpha) * base for own, base in pairs]
    darker, lighter = sorted((_luminance(mixed), _luminance(paint.colour)))
    return (lighter + 0.05) / (darker + 0.05) < _LEAST_CONTRAST


def _luminance(colour: Any) -> float:
    """Return the relative luminance of a colour (WCAG 2.2)."""
    linear = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in colour
    ]
    red, green, blue = linear
    return float(0.2126 * red + 0.7152 * green + 0.0722 * blue)


def _meet(first: Area, second: Area) -> bool:
    return (
        first.left < second.right
        and first.right > second.left
        and first.top < second.bottom
        and first.bottom > second.top
    )


def _holds(outer: Area, inner: Area) -> bool:
    return not inner.sticks_out_of(outer, _TOLERANCE)
