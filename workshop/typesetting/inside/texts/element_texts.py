"""Read which elements of a page of HTML have other texts in their boxes than in their source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.images import SVGImage
from weasyprint.layout.absolute import AbsolutePlaceholder

from workshop.typesetting.findings.lost_words import ElementText
from workshop.typesetting.inside.around_boxes import is_generated
from workshop.typesetting.inside.decorations import words_of
from workshop.typesetting.inside.texts.drawn_texts import words_not_drawn
from workshop.typesetting.inside.unseen_words import is_read_out_only
from workshop.typesetting.pages import called
from workshop.typesetting.style_rules import StyleRules

_SVG = "{http://www.w3.org/2000/svg}"
# What is typed into a field is kept in the field, and what stands in a drawing is drawn.
_OF_OTHER_KIND = frozenset({"textarea", "select", "option", "input", f"{_SVG}svg"})
# Programs and styles print nowhere. Other elements that WeasyPrint hides by itself, such as
# `<template>`, hide words that somebody meant to be read.
_NEVER_SHOWN = frozenset({"head", "script", "style"})
_HIDDEN_UNASKED = frozenset(
    {"area", "base", "basefont", "command", "datalist", "link", "meta", "noembed", "noframes"}
    | {"param", "source", "template", "title", "track"}
)
_PICTURES = ("img", f"{_SVG}svg")
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


@dataclass
class _Boxes:
    """Holds the texts of all boxes that an element has, and the first page they are on."""

    page: int
    texts: list[str]
    picture: Any = None


def differing_texts(document: Any, html: Any, rules: StyleRules) -> list[ElementText]:
    """Return the elements whose boxes have another text than the element, in their order.

    Passed over are elements with `display: none`, words that are only read out, and running
    elements that give way to others.
    """
    tree = html.etree_element
    by_element = _boxes_by_element(document)
    differing = [
        (element, text, laid)
        for element, text in _composed_texts(tree)
        if not (laid := by_element.get(element)) or _condense(laid.texts) != _condense([text])
    ]
    undrawn = [
        (element, *words)
        for element, laid in by_element.items()
        if isinstance(laid.picture, SVGImage) and any(words := words_not_drawn(laid.picture))
    ]
    missing = [
        element
        for tag in _PICTURES
        for element in tree.iter(tag)
        if element not in by_element and words_of(element)
    ]
    if not differing and not undrawn and not missing:
        return []
    around = _Surroundings(tree, html.style_for, by_element, rules)
    shown = (entry for entry in differing if not around.hidden(entry[0]))
    return [
        *(
            around.described(element, text, laid.texts if laid else ())
            for element, text, laid in shown
        ),
        *(around.described(element, lost, (), cut) for element, lost, cut in undrawn),
        *(
            around.described(element, words_of(element), (), is_picture=True)
            for element in missing
            if not around.hidden(element)
        ),
    ]


def _condense(texts: list[str]) -> str:
    return "".join("".join(texts).split())


def _composed_texts(tree: Any) -> Iterator[tuple[Any, str]]:
    """Yield every element that has a text of its own, with that text."""
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        text = element.text or ""
        for child in element:
            if child.tail:
                # What stands between the two may be the end of a line.
                text += f" {child.tail}"
        if text and not text.isspace():
            yield element, text


def _boxes_by_element(document: Any) -> dict[Any, _Boxes]:
    by_element: dict[Any, _Boxes] = {}
    for number, page in enumerate(document.pages):
        waiting = [page._page_box]
        while waiting:
            box = waiting.pop()
            if isinstance(box, AbsolutePlaceholder):
                box = box._box
            if isinstance(box, boxes.TextBox):
                if not is_generated(box):
                    laid = by_element.setdefault(box.element, _Boxes(number, []))
                    laid.texts.append(box.text)
            elif isinstance(box, boxes.ParentBox):
                waiting.extend(reversed(box.children))
            elif isinstance(box, boxes.ReplacedBox):
                by_element.setdefault(box.element, _Boxes(number, [])).picture = box.replacement
    return by_element


def _running_name(style: Any) -> str:
    kind, *names = style["position"] if isinstance(style["position"], tuple) else ("",)
    return str(names[0]) if kind == "running()" and names else ""


class _Surroundings:
    """Tells what an element stands in: whether that hides it, and how to find it again."""

    def __init__(
        self, tree: Any, style_for: Any, by_element: dict[Any, _Boxes], rules: StyleRules
    ) -> None:
        self._style_for = style_for
        self._rules = rules
        self._by_element = by_element
        self._parents = {child: parent for parent in tree.iter() for child in parent}
        self._headings: dict[Any, str] = {}
        self._pages: dict[Any, int] = {}
        self._first_id: tuple[str, ...] = ()
        self._read_on(tree)

    def _read_on(self, tree: Any) -> None:
        """Note for every element the heading before it, and the page of the text before it."""
        heading, page = "", 0
        for element in tree.iter():
            if element.tag in _HEADINGS:
                heading = " ".join("".join(element.itertext()).split())
            if element in self._by_element:
                page = self._by_element[element].page
            self._headings[element], self._pages[element] = heading, page
            if not self._first_id and element.get("id"):
                self._first_id = (element.get("id"),)

    def described(
        self,
        element: Any,
        text: str,
        laid_out: Sequence[str],
        cut: str = "",
        *,
        is_picture: bool = False,
    ) -> ElementText:
        source = element.get("src") or element.get("data") or ""
        ids = (around.get("id") for around in self._climb_from(element))
        why, names = self._hiding(element)
        return ElementText(
            composed=text,
            laid_out="".join(laid_out),
            cut=cut,
            source=source,
            called=called(source, text) if is_picture else "",
            hyphen=self._style_for(element)["hyphenate_character"],
            page=self._pages[element],
            heading="" if element.tag in _HEADINGS else self._headings[element],
            ids=(*(id_ for id_ in ids if id_), *self._first_id),
            why=why,
            rule=self._rules.place_of(names, element) if names else None,
        )

    def _hiding(self, element: Any) -> tuple[str, tuple[str, ...]]:
        """Return what keeps an element's words from the page, and the properties that set it."""
        if not self._style_for(element)["font_size"]:
            return "hidden by `font-size: 0`", ("font-size",)
        for around in self._climb_from(element):
            name = _running_name(self._style_for(around))
            if name and not self._rules.call_for(name):
                taken = f"`position: running({name})` takes them off the page"
                return f"{taken}, and none has `element({name})`", ("position",)
        return "", ()

    def hidden(self, element: Any) -> bool:
        return any(self._hides(around, element) for around in self._climb_from(element))

    def _hides(self, around: Any, element: Any) -> bool:
        if around.tag in _NEVER_SHOWN:
            return True
        if around.tag in _OF_OTHER_KIND and not (around is element and words_of(element)):
            return True
        if around in self._by_element and self._by_element[around].picture is not None:
            # What stands in an `<object>` is read where its picture is missing.
            return True
        if is_read_out_only(around):
            return True
        style = self._style_for(around)
        if style["display"] == ("none",):
            return around.tag not in _HIDDEN_UNASKED
        # One running element takes the place of another, so that some may stand on no page.
        name = _running_name(style)
        return (
            bool(name)
            and self._rules.call_for(name)
            and not any(inner in self._by_element for inner in around.iter())
        )

    def _climb_from(self, element: Any) -> Iterator[Any]:
        while element is not None:
            yield element
            element = self._parents.get(element)
