"""Boxes for what differs from copy to copy: their names, their texts, what is wrong with them."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from jinja2 import StrictUndefined, UndefinedError
from markupsafe import Markup

from tests.composing.conftest import Desk, html_of, in_part
from workshop.composing.language.mistakes import Mistake
from workshop.composing.language.recipient_seen import Watch, watched
from workshop.composing.language.slots import (
    SlotBook,
    documents_referred_to,
    number_of,
    page_count,
    page_number,
    sheet_count,
    texts_for,
    with_digits,
)
from workshop.composing.views.records import PersonView

ANNA = PersonView("Anna", "Sales", "", "")
BO = PersonView("Bo", "Stores", "Clerk", "")


@pytest.fixture
def book() -> SlotBook:
    """A document without slots."""
    return SlotBook()


def test_a_slot_is_a_box_with_a_name_and_a_text(book: SlotBook) -> None:
    assert book.slot("Anna", "cover-name", 0.6) == (
        '<img class="slot slot-cover-name" src="slot:cover-name?smallest=0.6" '
        'alt="slot:cover-name">'
    )
    assert texts_for(book.sources, None) == {"cover-name": "Anna"}


def test_a_persons_text_is_found_in_whomever_the_copy_is_for(book: SlotBook) -> None:
    watch = Watch()
    book.slot(watched(ANNA, (), watch).role, "role")
    book.slot("for all", "common")
    assert texts_for(book.sources, ANNA) == {"role": "", "common": "for all"}
    assert texts_for(book.sources, BO) == {"role": "Clerk", "common": "for all"}
    assert texts_for(book.sources, None) == {"role": "", "common": "for all"}
    assert not watch.uses


def test_a_line_is_drawn_only_where_one_is_asked_for_and_there_is_no_value(book: SlotBook) -> None:
    watch = Watch()
    for value, line, blank in [
        (None, False, False), ("", False, False), (None, True, True), ("", True, True),
        ("Anna", True, False), (watched(ANNA, (), watch).role, True, True),
        (watched(ANNA, (), watch).name, True, False),
    ]:  # fmt: skip
        assert (' blank" ' in book.slot(value, "n", line=line)) == blank
    assert {use.what for use in watch.uses} == {"presence"}


def test_a_name_used_for_two_texts_is_told_apart_by_a_number(book: SlotBook) -> None:
    names = [book.slot(text, "n").partition("alt=")[2] for text in ("a", "b", "a", "c", "b")]
    assert names == [f'"slot:n{end}">' for end in ("", ".2", "", ".3", ".2")]
    assert texts_for(book.sources, None) == {"n": "a", "n.2": "b", "n.3": "c"}
    # The style is that of the name it was given.
    assert all('class="slot slot-n"' in book.slot(text, "n") for text in ("a", "b"))


def test_two_persons_texts_of_one_name_are_told_apart_by_where_they_are(book: SlotBook) -> None:
    anna = watched(ANNA, (), Watch())
    book.slot(anna.name, "n")
    book.slot(anna.team, "n")
    book.slot(anna.name, "n")
    assert texts_for(book.sources, BO) == {"n": "Bo", "n.2": "Stores"}


@pytest.mark.parametrize("name", ["<script>", "A & B", "x onload=y", "*Anna*", "Άννα", "安娜"])
def test_any_text_is_left_as_it_is_and_stays_out_of_the_page(book: SlotBook, name: str) -> None:
    assert book.slot(name, "n") == SlotBook().slot("", "n")
    assert texts_for(book.sources, None) == {"n": name}


def test_a_name_is_set_with_typographic_marks(book: SlotBook) -> None:
    book.slot("Miles O'Brien", "n")
    assert texts_for(book.sources, None) == {"n": "Miles O’Brien"}


def test_html_is_set_as_its_words(book: SlotBook) -> None:
    book.slot(Markup("A &amp; <em>B</em>"), "n")
    assert texts_for(book.sources, None) == {"n": "A & B"}


@pytest.mark.parametrize("name", ['"><script>', "a?smallest=9&b#c", "ü 100%", "a/../b"])
def test_a_name_cannot_break_out_of_its_box(book: SlotBook, name: str) -> None:
    html = book.slot("x", name)
    assert html.count("<") == html.count(">") == 1
    address = Markup(html.partition('src="slot:')[2].partition('"')[0]).unescape()
    path, _, query = address.partition("?")
    assert (unquote(path), query) == (name, "smallest=0.7")


@pytest.mark.parametrize("smallest", [0, -1, 1.01, 2, "0.7", None])
def test_the_smallest_size_is_a_part_of_the_whole(book: SlotBook, smallest: object) -> None:
    with pytest.raises(Mistake, match="a number above 0, at most 1"):
        book.slot("x", "n", smallest)


@pytest.mark.parametrize("smallest", [1, 0.01])
def test_any_such_part_will_do(book: SlotBook, smallest: float) -> None:
    assert f"?smallest={smallest}" in book.slot("x", "n", smallest)


@pytest.mark.parametrize("name", ["page", "pages", "page-of:x", "page-of:"])
def test_the_names_of_page_numbers_are_taken(book: SlotBook, name: str) -> None:
    with pytest.raises(Mistake, match="filled in by the program"):
        book.slot("x", name)
    assert book.slot("x", f"my-{name}")


def test_what_is_not_there_has_no_slot(book: SlotBook) -> None:
    with pytest.raises(UndefinedError):
        book.slot(StrictUndefined(name="nmae"), "n")


def test_page_numbers_are_boxes_that_nobody_fills_in() -> None:
    assert page_number() == '<img class="slot slot-page-number" src="slot:page" alt="slot:page">'
    assert page_count() == '<img class="slot slot-page-count" src="slot:pages" alt="slot:pages">'
    assert number_of("a b") == (
        '<img class="slot slot-page-of" src="slot:page-of%3Aa%20b" alt="slot:page-of:a b">'
    )


def test_a_page_of_another_document_names_the_document() -> None:
    html = number_of("x", "exercises") + number_of("y") + number_of("z", "a & b")
    assert 'alt="slot:page-of:x@exercises"' in html
    assert documents_referred_to(html) == ["exercises", "a & b"]


def test_a_number_in_a_sentence_is_as_wide_as_its_digits() -> None:
    html = f"<p>{number_of('x', digits=2)} {number_of('a & b', digits=2)} {number_of('x')}</p>"
    widened = with_digits(html, {"x": "7", "a & b": "123"})
    assert "digits-1" in widened
    assert "digits-3" in widened
    assert widened == html.replace("digits-2", "digits-1", 1).replace("digits-2", "digits-3")
    # What is not known keeps its room; so does all of it when nothing has changed.
    assert with_digits(html, {}) == html
    assert with_digits(widened, {"x": "8", "a & b": "999"}) == widened


def test_a_misspelt_word_before_slot_is_told_as_anywhere_else(desk: Desk) -> None:
    desk.client("name: Test\ncohorts: {one: {roster: people.csv}}\n")
    desk.write(
        "clients/test/people.csv",
        "name,email,team,role,segment,manager,manager_email\nAnna,a@example.com,,,keen,,\n",
    )
    workbook = "clients/test/templates/participant-workbook/document.html.j2"
    desk.write(workbook, in_part("{{ participant.nmae | slot('n') }}"))
    assert desk.faults("participant-workbook") == [
        f"{workbook}:2: Nothing is called “nmae” here Did you mean “name”?"
    ]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("{{ page_ref('x', 'agneda') }}", "This client has no document “agneda” Did you mean"),
        ("{{ 'x' | slot('n', smallest=7) }}", "The smallest size of a slot is a number above 0"),
        ("{{ 'x' | slot('page') }}", "A slot called “page” is filled in by the program Give it"),
        ("{{ 'x' | slot('n', lines=true) }}", "Slot() got an unexpected keyword argument 'lines'"),
    ],
)
def test_what_is_wrong_with_a_box_is_told_with_its_line(
    desk: Desk, written: str, told: str
) -> None:
    desk.page(written)
    [fault] = desk.faults()
    assert fault.lower().startswith(f"templates/page/document.html.j2:2: {told}".lower())


def test_a_document_says_whose_page_numbers_it_prints(desk: Desk) -> None:
    desk.page("{{ page_ref('x', 'agenda') }} {{ page_ref('y') }}")
    [copy] = desk.copies("page")
    assert copy.composition.refers_to == {"agenda"}


def test_what_templates_take_in_has_the_same_slots(desk: Desk) -> None:
    desk.write("templates/page/name.html.j2", "{% macro it(x) %}{{ x | slot('n') }}{% endmacro %}")
    desk.page("{% from 'page/name.html.j2' import it %}{{ it('a') }}{{ it('b') }}")
    [copy] = desk.copies("page")
    assert copy.texts == {"n": "a", "n.2": "b"}


def test_a_document_is_referred_to_by_its_pages_and_sheets_too() -> None:
    html = f"{page_count('agenda')} {sheet_count([('book', 14, 2), ('sign-in', 1, 1)])}"
    assert documents_referred_to(html) == ["agenda", "book", "sign-in"]
    assert documents_referred_to(str(page_count())) == []


def test_a_box_for_nobody_is_told_apart_in_whatever_is_composed_later(desk: Desk) -> None:
    desk.page(in_part("{{ 'Anna' | slot('n') }} {{ none | slot('n', line=true) }}"))
    for _ in range(2):
        [copy] = desk.copies("page")
        assert copy.texts == {"n": "Anna", "n.2": ""}
        assert html_of(copy).index('alt="slot:n"') < html_of(copy).index('alt="slot:n.2"')


def test_a_time_in_a_template_is_written_in_the_language_of_each_cohort(desk: Desk) -> None:
    desk.page(in_part("{{ 810 | clock }}"))
    assert "13:30" in desk.html()
    desk.client("name: Test Ltd\nlanguage: en-US\n")
    assert "1:30" in desk.html()
