"""Hold what assembly takes and returns, as values; this loads nothing that writes PDF."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from workshop.composing.composition import DocumentInfo
from workshop.composing.pages.render_job import JobFile, RenderJob
from workshop.diagnostics import Diagnostic
from workshop.tailoring.look.brand import Palette
from workshop.typesetting.laid_out import LaidOut, SlotBox

# The code of a text that does not fit the box left for it.
SLOT_TOO_SMALL = "slot-too-small"


@dataclass(frozen=True)
class PageRange:
    """Describes a part: its pages, and how often the group needs them if not in each copy."""

    name: str
    pages: int
    copies: int = 0


@dataclass(frozen=True)
class LinkJob:
    """Holds the parts of a document in their order, and its metadata.

    Texts are set with the fonts of `fonts_from`, the job of one of the parts. `other_numbers` are
    the page numbers of other documents that this one refers to, by the document's name. `ranges`
    list the parts by name for whoever prints the file. `logo` is the client's, for the boxes that
    parts have for it, with the files that it asks for behind it.
    """

    parts: tuple[LaidOut, ...]
    front: DocumentInfo
    fonts_from: RenderJob
    other_numbers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    ranges: tuple[PageRange, ...] = ()
    logo: tuple[JobFile, ...] = ()


@dataclass(frozen=True)
class OpenSlot:
    """Describes a slot left for a person's text: its form is the object `number`."""

    name: str
    box: SlotBox
    number: int


@dataclass(frozen=True)
class Linked:
    """Holds a document for all copies: its bytes, and what is needed to write an update to them.

    `length` is the number of bytes. `fonts` are the fonts by their key, each with the number of its
    object and the numbers of its glyphs. `look` is the number of the table of colours, `metadata`
    that of the object that holds the XMP, `root` that of the catalogue. `identifier` is the first
    half of the `/ID`, `size` one more than the highest object's number, and `previous` the offset
    of the cross-reference stream.
    """

    __pydantic_config__: ClassVar = {"ser_json_bytes": "base64", "val_json_bytes": "base64"}

    pdf: bytes
    length: int
    pages: int
    front: DocumentInfo
    slots: tuple[OpenSlot, ...]
    fonts: Mapping[str, tuple[int, frozenset[int]]]
    look: int
    metadata: int
    identifier: bytes
    root: int
    size: int
    previous: int
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Copy:
    """Holds what is one copy's own: its title, its colours, and the text of each slot by name."""

    title: str
    palette: Palette
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Stamped:
    """Holds the bytes that make a linked document a copy when they are added at its end.

    `diagnostics` name the texts that do not fit their boxes, or lack a glyph.
    """

    update: bytes
    diagnostics: tuple[Diagnostic, ...]
