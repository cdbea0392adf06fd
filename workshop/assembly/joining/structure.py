"""Join the structure trees of all parts in one. Source: ISO 32000-1, 14.7.

Every part numbers its pages and annotations from 0. The numbers are moved up by as many as the
parts before have used.
"""

from __future__ import annotations

from collections.abc import Sequence

from pikepdf import Array, Dictionary, Name, Object, Page, Pdf


def join_structure(pdf: Pdf, parts: Sequence[tuple[Pdf, Sequence[Page]]]) -> None:
    """Put each part's elements under one document element.

    `parts` are the source of each part and its pages in `pdf`.
    """
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    top = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=root, K=Array([])))
    # The keys of a number tree must ascend, as they do in every part.
    numbers: list[tuple[int, Object]] = []
    used = 0
    for source, pages in parts:
        tree = pdf.copy_foreign(source.Root.StructTreeRoot)
        own = tree.K[0]
        for element in own.K:
            element.P = top
            top.K.append(element)
        # The part's own document element stays, because elements in page margins refer to it though
        # the tree does not list them.
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
