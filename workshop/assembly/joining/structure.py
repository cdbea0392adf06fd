"""The structure trees of all parts into one. Source: ISO 32000-1, 14.7.

Every part numbers its pages and annotations for itself; what it says of them is moved up by as much
as the parts before it have used.
"""

from __future__ import annotations

from collections.abc import Sequence

from pikepdf import Array, Dictionary, Name, Object, Page, Pdf


def join_structure(pdf: Pdf, parts: Sequence[tuple[Pdf, Sequence[Page]]]) -> None:
    """Hang each part's elements under one document; `parts` have the pages they became."""
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    top = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=root, K=Array([])))
    # Keys of a number tree ascend: all pages first, then the annotations.
    numbers: list[tuple[int, Object]] = []
    used = 0
    for source, pages in parts:
        tree = pdf.copy_foreign(source.Root.StructTreeRoot)
        own = tree.K[0]
        for element in own.K:
            element.P = top
            top.K.append(element)
        # What stands in page margins is left out of the tree and hangs from it all the same.
        own.S, own.P, own.K = Name.NonStruct, top, Array([])
        content = list(tree.ParentTree.Nums)
        keys = [int(key) for key in content[::2]]
        numbers += [(used + key, value) for key, value in zip(keys, content[1::2], strict=True)]
        _move_up(pages, used)
        used += max(keys) + 1
    root.K = Array([top])
    root.ParentTree = pdf.make_indirect(
        Dictionary(Nums=Array([item for pair in numbers for item in pair]))
    )
    root.ParentTreeNextKey = used
    pdf.Root.StructTreeRoot = root
    pdf.Root.MarkInfo = Dictionary(Marked=True)


def _move_up(pages: Sequence[Page], by: int) -> None:
    for page in pages:
        page.obj.StructParents = int(page.obj.StructParents) + by
        for annotation in page.obj.get("/Annots", ()):
            if "/StructParent" in annotation:
                annotation.StructParent = int(annotation.StructParent) + by
