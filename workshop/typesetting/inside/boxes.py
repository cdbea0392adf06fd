"""Read from laid-out pages where words, pictures and writing spaces stand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from weasyprint.css import AnonymousStyle
from weasyprint.formatting_structure import boxes
from weasyprint.images import RasterImage, SVGImage
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.layout.replaced import replacedbox_layout

from workshop.typesetting.inside.areas import (
    asked_height,
    common,
    drawing_in,
    moved,
    scaled,
)
from workshop.typesetting.inside.around_boxes import Around, inside_of, is_generated
from workshop.typesetting.inside.decorations import words_of
from workshop.typesetting.inside.paging.leaves import leaf_with
from workshop.typesetting.inside.paging.page_bounds import kept_room, run_on
from workshop.typesetting.inside.paint_order import MARGINS, Canvas, layer_of, order_of_text
from workshop.typesetting.inside.texts.drawn_texts import texts_in_doubt
from workshop.typesetting.inside.texts.last_lines import is_heading, last_line_of
from workshop.typesetting.inside.unseen_words import (
    LaidPicture,
    LaidWords,
    is_read_out_only,
    part_words,
    slots_in_doubt,
    unseen_pictures,
)
from workshop.typesetting.laid_out import Leaf
from workshop.typesetting.pages import (
    ABOVE,
    BELOW,
    DrawnWords,
    LastLine,
    Page,
    Picture,
    PrintedWords,
    Space,
)
from workshop.typesetting.style_rules import StyleRules

_PIXELS_PER_INCH = 96
# Classes of writing spaces. Those in the first set may never be split between pages.
_WHOLE = frozenset({"box", "boxes", "canvas", "ask-card"})
_WRITING = _WHOLE | {"space", "lines", "writing-table"}
# The class of lines for notes that fill the rest of a page.
_RULED = "fill-lines"


def pages_of(document: Any, rules: StyleRules) -> tuple[Page, ...]:
    """Return what stands on each page of a rendered document; `rules` are those of its styles."""
    numbers: dict[int, int] = {}
    ids: list[str] = []
    boxes_of_pages = [page._page_box for page in document.pages]
    starts = zip(boxes_of_pages, run_on(boxes_of_pages), kept_room(boxes_of_pages), strict=True)
    return tuple(
        _Reader(box, numbers, ids, rules).read(runs_on=runs_on, kept_to=kept_to)
        for box, runs_on, kept_to in starts
    )


class _Reader:
    """Reads one page; `numbers` and `ids` are those of all elements on the pages before."""

    def __init__(
        self, page: Any, numbers: dict[int, int], ids: list[str], rules: StyleRules
    ) -> None:
        self._page, self._numbers, self._ids, self._rules = page, numbers, ids, rules
        self._canvas = Canvas(page)
        self._read = 0
        self._words: list[LaidWords] = []
        self._pictures: list[Picture] = []
        self._laid_pictures: list[LaidPicture] = []
        self._drawn_words: list[DrawnWords] = []
        self._spaces: list[Space] = []
        self._last_lines: list[LastLine] = []
        self._leaf = Leaf()
        self._drawn = self._ruled = False

    def read(self, *, runs_on: bool, kept_to: float) -> Page:
        page = self._page
        for child in page.children:
            if isinstance(child, boxes.MarginBox):
                self._walk(child, Around(flows=False, order=MARGINS))
        # Feet are drawn on every page: a page with nothing but feet counts as bare.
        self._drawn = False
        for child in page.children:
            if not isinstance(child, boxes.MarginBox):
                self._walk(child, Around())
        paper = scaled(0, 0, page.margin_width(), page.margin_height())
        words, unseen, doubtful = part_words(self._words, self._canvas, self._rules)
        pictures = unseen_pictures(self._laid_pictures, self._canvas, self._rules, paper)
        in_doubt = slots_in_doubt(self._laid_pictures, self._canvas, self._rules, paper)
        return Page(
            paper=paper,
            body=scaled(page.content_box_x(), page.content_box_y(), page.width, page.height),
            blank=page.page_type.blank,
            bare=not self._drawn,
            runs_on=runs_on,
            ruled=self._ruled,
            kept_to=kept_to,
            judged_by_look=self._canvas.judged_by_look,
            words=words,
            unseen=unseen,
            doubtful=doubtful,
            drawn_in_doubt=tuple(self._drawn_words),
            unseen_drawn=(),
            unseen_pictures=pictures,
            slots_in_doubt=in_doubt,
            pictures=tuple(self._pictures),
            spaces=tuple(self._spaces),
            last_lines=tuple(self._last_lines),
            leaf=replace(self._leaf, empty=page.page_type.blank or not self._drawn),
        )

    def _walk(self, box: Any, around: Around) -> None:
        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        element = _element(box)
        if element is not None:
            if is_read_out_only(element):
                return
            around = self._within(element, around)
        self._read += 1
        if isinstance(box, boxes.TextBox):
            self._note_words(box, around)
            return
        number, opacity = self._read, around.opacity * box.style["opacity"]
        if box.style["visibility"] == "visible" and opacity:
            self._note(box, element, around)
            matrix = around.matrix
            self._canvas.note_box(box, around.order, number, opacity, matrix)
        if isinstance(box, boxes.ReplacedBox):
            self._note_picture(box, element, around, opacity)
        elif isinstance(box, boxes.ParentBox):
            self._walk_into(box, around, number, opacity)

    def _within(self, element: Any, around: Around) -> Around:
        if element.get("id"):
            around = replace(around, ids=(element.get("id"), *around.ids))
            self._ids.append(element.get("id"))
        return replace(around, heads=True) if is_heading(element) else around

    def _walk_into(self, box: Any, around: Around, number: int, opacity: float) -> None:
        inside = inside_of(box, around)
        if last := last_line_of(box):
            self._last_lines.append(LastLine(*last, self._ids_at(around)))
        order = layer_of(box, around.order, number)
        if order is not around.order or opacity != around.opacity:
            inside = replace(inside, order=order, opacity=opacity)
        for child in box.children:
            self._walk(child, inside)

    def _note(self, box: Any, element: Any, around: Around) -> None:
        if not isinstance(box, boxes.ReplacedBox) and _is_decorated(box):
            self._drawn = True
        if element is not None:
            self._note_space(box, element, around)
            self._leaf = leaf_with(element, self._leaf, self._ids_at(around))
        self._note_backgrounds(box, around)

    def _note_words(self, box: Any, around: Around) -> None:
        size = box.style["font_size"]
        if not box.text.strip():
            return
        self._drawn = True
        line = box.position_y + box.baseline
        area = scaled(box.position_x, line - ABOVE * size, box.width, (ABOVE + BELOW) * size)
        words = PrintedWords(
            text=box.text.strip(),
            area=area,
            place=moved(area, around.matrix),
            column=around.column,
            cut_by=around.cut_by,
            held_by=around.held_by,
            ends_left=around.ends_left,
            flows=around.flows,
            heads=around.heads,
            ids=self._ids_at(around),
        )
        order = order_of_text(around.order, self._read)
        self._words.append(
            LaidWords(words, box, order, around.opacity, around.matrix, is_generated(box))
        )

    def _note_picture(self, box: Any, element: Any, outside: Around, opacity: float) -> None:
        attributes = element.attrib if element is not None else {}
        around = inside_of(box, outside)
        # A picture that is larger than its box is cut off at the edges of the box.
        own = scaled(box.content_box_x(), box.content_box_y(), box.width, box.height)
        visible = common(around.cut_by, own)
        picture = Picture(
            address=attributes.get("src", ""),
            words=words_of(element),
            area=moved(visible, around.matrix),
            dots=_dots(box),
            flows=outside.flows and box.is_in_normal_flow(),
            ids=self._ids_at(outside),
        )
        order = order_of_text(layer_of(box, outside.order, self._read), self._read)
        place, shown = moved(own, around.matrix), visible.share_of(own)
        self._laid_pictures.append(
            LaidPicture(picture, place, shown, box, order, opacity, around.matrix)
        )
        if box.style["visibility"] == "visible" and opacity:
            self._drawn = True
            self._pictures.append(picture)
            self._canvas.note_picture(picture.area, order)
            if isinstance(box.replacement, SVGImage):
                self._note_drawn_words(box, picture, around)

    def _note_drawn_words(self, box: Any, picture: Picture, around: Around) -> None:
        width, height, left, top = replacedbox_layout(box)
        for text, (x1, y1, x2, y2) in texts_in_doubt(box.replacement):
            area = scaled(
                left + x1 * width, top + y1 * height, (x2 - x1) * width, (y2 - y1) * height
            )
            place = moved(area, around.matrix)
            self._drawn_words.append(DrawnWords(text, place, picture.address, picture.ids))

    def _note_backgrounds(self, box: Any, around: Around) -> None:
        background = getattr(box, "background", None)
        if background is None or not any(
            kind == "url" for kind, _ in box.style["background_image"]
        ):
            return
        for layer, (_, address) in zip(
            background.layers, box.style["background_image"], strict=False
        ):
            if isinstance(layer.image, RasterImage):
                area = scaled(*layer.painting_area)
                dots = _dots_of(layer.image, *layer.size)
                self._pictures.append(Picture(address, "", area, dots, False, self._ids_at(around)))

    def _note_space(self, box: Any, element: Any, around: Around) -> None:
        row = around.in_table and isinstance(box, boxes.TableRowBox)
        names = (element.get("class") or "").split()
        self._ruled = self._ruled or _RULED in names
        classes = {"row"} if row else _WRITING & set(names)
        if not classes:
            return
        style = box.style
        number = self._numbers.setdefault(id(element), len(self._numbers))
        area = scaled(*(drawing_in(box) or box.hit_area()))
        # A page of nothing but writing space is not bare.
        self._drawn = self._drawn or area.bottom > area.top
        self._spaces.append(
            Space(
                number=number,
                kind=min(classes),
                area=moved(area, around.matrix),
                asked=asked_height(box),
                parts=not row and not classes & _WHOLE and style["break_inside"] == "auto",
                flows=around.flows and box.is_in_normal_flow(),
                ids=self._ids_at(around),
            )
        )

    def _ids_at(self, around: Around) -> tuple[str, ...]:
        # Where no element around has an id, the first id of the part tells where to look.
        return (*around.ids, *self._ids[:1])


def _element(box: Any) -> Any:
    """Return the element that a box was made for; None for lines and anonymous boxes."""
    own = not isinstance(box, boxes.LineBox | boxes.TextBox | boxes.MarginBox)
    return box.element if own and not isinstance(box.style, AnonymousStyle) else None


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


def _dots(box: Any) -> float | None:
    width, height, _, _ = replacedbox_layout(box)
    return _dots_of(box.replacement, width, height)


def _dots_of(image: Any, width: float, height: float) -> float | None:
    if not isinstance(image, RasterImage) or not width or not height:
        return None
    return float(_PIXELS_PER_INCH * min(image.width / width, image.height / height))
