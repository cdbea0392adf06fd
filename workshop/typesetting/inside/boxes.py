"""Read from laid-out pages where words, pictures and writing spaces stand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from weasyprint.css import AnonymousStyle
from weasyprint.formatting_structure import boxes
from weasyprint.images import RasterImage, SVGImage
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.layout.replaced import replacedbox_layout

from workshop.typesetting.inside import POINTS
from workshop.typesetting.inside.decorations import words_of
from workshop.typesetting.inside.kept_room import kept_room
from workshop.typesetting.inside.page_starts import run_on
from workshop.typesetting.pages import Area, Page, Picture, PrintedWords, Space

_PIXELS_PER_INCH = 96
# How far ink reaches above and below the base line, as parts of the type size: a capital and a
# descender, whatever the line height. Nobody misses what is cut off beyond that.
_ABOVE, _BELOW = 0.72, 0.22
# Classes of writing spaces. Those in the first set may never be split between pages.
_WHOLE = frozenset({"box", "boxes", "canvas", "ask-card"})
_WRITING = _WHOLE | {"space", "lines", "writing-table"}
# The class of lines for notes that fill the rest of a page.
_RULED = "fill-lines"
_FLOWING = boxes.BlockContainerBox | boxes.FlexContainerBox | boxes.GridContainerBox


def pages_of(document: Any) -> tuple[Page, ...]:
    """Return what stands on each page of a rendered document."""
    numbers: dict[int, int] = {}
    ids: list[str] = []
    boxes_of_pages = [page._page_box for page in document.pages]
    starts = zip(boxes_of_pages, run_on(boxes_of_pages), kept_room(boxes_of_pages), strict=True)
    return tuple(
        _Reader(box, numbers, ids).read(runs_on=runs_on, kept_to=kept_to)
        for box, runs_on, kept_to in starts
    )


_NOWHERE = Area(0, 0, 0, 0)


@dataclass(frozen=True)
class _Around:
    """Describes what a box stands in; the fields are those of `PrintedWords`."""

    ids: tuple[str, ...] = ()
    column: Area = _NOWHERE
    ends_left: bool = False
    cut_by: Area | None = None
    held_by: Area | None = None
    flows: bool = True
    in_table: bool = False
    matrix: Any = None


class _Reader:
    """Reads one page; `numbers` and `ids` are those of all elements on the pages before."""

    def __init__(self, page: Any, numbers: dict[int, int], ids: list[str]) -> None:
        self._page, self._numbers, self._ids = page, numbers, ids
        self._words: list[PrintedWords] = []
        self._pictures: list[Picture] = []
        self._spaces: list[Space] = []
        self._drawn = self._ruled = False

    def read(self, *, runs_on: bool, kept_to: float) -> Page:
        page = self._page
        for child in page.children:
            if isinstance(child, boxes.MarginBox):
                self._walk(child, _Around(flows=False))
        # Feet are drawn on every page: a page with nothing but feet counts as bare.
        self._drawn = False
        for child in page.children:
            if not isinstance(child, boxes.MarginBox):
                self._walk(child, _Around())
        return Page(
            paper=_scaled(0, 0, page.margin_width(), page.margin_height()),
            body=_scaled(page.content_box_x(), page.content_box_y(), page.width, page.height),
            blank=page.page_type.blank,
            bare=not self._drawn,
            runs_on=runs_on,
            ruled=self._ruled,
            kept_to=kept_to,
            words=tuple(self._words),
            pictures=tuple(self._pictures),
            spaces=tuple(self._spaces),
        )

    def _walk(self, box: Any, around: _Around) -> None:
        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        if box.style["visibility"] != "visible" or not box.style["opacity"]:
            return
        element = _element(box)
        if element is not None and element.get("id"):
            around = replace(around, ids=(element.get("id"), *around.ids))
            self._ids.append(element.get("id"))
        if isinstance(box, boxes.TextBox):
            self._note_words(box, around)
        elif isinstance(box, boxes.ReplacedBox):
            self._note_picture(box, element, around)
        elif _is_decorated(box):
            self._drawn = True
        if element is not None:
            self._note_space(box, element, around)
        self._note_backgrounds(box, around)
        if isinstance(box, boxes.ParentBox):
            inside = _inside(box, around)
            for child in box.children:
                self._walk(child, inside)

    def _note_words(self, box: Any, around: _Around) -> None:
        size = box.style["font_size"]
        # Transparent words are there to be read out.
        if not box.text.strip() or not size or not box.style["color"].alpha:
            return
        self._drawn = True
        line = box.position_y + box.baseline
        area = _scaled(box.position_x, line - _ABOVE * size, box.width, (_ABOVE + _BELOW) * size)
        self._words.append(
            PrintedWords(
                text=box.text.strip(),
                area=area,
                place=_moved(area, around.matrix),
                column=around.column,
                cut_by=around.cut_by,
                held_by=around.held_by,
                ends_left=around.ends_left,
                flows=around.flows,
                ids=self._around(around),
            )
        )

    def _note_picture(self, box: Any, element: Any, around: _Around) -> None:
        self._drawn = True
        width, height, _, _ = replacedbox_layout(box)
        attributes = element.attrib if element is not None else {}
        drawing = box.element_tag.endswith("svg") and attributes.get("aria-hidden") != "true"
        # A picture that is larger than its box is cut off at the edges of the box.
        visible = _scaled(box.content_box_x(), box.content_box_y(), box.width, box.height)
        area = _moved(_common(around.cut_by, visible), around.matrix)
        dots = _dots(box.replacement, width, height)
        words = words_of(attributes) or ("drawing" if drawing else "")
        address = attributes.get("src", "")
        flows = around.flows and box.is_in_normal_flow()
        self._pictures.append(Picture(address, words, area, dots, flows, self._around(around)))

    def _note_backgrounds(self, box: Any, around: _Around) -> None:
        background = getattr(box, "background", None)
        if background is None or not any(
            kind == "url" for kind, _ in box.style["background_image"]
        ):
            return
        for layer, (_, address) in zip(
            background.layers, box.style["background_image"], strict=False
        ):
            if isinstance(layer.image, RasterImage):
                area = _scaled(*layer.painting_area)
                dots = _dots(layer.image, *layer.size)
                self._pictures.append(Picture(address, "", area, dots, False, self._around(around)))

    def _note_space(self, box: Any, element: Any, around: _Around) -> None:
        row = around.in_table and isinstance(box, boxes.TableRowBox)
        names = (element.get("class") or "").split()
        self._ruled = self._ruled or _RULED in names
        classes = {"row"} if row else _WRITING & set(names)
        if not classes:
            return
        style = box.style
        number = self._numbers.setdefault(id(element), len(self._numbers))
        area = _scaled(*(_drawing_in(box) or box.hit_area()))
        # A page of nothing but writing space is not bare.
        self._drawn = self._drawn or area.bottom > area.top
        self._spaces.append(
            Space(
                number=number,
                kind=min(classes),
                area=_moved(area, around.matrix),
                asked=_asked(box),
                parts=not row and not classes & _WHOLE and style["break_inside"] == "auto",
                flows=around.flows and box.is_in_normal_flow(),
                ids=self._around(around),
            )
        )

    def _around(self, around: _Around) -> tuple[str, ...]:
        # Where no element around has an id, the first id of the part tells where to look.
        return (*around.ids, *self._ids[:1])


def _element(box: Any) -> Any:
    """Return the element that a box was made for; None for lines and anonymous boxes."""
    own = not isinstance(box, boxes.LineBox | boxes.TextBox | boxes.MarginBox)
    return box.element if own and not isinstance(box.style, AnonymousStyle) else None


def _inside(box: Any, around: _Around) -> _Around:
    style = box.style
    if box.is_absolutely_positioned() or box.is_floated():
        around = replace(around, flows=False)
    if box.is_absolutely_positioned():
        around = replace(around, held_by=None)
    if box.transformation_matrix:
        own = box.transformation_matrix
        matrix = own @ around.matrix if around.matrix else own
        # Inside, everything is measured before it is turned or moved, and so is what cuts it off.
        cut_by = _moved(around.cut_by, own.invert) if around.cut_by else None
        around = replace(around, matrix=matrix, cut_by=cut_by, held_by=None)
    if isinstance(box, boxes.BlockContainerBox):
        ends_left = style["direction"] == "rtl"
        around = replace(around, column=_scaled(*box.hit_area()), ends_left=ends_left)
    if isinstance(box, _FLOWING) and _is_fixed(box):
        around = replace(around, held_by=_scaled(*box.hit_area()))
    if isinstance(box, boxes.TableBox):
        classes = (box.element.get("class") or "").split() if box.element is not None else ()
        around = replace(around, in_table="writing-table" in classes)
    if isinstance(box, boxes.TableRowGroupBox) and (box.is_header or box.is_footer):
        # Heads and feet of tables are repeated on every page, and nobody writes there.
        around = replace(around, in_table=False)
    if style["overflow"] != "visible" and not isinstance(box, boxes.TableBox):
        visible = _scaled(
            box.padding_box_x(), box.padding_box_y(), box.padding_width(), box.padding_height()
        )
        around = replace(around, cut_by=_common(around.cut_by, visible))
    return around


def _is_fixed(box: Any) -> bool:
    """Whether CSS fixes the height of a box, whatever stands in it."""
    if isinstance(box, boxes.TableCellBox | boxes.TableCaptionBox | boxes.MarginBox):
        return False
    height, most = box.style["height"], box.style["max_height"]
    fixed = height != "auto" or getattr(most, "value", 0) not in (0, float("inf"))
    return fixed and box.border_height() > 0 and not box.is_for_root_element


def _is_decorated(box: Any) -> bool:
    if box.element_tag in ("html", "body"):
        return False
    edges = ("top", "right", "bottom", "left")
    if any(getattr(box, f"border_{edge}_width", 0) for edge in edges):
        return True
    if box.is_input():
        return True
    background = getattr(box, "background", None)
    return background is not None and bool(
        background.color.alpha or any(layer.image for layer in background.layers)
    )


def _asked(box: Any) -> float | None:
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


def _drawing_in(box: Any) -> tuple[float, float, float, float] | None:
    """Return where an SVG with a size of its own is drawn: it fills its box in one direction."""
    if own := _own_size(box):
        scale = min(box.width / own[0], box.height / own[1])
        return box.content_box_x(), box.content_box_y(), own[0] * scale, own[1] * scale
    return None


def _dots(image: Any, width: float, height: float) -> float | None:
    if not isinstance(image, RasterImage) or not width or not height:
        return None
    return float(_PIXELS_PER_INCH * min(image.width / width, image.height / height))


def _scaled(left: float, top: float, width: float, height: float) -> Area:
    return Area(*(edge * POINTS for edge in (left, top, left + width, top + height)))


def _moved(area: Area, matrix: Any) -> Area:
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


def _common(first: Area | None, second: Area) -> Area:
    if first is None:
        return second
    return Area(
        max(first.left, second.left),
        max(first.top, second.top),
        min(first.right, second.right),
        min(first.bottom, second.bottom),
    )
