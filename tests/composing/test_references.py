"""References into other parts: a page number where the document holds the target."""

from __future__ import annotations

from markupsafe import Markup, escape

from tests.composing.conftest import Desk
from workshop.composing.references import on_page, page_ref, resolve


def test_a_page_is_named_where_the_document_holds_the_target() -> None:
    html = resolve(f'<p>{page_ref("notes")}</p><h1 class="x" id="notes">Notes</h1>')
    assert html.startswith('<p><a class="page-ref" href="#notes"></a></p>')


def test_a_reference_in_a_sentence_names_the_page_or_nothing() -> None:
    sentence = f"<p>See 4.2{on_page('there')}.</p>"
    assert resolve(sentence) == "<p>See 4.2.</p>"
    assert resolve(sentence + '<i id="there">') == (
        '<p>See 4.2, page\u00a0<a class="page-ref" href="#there"></a>.</p><i id="there">'
    )


def test_a_target_may_be_any_id() -> None:
    target = 'a "b" <c> d'
    html = resolve(f'<p id="{escape(target)}">{page_ref(target)}</p>')
    assert f'<a class="page-ref" href="#{escape(target)}"></a>' in html


def test_only_an_id_is_a_target() -> None:
    assert "<a" not in resolve(f'<p data-id="notes">{page_ref("notes")}</p>')


def test_words_that_look_like_a_mark_are_words() -> None:
    forged = escape(str(page_ref("notes")))
    assert resolve(f'<p id="notes">{forged}</p>') == f'<p id="notes">{forged}</p>'


def test_a_mark_leaves_nothing_in_a_title_for_the_outline() -> None:
    assert Markup("exercise 1.1{}").format(on_page("x")).striptags() == "exercise 1.1"


def test_the_same_text_has_a_page_in_one_document_and_none_in_another(desk: Desk) -> None:
    desk.module('See {{ ref("one-question") }}.')
    link = '<a class="page-ref" href="#exercise-one-question"></a>'
    assert f"See exercise\u00a01.1, page\u00a0{link}." in desk.html("participant-workbook")
    desk.page("{{ modules[0].intro }}")
    assert "See exercise\u00a01.1." in desk.html()


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
    for job in desk.jobs("participant-workbook", "exercises", "agenda", "manager-briefing"):
        assert "page-mark" not in job.html
