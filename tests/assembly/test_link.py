"""A linked document knows its own pages and says what it is, with everything of its parts in it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from pikepdf import Name

from tests.assembly.pages import Book, bind, bind_with, front, job, slot
from tests.assembly.reading import Reading, faults_of
from workshop.composing.language.slots import number_of, page_count, page_number
from workshop.diagnostics import Diagnostic

BREAK = '<p style="break-after: page">Text</p>'
NUMBERED = f"<p>{page_number()}</p><p>of</p><p>{page_count()}</p>"
FOOT = "@page { @bottom-center { content: element(foot) } } .foot { position: running(foot) }"


def test_pages_are_numbered_through_all_parts() -> None:
    assert bind(BREAK + NUMBERED, NUMBERED, NUMBERED).shared.texts() == [
        "Text",
        "2 of 4",
        "3 of 4",
        "4 of 4",
    ]


def test_what_was_linked_before_makes_no_difference() -> None:
    """Parts that documents share are opened once, by each thread for itself."""
    linked_to = f'<h1 id="there">There</h1><a href="#there">Here</a>{slot("name")}{BREAK}'
    parts = (BREAK + NUMBERED, linked_to, NUMBERED, NUMBERED)
    with ThreadPoolExecutor(1) as fresh:
        alone = fresh.submit(bind, *parts).result().linked
    bind(NUMBERED, linked_to)
    assert bind(*parts).linked == alone


def test_a_foot_that_stands_on_every_page_has_the_number_of_each() -> None:
    foot = f'<div class="foot">Page {page_number()}</div>'
    book = bind(foot + BREAK + BREAK + "<p>Text</p>", foot + BREAK + "<p>Text</p>", css=FOOT)
    assert book.shared.texts() == [f"Text Page {number}" for number in range(1, 6)]


def test_a_page_is_named_wherever_the_text_that_names_it_stands() -> None:
    there = f"<p>See page {number_of('there')}</p>"
    book = bind(there, BREAK + f'<h1 id="there">There</h1>{there}', there)
    assert book.shared.texts() == ["See page 3", "Text", "There See page 3", "See page 3"]


def test_pages_of_other_documents_are_named_by_them() -> None:
    agenda = f"<p>Agenda, page {number_of('start', 'agenda')}</p>"
    book = bind_with({"agenda": {"start": "12"}}, agenda)
    assert book.linked.diagnostics == ()
    assert book.shared.texts() == ["Agenda, page 12"]


def test_numbers_of_what_is_not_there_are_faults_told_once() -> None:
    lost = f"<p>{number_of('lost')}</p><p>{number_of('lost', 'agenda')}</p>"
    faults = bind_with({"agenda": {}}, lost, lost).linked.diagnostics
    assert [fault.code for fault in faults] == ["no-target"] * 2
    assert [fault.message for fault in faults] == [
        "A page number is asked for of “#lost”, and nothing in the document has that id",
        "A page number is asked for of “#lost”, and nothing in the document “agenda” has that id",
    ]
    assert all(isinstance(fault, Diagnostic) and fault.hint for fault in faults)


def test_a_document_says_what_it_is() -> None:
    info = front(title="Fragen & <Antworten>", author="Łódź (AG)", language="de-DE")
    reading = bind("<p>Text</p>", front=info).shared
    assert str(reading.root.Lang) == "de-DE"
    assert str(reading.pdf.docinfo.Title) == "Fragen & <Antworten>"
    assert str(reading.pdf.docinfo.Author) == "Łódź (AG)"
    assert bool(reading.root.ViewerPreferences.DisplayDocTitle)
    with reading.pdf.open_metadata() as metadata:
        assert metadata["dc:title"] == "Fragen & <Antworten>"
        assert metadata["dc:creator"] == ["Łódź (AG)"]
        assert metadata["pdfuaid:part"] == "1"
    assert faults_of(reading.data) == []


def test_a_document_has_a_date_where_it_is_given_one() -> None:
    dated = bind("<p>Text</p>", front=front(created="2027-02-11T09:30:00Z")).shared
    assert str(dated.pdf.docinfo.CreationDate) == "D:20270211093000Z"
    assert str(dated.pdf.docinfo.ModDate) == "D:20270211093000Z"
    with dated.pdf.open_metadata() as metadata:
        assert metadata["xmp:CreateDate"] == "2027-02-11T09:30:00Z"
    assert faults_of(dated.data) == []
    plain = bind("<p>Text</p>").shared
    assert "/CreationDate" not in plain.pdf.docinfo
    with plain.pdf.open_metadata() as metadata:
        assert "xmp:CreateDate" not in metadata


@pytest.mark.parametrize(
    ("sides", "size", "duplex"),
    [
        ("duplex", "60mm 90mm", "/DuplexFlipLongEdge"),
        ("duplex", "90mm 60mm", "/DuplexFlipShortEdge"),
        ("simplex", "60mm 90mm", "/Simplex"),
        ("simplex", "90mm 60mm", "/Simplex"),
    ],
)
def test_a_print_dialogue_offers_the_sides_it_is_made_for(
    sides: str, size: str, duplex: str
) -> None:
    css = f"@page {{ size: {size} }}"
    reading = bind("<p>Text</p>", "<p>Text</p>", css=css, front=front(sides=sides)).shared
    assert str(reading.root.ViewerPreferences.Duplex) == duplex
    assert reading.root.ViewerPreferences.PrintScaling == Name("/None")


@pytest.mark.parametrize(
    ("has_cover", "labels"), [(False, ["1", "2", "3"]), (True, ["Cover", "2", "3"])]
)
def test_pages_are_called_what_is_printed_on_them(has_cover: bool, labels: list[str]) -> None:
    reading = bind("<p>x</p>", "<p>x</p>", "<p>x</p>", front=front(has_cover=has_cover)).shared
    assert [str(page.label) for page in reading.pdf.pages] == labels


def everything() -> Book:
    """Return a book with one of each: slots, numbers, links, a table, a field, fonts, headings."""
    css = FOOT + "input { appearance: auto }"
    foot = f'<div class="foot">{slot("name")} {page_number()}</div>'
    table = '<table><tr><th scope="col">A</th></tr><tr><td>B</td></tr></table>'
    see = f'<p><a href="#end">See page {number_of("end")}</a></p>'
    field = '<p>Say</p><input name="say" title="What you say">'
    return bind(
        f"{foot}<h1>One</h1>{see}<p>{slot('name')}</p>",
        f"{foot}<h2>Two</h2>{BREAK}{table}",
        f'{foot}<h1 id="end">Three <em>ένα</em></h1>{field}{see}',
        css=css,
    )


def test_a_linked_document_is_sound() -> None:
    assert faults_of(everything().linked.pdf) == []


def test_the_same_parts_give_the_same_bytes() -> None:
    assert everything().linked == everything().linked


def test_nothing_is_left_of_what_parts_were_apart() -> None:
    shared = everything().shared
    assert "/Slots" not in shared.root
    assert b"part:" not in shared.data
    texts = " ".join(shared.texts())
    assert "slot:" not in texts
    assert all("/Slots" not in str(page.obj.keys()) for page in shared.pdf.pages)


def test_a_slot_for_a_person_s_text_is_left_empty() -> None:
    book = bind(f"<p>Dear {slot('name')}, {slot('team')}</p>")
    assert {left_open.name for left_open in book.linked.slots} == {"name", "team"}
    assert book.shared.texts() == ["Dear ,"]


def test_a_part_that_begins_on_the_left_has_its_pages_as_they_were() -> None:
    css = "@page :left { margin-left: 40mm }"
    right, left = (job("<p>x</p>", css, start=side) for side in ("right", "left"))
    reading: Reading = bind(right, left).shared
    assert len(reading.pdf.pages) == 2
    first, second = reading.images(50)
    assert first.point(lambda dot: 255 - dot).getbbox()[0] < 15
    assert second.point(lambda dot: 255 - dot).getbbox()[0] > 70
