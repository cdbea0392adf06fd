"""Words that anything opaque is painted over are lost words; what only lies near them is not."""

from __future__ import annotations

import pytest

from tests.typesetting.conftest import Table

BODY = "<h2>Head</h2><p>Some words here</p>"
ALL = "Head Some words here"
OVER = (
    "body::after { content: ''; position: absolute; top: -5mm; left: -5mm; width: 90mm; "
    "height: 60mm; "
)
_WHITE_SVG = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='9' height='9'%3E"
    "%3Crect width='9' height='9' fill='white'/%3E%3C/svg%3E"
)
COVERING = {
    "outlines": "* { outline: 9999mm solid white }",
    "a gradient": f"{OVER} background: linear-gradient(#fff, #fff) }}",
    "a round gradient": f"{OVER} background: radial-gradient(#fff, #eee) }}",
    "a picture in one colour": f'{OVER} background: url("{_WHITE_SVG}") }}',
    "borders around nothing": f"{OVER} width: 0; height: 0; border: 60mm solid #fff }}",
    "borders of several colours": f"{OVER} width: 0; height: 0; border: 60mm solid #fff; "
    "border-left-color: #eee }",
    "two borders that meet": f"{OVER} height: 0; border-top: 12mm solid #fff; "
    "border-bottom: 60mm solid #fff }",
    "a shadow": f"{OVER} width: 1mm; height: 1mm; box-shadow: 0 0 0 100mm white }}",
    "a gradient turned": f"{OVER} background: linear-gradient(#fff, #fff); "
    "transform: rotate(180deg) }",
    "several, each a little": f"{OVER} background: linear-gradient(rgb(255 255 255/.8), #fffc), "
    "linear-gradient(#fffc, #fffc) } body::before { content: ''; position: absolute; inset: 0; "
    "background: #fffc }",
}


def told(table: Table, css: str, body: str = BODY) -> list[str]:
    return [finding.message for finding in table.lay_out(body, css).findings]


@pytest.mark.parametrize("css", COVERING.values(), ids=COVERING)
def test_words_that_are_painted_over_are_lost(table: Table, css: str) -> None:
    why = "cannot be seen: a coloured box is printed over that place"
    assert told(table, css) == [f"“{ALL}” {why}"]


@pytest.mark.parametrize(
    "css",
    [
        "p { outline: 1pt solid red; outline-offset: 1pt }",
        "p { outline: 20mm solid transparent }",
        f"{OVER} background: linear-gradient(rgb(255 255 255/.4), rgb(255 255 255/.1)) }}",
        f"{OVER} width: 9mm; height: 3mm; background: linear-gradient(#fff, #fff) }}",
        f"{OVER} z-index: -1; background: linear-gradient(#fff, #eee) }}",
        f"{OVER} width: 0; height: 0; border: 60mm solid #fff; z-index: -1 }}",
        "p { box-shadow: 0 0 4mm #ccc; position: relative }",
        "p { background: linear-gradient(#fff, #eee); position: relative }",
    ],
)
def test_what_words_can_be_read_through_or_beside_is_no_fault(table: Table, css: str) -> None:
    assert told(table, css) == []


def test_only_the_words_below_are_lost(table: Table) -> None:
    css = f"{OVER} top: 12mm; background: linear-gradient(#fff, #fff) }} p {{ margin-top: 15mm }}"
    [message] = told(table, css)
    assert message.startswith("“Some words here” cannot be seen")


def test_an_outline_hides_what_is_around_and_not_what_is_in_it(table: Table) -> None:
    [message] = told(table, "p { outline: 20mm solid #fff }")
    assert message.startswith("“Head” cannot be seen")


def test_a_text_of_which_most_is_covered_is_lost(table: Table) -> None:
    css = f"{OVER} width: 20mm; background: linear-gradient(#fff, #fff) }} p {{ font-size: 9pt }}"
    [message] = told(table, css, "<p>Some words</p><p>Some words on a line that is long</p>")
    assert message.startswith("“Some words” cannot be seen")


NS = "xmlns='http://www.w3.org/2000/svg'"
FRAME = f"<svg {NS} viewBox='0 0 100 100' width='100' height='100'>{{}}</svg>"
UNSEEN_IN_DRAWINGS = {
    "painted over": '<text y="50">Words</text><rect width="100" height="100" fill="green"/>',
    "painted over by a gradient": '<linearGradient id="g"><stop stop-color="#fff"/>'
    "</linearGradient>"
    '<text y="50">Words</text><rect width="100" height="100" fill="url(#g)"/>',
    "painted over by a shape used again": '<defs><rect id="r" width="99" height="99"/></defs>'
    '<text y="50">Words</text><use href="#r" fill="red"/>',
    "painted over by a thick line": '<text y="50">Words</text>'
    '<line x1="0" x2="99" y1="45" y2="45" stroke="red" stroke-width="60"/>',
    "cut off": '<clipPath id="c"><rect width="1" height="1"/></clipPath>'
    '<text y="50" clip-path="url(#c)">Words</text>',
    "cut off with its group": '<clipPath id="c"><rect width="1" height="1"/></clipPath>'
    '<g clip-path="url(#c)"><text y="50">Words</text></g>',
    "moved away": '<filter id="f"><feOffset dx="9999"/></filter>'
    '<text y="50" filter="url(#f)">Words</text>',
    "tiny": '<text y="50" font-size="0.001">Words</text>',
    "tiny by a style": '<text y="50" style="font-size: 0.01px">Words</text>',
    "used again beside the drawing": '<defs><text id="t" y="50">Words</text></defs>'
    '<use href="#t" x="900"/>',
    "used again, painted over": '<defs><g id="t"><text y="50">Words</text></g></defs>'
    '<use href="#t"/><rect width="100" height="100" fill="green"/>',
    "cut off in its symbol": '<symbol id="t" viewBox="0 0 9 9"><text y="50">Words</text></symbol>'
    '<use href="#t" width="9" height="9"/>',
    "cut off in a drawing inside": '<svg width="5" height="5"><text y="50">Words</text></svg>',
    "made tiny": '<text y="50" transform="scale(0.001)">Words</text>',
}
SEEN_IN_DRAWINGS = {
    "on a shape": '<rect width="100" height="100" fill="#eee"/><text y="50">Words</text>',
    "beside a later shape": '<text y="50">Words</text><rect y="60" width="90" height="9"/>',
    "within what is cut": '<clipPath id="c"><rect width="99" height="99"/></clipPath>'
    '<g clip-path="url(#c)"><text y="50">Words</text></g>',
    "below what can be seen through": '<text y="50">Words</text>'
    '<rect width="100" height="100" fill="red" fill-opacity="0.3"/>',
    "set from their middle": '<g text-anchor="middle"><text x="50" y="50">Words</text></g>'
    '<rect width="1" height="1"/>',
    "turned": '<text transform="rotate(-90) translate(-80 50)">Words</text>'
    '<rect width="1" height="1"/>',
    "used again": '<defs><text id="t" y="20">Words</text></defs>'
    '<use href="#t" x="9" transform="translate(9 9) scale(1.5)"/><use href="#t" y="20"/>',
    "used again, from their middle": '<defs><g id="t" text-anchor="middle">'
    '<text y="50">Words</text></g></defs><use href="#t" x="50"/>',
    "in a symbol": '<symbol id="t" viewBox="0 0 200 200"><text y="50">Words</text></symbol>'
    '<use href="#t" width="100" height="100"/>',
    "in a drawing inside": '<g transform="translate(9 9)"><svg x="9" viewBox="0 0 300 300" '
    'width="90" height="90"><text y="90" font-size="40">Words</text></svg></g>',
    "with outlines alone": '<text y="50" fill="none" stroke="red">Words</text>'
    '<rect width="1" height="1"/>',
}


@pytest.mark.parametrize("inner", UNSEEN_IN_DRAWINGS.values(), ids=UNSEEN_IN_DRAWINGS)
def test_words_that_a_drawing_hides_are_told_with_its_file(table: Table, inner: str) -> None:
    drawing = table.assets / "pump.svg"
    drawing.write_text(FRAME.format(inner))
    body = f"<p>Text</p><img src='{drawing.as_uri()}' alt='pump' style='width: 30mm'>"
    for page in (body, f"<p>Text</p><figure>{FRAME.format(inner)}</figure>"):
        [finding] = table.lay_out(page).findings
        assert finding.code == "lost-text"
        assert finding.message.startswith("“Words” ")
        assert finding.source == (drawing.as_uri() if "img" in page else "")


@pytest.mark.parametrize("inner", SEEN_IN_DRAWINGS.values(), ids=SEEN_IN_DRAWINGS)
def test_words_that_are_seen_in_a_drawing_are_no_fault(table: Table, inner: str) -> None:
    assert told(table, "svg { width: 30mm }", f"<p>Text</p>{FRAME.format(inner)}") == []
    assert told(table, "svg { transform: rotate(20deg) }", FRAME.format(inner)) == []


SLOT = "<p><img class='slot' src='slot:name?smallest=0.7' alt='slot:name'></p>"
PLACE = ".slot { display: inline-block; width: 40mm; height: 6mm } "


def test_a_slot_that_is_painted_over_is_told(table: Table) -> None:
    over = f"{PLACE} {OVER} background: linear-gradient(#fff, #fff) }}"
    [message] = told(table, over, SLOT)
    assert message.startswith("The place “name” cannot be seen: a coloured box")


@pytest.mark.parametrize(
    "css", ["", f"{OVER} z-index: -1; background: linear-gradient(#fff, #eee) }}",
            f"{OVER} background: linear-gradient(rgb(255 255 255/.4), transparent) }}"]
)  # fmt: skip
def test_a_slot_that_is_seen_is_no_fault(table: Table, css: str) -> None:
    assert told(table, PLACE + css, SLOT) == []


def test_a_line_of_a_text_that_is_set_below_its_drawing_is_told(table: Table) -> None:
    text = '<text y="20">First <tspan dy="900">second</tspan></text>'
    assert told(table, "", FRAME.format(text)) == [
        "“First second” reaches over the edge of its drawing"
    ]


def test_what_stands_in_the_margin_is_painted_over_by_nothing_on_the_page(table: Table) -> None:
    """Its margin boxes come last, as on a solid head that reaches up to the edges of the paper."""
    css = (
        "@page { @top-left { content: element(tab); color: #fff } } .tab { position: running(tab) }"
        "h2 { position: relative } h2::before { content: ''; position: absolute; z-index: -1; "
        "inset: -40mm; background: #922 }"
    )
    assert told(table, css, '<p class="tab">Module 2</p><h2>Head</h2>') == []
