"""Hold what typesetting returns: a part's pages, and what assembly has to know about them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from workshop.diagnostics import Diagnostic, Location

# A text set into a box names a font by its key and this suffix. Without it, pdf.js would go on with
# a font of the same name that the page has used before.
IN_TEXT = "-text"
# The colour space, among the resources of every page, that holds a client's colours by number.
LOOK = "Look"


@dataclass(frozen=True)
class SlotBox:
    """Describes a box left open for a text: its size in points, and how its text is set.

    `css` and `language` are the style of the place it stands in. A text lower than the box stands
    at its start, centre or end, as `align` says; one that is less wide stands on its `side`. A text
    that is too large is set smaller, down to its own size times `smallest`.
    """

    width: float
    height: float
    css: str
    language: str
    align: Literal["start", "center", "end"]
    side: Literal["left", "center", "right"]
    smallest: float


@dataclass(frozen=True)
class Slot:
    """Describes a slot of a part. `key` names its form among the page resources.

    `page` is the page of the part that the slot stands on, counted from 0; it is None where the
    page does not decide the text.
    """

    name: str
    key: str
    box: SlotBox
    page: int | None


@dataclass(frozen=True)
class Glyph:
    """Holds a glyph: its number in the font, its text, and its width in thousandths of an em."""

    number: int
    text: str
    width: float


@dataclass(frozen=True)
class FontUse:
    """Describes a font and the glyphs taken from it.

    `key` names the font among the resources of every page. `sha256` and `size` are those of the
    font file, `index` is the place of the face in it. `content` is the file, and empty where the
    job names the file. `joinable` says that glyphs can be taken from the file without changing it,
    for several parts at once.
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
    """Holds a text set into a box.

    `content` is the content stream that draws it, in points from the box's lower left corner.
    `states` is the dictionary of graphics states that `content` names. `glyphs` are the numbers of
    its glyphs by the font's key; in `content`, `IN_TEXT` follows the key. `fits` says that the text
    is no larger than its box.
    """

    content: bytes
    states: bytes
    glyphs: tuple[tuple[str, tuple[int, ...]], ...]
    fits: bool


@dataclass(frozen=True)
class SlotTexts:
    """Holds texts set into boxes, with the fonts they are set in."""

    texts: tuple[SlotText, ...]
    fonts: tuple[FontUse, ...]
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True)
class Anchor:
    """Holds an id to refer to, and its place: page from 0, points from the lower left corner."""

    name: str
    page: int
    x: float
    y: float


@dataclass(frozen=True)
class Bookmark:
    """Holds an entry of the outline; `level` is what CSS says, from 1."""

    level: int
    label: str
    page: int
    x: float
    y: float
    is_open: bool


@dataclass(frozen=True)
class Finding:
    """Describes a fault on a page; pages of a part are counted from 0.

    `ids` are those of the elements around the fault, the nearest first, and then the first id of
    the part. `source` is the address of the file at fault, where there is one. `words` are those
    that the fault is about, where they may be looked for in a text. `rule` is the place in a style
    sheet that brings it about, if it is known.
    """

    code: str
    message: str
    page: int
    ids: tuple[str, ...] = ()
    source: str = ""
    hint: str = ""
    words: tuple[str, ...] = ()
    rule: Location | None = None


@dataclass(frozen=True)
class Leaf:
    """Says of a page what is cut or torn out of it, what it is the back of, and if it is `empty`.

    `cut` and `backs` are names of cards and slips; `ids` are those around what is cut out.
    """

    cut: tuple[str, ...] = ()
    backs: tuple[str, ...] = ()
    empty: bool = False
    ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class LaidOut:
    """Holds a part laid out: a PDF of its pages, and the places of anchors, headings and slots.

    `texts` are the words of each page but for those in slots, `findings` the faults on the pages,
    `leaves` says of each page what is cut out of it.
    It `needs_colours` where it shows colours that cannot be looked up in the table `LOOK`: then it
    has to be laid out in the client's own.
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
    leaves: tuple[Leaf, ...] = ()
    needs_colours: bool = False
