"""What composing hands to typesetting: one document, ready to be laid out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from workshop.diagnostics import Diagnostic


@dataclass(frozen=True)
class Stylesheet:
    """One CSS file, with the path its faults and its relative addresses refer to."""

    path: Path
    css: str


@dataclass(frozen=True)
class RenderJob:
    """A document as values: it can be pickled and laid out in another process.

    `roots` are the only folders whose files the layout may read; `font_folders` the only ones
    whose fonts it may use. `sides` is "duplex" or "simplex", what a print dialogue should offer.
    `has_cover` says that the first page is a cover, labelled by that name and not by its number.
    """

    html: str
    stylesheets: tuple[Stylesheet, ...]
    roots: tuple[Path, ...]
    font_folders: tuple[Path, ...]
    sides: str
    has_cover: bool


@dataclass(frozen=True)
class Typeset:
    """A laid-out document: the PDF, its number of pages, and what the layout complained of."""

    pdf: bytes
    pages: int
    diagnostics: tuple[Diagnostic, ...]
