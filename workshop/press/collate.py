"""Join the pages of a pack in one PDF, as they are, with their tags, links and outline."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from pikepdf import (
    Array,
    Dictionary,
    Name,
    Object,
    OutlineItem,
    Page,
    Pdf,
    String,
)

from workshop.assembly.flip import Flip
from workshop.assembly.joining.document_info import write_document_info
from workshop.assembly.joining.structure import join_structure
from workshop.composing.composition import DocumentInfo
from workshop.press.sheets.imposition import SheetSize
from workshop.press.sheets.save import save
from workshop.press.source_pages import MM, PackSource, SourcePage

Pages = Sequence[SourcePage | None]


def collate(
    pages: Pages, titles: Mapping[str, str], front: DocumentInfo, path: Path, flip: Flip
) -> None:
    """Write the pages of a pack, each document with its tags, below one outline.

    `titles` are those of the documents by name. Where sheets are turned over, the last one gets a
    blank back if it has none.
    """
    sources = list(dict.fromkeys(page.source for page in pages if page))
    for source in sources:
        _drop_tags_of_other_pages(source)
    with Pdf.new() as pdf:
        new_pages = _append(pdf, pages, even=flip != "none")
        tagged = [
            (source.pdf, list(new_pages[source].values()))
            for source in sources
            if "/StructTreeRoot" in source.pdf.Root
        ]
        if tagged and len(tagged) == len(sources):
            join_structure(pdf, tagged)
        for source in sources:
            _lead_links(source, new_pages[source])
        _write_outline(pdf, sources, titles, new_pages)
        write_document_info(pdf, replace(front, language=language_of(pages, front)), flip)
        save(pdf, path)


def language_of(pages: Pages, front: DocumentInfo) -> str:
    """Return the language of a pack: that of the client file may have changed since the papers."""
    papers = next(page.source for page in pages if page)
    return str(papers.pdf.Root.get("/Lang", front.language))


def _append(pdf: Pdf, pages: Pages, *, even: bool) -> dict[PackSource, dict[int, Page]]:
    """Append the pages; return the new pages of each source by the numbers they had there."""
    new_pages: dict[PackSource, dict[int, Page]] = {}
    size = next(page.size for page in pages if page)
    for page in pages:
        if page is None:
            _add_blank(pdf, size)
        else:
            size = page.size
            pdf.pages.append(page.page)
            new_pages.setdefault(page.source, {})[page.number] = pdf.pages[-1]
    if even and len(pdf.pages) % 2:
        _add_blank(pdf, size)
    return new_pages


def _add_blank(pdf: Pdf, size: SheetSize) -> None:
    """Append a page with nothing on it."""
    page = pdf.add_blank_page(page_size=(size.width * MM, size.height * MM))
    page.obj.Tabs = Name.S


def _drop_tags_of_other_pages(source: PackSource) -> None:
    """Drop the tags of pages that are not printed: they would bring those pages along."""
    if source.is_whole or "/StructTreeRoot" not in source.pdf.Root:
        return
    printed = {source.pdf.pages[number].obj.objgen for number in source.pages}
    tree = source.pdf.Root.StructTreeRoot
    top = tree.K[0]
    top.K = Array([element for element in top.K if _page_of(element) in printed])
    numbers = {int(key): page.obj.objgen for page in source.pdf.pages for key in _keys_of(page)}
    pairs = list(tree.ParentTree.Nums)
    tree.ParentTree.Nums = Array(
        [
            item
            for key, value in zip(pairs[::2], pairs[1::2], strict=True)
            if numbers.get(int(key)) in printed
            for item in (key, value)
        ]
    )


def _page_of(element: Object) -> tuple[int, int] | None:
    """Return the number of the page an element is on; a part's elements are on its own pages."""
    page = element.get("/Pg")
    return page.objgen if page is not None else None


def _keys_of(page: Page) -> Iterator[int]:
    if "/StructParents" in page.obj:
        yield int(page.obj.StructParents)
    for annotation in page.obj.get("/Annots", ()):
        if "/StructParent" in annotation:
            yield int(annotation.StructParent)


def _lead_links(source: PackSource, pages: Mapping[int, Page]) -> None:
    """Lead links to places and not to names, which several documents of a pack may share."""
    places = dict(_named_places(source.pdf))
    numbers = {page.obj.objgen: number for number, page in enumerate(source.pdf.pages)}
    for page in pages.values():
        for annotation in page.obj.get("/Annots", ()):
            if annotation.get("/Subtype") != Name.Link or "/Dest" not in annotation:
                continue
            place = places.get(str(annotation.Dest)) if _is_name(annotation.Dest) else None
            number = numbers.get(place[0].objgen, -1) if place is not None else -1
            if place is not None and number in pages:
                annotation.Dest = Array([pages[number].obj, *list(place)[1:]])
            else:
                del annotation["/Dest"]


def _is_name(dest: Object) -> bool:
    return isinstance(dest, String)


def _named_places(pdf: Pdf) -> Iterator[tuple[str, Array]]:
    names = pdf.Root.get("/Names", Dictionary()).get("/Dests", Dictionary()).get("/Names", Array())
    pairs = list(names)
    yield from zip((str(name) for name in pairs[::2]), pairs[1::2], strict=True)


def _write_outline(
    pdf: Pdf,
    sources: Sequence[PackSource],
    titles: Mapping[str, str],
    new_pages: Mapping[PackSource, Mapping[int, Page]],
) -> None:
    positions = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    with pdf.open_outline() as outline:
        for source in sources:
            places = {
                source.pdf.pages[number].obj.objgen: positions[page.obj.objgen]
                for number, page in new_pages[source].items()
            }
            title = titles.get(source.entry.document, source.entry.document)
            first = min(places.values())
            top = float(pdf.pages[first].mediabox[3])
            item = OutlineItem(title, first, "XYZ", left=0, top=top)
            item.is_closed = True
            with source.pdf.open_outline() as old:
                item.children.extend(_moved(old.root, places))
            outline.root.append(item)


def _moved(
    items: Sequence[OutlineItem], places: Mapping[tuple[int, int], int]
) -> list[OutlineItem]:
    """Return the headings on printed pages; `places` are the new numbers of these pages."""
    moved = []
    for item in items:
        place = item.destination
        if not isinstance(place, Array) or place[0].objgen not in places:
            continue
        new = OutlineItem(
            item.title, places[place[0].objgen], "XYZ", left=float(place[2]), top=float(place[3])
        )
        new.is_closed = item.is_closed
        new.children.extend(_moved(item.children, places))
        moved.append(new)
    return moved
