"""Convert Markdown into HTML whose headings nest where the text is put."""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from workshop.content.cues import Cues
from workshop.keeping.memory import Memory

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_HEADING = re.compile(r"h([1-6])")

# Returns the address to print for an image's address as it is written.
ResolveImage = Callable[[str], str]


def to_html(
    source: str,
    heading_level: int,
    resolve_image: ResolveImage,
    memory: Memory | None = None,
) -> str:
    """Return the HTML of `source`; its topmost headings become `<h{heading_level}>`.

    `resolve_image` turns an image's address, as written, into the one to print. Comments are left
    out, so that they are never printed. What `memory` has of the same text is not converted again.
    """
    return _html(source, heading_level, resolve_image, (), memory or Memory())


def notes_to_html(
    source: str,
    heading_level: int,
    resolve_image: ResolveImage,
    memory: Memory | None = None,
) -> str:
    """Return the HTML of a trainer's notes, as `to_html` does but with a block for each cue."""
    return _html(source, heading_level, resolve_image, (Cues,), memory or Memory())


def _html(
    source: str,
    heading_level: int,
    resolve_image: ResolveImage,
    more_extensions: tuple[type[Extension], ...],
    memory: Memory,
) -> str:
    text = _COMMENT.sub("", source)
    if "![" in text or "<img" in text.lower():
        return _convert(_make_converter(heading_level, resolve_image, more_extensions), text)
    kind = heading_level, more_extensions
    # Making a converter takes as long as converting a text with it.
    converter = memory.converters.get_or_make(
        kind, lambda: _make_converter(heading_level, str, more_extensions)
    )
    return memory.html.get_or_make((kind, text), lambda: _convert(converter, text))


def _convert(converter: Markdown, text: str) -> str:
    return _COMMENT.sub("", converter.reset().convert(text))


def _make_converter(
    heading_level: int, resolve_image: ResolveImage, more_extensions: tuple[type[Extension], ...]
) -> Markdown:
    placement = _Placement(heading_level, resolve_image)
    extensions: list[str | Extension] = [
        "tables",
        "md_in_html",
        "sane_lists",
        "smarty",
        "def_list",
        placement,
        *(extension() for extension in more_extensions),
    ]
    return Markdown(extensions=extensions, output_format="html")


class _Placement(Extension):
    """Fits the heading levels and image addresses of a text to the document it is put into."""

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
