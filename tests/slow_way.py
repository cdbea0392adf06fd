"""The slow way to a copy: one document with the texts in it, laid out whole by WeasyPrint.

What the product does part by part, in boxes filled in later, has to look and read like this.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from html import escape, unescape
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlsplit

from workshop.composing.composition import Composition, Part
from workshop.keeping.memory import Memory
from workshop.typesetting.arranging.last_sheet import render_filled
from workshop.typesetting.arranging.last_words import render_bound
from workshop.typesetting.arranging.openings import render_openings
from workshop.typesetting.arranging.page_feet import print_feet
from workshop.typesetting.arranging.room_to_write import fill_pages
from workshop.typesetting.complaints import Complaints
from workshop.typesetting.fontconfig import use_only
from workshop.typesetting.inside.decorations import mark_decorations, untag_decorations
from workshop.typesetting.inside.paging.paged_document import render
from workshop.typesetting.typeset import load_weasyprint, no_garbage_collection, prepare

_SLOT = re.compile(r'<img class="(slot[^"]*)" src="([^"]*)" alt="[^"]*">')
_BODY = re.compile(r"(<body[^>]*>)(.*)(</body>)", re.DOTALL)
_TARGET = "page-of:"
# Only what a picture is by itself: the style sheets say the same of a box of either kind.
_CSS = """
:where(span.slot) { max-width: 100% }
span.slot { overflow-wrap: anywhere }
.this-page::before { content: counter(page) }
.all-pages::before { content: counter(pages) }
.page-of-target::before { content: target-counter(attr(data-target), page) }
"""
# In CSS pixels.
_TOLERANCE = 0.07


@dataclass(frozen=True)
class _Way:
    """How a text is set: its size as a part of what CSS says, and whether lines may break."""

    scale: float
    wrap: bool


@dataclass(frozen=True)
class _Box:
    """A slot laid out with its text: its size, the text's, and how it is set, in CSS pixels."""

    width: float
    height: float
    text_width: float
    text_height: float
    font_size: float
    leading: str
    one_line: bool
    align: str

    def ways(self, smallest: float) -> Iterator[_Way]:
        """Yield the ways to set its text, the best first."""
        yield _Way(1, wrap=not self.one_line)
        if self.one_line:
            scale = 0.999 * self.width / self.text_width
            if smallest <= scale < 1:
                yield _Way(scale, wrap=False)
        else:
            for hundredths in range(95, round(smallest * 100), -5):
                yield _Way(hundredths / 100, wrap=True)
        yield _Way(smallest, wrap=True)

    def holds(self, text: _Box, way: _Way) -> bool:
        return text.text_width <= self.width + _TOLERANCE and (
            not way.wrap or text.text_height <= self.height + _TOLERANCE
        )

    def style(self, way: _Way, text: _Box | None) -> str:
        """Return the style for a way to set the text, which came out like `text`."""
        spare = max(0, self.height - text.text_height) if text else 0
        down = {"center": spare / 2, "end": spare}.get(self.align, 0)
        size = self.font_size * way.scale
        leading = self.leading
        if not leading.endswith("px"):
            leading = f"{float(leading) * (size if way.wrap else self.font_size)}px"
        return (
            f"width: {self.width}px; height: {self.height - down}px; padding-top: {down}px; "
            f"font-size: {size}px; line-height: {leading}; "
            f"white-space: {'normal' if way.wrap else 'nowrap'}"
        )


class SlowWay:
    """Lays out one copy of a composition: `texts` are those of its slots, by their names.

    `others` are the page numbers of other documents that it refers to, by their names.
    """

    def __init__(
        self,
        composition: Composition,
        texts: Mapping[str, str],
        others: Mapping[str, Mapping[str, str]],
    ) -> None:
        self._parts = tuple(_with_the_documents_names(part) for part in composition.parts)
        self._texts = texts
        self._others = others
        self._job = composition.parts[0].job
        use_only(self._job.families, self._job.fonts)
        self._weasyprint = load_weasyprint()
        self._memory = Memory()

    def pdf(self) -> bytes:
        """Return the whole document as WeasyPrint writes it."""
        # Slots stand in like places in parts of one name, those with texts of their own apart.
        alike = {(part.name, part.slots): part for part in self._parts}
        styles = {kind: self._fitting(part) for kind, part in alike.items()}
        bodies = "".join(self._section(part, styles[part.name, part.slots]) for part in self._parts)
        whole = _BODY.sub(lambda found: found[1] + bodies + found[3], self._job.html)
        pdf: bytes = self._rendered(whole).write_pdf(
            finisher=lambda _document, pdf: untag_decorations(pdf), pdf_variant="pdf/ua-1"
        )
        return pdf

    def _section(self, part: Part, styles: Mapping[int, str]) -> str:
        before = f'<section style="break-before: {part.start or "page"}" '
        body = _BODY.search(self._filled(part.job.html, styles))
        assert body
        return body[2].replace("<section ", before, 1)

    def _rendered(self, html: str) -> Any:
        complaints = Complaints()
        files = {file.address: file for part in self._parts for file in part.job.files}
        tree, options = prepare(
            self._weasyprint,
            html,
            self._job.stylesheets,
            list(files.values()),
            complaints,
            self._memory,
        )
        mark_decorations(tree.etree_element)
        own = self._weasyprint.CSS(string=_CSS, font_config=options["font_config"])
        options["stylesheets"].insert(0, own)
        with complaints.listening(), no_garbage_collection():
            lay_out = partial(render, tree, pdf_variant="pdf/ua-1", **options)

            def arranged() -> Any:
                return render_openings(render_bound(tree.etree_element, lay_out), lay_out)

            document = render_filled(
                tree.etree_element, arranged, lambda document: len(document.pages) % 4 == 0
            )
            print_feet(tree.etree_element, document)
            fill_pages(document)
            return document

    def _filled(self, html: str, styles: Mapping[int, str]) -> str:
        """Put the texts in; `styles` are those of the slots that need one, by where they come."""
        number = 0

        def box(match: re.Match[str]) -> str:
            nonlocal number
            number += 1
            style = f' style="{styles[number]}"' if number in styles else ""
            smallest = _smallest(match[2])
            kind, more, text = self._content(unquote(urlsplit(unescape(match[2])).path))
            return (
                f'<span class="{match[1]} {kind}" data-slot="{number}" data-smallest="{smallest}"'
                f"{style}{more}>{escape(text)}</span>"
            )

        return _SLOT.sub(box, html)

    def _content(self, name: str) -> tuple[str, str, str]:
        """Return a slot's class, further attributes, and text, where it is not made by CSS."""
        if name in ("page", "pages"):
            return "this-page" if name == "page" else "all-pages", "", ""
        if not name.startswith(_TARGET):
            return "", "", self._texts[name]
        target, _, other = name.removeprefix(_TARGET).partition("@")
        if other:
            return "", "", self._others[other][target]
        return "page-of-target", f' data-target="#{escape(target)}"', ""

    def _fitting(self, part: Part) -> dict[int, str]:
        """Return the styles that make the texts of a part fit their boxes, and stand in them."""
        boxes = self._laid_out(part, {})
        ways = {number: box.ways(smallest) for number, (box, smallest) in boxes.items()}
        chosen = {number: next(way) for number, way in ways.items()}
        texts, changed = {number: box for number, (box, _) in boxes.items()}, True
        while changed:
            changed = False
            for number, way in chosen.items():
                if not boxes[number][0].holds(texts[number], way):
                    another = next(ways[number], None)
                    chosen[number], changed = another or way, changed or another is not None
            if changed:
                styles = {
                    number: boxes[number][0].style(way, None) for number, way in chosen.items()
                }
                texts = {number: box for number, (box, _) in self._laid_out(part, styles).items()}
        return {
            number: boxes[number][0].style(way, texts[number]) for number, way in chosen.items()
        }

    def _laid_out(self, part: Part, styles: Mapping[int, str]) -> dict[int, tuple[_Box, float]]:
        """Return the boxes of a part that hold a text of its copy, as they came out."""
        html = self._filled(part.job.html, styles)
        if not any(self._texts.get(name, "").strip() for name in _names(part.job.html)):
            return {}
        found: dict[int, tuple[_Box, float]] = {}
        for page in self._rendered(html).pages:
            for box in _descendants(page._page_box):
                element = box.element
                if (
                    element is not None
                    and element.get("data-slot")
                    and (element.text or "").strip()
                ):
                    smallest = float(element.get("data-smallest"))
                    if lines := [one for one in _descendants(box) if _is_line(one)]:
                        found.setdefault(
                            int(element.get("data-slot")), (_box(box, lines), smallest)
                        )
        return found


def _with_the_documents_names(part: Part) -> Part:
    names = dict(part.slots)

    def named(match: re.Match[str]) -> str:
        address = urlsplit(unescape(match[2]))
        name = quote(names.get(unquote(address.path), unquote(address.path)))
        return match[0].replace(match[2], escape(f"slot:{name}?{address.query}"))

    return replace(part, job=replace(part.job, html=_SLOT.sub(named, part.job.html)))


def _names(html: str) -> Iterator[str]:
    for _, address in _SLOT.findall(html):
        yield unquote(urlsplit(unescape(address)).path)


def _smallest(address: str) -> float:
    return float(parse_qs(urlsplit(unescape(address)).query).get("smallest", ["0.7"])[0])


def _box(box: Any, lines: list[Any]) -> _Box:
    edges = [
        (one.position_x, one.position_x + one.margin_width())
        for line in lines
        for one in line.children
    ]
    leading = box.style["line_height"]
    return _Box(
        width=box.width,
        height=box.height,
        text_width=max(right for _, right in edges) - min(left for left, _ in edges),
        text_height=sum(line.height for line in lines),
        font_size=box.style["font_size"],
        leading=f"{getattr(leading, 'value', leading)}{getattr(leading, 'unit', '') or ''}",
        one_line=box.style["white_space"] == "nowrap",
        align=box.style["align_content"][0],
    )


def _descendants(box: Any) -> Iterator[Any]:
    for child in getattr(box, "children", ()):
        inner = getattr(child, "_box", child)  # where it is positioned absolutely
        yield inner
        yield from _descendants(inner)


def _is_line(box: Any) -> bool:
    return type(box).__name__ == "LineBox"
