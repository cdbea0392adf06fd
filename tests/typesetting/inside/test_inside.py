"""WeasyPrint's and pydyf's insides: what moves there has to fail here."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pikepdf
import pydyf
import pytest

from tests.assembly.reading import accessibility_faults_of
from tests.typesetting.conftest import Table, open_pdf, places_of_forms, steps_of
from workshop.tailoring.look.typefaces import families
from workshop.typesetting.inside import drawn_slots, glyphs
from workshop.typesetting.inside.written import as_written
from workshop.typesetting.laid_out import LaidOut, Slot, SlotBox
from workshop.typesetting.slot_texts import TextJob, set_texts

SLOT = ".slot { display: inline-block; width: 40mm; height: 6mm; vertical-align: top }"
NAME = '<img class="slot" src="slot:name?smallest=0.7" alt="slot:name">'
MM = 72 / 25.4


def box_for(name: str, smallest: float = 0.7, style: str = "") -> str:
    """Return the HTML of a slot, as composing writes it."""
    return f'<img class="slot" style="{style}" src="slot:{name}?smallest={smallest}" alt="slot:x">'


def only_slot(table: Table, css: str = "", style: str = "", around: str = "p") -> Slot:
    """Return the only slot of a page."""
    body = f"<{around}>{box_for('name', style=style)}</{around}>"
    part = table.lay_out(body, SLOT + css)
    assert part.diagnostics == ()
    [slot] = part.slots
    return slot


def drawn_on(pdf: pikepdf.Pdf, page: int) -> list[str]:
    """Return the names of the forms and pictures that a page's own content draws."""
    steps = steps_of(pdf.pages[page])
    return [str(operands[0]) for operator, operands, _ in steps if operator == "Do"]


def tags(pdf: pikepdf.Pdf, kind: str) -> list[pikepdf.Dictionary]:
    """Return the structure elements of one kind."""
    return [
        entry
        for entry in pdf.objects
        if isinstance(entry, pikepdf.Dictionary)
        and entry.get("/Type") == pikepdf.Name.StructElem
        and str(entry.S) == kind
    ]


def test_a_slot_is_drawn_as_a_form_that_the_page_and_the_catalog_name(table: Table) -> None:
    part = table.lay_out(f"<p>Dear {NAME}</p>", SLOT)
    [slot] = part.slots
    pdf = open_pdf(part.pdf)
    assert drawn_on(pdf, 0) == [f"/{slot.key}"]
    form = pdf.Root.Slots[f"/{slot.key}"]
    assert form.objgen == pdf.pages[0].Resources.XObject[f"/{slot.key}"].objgen
    assert (form.Type, form.Subtype) == (pikepdf.Name.XObject, pikepdf.Name.Form)
    assert form.read_bytes().strip() == b""
    assert (slot.name, slot.page) == ("name", None)


def test_its_box_is_the_boxs_in_points(table: Table) -> None:
    part = table.lay_out(box_for("name", 0.6), SLOT)
    [slot] = part.slots
    assert slot.box.width == pytest.approx(40 * MM, abs=0.001)
    assert slot.box.height == pytest.approx(6 * MM, abs=0.001)
    assert slot.box.smallest == 0.6
    pdf = open_pdf(part.pdf)
    form = pdf.Root.Slots[f"/{slot.key}"]
    assert [float(edge) for edge in form.BBox] == [0, 0, slot.box.width, slot.box.height]


def test_a_form_is_drawn_in_points_upright_at_the_lower_left_of_its_box(table: Table) -> None:
    css = SLOT + ".slot { position: absolute; left: 10mm; top: 20mm }"
    pdf = open_pdf(table.lay_out(NAME, css).pdf)
    # Margins are 5 mm, the page is 60 mm high, the box 6 mm.
    x, y = round(15 * MM, 2), round((60 - 5 - 20 - 6) * MM, 2)
    [(a, b, c, d, e, f)] = [matrix.shorthand for matrix in places_of_forms(pdf)]
    assert (a, b, c, d) == pytest.approx((1, 0, 0, 1), abs=0.001)
    assert (e, f) == pytest.approx((x, y), abs=0.02)


def test_the_same_slot_on_two_pages_is_one_and_a_page_number_two(table: Table) -> None:
    page_number = box_for("page")
    part = table.lay_out(f"{NAME}{page_number}<p style='break-before: page'>{NAME}{page_number}",
                         SLOT)  # fmt: skip
    by_name = sorted((slot.name, -1 if slot.page is None else slot.page) for slot in part.slots)
    assert by_name == [("name", -1), ("page", 0), ("page", 1)]
    pdf = open_pdf(part.pdf)
    keys = {(slot.name, slot.page): f"/{slot.key}" for slot in part.slots}
    for number in (0, 1):
        assert sorted(drawn_on(pdf, number)) == sorted([keys["name", None], keys["page", number]])


def test_the_same_name_in_two_sizes_is_two_slots(table: Table) -> None:
    part = table.lay_out(NAME + box_for("name", style="width: 20mm"), SLOT)
    assert [slot.name for slot in part.slots] == ["name", "name"]
    assert len({slot.key for slot in part.slots}) == 2
    assert len({slot.box.width for slot in part.slots}) == 2


def test_slots_in_margin_boxes_are_found_on_every_page(table: Table) -> None:
    css = SLOT + (
        ".foot { position: running(foot) }"
        "@page { margin-bottom: 15mm; @bottom-center { content: element(foot) } }"
    )
    body = f"<div class='foot'>{box_for('page')}</div><p>1</p><p style='break-before: page'>2</p>"
    part = table.lay_out(body, css)
    assert [(slot.name, slot.page) for slot in part.slots] == [("page", 0), ("page", 1)]
    pdf = open_pdf(part.pdf)
    for slot in part.slots:
        assert slot.page is not None
        assert drawn_on(pdf, slot.page) == [f"/{slot.key}"]


def named_by(holder: pikepdf.Object) -> list[str]:
    """Return the names of the forms and pictures among the resources of an object."""
    if not isinstance(holder, pikepdf.Dictionary | pikepdf.Stream) or "/Resources" not in holder:
        return []
    return [str(name) for name in holder.Resources.get("/XObject", pikepdf.Dictionary())]


def test_a_slot_in_a_group_is_named_in_the_groups_resources(table: Table) -> None:
    part = table.lay_out(f"<div style='opacity: 0.5'>{NAME}</div>{NAME}", SLOT)
    assert [slot.name for slot in part.slots] == ["name", "name"]
    pdf = open_pdf(part.pdf)
    for slot in part.slots:
        form = pdf.Root.Slots[f"/{slot.key}"]
        holders = [entry for entry in pdf.objects if f"/{slot.key}" in named_by(entry)]
        assert holders
        for holder in holders:
            assert holder.Resources.XObject[f"/{slot.key}"].objgen == form.objgen


def test_a_slot_is_read_as_text_and_not_as_a_picture(table: Table) -> None:
    pdf = open_pdf(table.lay_out(f"<p>{NAME}</p>", SLOT).pdf)
    assert tags(pdf, "/Figure") == []
    [span] = tags(pdf, "/Span")
    assert "/Alt" not in span
    assert "/A" not in span
    # A picture stays one.
    dot = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"
    pdf = open_pdf(table.lay_out(f'<img src="{dot}" alt="a dot">').pdf)
    [figure] = tags(pdf, "/Figure")
    assert str(figure.Alt) == "a dot"


DOT = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"


@pytest.mark.parametrize("css", ["", "img { display: block }", "img { position: absolute }"])
def test_a_picture_hidden_from_readers_is_drawn_and_has_no_tag(table: Table, css: str) -> None:
    shown = f'<p>one <img src="{DOT}" alt="a dot"></p>'
    hidden = shown.replace("<img", '<img aria-hidden="true"')
    part = table.lay_out(f"{shown}{hidden}<p style='break-before: page'>{hidden}{shown}", css)
    assert part.diagnostics == ()
    assert accessibility_faults_of(part.pdf) == []
    pdf = open_pdf(part.pdf)
    assert [str(figure.Alt) for figure in tags(pdf, "/Figure")] == ["a dot", "a dot"]
    for page in pdf.pages:
        begun = [
            str(operands[0])
            for operator, operands, _ in steps_of(page)
            if operator in ("BMC", "BDC") and str(operands[0]) != "/Span"
        ]
        assert sorted(begun) == ["/Artifact", "/Figure"]


def test_a_drawing_on_the_page_that_is_hidden_from_readers_has_no_tag(table: Table) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" ATTRIBUTES>WORDS</svg>'
    shown = svg.replace("ATTRIBUTES", "").replace("WORDS", "<title>a dot</title>")
    hidden = svg.replace("ATTRIBUTES", 'aria-hidden="true"')
    body = f"<p>one {shown} {hidden.replace('WORDS', '')}</p>"
    part = table.lay_out(f"{body}<p>{hidden.replace('WORDS', '<title>another</title>')}</p>")
    assert (part.diagnostics, part.findings) == ((), ())
    assert accessibility_faults_of(part.pdf) == []
    pdf = open_pdf(part.pdf)
    assert [str(figure.Alt) for figure in tags(pdf, "/Figure")] == ["a dot"]


def test_one_in_a_group_stays_a_figure_with_its_words(table: Table) -> None:
    hidden = f'<img style="opacity: 0.5" aria-hidden="true" src="{DOT}" alt="a dot">'
    pdf = open_pdf(table.lay_out(f"<p>{hidden}</p>").pdf)
    assert [str(figure.Alt) for figure in tags(pdf, "/Figure")] == ["a dot"]


def test_transparent_words_are_tagged_as_others_are(table: Table) -> None:
    body = "<table><thead class='hidden-head'><tr><th>Time</th></tr></thead>"
    body += "<tr><td>9:00</td></tr></table>"
    part = table.lay_out(body, "th { font-size: 0.1em; line-height: 0; color: transparent }")
    assert (part.findings, part.diagnostics) == ((), ())
    [head] = tags(open_pdf(part.pdf), "/TH")
    assert content_of(head) == 1


def content_of(element: pikepdf.Object) -> int:
    """Return how many pieces of marked content a structure element holds."""
    if not isinstance(element, pikepdf.Dictionary):
        return 1
    return sum(content_of(kid) for kid in element.get("/K", pikepdf.Array()))


def links_of(part: LaidOut) -> list[pikepdf.Object]:
    """Return the link annotations of the first page."""
    pdf = open_pdf(part.pdf)
    links = [link for link in pdf.pages[0].Annots if link.Subtype == pikepdf.Name.Link]
    # Copied as text: they end with the file.
    return [pikepdf.Object.parse(link.unparse(resolved=True)) for link in links]


@pytest.mark.parametrize("target", ["here", "elsewhere", "a b & “c”"])
def test_a_link_to_an_id_is_one_to_a_name_wherever_it_stands(table: Table, target: str) -> None:
    part = table.lay_out(f'<p id="here"><a href="#{target}">there</a></p>')
    assert part.diagnostics == ()
    [link] = links_of(part)
    assert str(link.Dest) == target
    assert "/A" not in link


def test_a_link_to_the_web_stays_one(table: Table) -> None:
    [link] = links_of(table.lay_out('<a href="https://example.com/#x">there</a>'))
    assert str(link.A.URI) == "https://example.com/#x"


def test_a_slot_in_a_link_makes_no_second_link(table: Table) -> None:
    part = table.lay_out(f'<p><a href="#x">{box_for("page-of:x")}</a></p>', SLOT)
    [link] = links_of(part)
    assert str(link.Dest) == "x"


def test_header_ids_of_different_parts_are_apart(table: Table) -> None:
    def ids(word: str) -> tuple[set[str], set[str]]:
        rows = f"<tr><th scope='col'>{word}</th></tr><tr><td>B</td></tr>"
        pdf = open_pdf(table.lay_out(f"<table>{rows}</table>").pdf)
        own = {str(element.ID) for element in tags(pdf, "/TH")}
        cells = [element.A for element in tags(pdf, "/TD")]
        named = {str(name) for attributes in cells for name in attributes.Headers.as_list()}
        return own, named

    first, second = ids("A"), ids("C")
    assert first[0]
    assert first[1] == first[0]
    assert second[1] == second[0]
    assert not first[0] & second[0]


def test_ids_and_headings_come_with_their_place(table: Table) -> None:
    css = "body, h1, p { margin: 0 } div { padding: 20mm 0 0 10mm; break-after: page }"
    body = '<div><h1 id="one">One</h1></div><div><p id="two">Two</p></div>'
    part = table.lay_out(body, css)
    x, y = 15 * MM, (60 - 5 - 20) * MM
    places = {anchor.name: (anchor.page, anchor.x, anchor.y) for anchor in part.anchors}
    assert places.keys() == {"one", "two"}
    for name, page in (("one", 0), ("two", 1)):
        assert places[name] == pytest.approx((page, x, y), abs=0.01)
    [bookmark] = part.bookmarks
    assert (bookmark.level, bookmark.label, bookmark.page) == (1, "One", 0)
    assert (bookmark.x, bookmark.y) == pytest.approx((x, y), abs=0.01)
    assert bookmark.is_open


def test_of_an_id_on_two_pages_the_first_counts(table: Table) -> None:
    part = table.lay_out('<p id="x">a</p><p id="x" style="break-before: page">b</p>')
    assert [(anchor.name, anchor.page) for anchor in part.anchors] == [("x", 0)]


def test_css_decides_which_headings_are_in_the_outline(table: Table) -> None:
    css = "h2 { bookmark-level: none } h3 { bookmark-level: 2; bookmark-state: closed }"
    part = table.lay_out("<h1>A</h1><h2>B</h2><h3>C</h3>", css)
    headings = [(heading.level, heading.label, heading.is_open) for heading in part.bookmarks]
    assert headings == [(1, "A", True), (2, "C", False)]


def shown_on(pdf: pikepdf.Pdf) -> dict[str, set[int]]:
    """Return the numbers of the glyphs that the first page shows, by their font's resource."""
    by_font: dict[str, set[int]] = {}
    font = ""
    for operator, operands, _ in steps_of(pdf.pages[0]):
        if operator == "Tf":
            font = str(operands[0]).removeprefix("/")
        elif operator in ("TJ", "Tj"):
            pieces: Iterable[object] = operands[0] if operator == "TJ" else operands
            for piece in pieces:
                if isinstance(piece, pikepdf.String):
                    data = bytes(piece)
                    numbers = {int.from_bytes(data[at : at + 2]) for at in range(0, len(data), 2)}
                    by_font.setdefault(font, set()).update(numbers)
    return by_font


BODY = "<h1 style='font-family: Lato'>Zoë</h1><p>Anna <b>Berg</b> 王</p>"


def test_a_font_is_known_by_the_name_pages_have_for_it_and_its_glyphs(table: Table) -> None:
    part = table.lay_out(BODY)
    pdf = open_pdf(part.pdf)
    resources = {str(key).removeprefix("/") for key in pdf.pages[0].Resources.Font}
    assert {use.key for use in part.fonts} == resources
    shown = shown_on(pdf)
    assert len(shown) == 3
    for use in part.fonts:
        assert shown[use.key] == {glyph.number for glyph in use.glyphs}
        assert re.fullmatch("[A-Z]{6}", use.key)
        assert re.search(use.family.replace(" ", ".?"), use.name)
    texts = {glyph.text for use in part.fonts for glyph in use.glyphs}
    assert set("ZoëAnnaBerg王") <= texts


def test_a_glyphs_width_is_what_the_pdf_says(table: Table) -> None:
    part = table.lay_out("<p>Wi</p>")
    [use] = part.fonts
    pdf = open_pdf(part.pdf)
    font = pdf.pages[0].Resources.Font[f"/{use.key}"].DescendantFonts[0]
    widths: dict[int, float] = {}
    first = None
    for item in font.W:
        if isinstance(item, pikepdf.Array):
            assert first is not None
            widths |= {first + at: float(width) for at, width in enumerate(item)}
        else:
            first = int(item)
    for glyph in use.glyphs:
        assert glyph.width == pytest.approx(widths[glyph.number], abs=1)
    by_text = {glyph.text: glyph.width for glyph in use.glyphs}
    assert by_text["W"] > 2 * by_text["i"] > 0


def files_by_digest() -> dict[str, Path]:
    """Return the product's font files by their digest."""
    folders = set(families().values())
    paths = [path for folder in folders for path in folder.rglob("*.[to]tf")]
    return {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in paths}


def test_a_font_is_known_by_the_digest_of_its_file_which_is_left_out(table: Table) -> None:
    part = table.lay_out(f"<p>Anna <b>Berg</b> {NAME}</p>", SLOT)
    by_digest = files_by_digest()
    assert part.fonts
    for use in part.fonts:
        path = by_digest[use.sha256]
        assert path.stat().st_size == use.size
        assert "SourceSans3" in path.name
        assert (use.content, use.joinable, use.index) == (b"", True, 0)
    assert len({use.sha256 for use in part.fonts}) == 2


# For each property that reaches a slot's text: CSS that is not what it is by itself, and what is
# then said of it.
DECLARATIONS = {
    "color": ("color: #ff000080", "color: rgb(255.0 0.0 0.0 / 0.50"),
    "direction": ("direction: rtl", "direction: rtl"),
    "font_family": ("font-family: 'Noto Sans', Lato", 'font-family: "Noto Sans", "Lato"'),
    "font_feature_settings": ("font-feature-settings: 'smcp' 1, 'tnum' 0",
                              '"smcp" 1, "tnum" 0'),
    "font_kerning": ("font-kerning: none", "font-kerning: none"),
    "font_language_override": ("font-language-override: 'TRK'", 'font-language-override: "TRK"'),
    "font_size": ("font-size: 15pt", "font-size: 20.0px"),
    "font_stretch": ("font-stretch: condensed", "font-stretch: condensed"),
    "font_style": ("font-style: italic", "font-style: italic"),
    "font_variant_alternates": ("font-variant-alternates: historical-forms",
                                "font-variant-alternates: historical-forms"),
    "font_variant_caps": ("font-variant-caps: small-caps", "font-variant-caps: small-caps"),
    "font_variant_east_asian": ("font-variant-east-asian: jis78 full-width",
                                "font-variant-east-asian: jis78 full-width"),
    "font_variant_ligatures": ("font-variant-ligatures: no-common-ligatures",
                               "font-variant-ligatures: no-common-ligatures"),
    "font_variant_numeric": ("font-variant-numeric: oldstyle-nums tabular-nums",
                             "font-variant-numeric: oldstyle-nums tabular-nums"),
    "font_variant_position": ("font-variant-position: super", "font-variant-position: super"),
    "font_variation_settings": ("font-variation-settings: 'wght' 300", '"wght" 300'),
    "font_weight": ("font-weight: 700", "font-weight: 700"),
    "hyphens": ("hyphens: auto", "hyphens: auto"),
    "letter_spacing": ("letter-spacing: 3pt", "letter-spacing: 4.0px"),
    "line_height": ("line-height: 2", "line-height: 2"),
    "overflow_wrap": ("overflow-wrap: anywhere", "overflow-wrap: anywhere"),
    "text_align_all": ("text-align: center", "text-align-all: center"),
    "text_align_last": ("text-align-last: right", "text-align-last: right"),
    "text_transform": ("text-transform: uppercase", "text-transform: uppercase"),
    "white_space": ("white-space: nowrap", "white-space: nowrap"),
    "word_break": ("word-break: break-all", "word-break: break-all"),
    "word_spacing": ("word-spacing: 6pt", "word-spacing: 8.0px"),
}  # fmt: skip


def numbers_alike(box: SlotBox) -> SlotBox:
    """Return a box with all numbers of its style written without a decimal point if they can be."""
    return replace(box, css=re.sub(r"\.0(?!\d)", "", box.css))


def test_every_property_of_a_text_is_tried() -> None:
    assert list(DECLARATIONS) == list(drawn_slots._TEXT_PROPERTIES)


@pytest.mark.parametrize("name", DECLARATIONS)
@pytest.mark.parametrize("where", ["on the slot", "around it"])
@pytest.mark.slow
def test_how_a_text_is_to_look_reaches_its_box(table: Table, name: str, where: str) -> None:
    css, declaration = DECLARATIONS[name]
    plain = only_slot(table)
    slot = only_slot(table, f"{'.slot' if where == 'on the slot' else 'p'} {{ {css} }}")
    assert declaration in slot.box.css
    assert declaration not in plain.box.css
    # And WeasyPrint takes it back as it was said.
    again = only_slot(table, f".slot {{ {slot.box.css} }}", around="section")
    assert numbers_alike(again.box) == numbers_alike(slot.box)
    job = table.job("", "")
    assert (
        set_texts(TextJob.with_fonts_of(job, [(slot.box, "Anna Berg")]), table.memory).diagnostics
        == ()
    )


@pytest.mark.parametrize(
    "css",
    ["", "line-height: normal", "line-height: 20pt", "line-height: 150%", "color: red",
     "letter-spacing: normal", "font-family: 'A \"b\" c'", "font-weight: bolder"],
)  # fmt: skip
def test_what_is_said_of_a_box_says_the_same_again(table: Table, css: str) -> None:
    slot = only_slot(table, f"p {{ {css} }}")
    again = only_slot(table, f".slot {{ {slot.box.css} }}", around="section")
    assert numbers_alike(again.box) == numbers_alike(slot.box)


def test_a_box_knows_its_language_and_where_its_text_stands(table: Table) -> None:
    assert only_slot(table).box.language == "en-GB"
    assert only_slot(table).box.align == "start"
    for align in ("center", "end"):
        assert only_slot(table, f".slot {{ align-content: {align} }}").box.align == align
    [slot] = table.lay_out(f'<p lang="ar">{NAME}</p>', SLOT).slots
    assert slot.box.language == "ar"


def test_glyphs_are_found_in_a_content_stream() -> None:
    content = b"/ABCDEF 12 Tf [<00010002> -3 <0001>] TJ /GHIJKL-text 9.5 Tf [<00ff>] TJ"
    assert glyphs.glyphs_in(content) == (("ABCDEF", (1, 2)), ("GHIJKL", (255,)))


def test_values_are_written_as_in_a_pdf() -> None:
    assert as_written(0.25) == b"0.25"
    assert as_written(b"0 g") == b"0 g"
    assert as_written(pydyf.Dictionary({"C0": pydyf.Array([1, 0.5])})) == b"<</C0 [1 0.5]>>"
