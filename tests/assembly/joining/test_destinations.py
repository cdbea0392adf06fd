"""Links lead where their ids are, in whichever part that is."""

from __future__ import annotations

from pikepdf import Name

from tests.assembly.pages import bind, bind_with
from tests.assembly.reading import Place
from workshop.diagnostics import Diagnostic


def link(target: str) -> str:
    return f'<p><a href="#{target}">there</a></p>'


def pages_led_to(*parts: str) -> list[int | str]:
    """Return the pages that the links of a document lead to."""
    targets = [each.target for each in bind(*parts).shared.links()]
    return [target.page if isinstance(target, Place) else target for target in targets]


def test_a_link_leads_into_a_later_and_an_earlier_part() -> None:
    first = link("late") + '<h1 id="early">One</h1>'
    second = '<p style="break-after: page">Two</p><h1 id="late">Three</h1>' + link("early")
    assert pages_led_to(first, second) == [2, 0]


def test_a_link_leads_to_the_place_on_the_page() -> None:
    book = bind(link("low"), '<p>Above</p><h1 id="low" style="margin: 20mm 0 0 10mm">Low</h1>')
    [only_link] = book.shared.links()
    millimetre = 72 / 25.4
    # A margin of 5 mm, one line of 12 points at 1.4, and what the heading is moved by.
    x, y = 15 * millimetre, (60 - 5 - 20) * millimetre - 12 * 1.4
    assert isinstance(only_link.target, Place)
    assert only_link.target.is_near(Place(1, x, y))


def test_an_id_used_in_two_parts_is_its_own_part_s_or_the_first() -> None:
    same = '<h1 id="same">Heading</h1>'
    assert pages_led_to(link("same"), same + link("same"), same + link("same")) == [1, 1, 2]
    assert set(bind(same, same).shared.names()) == {"same", "same-2"}


def test_an_id_that_looks_like_another_s_second_use_stays_its_own() -> None:
    same = '<h1 id="same">Heading</h1>'
    another = '<h1 id="same-2">Another</h1>' + link("same-2")
    assert pages_led_to(same + another, same + link("same")) == [0, 1]


def test_ids_may_be_in_any_script_and_hold_brackets() -> None:
    for name in ("質問", "Übung-(1)", "été 2"):
        assert pages_led_to(link(name), f'<h1 id="{name}">Here</h1>') == [1]


def test_names_are_sorted_as_readers_look_for_them() -> None:
    parts = ['<h1 id="質問">x</h1><h1 id="Z">x</h1>', '<h1 id="a-10">x</h1><h1 id="a-9">x</h1>']
    book = bind(*parts).shared
    keys = [bytes(key) for key in list(book.root.Names.Dests.Names)[::2]]
    assert keys == sorted(keys)
    assert len(keys) == 4


def test_links_out_of_the_document_stay() -> None:
    assert pages_led_to('<p><a href="https://example.org/x">there</a></p>') == [
        "https://example.org/x"
    ]


def test_a_link_that_leads_nowhere_is_a_fault_told_once() -> None:
    book = bind_with({}, link("nowhere"), link("nowhere") + '<h1 id="here">x</h1>')
    message = "A link leads to “#nowhere”, and nothing has that id"
    hint = "Write the id of something in the same document."
    assert book.linked.diagnostics == (Diagnostic("no-target", message, None, hint),)


def test_a_document_without_ids_has_no_names() -> None:
    assert bind("<p>Text</p>").shared.names() == {}


# It has no words of its own, as a page number that is filled in later.
NUMBER = '<span style="display: inline-block; width: 5mm; height: 5mm"></span>'


def test_a_link_is_described_by_its_words_and_one_around_a_number_by_those_of_its_line() -> None:
    shared = bind(
        '<p><a href="#é.1?">The next  <b>step</b></a></p>'
        f'<table><tr><td>Asking</td><td><a href="#é.1?">{NUMBER}</a></td></tr></table>',
        '<h1 id="é.1?">Step</h1>',
    ).shared
    links = [
        annotation
        for page in shared.pdf.pages
        for annotation in page.obj.get("/Annots", ())
        if annotation.Subtype == Name.Link
    ]
    assert {str(link.Contents) for link in links} == {"The next step", "Asking"}
