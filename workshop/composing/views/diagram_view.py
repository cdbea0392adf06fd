"""Describe a module's diagram to templates, with the client's words filled in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workshop.content.block_tree import Block, Text
from workshop.content.grammar.diagram_items import DiagramLine, diagram_list
from workshop.content.grammar.diagram_kinds import DIAGRAM_KINDS
from workshop.diagnostics import Location
from workshop.in_a_row import in_words

if TYPE_CHECKING:
    from workshop.composing.language.text_writer import TextWriter


@dataclass(frozen=True)
class DiagramItem:
    """Holds an item of a diagram: its label, what is said of it, the labels below it, its line."""

    label: str
    note: str
    inner: tuple[str, ...]
    line: int


@dataclass(frozen=True)
class DiagramView:
    """Holds a diagram as data: how large it is drawn, the template decides.

    `spoken` is read out to those who cannot see it. `path` and `line` are the place of its block.
    """

    kind: str
    items: tuple[DiagramItem, ...]
    caption: str
    spoken: str
    path: str
    line: int


def diagram_view(block: Block, texts: TextWriter) -> DiagramView | None:
    """Return the view of a diagram; None where its words leave too few items to be drawn.

    An item whose label is empty for this client or this day is left out.
    """
    name = str(block.options["kind"])
    kind = DIAGRAM_KINDS[name]
    items: list[DiagramItem] = []
    caption = ""
    for text in block.children:
        if isinstance(text, Text):
            read = diagram_list(text.source)
            items += _fill_items(read.items, text.location, texts)
            caption = texts.plain(read.caption, _at(text.location, read.caption_line)) or caption
    if len(items) < kind.least:
        return None
    spoken = f"{kind.spoken.format(in_words(len(items)))}: {_sentence(items, caption)}"
    place = block.location
    return DiagramView(name, tuple(items), caption, spoken, str(place.path), place.line or 0)


def _fill_items(
    lines: Sequence[DiagramLine], place: Location, texts: TextWriter
) -> Iterator[DiagramItem]:
    for line in lines:
        here = _at(place, line.line)
        label = texts.plain(line.label, here).strip()
        inner = (texts.plain(below.label, _at(place, below.line)).strip() for below in line.inner)
        if label:
            note = texts.plain(line.note, here).strip()
            yield DiagramItem(label, note, tuple(word for word in inner if word), here.line or 0)


def _at(place: Location, line: int) -> Location:
    return Location(place.path, (place.line or 1) + line)


def _sentence(items: Sequence[DiagramItem], caption: str) -> str:
    """Return all that a diagram says, item by item."""
    said = []
    for item in items:
        below = f" ({', '.join(item.inner)})" if item.inner else ""
        note = f", {item.note.rstrip('.')}" if item.note else ""
        said.append(f"{item.label}{note}{below}")
    return f"{'; '.join(said)}.{f' {caption}' if caption else ''}"
