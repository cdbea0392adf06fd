"""What assembly takes and gives, as values; nothing that writes PDF is loaded for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from workshop.composing.composition import DocumentInfo
from workshop.composing.pages.render_job import RenderJob
from workshop.diagnostics import Diagnostic
from workshop.typesetting.laid_out import LaidOut, SlotBox


@dataclass(frozen=True)
class PageRange:
    """A part by its name: how many pages it has, and how many copies of them the group needs."""

    name: str
    pages: int
    copies: int = 1


@dataclass(frozen=True)
class LinkJob:
    """The parts of a document in their order, with what it says of itself.

    Texts are set with the fonts of `like`, the job of one of the parts. `others` are the page
    numbers of other documents that this one refers to, by the document's name. `ranges` say of each
    part what it is called, for whoever prints the file.
    """

    parts: tuple[LaidOut, ...]
    front: DocumentInfo
    like: RenderJob
    others: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    ranges: tuple[PageRange, ...] = ()


@dataclass(frozen=True)
class OpenSlot:
    """A slot left for a person's text: its form is the object `number`."""

    name: str
    box: SlotBox
    number: int


@dataclass(frozen=True)
class Linked:
    """A document for all copies: its bytes, and what an update to them has to know.

    `fonts` are its fonts by their key, each with its object and the glyphs it has; `metadata` is
    the object of the XMP, `root` that of the catalogue, `identifier` the first half of the `/ID`;
    `size` is one more than the highest object's number, `previous` where the cross-reference stream
    stands, `length` how many bytes there are.
    """

    __pydantic_config__: ClassVar = {"ser_json_bytes": "base64", "val_json_bytes": "base64"}

    pdf: bytes
    length: int
    pages: int
    front: DocumentInfo
    slots: tuple[OpenSlot, ...]
    fonts: Mapping[str, tuple[int, frozenset[int]]]
    metadata: int
    identifier: bytes
    root: int
    size: int
    previous: int
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Copy:
    """What one copy says that others do not: its title, and the text of each slot by its name."""

    title: str
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Stamped:
    """What makes a linked document a copy, put after its bytes; and what is wrong with the texts.

    Which of them do not fit their boxes, or lack a glyph.
    """

    update: bytes
    diagnostics: tuple[Diagnostic, ...]
