"""Write the pages of a pack into a file as its profile says: collated, imposed, with crop marks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from workshop.assembly.flip import Flip, flip_for
from workshop.composing.composition import DocumentInfo
from workshop.diagnostics import ContentError
from workshop.press.collate import collate, language_of
from workshop.press.impose import Trim, impose
from workshop.press.ink import Inks
from workshop.press.sheets.imposition import (
    Sheet,
    SheetSize,
    booklet,
    bound_on_the_right,
    single,
    two_up,
)
from workshop.press.sheets.sheet_sizes import name_of, size_of, words_for
from workshop.press.source_pages import SourcePage
from workshop.tailoring.direction import direction_of
from workshop.tailoring.profiles import Profile

Pages = Sequence[SourcePage | None]


@dataclass(frozen=True)
class Laid:
    """Holds the sheets of a pack, the size of each in mm, and the edge they are turned over on."""

    sheets: tuple[Sheet, ...]
    sizes: tuple[SheetSize, ...]
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
    if file.layout == "pages" and not (file.bleed or file.crop_marks or file.sheet):
        sizes = _sizes_of_sheets(pages, duplex=duplex)
        faces = [(page.size.width, page.size.height) if page else None for page in pages]
        flip = flip_for(faces, duplex=duplex)
        collate(pages, titles, front, path, flip)
        return Laid(tuple(single(len(pages), sizes[0], sizes[0], duplex=duplex)), sizes, flip)
    page_size = _only_size(pages, profile)
    trim = None
    if file.layout == "pages":
        reaching = (at for at, page in enumerate(pages) if inks.ink_on(page).to_the_edge)
        trim = Trim(page_size, file.bleed, file.crop_marks, frozenset(reaching))
        size = _sheet(page_size, profile) if file.sheet else trim.sheet
        _check_room(size, trim, profile)
        sheets = single(len(pages), size, page_size, duplex=duplex)
    else:
        size = _sheet(page_size, profile).turned
        sheets = (
            booklet(len(pages), size, file.paper_thickness)
            if file.layout == "booklet"
            else two_up(len(pages), size, duplex=duplex)
        )
        if direction_of(language_of(pages, front)) == "rtl":
            sheets = bound_on_the_right(sheets, size)
    flip = flip_for([(size.width, size.height)], duplex=duplex)
    impose(pages, sheets, size, flip, front.title, path, trim)
    return Laid(tuple(sheets), (size,) * len(sheets), flip)


def _sizes_of_sheets(pages: Pages, *, duplex: bool) -> tuple[SheetSize, ...]:
    """Return the size of each sheet, which is that of its pages.

    Raises `ContentError` where the two sides of a sheet differ.
    """
    sizes: list[SheetSize] = []
    for at in range(0, len(pages), 2 if duplex else 1):
        sides = [page for page in pages[at : at + 2 if duplex else at + 1] if page]
        if len(sides) == 2 and not sides[0].size.is_as_large_as(sides[1].size):
            front, back = (words_for(page.size) for page in sides)
            raise ContentError.single(
                "two-sizes",
                f"“{sides[0].source.entry.path}” has a page of {front} and one of {back} on the two"
                " sides of a sheet",
                hint="Write `sides: simplex` in the profile, or begin a part with each size.",
            )
        sizes.append(sides[0].size if sides else sizes[-1])
    return tuple(sizes)


def _only_size(pages: Pages, profile: Profile) -> SheetSize:
    """Return the size of all pages, upright; raise `ContentError` where they have several."""
    first: dict[str, SourcePage] = {}
    for page in pages:
        if page and not any(page.size.is_as_large_as(other.size) for other in first.values()):
            first.setdefault(words_for(page.size), page)
    if len(first) > 1:
        kinds = [f"{words} (“{page.source.entry.document}”)" for words, page in first.items()]
        raise ContentError.single(
            "two-sizes",
            f"The profile “{profile.name}” needs pages of one size, and these are "
            + " and ".join(kinds),
            hint="Print those of each size by a profile of their own, which names them in"
            " `documents`.",
        )
    [page] = first.values()
    return page.size.upright


def _check_room(sheet: SheetSize, trim: Trim, profile: Profile) -> None:
    """Raise `ContentError` for a sheet on which pages, their bleed or their marks are cut off."""
    if not sheet.has_room_for(trim.least_sheet):
        marks = " with their marks" if trim.marks else ""
        bleed = f" and {trim.bleed:g} mm of bleed" if trim.bleed else ""
        raise ContentError.single(
            "small-sheet",
            f"Pages of {words_for(trim.size)}{marks}{bleed} do not fit on sheets of"
            f" {words_for(sheet)}",
            profile.source.location("sheet"),
            "Name a larger sheet; `layout: two-up` makes two pages fit on one.",
        )


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
