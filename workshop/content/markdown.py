"""Markdown into HTML, with headings that nest where the text is put."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from workshop.content.cues import Cues

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_HEADING = re.compile(r"h([1-6])")


ResolveImage = Callable[[str], str]


def to_html(source: str, heading_level: int, resolve_image: ResolveImage) -> str:
    """Return the HTML of `source`, its topmost headings being `<h{heading_level}>`.

    `resolve_image` turns an image's address, as written, into the one to print. Comments are
    left out: what an author hides from the page stays off the page.
    """
    return _html(source, heading_level, resolve_image, ())


def notes_to_html(source: str, heading_level: int, resolve_image: ResolveImage) -> str:
    """Return the HTML of a trainer's notes: as `to_html` does, with a block for each cue."""
    return _html(source, heading_level, resolve_image, (Cues,))


def _html(
    source: str, heading_level: int, resolve_image: ResolveImage, also: tuple[type[Extension], ...]
) -> str:
    shown = _COMMENT.sub("", source)
    if "![" in shown or "<img" in shown.lower():
        return _converted(_converter(heading_level, resolve_image, also), shown)
    return _known(shown, heading_level, also)


@lru_cache(maxsize=4096)
def _known(shown: str, heading_level: int, also: tuple[type[Extension], ...]) -> str:
    # The same text comes up for every audience and every cohort.
    return _converted(_without_images(heading_level, also), shown)


def _converted(converter: Markdown, shown: str) -> str:
    return _COMMENT.sub("", converter.reset().convert(shown))


@cache
def _without_images(heading_level: int, also: tuple[type[Extension], ...]) -> Markdown:
    # To make one takes as long as to convert a text.
    return _converter(heading_level, str, also)


def _converter(
    heading_level: int, resolve_image: ResolveImage, also: tuple[type[Extension], ...]
) -> Markdown:
    placement = _Placement(heading_level, resolve_image)
    extensions: list[str | Extension] = [
        "tables",
        "md_in_html",
        "sane_lists",
        "smarty",
        "def_list",
        placement,
        *(extension() for extension in also),
    ]
    return Markdown(extensions=extensions, output_format="html")


class _Placement(Extension):
    """Fit a text into its document: heading levels and image addresses."""

    def __init__(self, heading_level: int, resolve_image: Callable[[str], str]) -> None:
        super().__init__()
        self._level = heading_level
        self._resolve_image = resolve_image

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # the library's name
        md.treeprocessors.register(_Place(md, self._level, self._resolve_image), "placement", 5)


class _Place(Treeprocessor):
    def __init__(self, md: Markdown, level: int, resolve_image: Callable[[str], str]) -> None:
        super().__init__(md)
        self._level = level
        self._resolve_image = resolve_image

    def run(self, root: Element) -> None:
        headings = [element for element in root.iter() if _HEADING.fullmatch(element.tag)]
        if headings:
            topmost = min(int(element.tag[1]) for element in headings)
            for element in headings:
                element.tag = f"h{min(int(element.tag[1]) - topmost + self._level, 6)}"
        for element in root.iter("img"):
            element.set("src", self._resolve_image(element.get("src", "")))
