"""Describe what typesetting is handed: one part of a document, to be laid out anywhere."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

Side = Literal["right", "left"]
# A back cover is the last page of a folded sheet, which has four.
Start = Side | Literal["back"]
FOLDED = 4

# CSS that tells one side of an opening from the other, or leaves a page blank to get there.
_SIDED = re.compile(
    r"@page[^{}]*:(?:left|right|blank)\b|\b(?:recto|verso)\b|break-\w+:\s*(?:left|right)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Stylesheet:
    """Holds one CSS file, with the path its faults and its relative addresses refer to."""

    path: Path
    css: str

    @cached_property
    def digest(self) -> str:
        """SHA-256 of path and CSS, in hexadecimal."""
        return hashlib.sha256(
            f"{self.path}\n{self.css}".encode("utf-8", "surrogatepass")
        ).hexdigest()

    @cached_property
    def tells_sides(self) -> bool:
        """Tell whether it tells one side of an opening from the other."""
        return bool(_SIDED.search(self.css))


@dataclass(frozen=True)
class JobFile:
    """Holds a file by the address that HTML, CSS or SVG gives it.

    `refused` says why it may not be read, if it may not. A font of the client's own has the name of
    its file for an address.
    """

    address: str
    content: bytes
    refused: str = ""

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the content, in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True)
class RenderJob:
    """Holds a part of a document as values: it can be pickled and laid out in another process.

    `files` are all that the layout may read, `families` the product's typefaces it may use and
    `fonts` the client's own. The part begins on the side `start` of an opening. Sides are those of
    a book in English: "right" is the front of a leaf, also where that is a left-hand page. Where
    what follows has to begin on a side, `then` is that side: a page is left blank before it if need
    be. Before a back cover, what `pages_before` says stands before this part. The layout may take
    `seconds` of processor time, or as long as `LAYOUT_SECONDS` says.
    """

    html: str
    stylesheets: tuple[Stylesheet, ...]
    files: tuple[JobFile, ...]
    families: tuple[str, ...]
    fonts: tuple[JobFile, ...]
    start: Side = "right"
    then: Start | None = None
    pages_before: int = 0
    seconds: int | None = None

    @cached_property
    def depends_on_side(self) -> bool:
        """Tell whether the layout may be another on the other side of an opening."""
        return any(sheet.tells_sides for sheet in self.stylesheets) or bool(
            _SIDED.search(self.html)
        )

    @cached_property
    def digest(self) -> str:
        """SHA-256 of everything the layout depends on but the engine, in hexadecimal."""
        digest = hashlib.sha256()
        for piece in self._pieces():
            data = piece.encode("utf-8", "surrogatepass")
            digest.update(b"%d " % len(data))
            digest.update(data)
        return digest.hexdigest()

    def _pieces(self) -> Iterator[str]:
        yield self.html
        for sheet in self.stylesheets:
            yield sheet.digest
        for file in (*self.files, *self.fonts):
            yield file.address
            yield file.refused or file.digest
        yield f"{len(self.stylesheets)} {len(self.files)} {len(self.fonts)}"
        yield from self.families
        yield f"{self.start} {self.then} {self.pages_before}"
