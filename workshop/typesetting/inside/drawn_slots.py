"""Draw slots: pictures of no size of their own that become forms to be filled in later."""

from __future__ import annotations

import re
from typing import Any, Literal
from urllib.parse import parse_qs, unquote, urlsplit

import pydyf

from workshop.typesetting.inside import POINTS
from workshop.typesetting.laid_out import Slot, SlotBox
from workshop.typesetting.pages import SLOT

# The slot whose text is decided by the page it stands on.
PAGE = "page"
# The inherited CSS properties that decide how a text looks.
_TEXT_PROPERTIES = (
    "color", "direction", "font_family", "font_feature_settings", "font_kerning",
    "font_language_override", "font_size", "font_stretch", "font_style", "font_variant_alternates",
    "font_variant_caps", "font_variant_east_asian", "font_variant_ligatures",
    "font_variant_numeric", "font_variant_position", "font_variation_settings", "font_weight",
    "hyphens", "letter_spacing", "line_height", "overflow_wrap", "text_align_all",
    "text_align_last", "text_transform", "white_space", "word_break", "word_spacing",
)  # fmt: skip
_IN_PIXELS = ("font_size", "letter_spacing", "word_spacing")


class Slots:
    """Collects the slots of one layout while its pages are drawn."""

    def __init__(self) -> None:
        self.page = 0
        self._drawn: dict[tuple[int, str, SlotBox, int | None], tuple[Slot, Any]] = {}

    def images(self, html: Any) -> dict[str, SlotImage]:
        """Return a picture for every address of a slot in an HTML tree."""
        addresses = {element.get("src", "") for element in html.iter("img")}
        return {
            address: SlotImage(self, address) for address in addresses if address.startswith(SLOT)
        }

    def key(self, resources: Any, name: str, box: SlotBox) -> str:
        """Add a slot's form to the resources of the stream being drawn, and return its name."""
        page = self.page if name == PAGE else None
        # Patterns and groups have resources of their own, and need a form of their own.
        place = (id(resources), name, box, page)
        if place not in self._drawn:
            slot = Slot(name, f"slot{len(self._drawn)}", box, page)
            self._drawn[place] = slot, _form(box)
        slot, form = self._drawn[place]
        resources["XObject"][slot.key] = form
        return slot.key

    def finish(self, pdf: Any) -> tuple[Slot, ...]:
        """Write into the catalog which object draws which slot, and return the slots."""
        forms = {slot.key: form.reference for slot, form in self._drawn.values()}
        pdf.catalog["Slots"] = pydyf.Dictionary(forms)
        return tuple(slot for slot, _ in self._drawn.values())


class SlotImage:
    """Draws an empty form as a picture that has no size of its own."""

    def __init__(self, slots: Slots, address: str) -> None:
        parts = urlsplit(address)
        self._slots = slots
        self._name = unquote(parts.path)
        self._smallest = float(parse_qs(parts.query).get("smallest", ["0.7"])[0])

    def get_intrinsic_size(self, _resolution: Any, _font_size: Any) -> tuple[None, None, None]:
        """Return no width, height or ratio: only CSS decides the size."""
        return None, None, None

    def draw(self, stream: Any, width: float, height: float, style: Any) -> None:
        """Draw the form in points, with its origin at the lower left."""
        box = SlotBox(
            round(width * POINTS, 3),
            round(height * POINTS, 3),
            _css(style),
            style["lang"] or "",
            _alignment(style["align_content"][0]),
            _side(style["text_align_all"], style["direction"]),
            self._smallest,
        )
        stream.transform(a=1 / POINTS, d=-1 / POINTS, f=height)
        stream.draw_x_object(self._slots.key(stream._resources, self._name, box))


def _form(box: SlotBox) -> Any:
    return pydyf.Stream(
        [],
        pydyf.Dictionary(
            {
                "Type": "/XObject",
                "Subtype": "/Form",
                "BBox": pydyf.Array([0, 0, box.width, box.height]),
                "Resources": pydyf.Dictionary(),
            }
        ),
    )


def _css(style: Any) -> str:
    """Return the text style of a place as CSS, so that text can be set so at any other place."""
    return "; ".join(
        f"{name.replace('_', '-')}: {_css_value(name, style[name])}" for name in _TEXT_PROPERTIES
    )


def _css_value(name: str, value: Any) -> str:
    if name == "color":
        red, green, blue = (round(float(part) * 255, 3) for part in value.to("srgb").coordinates)
        return f"rgb({red} {green} {blue} / {float(value.alpha)})"
    if name == "font_family":
        return ", ".join(_css_string(family) for family in value)
    if name == "font_language_override" and value != "normal":
        return _css_string(value)
    if hasattr(value, "unit"):
        return f"{value.value}{value.unit or ''}"
    if isinstance(value, tuple):
        if isinstance(value[0], tuple):
            return ", ".join(f'"{feature}" {setting}' for feature, setting in value)
        return " ".join(value)
    return f"{value}px" if name in _IN_PIXELS and not isinstance(value, str) else str(value)


def _css_string(text: str) -> str:
    escaped = re.sub(r'(["\\])', r"\\\1", text)
    return f'"{escaped}"'


def _side(align: str, direction: str) -> Literal["left", "center", "right"]:
    """Return the side on which a line stands that does not fill its box."""
    if align in ("left", "center", "right"):
        return align  # type: ignore[return-value]
    return "right" if (align == "end") == (direction == "ltr") else "left"


def _alignment(value: str) -> Literal["start", "center", "end"]:
    return value if value in ("center", "end") else "start"  # type: ignore[return-value]
