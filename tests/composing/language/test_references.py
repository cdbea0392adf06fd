"""References into other parts: a page number where the document holds the target."""

from __future__ import annotations

from markupsafe import Markup, escape

from tests.composing.conftest import Desk, visible_text
from workshop.composing.language.references import on_page, page_ref, resolve, targets_in

LINK = (
    '<a class="page-ref" href="#there"><img class="slot slot-{}" src="slot:page-of%3Athere" '
    'alt="slot:page-of:there"></a>'
)


def resolved(html: str) -> str:
    """Resolve a part that is the only one of its document."""
    return resolve(html, targets_in([html]))


def test_a_page_is_named_where_the_document_holds_the_target() -> None:
    html = resolved(f'<p>{page_ref("there")}</p><h1 class="x" id="there">Notes</h1>')
    assert html.startswith(f"<p>{LINK.format('page-of')}</p>")


def test_the_target_may_stand_in_another_part() -> None:
    parts = [f"<p>{page_ref('there')}</p>", '<h1 id="there">There</h1>']
    assert resolve(parts[0], targets_in(parts)) == f"<p>{LINK.format('page-of')}</p>"
    assert resolve(parts[0], targets_in(parts[:1])) == "<p></p>"


def test_a_reference_in_a_sentence_names_the_page_or_nothing() -> None:
    sentence = f"<p>See 4.2{on_page('there')}.</p>"
    assert resolved(sentence) == "<p>See 4.2.</p>"
    assert resolved(sentence + '<i id="there">') == (
        f'<p>See 4.2, page\u00a0{LINK.format("page-of digits-2")}.</p><i id="there">'
    )


def test_a_target_may_be_any_id() -> None:
    target = 'a "b" <c> d'
    html = resolved(f'<p id="{escape(target)}">{page_ref(target)}</p>')
    assert f'<a class="page-ref" href="#{escape(target)}"><img' in html
    assert f'alt="slot:page-of:{escape(target)}"' in html


def test_only_an_id_is_a_target() -> None:
    assert "<a" not in resolved(f'<p data-id="notes">{page_ref("notes")}</p>')


def test_words_that_look_like_a_mark_are_words() -> None:
    forged = escape(str(page_ref("notes")))
    assert resolved(f'<p id="notes">{forged}</p>') == f'<p id="notes">{forged}</p>'


def test_a_mark_leaves_nothing_in_a_title_for_the_outline() -> None:
    assert Markup("exercise 1.1{}").format(on_page("x")).striptags() == "exercise 1.1"


def test_the_same_text_has_a_page_in_one_document_and_none_in_another(desk: Desk) -> None:
    desk.module('See {{ ref("one-question") }}.')
    html = desk.html("participant-workbook")
    see = 'See <span class="ref">exercise\u00a01.1, page\u00a0<a class="page-ref" href="'
    assert see + "#exercise-one-question" in html
    assert 'alt="slot:page-of:exercise-one-question"' in html
    desk.page("{{ modules[0].intro }}")
    assert "See exercise 1.1 ." in visible_text(desk.html())
    assert "page-of" not in desk.html()


def test_a_reference_in_a_title_has_the_number_alone(desk: Desk) -> None:
    path = desk.root / "modules/asking.md"
    path.write_text(
        path.read_text("utf-8").replace("title: Asking", "title: Up to {{ ref('one-question') }}"),
        "utf-8",
    )
    html = desk.html("participant-workbook")
    assert ">Up to exercise 1.1</h1>" in html


def test_nothing_of_a_mark_is_left_in_a_shipped_document(desk: Desk) -> None:
    desk.module('See {{ ref("one-question") }}.')
    for document in ("participant-workbook", "exercises", "agenda", "manager-briefing"):
        html = desk.html(document)
        assert "</section>" in html
        assert "page-mark" not in html
