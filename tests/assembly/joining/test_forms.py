"""Fields to fill in on a screen work whichever part they come from."""

from __future__ import annotations

import io
from typing import Any

import pypdfium2
from pikepdf import Dictionary, Name, Pdf, String

from tests.assembly.pages import Book, bind
from tests.assembly.reading import Reading, faults_of

CSS = "input, textarea, select { appearance: auto; display: block; width: 40mm; height: 6mm }"
FIELD = '<p>Answer</p><input name="answer" value="{}" title="An answer">'
TICK = '<input type="checkbox" name="tick" title="Ticked" checked>'


def book() -> Book:
    return bind(FIELD.format("One") + TICK, "<p>Nothing</p>", FIELD.format("Two"), css=CSS)


def fields(reading: Reading) -> list[Any]:
    return list(reading.root.AcroForm.Fields)


def test_fields_of_one_name_in_several_parts_are_several_fields() -> None:
    shared = book().shared
    by_name = {str(field.T): field.get("/V") for field in fields(shared)}
    assert set(by_name) == {"answer", "tick", "answer-2"}
    assert (str(by_name["answer"]), str(by_name["answer-2"])) == ("One", "Two")


def test_fields_are_those_of_their_pages() -> None:
    shared = book().shared
    on_pages = [
        annotation.objgen
        for page in shared.pdf.pages
        for annotation in page.obj.get("/Annots", ())
        if annotation.Subtype == Name.Widget
    ]
    assert sorted(on_pages) == sorted(field.objgen for field in fields(shared))


def test_the_tabulator_goes_through_fields_as_they_are_read() -> None:
    shared = book().shared
    for page in (shared.pdf.pages[0], shared.pdf.pages[2]):
        assert page.obj.Tabs == Name.S
    order = [form.K[0].Obj.objgen for form in shared.elements("/Form")]
    assert order == [field.objgen for field in fields(shared)]


def test_fields_find_the_fonts_they_are_written_with() -> None:
    shared = book().shared
    resources = shared.root.AcroForm.DR
    for field in fields(shared):
        if str(field.FT) == "/Tx":
            words = str(field.DA).split()
            assert words[words.index("Tf") - 2] in resources.Font
            assert words[words.index("gs") - 1] in resources.ExtGState


def test_a_document_with_fields_is_sound() -> None:
    assert faults_of(book().copy().data) == []


def test_a_document_without_fields_has_no_form() -> None:
    assert "/AcroForm" not in bind("<p>Text</p>").shared.root


def test_a_field_s_name_has_no_full_stop() -> None:
    shared = bind(FIELD.replace('"answer"', '"My step is.: by 9.30"').format("One"), css=CSS).shared
    assert [str(field.T) for field in fields(shared)] == ["My step is : by 9 30"]


def test_what_another_program_fills_in_is_seen_in_the_font_of_the_page() -> None:
    copy = book().copy()
    with Pdf.open(io.BytesIO(copy.data)) as pdf:
        for field in pdf.Root.AcroForm.Fields:
            if Name.Tx == field.FT:
                field.V = String("Zoë’s œuvre")
                field.AP = Dictionary()
        # qpdf writes one byte for each letter, as pdftk and others do.
        pdf.generate_appearance_streams()
        pdf.flatten_annotations("all")
        filled = io.BytesIO()
        pdf.save(filled)
    [first, _, third] = pypdfium2.PdfDocument(filled.getvalue())
    for page in (first, third):
        assert "Zoë’s œuvre" in page.get_textpage().get_text_range()
    typed = copy.root.AcroForm.DR.Font
    [key] = [key for key in typed if key.endswith("-typed")]
    assert typed[key].FontDescriptor.FontFile2.objgen == (
        typed[key.removesuffix("-typed")].DescendantFonts[0].FontDescriptor.FontFile2.objgen
    )
