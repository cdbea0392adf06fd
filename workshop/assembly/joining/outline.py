"""Write the headings of all parts as one outline. Source: ISO 32000-1, 12.3.3."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf

from workshop.assembly.document import Assembled
from workshop.typesetting.laid_out import Bookmark


@dataclass
class _OutlineItem:
    bookmark: Bookmark
    page: int
    children: list[_OutlineItem] = field(default_factory=list)


def write_outline(pdf: Pdf, document: Assembled) -> None:
    """Write the outline of a document, if it has any headings."""
    bookmarks = (
        (bookmark, start + bookmark.page)
        for start, part in zip(document.starts, document.parts, strict=True)
        for bookmark in part.bookmarks
    )
    entries = _nested(bookmarks)
    if not entries:
        return
    outlines = pdf.make_indirect(Dictionary(Type=Name.Outlines))
    _write(pdf, outlines, entries)
    pdf.Root.Outlines = outlines


def _nested(bookmarks: Iterable[tuple[Bookmark, int]]) -> list[_OutlineItem]:
    """Put each heading under the last one before it of a higher level."""
    top: list[_OutlineItem] = []
    above: list[_OutlineItem] = []
    for bookmark, page in bookmarks:
        entry = _OutlineItem(bookmark, page)
        while above and above[-1].bookmark.level >= bookmark.level:
            above.pop()
        (above[-1].children if above else top).append(entry)
        above.append(entry)
    return top


def _write(pdf: Pdf, parent: Object, entries: list[_OutlineItem]) -> int:
    """Write entries below `parent`; return how many are visible when it is opened."""
    items = [pdf.make_indirect(_item(pdf, parent, entry)) for entry in entries]
    for before, after in pairwise(items):
        before.Next, after.Prev = after, before
    parent.First, parent.Last = items[0], items[-1]
    visible = len(items)
    for entry, item in zip(entries, items, strict=True):
        if entry.children:
            below = _write(pdf, item, entry.children)
            item.Count = below if entry.bookmark.is_open else -below
            visible += below if entry.bookmark.is_open else 0
    if parent.get("/Type") == Name.Outlines:
        parent.Count = visible
    return visible


def _item(pdf: Pdf, parent: Object, entry: _OutlineItem) -> Dictionary:
    place = entry.bookmark
    return Dictionary(
        Title=pikepdf.String(place.label),
        Parent=parent,
        Dest=Array([pdf.pages[entry.page].obj, Name.XYZ, place.x, place.y, 0]),
    )
