"""What typesetting gives back: a part's pages, and what assembly has to know of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from workshop.diagnostics import Diagnostic

# What follows a font's key in the name that a text set into a box has for it. Where a font of the
# same name stood before it on the page, pdf.js reads on with that one.
IN_TEXT = "-text"


@dataclass(frozen=True)
class SlotBox:
    """A box left open for a text: how large it is, in points, and how its text is set.

    `css` and `language` are the style of the place it stands in. A text less high than the box is
    at its start, centre or end, as `align` says. One that is too large is set smaller, down to
    `smallest` of its size.
    """

    width: float
    height: float
    css: str
    language: str
    align: Literal["start", "center", "end"]
    smallest: float


@dataclass(frozen=True)
class Slot:
    """A slot of a part. `key` names its form among the page resources.

    `page` is the page of the part it stands on, from 0, where that decides its text.
    """

    name: str
    key: str
    box: SlotBox
    page: int | None


@dataclass(frozen=True)
class Glyph:
    """A glyph by its number in the font, its text, and its width in thousandths of an em."""

    number: int
    text: str
    width: float


@dataclass(frozen=True)
class FontUse:
    """A font and the glyphs taken from it. `key` names it among the resources of every page.

    `sha256` and `size` are those of the font file, `index` is the face's place in it; `content` is
    the file where it is not one that the job names. `joinable` says that glyphs can be taken from
    the file as it is, for several parts at once.
    """

    __pydantic_config__: ClassVar = {"ser_json_bytes": "base64", "val_json_bytes": "base64"}

    key: str
    sha256: str
    size: int
    index: int
    content: bytes
    joinable: bool
    name: str
    family: str
    flags: int
    ascent: int
    descent: int
    stem: int
    glyphs: tuple[Glyph, ...]


@dataclass(frozen=True)
class SlotText:
    """A text set into a box: what draws it, in points from the box's lower left corner.

    `states` is the dictionary of graphics states that `content` names, `glyphs` the numbers of the
    glyphs it takes, by the font's key, which `IN_TEXT` follows in `content`. `fits` says that it is
    no larger than its box.
    """

    content: bytes
    states: bytes
    glyphs: tuple[tuple[str, tuple[int, ...]], ...]
    fits: bool


@dataclass(frozen=True)
class SlotTexts:
    """Texts set into boxes, with the fonts they are set in."""

    texts: tuple[SlotText, ...]
    fonts: tuple[FontUse, ...]
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True)
class Anchor:
    """An id that can be referred to, and where it is: page from 0, points from the lower left."""

    name: str
    page: int
    x: float
    y: float


@dataclass(frozen=True)
class Bookmark:
    """An entry of the outline; `level` is what CSS says, from 1."""

    level: int
    label: str
    page: int
    x: float
    y: float
    is_open: bool


@dataclass(frozen=True)
class Finding:
    """What preflight found on a page of a part, from 0.

    `ids` are those it stands in, the nearest first, and then the first of the part; `source` is the
    address of the file at fault, where there is one.
    """

    code: str
    message: str
    page: int
    ids: tuple[str, ...] = ()
    source: str = ""
    hint: str = ""


@dataclass(frozen=True)
class LaidOut:
    """A part laid out: a PDF of its pages, and where in it things are.

    `texts` are the words of each page but for those in slots, `findings` what is wrong on them.
    """

    pdf: bytes
    pages: int
    anchors: tuple[Anchor, ...]
    bookmarks: tuple[Bookmark, ...]
    slots: tuple[Slot, ...]
    fonts: tuple[FontUse, ...]
    diagnostics: tuple[Diagnostic, ...]
    texts: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
