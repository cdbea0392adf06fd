"""Lay out a document so that single pages of it can be laid out again, with more to write on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from weasyprint import DEFAULT_OPTIONS
from weasyprint.css.counters import CounterStyle
from weasyprint.css.properties import Dimension
from weasyprint.document import Document, DocumentMetadata, Page
from weasyprint.formatting_structure import boxes
from weasyprint.formatting_structure.build import build_formatting_structure
from weasyprint.html import get_html_metadata
from weasyprint.layout import layout_document, layout_fixed_boxes
from weasyprint.layout.background import layout_backgrounds
from weasyprint.layout.page import remake_page

from workshop.typesetting.inside import POINTS
from workshop.typesetting.inside.paging.page_room import elements_on

# What asks for the foot of a page: it is laid out only where `grow` gives it one.
FOOT = "data-foot"
_MM_IN_POINTS = 25.4 / 72


@dataclass(frozen=True)
class Growth:
    """Says what gets higher on a page: elements by their new height in mm, and lines by how many.

    Lines are those of an element that holds nothing else; as many more come between them. What is
    `sunk` goes down by so many mm. `feet` are printed, so many mm high.
    """

    heights: dict[Any, float] = field(default_factory=dict)
    lines: dict[Any, int] = field(default_factory=dict)
    sunk: dict[Any, float] = field(default_factory=dict)
    feet: dict[Any, float] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.heights or self.lines or self.sunk or self.feet)


@dataclass(frozen=True)
class _Source:
    """Holds what pages are made of: WeasyPrint's tree of boxes that know no place, and its state.

    `footnotes` are those of all pages.
    """

    html: Any
    root: Any
    context: Any
    footnotes: tuple[Any, ...]


class PagedDocument(Document):  # type: ignore[misc]  # WeasyPrint has no type hints
    """Keeps what its pages were made of.

    `feet` are the boxes of elements that are not printed yet: in their places stand empty ones.
    """

    source: _Source
    feet: dict[Any, Any]

    def grow(self, index: int, growth: Growth) -> None:
        """Lay out a page again, higher where `growth` says so.

        Where anything would then go over to another page, the page stays as it is.
        """
        changed = list(_change_boxes(self.source.root, growth, self.feet))
        page = _made_again(self.source, [page._page_box for page in self.pages], index)
        printed = {element for foot in growth.feet for element in foot.iter()}
        if (
            page
            and set(elements_on(page)) - printed == set(elements_on(self.pages[index])) - printed
        ):
            self.pages[index] = page
            for foot in growth.feet:
                del self.feet[foot]
        else:
            for box, style, children in changed:
                box.style, box.children = style, children

    def drop_feet(self) -> set[Any]:
        """Return the elements that are not printed, and take the empty boxes for them away."""
        for page in self.pages:
            for box in list(page._page_box.descendants()):
                children = getattr(box, "children", ())
                left = [child for child in children if child.element not in self.feet]
                if len(left) < len(children):
                    box.children = left
        return set(self.feet)


def render(html: Any, font_config: Any, **options: Any) -> PagedDocument:
    """Lay out as WeasyPrint's `HTML.render` does, and leave `style_for` in `html`.

    This finds the computed styles of an element.
    """
    counter_style = CounterStyle()
    options = DEFAULT_OPTIONS | options
    context = PagedDocument._build_layout_context(html, font_config, counter_style, {}, options)
    html.style_for = context.style_for
    root = build_formatting_structure(
        html.etree_element,
        context.style_for,
        context.get_image_from_uri,
        html.base_url,
        context.target_collector,
        counter_style,
        context.footnotes,
    )
    feet = dict(_set_aside(root))
    source = _Source(html, root, context, tuple(context.footnotes))
    pages = [Page(page) for page in layout_document(html, root, context)]
    metadata = DocumentMetadata(**get_html_metadata(html))
    document = PagedDocument(
        pages, metadata, html.url_fetcher, font_config, {}, options["output_intent"]
    )
    document._html = html
    document.source, document.feet = source, feet
    return document


def _set_aside(root: Any) -> Iterator[tuple[Any, Any]]:
    """Put an empty box without a height in the place of each foot; yield feet with their boxes."""
    for parent in list(root.descendants()):
        for index, box in enumerate(getattr(parent, "children", ())):
            if _is_foot(box, parent):
                empty = boxes.BlockBox.anonymous_from(parent, [])
                empty.element, empty.element_tag = box.element, box.element_tag
                empty.style = empty.style.copy()
                empty.style["position"] = "absolute"
                parent.children = [*parent.children[:index], empty, *parent.children[index + 1 :]]
                yield box.element, box


def _is_foot(box: Any, parent: Any) -> bool:
    element = box.element
    asks = element is not None and element is not parent.element and element.get(FOOT) is not None
    return asks and isinstance(box, boxes.BlockBox) and box.is_in_normal_flow()


def _change_boxes(
    root: Any, growth: Growth, feet: Mapping[Any, Any]
) -> Iterator[tuple[Any, Any, Any]]:
    """Change boxes as `growth` says; yield each with the style and the children it had before."""
    for box in list(root.descendants()):
        children = getattr(box, "children", ())
        if growth.feet and any(child.element in growth.feet for child in children):
            yield box, box.style, children
            box.children = [_foot(child, growth, feet) for child in children]
        elif box.element in growth.heights and box.style["height"] != "auto":
            yield box, box.style, box.children
            box.style = box.style.copy()
            _lengthen(box, "height", to=growth.heights[box.element])
        elif box.element in growth.lines and isinstance(box, boxes.BlockContainerBox):
            yield box, box.style, box.children
            first, *others = box.children
            more = [first.deepcopy() for _ in range(growth.lines[box.element])]
            box.children = [first, *more, *others]
        elif (
            box.element in growth.sunk
            and isinstance(box, boxes.BlockLevelBox)
            and getattr(box.style["margin_top"], "unit", "") == "px"
        ):
            yield box, box.style, box.children
            box.style = box.style.copy()
            above = box.style["margin_top"].value * POINTS * _MM_IN_POINTS
            _lengthen(box, "margin_top", to=above + growth.sunk[box.element])


def _foot(box: Any, growth: Growth, feet: Mapping[Any, Any]) -> Any:
    """Return the foot that an empty box stands for, as high as it gets; any other box as it is."""
    if box.element not in growth.feet:
        return box
    foot = feet[box.element]
    foot.style = foot.style.copy()
    foot.style["height"] = Dimension(growth.feet[box.element] / _MM_IN_POINTS / POINTS, "px")
    return foot


def _lengthen(box: Any, name: str, to: float) -> None:
    """Set a length of a box's style, in mm."""
    box.style[name] = box.style[name]._replace(value=to / _MM_IN_POINTS / POINTS)


def _made_again(source: _Source, pages: list[Any], index: int) -> Any | None:
    """Return a page laid out again, or None if another one now begins with something else.

    As `layout_document` does for each page when all are there; what stands in the margins stays.
    """
    context, before = source.context, pages[index]
    context.footnotes = list(source.footnotes)
    next_page = context.page_maker[index + 1]
    page, _ = remake_page(index, context, source.root, source.html)
    goes_over = context.broken_out_of_flow or context.reported_footnotes
    context.broken_out_of_flow, context.reported_footnotes = {}, []
    goes_on_elsewhere = context.page_maker[index + 1][:3] != next_page[:3]
    context.page_maker[index + 1] = next_page
    if goes_over or goes_on_elsewhere:
        return None

    flow, *notes = page.children
    flow.children = [
        *layout_fixed_boxes(context, pages[:index], page),
        *flow.children,
        *layout_fixed_boxes(context, pages[index + 1 :], page),
    ]
    margins = [child for child in before.children if isinstance(child, boxes.MarginBox)]
    page.children = (flow, *(note for note in notes if note.children), *margins)
    _label(page, before)
    layout_backgrounds(page, context.get_image_from_uri)
    return Page(page)


def _label(page: Any, before: Any) -> None:
    """Give the boxes of a page the bookmarks that they had before: an element has but one."""
    labels = {(box.element, box.element_tag): "" for box in page.descendants()}
    for box in before.descendants():
        if box.bookmark_label:
            labels[box.element, box.element_tag] = box.bookmark_label
    for box in page.descendants():
        if box.bookmark_label:
            box.bookmark_label = labels.pop((box.element, box.element_tag), "")
