"""The pages of a pack into its file, as a profile has it: collated, imposed, or with crop marks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from workshop.composing.composition import DocumentInfo
from workshop.diagnostics import ContentError
from workshop.press.collate import collate
from workshop.press.ink import Inks
from workshop.press.sheets.impose import Trim, impose
from workshop.press.sheets.imposition import Sheet, SheetSize, booklet, single, two_up
from workshop.press.sheets.sheet_sizes import name_of, size_of, words_for
from workshop.press.source_pages import SourcePage
from workshop.tailoring.profiles import Profile

Pages = Sequence[SourcePage | None]


@dataclass(frozen=True)
class Laid:
    """The sheets of a pack, and their size as the file has them, in mm."""

    sheets: tuple[Sheet, ...]
    size: SheetSize


def write_pack(
    pages: Pages,
    profile: Profile,
    front: DocumentInfo,
    titles: Mapping[str, str],
    inks: Inks,
    path: Path,
) -> Laid:
    """Write a pack and say on which sheets it is.

    Pages that need no other place keep their tags, links and headings. Raises `ContentError` for
    pages of a size that the profile has no sheets for.
    """
    file, duplex = profile.file, profile.duplex
    page = max(
        (one.size for one in pages if one), key=lambda size: (size.width * size.height, size.height)
    )
    if file.layout == "pages" and not (file.bleed or file.crop_marks or file.sheet):
        collate(pages, titles, front, path, even=duplex)
        return Laid(tuple(single(len(pages), page, page, duplex=duplex)), page)
    trim = None
    if file.layout == "pages":
        upright = page.turned if page.is_landscape else page
        reaching = (at for at, one in enumerate(pages) if inks.of(one).to_the_edge)
        trim = Trim(upright, file.bleed, file.crop_marks, frozenset(reaching))
        size = _sheet(page, profile) if file.sheet else trim.sheet
        sheets = single(len(pages), size, upright, duplex=duplex)
    else:
        size = _sheet(page, profile).turned
        sheets = (
            booklet(len(pages), size, file.paper_thickness)
            if file.layout == "booklet"
            else two_up(len(pages), size, duplex=duplex)
        )
    impose(pages, sheets, size, front.title, path, trim)
    return Laid(tuple(sheets), size)


def _sheet(page: SheetSize, profile: Profile) -> SheetSize:
    """Return the sheet, upright, that a profile has for pages of a size."""
    paper, chosen = name_of(page), profile.file.sheet
    if (paper == "A4" or paper == "Letter") and paper in chosen:  # for mypy
        return size_of(chosen[paper])
    raise ContentError.single(
        "no-sheet",
        f"The profile “{profile.name}” does not say on which sheets {words_for(page)}"
        " pages are printed",
        hint="Its `sheet` has a line for A4 and one for Letter.",
    )
