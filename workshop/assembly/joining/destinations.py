"""Give the ids of all parts unique names that links lead to. Source: ISO 32000-1, 12.3.2.3."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, String

from workshop.assembly.document import Assembled
from workshop.diagnostics import Diagnostic


def join_destinations(
    pdf: Pdf, document: Assembled, pages: Sequence[Sequence[Page]]
) -> Iterator[Diagnostic]:
    """Name every id of every part, lead links to the names, and yield a fault for each dead link.

    Where several parts have the same id, a link leads to the id in its own part, or to the first.
    """
    places: dict[str, Array] = {}
    for part, own in zip(document.parts, pages, strict=True):
        names = {}
        for anchor in part.anchors:
            names[anchor.name] = name = _free(anchor.name, places)
            at = own[anchor.page].obj
            places[name] = Array([at, Name.XYZ, anchor.x, anchor.y, 0])
        for link in _links(own):
            target = str(link.Dest)
            link.Dest = String(names.get(target, target))
    for own in pages:
        for link in _links(own):
            if str(link.Dest) not in places:
                message = f"A link leads to “#{link.Dest}”, and nothing has that id"
                hint = "Write the id of something in the same document."
                yield Diagnostic("no-target", message, None, hint)
    if places:
        # A name tree is sorted by the bytes of its keys.
        keys = sorted(places, key=lambda name: bytes(String(name)))
        pairs = [item for name in keys for item in (String(name), places[name])]
        pdf.Root.Names = Dictionary(Dests=pdf.make_indirect(Dictionary(Names=Array(pairs))))


def _free(name: str, taken: dict[str, Array]) -> str:
    free, again = name, 2
    while free in taken:
        free, again = f"{name}-{again}", again + 1
    return free


def _links(pages: Sequence[Page]) -> Iterator[Object]:
    for page in pages:
        for annotation in page.obj.get("/Annots", ()):
            if annotation.get("/Subtype") == Name.Link and isinstance(
                annotation.get("/Dest"), String
            ):
                yield annotation
