"""Markdown into HTML, with headings that nest where the text is put."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, MutableMapping
from functools import cache
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from workshop.content.cues import Cues

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_HEADING = re.compile(r"h([1-6])")


ResolveImage = Callable[[str], str]
# Texts that were converted before, by a digest of all that their HTML depends on.
Converted = MutableMapping[str, str]


def to_html(
    source: str,
    heading_level: int,
    resolve_image: ResolveImage,
    converted: Converted | None = None,
) -> str:
    """Return the HTML of `source`, its topmost headings being `<h{heading_level}>`.

    `resolve_image` turns an image's address, as written, into the one to print. Comments are
    left out: what an author hides from the page stays off the page. A text that is found in
    `converted` is taken from there, and entered otherwise.
    """
    return _html(source, heading_level, resolve_image, (), converted)


def notes_to_html(
    source: str,
    heading_level: int,
    resolve_image: ResolveImage,
    converted: Converted | None = None,
) -> str:
    """Return the HTML of a trainer's notes: as `to_html` does, with a block for each cue."""
    return _html(source, heading_level, resolve_image, (Cues,), converted)


def _html(
    source: str,
    heading_level: int,
    resolve_image: ResolveImage,
    also: tuple[type[Extension], ...],
    converted: Converted | None,
) -> str:
    shown = _COMMENT.sub("", source)
    if "![" in shown or "<img" in shown.lower():
        return _converted(_converter(heading_level, resolve_image, also), shown)
    if converted is None:
        return _converted(_without_images(heading_level, also), shown)
    asked = " ".join((str(heading_level), *(one.__name__ for one in also), "\n", shown))
    key = hashlib.sha256(asked.encode()).hexdigest()
    if key not in converted:
        converted[key] = _converted(_without_images(heading_level, also), shown)
    return converted[key]


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
        md.treeprocessors.register(
            _NestedHeadings(md, self._level, self._resolve_image), "placement", 5
        )


class _NestedHeadings(Treeprocessor):
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
