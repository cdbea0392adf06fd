"""Write the pages of a pack into a file as its profile says: collated, imposed, with crop marks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from workshop.assembly.flip import Flip, flip_for
from workshop.composing.composition import DocumentInfo
from workshop.diagnostics import ContentError
from workshop.press.collate import collate
from workshop.press.impose import Trim, impose
from workshop.press.ink import Inks
from workshop.press.sheets.imposition import Sheet, SheetSize, booklet, single, two_up
from workshop.press.sheets.sheet_sizes import name_of, size_of, words_for
from workshop.press.source_pages import SourcePage
from workshop.tailoring.profiles import Profile

Pages = Sequence[SourcePage | None]


@dataclass(frozen=True)
class Laid:
    """Holds the sheets of a pack, their size in mm, and the edge they are turned over on."""

    sheets: tuple[Sheet, ...]
    size: SheetSize
    flip: Flip


def write_pack(
    pages: Pages,
    profile: Profile,
    front: DocumentInfo,
    titles: Mapping[str, str],
    inks: Inks,
    path: Path,
) -> Laid:
    """Write a pack and return the sheets it takes.

    Pages that fill a sheet as they are keep their tags, links and headings. Raises `ContentError`
    for pages of a size that the profile has no sheets for.
    """
    file, duplex = profile.file, profile.duplex
    largest = max(
        (page.size for page in pages if page),
        key=lambda size: (size.width * size.height, size.height),
    )
    if file.layout == "pages" and not (file.bleed or file.crop_marks or file.sheet):
        faces = [(page.size.width, page.size.height) if page else None for page in pages]
        flip = flip_for(faces, duplex=duplex)
        collate(pages, titles, front, path, flip)
        return Laid(tuple(single(len(pages), largest, largest, duplex=duplex)), largest, flip)
    trim = None
    if file.layout == "pages":
        upright = largest.turned if largest.is_landscape else largest
        reaching = (at for at, page in enumerate(pages) if inks.ink_on(page).to_the_edge)
        trim = Trim(upright, file.bleed, file.crop_marks, frozenset(reaching))
        size = _sheet(largest, profile) if file.sheet else trim.sheet
        sheets = single(len(pages), size, upright, duplex=duplex)
    else:
        size = _sheet(largest, profile).turned
        sheets = (
            booklet(len(pages), size, file.paper_thickness)
            if file.layout == "booklet"
            else two_up(len(pages), size, duplex=duplex)
        )
    flip = flip_for([(size.width, size.height)], duplex=duplex)
    impose(pages, sheets, size, flip, front.title, path, trim)
    return Laid(tuple(sheets), size, flip)


def _sheet(page: SheetSize, profile: Profile) -> SheetSize:
    """Return the size, upright, of the sheets that a profile has for pages of a size."""
    paper, chosen = name_of(page), profile.file.sheet
    if (paper == "A4" or paper == "Letter") and paper in chosen:  # for mypy
        return size_of(chosen[paper])
    raise ContentError.single(
        "no-sheet",
        f"The profile “{profile.name}” does not say on which sheets {words_for(page)}"
        " pages are printed",
        hint="Its `sheet` has a line for A4 and one for Letter.",
    )
