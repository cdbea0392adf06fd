"""The pages of a pack into one PDF, as they are, with the tags, links and outline they have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pikepdf import (
    Array,
    Dictionary,
    Name,
    Object,
    ObjectStreamMode,
    OutlineItem,
    Page,
    Pdf,
    String,
)

from workshop.assembly.joining.metadata import information, xmp
from workshop.assembly.joining.structure import join_structure
from workshop.composing.composition import DocumentInfo
from workshop.press.sheets.imposition import SheetSize
from workshop.press.source_pages import MM, PackSource, SourcePage

Pages = Sequence[SourcePage | None]


def collate(
    pages: Pages, titles: Mapping[str, str], front: DocumentInfo, path: Path, *, even: bool
) -> None:
    """Write the pages of a pack, each document with its tags, below one outline.

    `titles` are those of the documents by name; `even` adds a blank page where the last sheet would
    have no back.
    """
    sources = list(dict.fromkeys(one.source for one in pages if one))
    for source in sources:
        _keep_tags_of(source)
    with Pdf.new() as pdf:
        own = _append(pdf, pages, even=even)
        tagged = [
            (source.pdf, list(own[source].values()))
            for source in sources
            if "/StructTreeRoot" in source.pdf.Root
        ]
        if tagged and len(tagged) == len(sources):
            join_structure(pdf, tagged)
        for source in sources:
            _lead_links(source, own[source])
        _write_outline(pdf, sources, titles, own)
        _write_front_matter(pdf, sources, front)
        pdf.save(
            path,
            min_version="1.7",
            object_stream_mode=ObjectStreamMode.generate,
            deterministic_id=True,
        )


def _append(pdf: Pdf, pages: Pages, *, even: bool) -> dict[PackSource, dict[int, Page]]:
    """Append the pages and return them as they are now, by the numbers they had."""
    now: dict[PackSource, dict[int, Page]] = {}
    size = next(one.size for one in pages if one)
    for one in pages:
        if one is None:
            add_blank(pdf, size)
        else:
            size = one.size
            pdf.pages.append(one.page)
            now.setdefault(one.source, {})[one.number] = pdf.pages[-1]
    if even and len(pdf.pages) % 2:
        add_blank(pdf, size)
    return now


def add_blank(pdf: Pdf, size: SheetSize) -> Page:
    """Append a page with nothing on it."""
    page = pdf.add_blank_page(page_size=(size.width * MM, size.height * MM))
    page.obj.Tabs = Name.S
    return page


def _keep_tags_of(source: PackSource) -> None:
    """Drop the tags of pages that are not printed, which would bring those pages along."""
    if source.is_whole or "/StructTreeRoot" not in source.pdf.Root:
        return
    kept = {source.pdf.pages[number].obj.objgen for number in source.pages}
    tree = source.pdf.Root.StructTreeRoot
    top = tree.K[0]
    top.K = Array([element for element in top.K if _page_of(element) in kept])
    numbers = {int(key): page.obj.objgen for page in source.pdf.pages for key in _keys_of(page)}
    pairs = list(tree.ParentTree.Nums)
    tree.ParentTree.Nums = Array(
        [
            item
            for key, value in zip(pairs[::2], pairs[1::2], strict=True)
            if numbers.get(int(key)) in kept
            for item in (key, value)
        ]
    )


def _page_of(element: Object) -> tuple[int, int] | None:
    """Return the page an element stands on; a part’s elements are all on its own pages."""
    found = element.get("/Pg")
    return found.objgen if found is not None else None


def _keys_of(page: Page) -> Iterator[int]:
    if "/StructParents" in page.obj:
        yield int(page.obj.StructParents)
    for annotation in page.obj.get("/Annots", ()):
        if "/StructParent" in annotation:
            yield int(annotation.StructParent)


def _lead_links(source: PackSource, pages: Mapping[int, Page]) -> None:
    """Lead links to places rather than to names, which other documents have too."""
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
    own: Mapping[PackSource, Mapping[int, Page]],
) -> None:
    positions = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    with pdf.open_outline() as outline:
        for source in sources:
            places = {
                source.pdf.pages[number].obj.objgen: positions[page.obj.objgen]
                for number, page in own[source].items()
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
    """Return the headings that are on printed pages, leading to where these are now."""
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


def _write_front_matter(pdf: Pdf, sources: Sequence[PackSource], front: DocumentInfo) -> None:
    root = pdf.Root
    root.Lang = sources[0].pdf.Root.get("/Lang", String(front.language))
    duplex = Name.DuplexFlipLongEdge if front.sides == "duplex" else Name.Simplex
    root.ViewerPreferences = Dictionary(
        DisplayDocTitle=True, Duplex=duplex, PrintScaling=Name("/None")
    )
    root.Metadata = pdf.make_stream(xmp(front, front.title), Type=Name.Metadata, Subtype=Name.XML)
    pdf.trailer.Info = pdf.make_indirect(
        Dictionary(
            {f"/{key}": String(value) for key, value in information(front, front.title).items()}
        )
    )
