"""What room a page has left goes to what is written on it."""

from __future__ import annotations

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from tests.kits.pages.ruled import blank_above_tint
from tests.typesetting.conftest import Table
from workshop.typesetting.laid_out import LaidOut

# A page holds 110 mm.
CSS = """\
@page { size: 90mm 120mm }
p { margin: 0; height: 10mm } .box { border: 0.3mm solid }
.line { height: 9mm; border-bottom: 0.3mm solid }
"""
_POINTS = 72 / 25.4


def lowest(part: LaidOut, page: int = 0) -> float:
    """Return how much of a page is free above the margin at its foot, in mm."""
    with pypdfium2.PdfDocument(part.pdf) as pdf:
        shapes = pdf[page].get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_TEXT])
        return float(min(shape.get_bounds()[1] for shape in shapes)) / _POINTS - 5


def shapes(part: LaidOut) -> int:
    with pypdfium2.PdfDocument(part.pdf) as pdf:
        return len(list(pdf[0].get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH])))


def space(inside: str) -> str:
    return f'<div class="space" data-grows="">{inside}</div>'


def box(height: int) -> str:
    return f'<div class="box" style="height: {height}mm"></div>'


LINES = '<div class="lines">' + '<div class="line"></div>' * 4 + "</div>"
ROWS = f'<table><tbody>{"""<tr style="height: 20mm"><td>a</td></tr>""" * 3}</tbody></table>'


@pytest.mark.parametrize("inside", [box(70), box(35) + box(35), ROWS], ids=["a box", "two", "rows"])
def test_what_is_written_in_grows_with_its_page(table: Table, inside: str) -> None:
    part = table.lay_out(f"<p>a</p>{space(inside)}", CSS + "td { border: 0.3mm solid }")
    assert part.pages == 1
    assert part.diagnostics == ()
    assert 3 < lowest(part) < 6


def test_it_does_not_grow_beyond_measure(table: Table) -> None:
    part = table.lay_out(space(box(30)), CSS)
    assert lowest(part) == pytest.approx(110 - 30 * 1.6, abs=3)


def test_lines_become_more_and_no_wider(table: Table) -> None:
    few = shapes(table.lay_out(f'<div class="space">{LINES}</div>', CSS))
    assert shapes(table.lay_out(space(LINES), CSS)) == few + 7


def test_a_lone_box_grows_less_than_several(table: Table) -> None:
    assert lowest(table.lay_out(space(box(20) + box(20)), CSS)) == pytest.approx(110 - 80, abs=4)


QUESTIONS = '<div class="asked" data-sinks=""><p>b</p></div>'
TINT = ".asked { background: #eee }"
FEW_LINES = '<div class="lines">' + '<div class="line"></div>' * 2 + "</div>"
# Their words need more than they are to be high.
ROW_OF_WORDS = '<tr style="height: 6mm"><td><p>a</p></td></tr>'
ROWS_OF_WORDS = f"<table>{ROW_OF_WORDS * 2}</table>"


@pytest.mark.parametrize("inside", ["", space(box(30)), space(LINES)], ids=["none", "box", "lines"])
def test_questions_stand_at_the_foot_of_their_page(table: Table, inside: str) -> None:
    part = table.lay_out(f"<p>a</p>{inside}{QUESTIONS}", CSS + TINT)
    assert part.pages == 1
    assert part.diagnostics == ()
    assert 3 < lowest(part) < 6


@pytest.mark.parametrize(
    "inside",
    [FEW_LINES, ROWS_OF_WORDS + FEW_LINES, box(25), box(12) + box(12)],
    ids=["lines", "rows and lines", "a box", "boxes"],
)
def test_what_is_written_on_goes_down_to_questions_at_the_foot(table: Table, inside: str) -> None:
    part = table.lay_out(f"<p>a</p>{space(inside)}{QUESTIONS}", CSS + TINT)
    assert part.pages == 1
    assert part.diagnostics == ()
    with pypdfium2.PdfDocument(part.pdf) as pdf:
        assert blank_above_tint(pdf[0]) < 20


def test_questions_with_something_below_them_stay_where_they_are(table: Table) -> None:
    body = f"<p>a</p>{QUESTIONS}<p>c</p>"
    assert lowest(table.lay_out(body, CSS + TINT)) > 70


def test_what_is_full_stays_as_it_is(table: Table) -> None:
    body = "<p>a</p>" * 4 + box(66)
    assert lowest(table.lay_out(space(body), CSS)) == lowest(table.lay_out(body, CSS))


def texts(part: LaidOut) -> list[str]:
    return ["".join(page.split()) for page in part.texts]


PICTURE = (
    '<img alt="A" style="float: left; width: 30mm; height: 50mm" src="data:image/svg+xml,'
    "%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 3 5'/%3E\">"
)


@pytest.mark.parametrize(
    ("body", "css"),
    [
        pytest.param(
            f"<p>a</p>{space(LINES)}<p>b</p>", ".line { height: 15mm }", id="lines far apart"
        ),
        pytest.param(f"{space(box(40))}<p>b</p>{PICTURE}", "", id="a picture at the side"),
        pytest.param(
            f"<p>a<span>{'note ' * 60}</span></p>{space(box(40))}",
            "span { float: footnote }",
            id="a footnote",
        ),
        pytest.param(
            f"{space(box(50))}<ul>{'<li>word</li>' * 8}</ul>",
            "ul { columns: 2; break-inside: avoid; margin: 0; font-size: 20pt }",
            id="a list in columns",
        ),
        pytest.param(space(space(box(50)) + "<p>b</p>"), "", id="a space in a space"),
        pytest.param(
            f"{space(box(60))}<section><p>b</p></section>",
            "section { break-inside: avoid; padding-bottom: 25mm }",
            id="what keeps room without a sign",
        ),
        pytest.param(
            f"{space(box(50))}<section><p>b</p></section>",
            "section { break-inside: avoid; min-height: 40mm }",
            id="what has a least height",
        ),
    ],
)
def test_nothing_goes_over_to_another_page_for_it(table: Table, body: str, css: str) -> None:
    still = table.lay_out(body.replace(' data-grows=""', ""), CSS + css)
    part = table.lay_out(body, CSS + css)
    assert part.pages == still.pages == 1
    assert texts(part) == texts(still)
    assert part.diagnostics == ()
    assert part.findings == still.findings


def test_a_block_is_not_pushed_to_a_page_that_has_room(table: Table) -> None:
    body = f"{space(box(60))}<p>b</p><section><p>c</p></section><p>d</p>"
    css = "section { padding-bottom: 25mm; break-inside: avoid }"
    assert texts(table.lay_out(body, CSS + css)) == ["bc", "d"]


def test_a_height_that_is_only_a_bound_stays(table: Table) -> None:
    bound = '<div class="box" style="min-height: 30mm; line-height: 5mm"></div>'
    still = table.lay_out(f'<div class="space">{bound}</div>', CSS)
    assert lowest(table.lay_out(space(bound), CSS)) == lowest(still)


def test_lines_that_are_far_apart_become_more_as_far_as_there_is_room(table: Table) -> None:
    css = f"{CSS} .line {{ height: 15mm }}"
    few = shapes(table.lay_out(f'<div class="space">{LINES}</div>', css))
    part = table.lay_out(space(LINES), css)
    assert shapes(part) == few + 2
    assert part.pages == 1


def test_a_page_laid_out_again_keeps_its_bookmarks_margins_and_what_stands_on_all(
    table: Table,
) -> None:
    css = (
        CSS
        + "@page { margin: 10mm; @top-left { content: string(title) ', ' counter(page) } } "
        + "h2 { string-set: title content(); margin: 0; font-size: 12pt } "
        + ".stamp { position: fixed; right: 0; top: 0 } .far::after { content: target-counter("
        + "attr(href), page) }"
    )
    first = f'<h2 id="one">One</h2><p><a class="far" href="#two">See</a></p>{space(box(40))}'
    second = f'<h2 id="two" style="break-before: page">Two</h2>{space(LINES)}<p>last</p>'
    body = f'<div class="stamp">Draft</div>{first}{second}'
    still = table.lay_out(body.replace(' data-grows=""', ""), css)
    part = table.lay_out(body, css)
    assert [shapes(part), lowest(part)] != [shapes(still), lowest(still)]
    assert (part.texts, part.bookmarks) == (still.texts, still.bookmarks)
    assert [anchor.name for anchor in part.anchors] == [anchor.name for anchor in still.anchors]
    assert [text.count("Draft") for text in texts(part)] == [1, 1]


def test_a_page_that_has_no_room_leaves_the_others_theirs(table: Table) -> None:
    full = f"{space(box(60))}<section><p>b</p></section>"
    roomy = f'<div style="break-before: page">{space(box(60))}</div>'
    css = CSS + "section { break-inside: avoid; padding-bottom: 25mm }"
    part = table.lay_out(full + roomy, css)
    still = table.lay_out((full + roomy).replace(' data-grows=""', ""), css)
    assert lowest(part, 0) == lowest(still, 0)
    assert lowest(part, 1) < lowest(still, 1) - 20


@pytest.mark.parametrize("margin", ["auto", "10%", "5mm"])
def test_questions_may_have_any_margin(table: Table, margin: str) -> None:
    part = table.lay_out(f"<p>a</p>{QUESTIONS}", f"{CSS}{TINT} .asked {{ margin-top: {margin} }}")
    assert part.pages == 1
    assert part.diagnostics == ()
