"""What a screen reader goes by: one tree for all parts, in their order."""

from __future__ import annotations

import pikepdf
from pikepdf import Name

from tests.assembly.pages import bind, slot
from tests.assembly.reading import Reading, accessibility_faults_of
from workshop.composing.language.slots import page_number

TABLE = (
    '<table><tr><th scope="col">Who</th><th scope="col">When</th></tr>'
    "<tr><td>She</td><td>Then</td></tr></table>"
)
LIST = '<ul><li>Ask<li>Wait</ul><p><a href="#end">End</a></p>'
FOOT = "@page { @bottom-center { content: element(foot) } } .foot { position: running(foot) }"


def book() -> Reading:
    foot = f'<div class="foot">{page_number()}</div>'
    parts = (foot + TABLE, foot + LIST, foot + TABLE + '<h1 id="end">End</h1>')
    return bind(*parts, css=FOOT).copy()


def test_parts_follow_each_other_below_one_document() -> None:
    kind, sections = book().tags()
    assert kind == "/Document"
    assert [(name, [kid for kid, _ in kids]) for name, kids in sections] == [
        ("/Sect", ["/Table"]),
        ("/Sect", ["/L", "/P"]),
        ("/Sect", ["/Table", "/H1"]),
    ]


def test_every_element_hangs_from_the_one_root() -> None:
    reading = book()
    root = reading.root.StructTreeRoot
    roots = [
        entry
        for entry in reading.pdf.objects
        if isinstance(entry, pikepdf.Dictionary) and entry.get("/Type") == Name.StructTreeRoot
    ]
    assert [entry.objgen for entry in roots] == [root.objgen]
    for element in mapped(reading):
        while element.get("/Type") != Name.StructTreeRoot:
            element = element.P
        assert element.objgen == root.objgen


def mapped(reading: Reading) -> list[pikepdf.Object]:
    """Return the elements that content and annotations say they belong to."""
    values = list(reading.root.StructTreeRoot.ParentTree.Nums)[1::2]
    return [
        element
        for value in values
        for element in (value if isinstance(value, pikepdf.Array) else [value])
    ]


def test_content_belongs_to_elements_of_its_own_page() -> None:
    reading = book()
    numbers = list(reading.root.StructTreeRoot.ParentTree.Nums)
    keys = [int(key) for key in numbers[::2]]
    assert keys == sorted(set(keys))
    by_key = dict(zip(keys, numbers[1::2], strict=True))
    for page in reading.pdf.pages:
        elements = by_key[int(page.obj.StructParents)]
        assert len(elements) > 0
        assert {element.Pg.objgen for element in elements} == {page.obj.objgen}


def test_a_link_knows_the_element_it_is() -> None:
    reading = book()
    numbers = list(reading.root.StructTreeRoot.ParentTree.Nums)
    by_key = dict(zip((int(key) for key in numbers[::2]), numbers[1::2], strict=True))
    [annotation] = reading.pdf.pages[1].obj.Annots
    assert by_key[int(annotation.StructParent)].S == "/Link"


def test_cells_name_the_headers_of_their_own_table() -> None:
    reading = book()
    ids = [str(header.ID) for header in reading.elements("/TH")]
    assert len(ids) == len(set(ids)) == 4
    headers = [[str(name) for name in cell.A.Headers] for cell in reading.elements("/TD")]
    assert headers == [[header_id] for header_id in ids]


def test_a_slot_is_read_as_text_and_not_as_a_picture() -> None:
    reading = bind(f"<p>{slot('name')}</p>").copy(name="Ann")
    assert list(reading.elements("/Figure")) == []
    [paragraph] = reading.elements("/P")
    [span] = paragraph.K
    assert span.S == "/Span"
    assert "/Alt" not in span
    assert accessibility_faults_of(reading.data) == []
