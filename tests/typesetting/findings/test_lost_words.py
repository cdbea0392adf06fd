"""Words that layout drops are told; words that stand on the paper in another form are not."""

from __future__ import annotations

import pytest

from tests.typesetting.conftest import Table
from workshop.typesetting.findings.lost_words import LOST_TEXT, ElementText
from workshop.typesetting.laid_out import Finding

# The page of the table is 90 by 60 mm, with 5 mm around the text.
LONG = "A title that goes on and on until nothing of the page is left for it. " * 5
SLIDE = (
    "@page { margin: 0 } h2 { margin: 0 }"
    ".slide { height: 60mm; padding: 5mm; box-sizing: border-box; position: relative }"
    ".foot { position: absolute; bottom: 0 }"
)


def losses(table: Table, body: str, css: str = "") -> list[Finding]:
    """Return what is told of lost words on a small page."""
    findings = table.lay_out(body, css).findings
    return [finding for finding in findings if finding.code == LOST_TEXT]


LOST = {
    "a title as high as its slide": (
        f"<div class='slide'><p>Where</p><h2>{LONG}the last</h2></div>",
        SLIDE,
    ),
    "the foot of a slide that runs over": (
        f"<div class='slide'><h2>{LONG}</h2><p class='foot'>the last</p></div>",
        SLIDE,
    ),
    "a float that is higher than its page": (
        f"<p class='b'>{LONG}the last</p>",
        ".b { float: left }",
    ),
    "a positioned box that is higher than its page": (
        f"<p class='b'>{LONG}the last</p>",
        ".b { position: absolute }",
    ),
    "the head of a table that is higher than its page": (
        f"<table><thead><tr><th>{LONG}the last</th></tr></thead><tr><td>x</td></tr></table>",
        "",
    ),
    "lines that a style sheet cuts off": (
        "<p class='b'>one two<br>three four<br>the last</p>",
        ".b { max-lines: 1; continue: discard }",
    ),
    "a text where a table has no place for it": (
        "<table><tr><td>x</td></tr></table><div class='b'>the last</div>",
        ".b { display: table-column }",
    ),
    "an element that is never shown": ("<p>Write <template>the last</template> here.</p>", ""),
    "a text in a drawing that is not drawn": (
        "<svg viewBox='0 0 90 20' width='90' height='20'><text y='10'>drawn</text>"
        "<foreignObject width='90' height='20'><p>the last</p></foreignObject></svg>",
        "",
    ),
    "a text in a symbol without a size": (
        "<svg viewBox='0 0 90 20' width='90' height='20'><symbol id='s' viewBox='0 0 90 20'>"
        "<text y='10'>the last</text></symbol><use href='#s'/></svg>",
        "",
    ),
    "a text beside its drawing": (
        "<svg viewBox='0 0 90 20' width='90' height='20'><text y='10'>drawn</text>"
        "<g transform='translate(80)'><text x='20' y='10'>the last</text></g></svg>",
        "",
    ),
}


@pytest.mark.parametrize("what", LOST)
def test_words_that_are_on_no_page_are_told(table: Table, what: str) -> None:
    body, css = LOST[what]
    lost = losses(table, f"<h3>Above</h3>{body}", f"html {{ font-size: 24pt }} {css}")
    assert [word for finding in lost for word in finding.words][-2:] == ["the", "last"]


SHOWN = {
    "text in other letters": (
        "<p class='up'>straße ß ﬁsch ıo άλφας naïve</p><p class='first'>hello world</p>",
        ".up { text-transform: uppercase } .first { text-transform: capitalize }",
    ),
    "words broken at the ends of lines": (
        "<p class='b' lang='en'>Incomprehensibilities soft&shy;hyphen&shy;ated well-known</p>",
        ".b { width: 20mm; hyphens: auto; hyphenate-character: '==' }",
    ),
    "first letters set apart": (
        "<p>Hello</p><p>“Quoted”</p><p><b>B</b>old</p>",
        "p::first-letter { font-size: 20pt } p::first-line { color: red }",
    ),
    "the head of a table that is repeated": (
        f"<table><thead><tr><th>Head</th></tr></thead>{'<tr><td>row</td></tr>' * 20}</table>",
        "",
    ),
    "a running foot on every page": (
        "<div class='foot'>The foot</div><p>a</p><p style='break-before: page'>b</p>",
        ".foot { position: running(foot) } @page { @bottom-left { content: element(foot) } }",
    ),
    "a running foot that no page has": (
        "<div class='foot'>The foot</div><p>a</p>",
        ".foot { position: running(foot) }@page :blank { @bottom-left { content: element(foot) } }",
    ),
    "a text on every page": (
        "<p class='b'>Draft</p><p>a</p><p style='break-before: page'>b</p>",
        ".b { position: fixed; top: 0 }",
    ),
    "what a style sheet hides": (
        "<p class='b'>hidden <b>inside</b></p><p hidden>too</p>",
        ".b { display: none }",
    ),
    "what is only read out": (
        "<p class='hidden'>small</p><table>"
        "<thead class='hidden-head'><tr><th>Time</th></tr></thead><tr><td>9:00</td></tr></table>",
        ".hidden { font-size: 0; color: transparent } th { visibility: hidden; color: #fff }",
    ),
    "white words on what is dark": (
        "<div class='a'><p class='b'>one</p></div><div class='c'></div><p class='d'>two</p>"
        "<p class='e'><mark>three</mark></p><p class='f'>four</p>",
        "p[class] { color: #fff } .a { background: navy } mark { background: #060; color: #fff }"
        ".c { position: absolute; left: 0; top: 38mm; width: 80mm; height: 12mm; background: navy }"
        ".d { position: absolute; top: 38mm } .f { background: linear-gradient(red, blue) }",
    ),
    "words on boxes that lie over others": (
        "<div class='a'></div><div class='b'>one</div><p class='c'>two</p>",
        ".a { position: absolute; top: 0; height: 30mm; width: 80mm; z-index: -1; background: red }"
        ".b { position: relative; background: #fff } .c { position: relative; z-index: 2 }",
    ),
    "faint words that can be read": ("<p class='b'>a</p>", ".b { opacity: 0.5; color: #777 }"),
    "words shown in what is hidden": (
        "<div class='b'><p class='c'>a</p></div>",
        ".b { visibility: hidden } .c { visibility: visible }",
    ),
    "letters set close": ("<p class='b'>Close letters</p>", ".b { letter-spacing: -0.08em }"),
    "what stands in fields": (
        "<textarea class='field'>typed</textarea><select><option>one</option></select>",
        ".field { appearance: auto }",
    ),
    "what a style sheet writes": (
        "<h1>Head</h1><ol><li>a</li></ol>",
        "h1 { string-set: s content() } h1::before { content: 'No. ' }"
        "@page { @top-left { content: string(s) } }",
    ),
    "a footnote": ("<p>a<span class='b'>note</span> b</p>", ".b { float: footnote }"),
    "texts from right to left": ("<p dir='rtl'>שלום hello עולם <bdo dir='rtl'>abc</bdo></p>", ""),
    "signs without a shape": ("<p>a\u200bb\u2060c\u00a0d\u202eef\u202c e\u0301 é</p>", ""),
    "a drawing with its words twice, for viewers of either kind": (
        "<svg viewBox='0 0 90 20' width='90' height='20'><switch>"
        "<foreignObject width='9' height='9'><p>two words</p></foreignObject>"
        "<text y='10'>two words</text></switch><desc>a drawing</desc></svg>",
        "",
    ),
    "text that runs over pages": (f"<p>{LONG}</p><ul><li>{LONG}</li></ul>", ""),
}


@pytest.mark.parametrize("what", SHOWN)
def test_words_in_another_form_or_hidden_on_purpose_are_not_told(table: Table, what: str) -> None:
    body, css = SHOWN[what]
    assert losses(table, f"<p>before</p>{body}<p>after</p>", css) == []


# What hides the words of `.b`, and the property that is to be found in the style sheet.
HIDING = {
    ".b { visibility: hidden }": "visibility",
    ".b { visibility: collapse }": "visibility",
    ".a { opacity: 0.04 }": "opacity",
    ".a { opacity: 0.2 } .b { opacity: 0.2 }": "opacity",
    ".b { font-size: 0 }": "font-size",
    ".b { font-size: 0.5pt }": "font-size",
    ".b { font: 1pt serif }": "font",
    ".b { transform: scale(0) }": "transform",
    ".b { transform: scaleX(0) }": "transform",
    ".b { transform: scale(0.05) }": "transform",
    ".b { letter-spacing: -1em }": "letter-spacing",
    ".b { word-spacing: -3em }": "word-spacing",
    ".a { overflow: hidden } .b { transform: scale(0) }": "transform",
    ".b { color: transparent }": "color",
    ".b { color: rgb(0 0 0 / 4%) }": "color",
    ".b { color: #fff }": "color",
    "@media print { .b { color: #fafafa } }": "color",
    ".a { background: #123; color: #123 }": "color",
    ".b { background: black }": "background",
    ".b { position: running(none) }": "position",
    ".b { position: relative; z-index: -1 } .a { background: #eee }": "z-index",
    ".a { position: relative }"
    ".a::after { content: ''; position: absolute; inset: 0; background: #fff }": "",
}


@pytest.mark.parametrize("css", HIDING)
def test_words_that_a_style_sheet_hides_are_told_with_the_rule(table: Table, css: str) -> None:
    body = "<h3 id='here'>Above</h3><div class='a'><p class='b'>the last</p></div>"
    [finding] = losses(table, body, f"p {{ margin: 0 }}\n{css}")
    assert finding.words == ("the", "last")
    assert finding.message.startswith("“the last” cannot be seen: ")
    name = HIDING[css]
    if name:
        assert finding.rule
        assert finding.rule.path.name == "own.css"
        assert finding.rule.line == 2
        written = css[(finding.rule.column or 0) - 1 :]
        assert written.startswith(f"{name}:")


SLOT = "<img class='slot' src='slot:name?smallest=0.7' alt='slot:name'>"
PLACE = "img { display: inline-block; width: 40mm; height: 6mm; white-space: nowrap }"
# What hides the slot in `.b`, and the property that is to be found in the style sheet.
HIDING_SLOTS = {
    "img.slot { visibility: hidden }": "visibility",
    ".a { opacity: 0 }": "opacity",
    "img.slot { opacity: 0.02 }": "opacity",
    "img.slot { width: 0 }": "width",
    "img.slot { height: 0 }": "height",
    "img.slot { max-width: 0 }": "max-width",
    "img.slot { transform: scale(0) }": "transform",
    ".b { transform: scaleY(0) }": "transform",
    ".b { font-size: 0 }": "font-size",
    ".b { font-size: 0.5pt }": "font-size",
    "img.slot { transform: scale(0.1) }": "transform",
    ".b { letter-spacing: -1em }": "letter-spacing",
    ".b { word-spacing: -1em }": "word-spacing",
    ".b { line-height: 300pt }": "line-height",
    "img.slot { line-height: 0; white-space: normal }": "line-height",
    ".b { color: #fff }": "color",
    ".b { color: rgb(0 0 0 / 4%) }": "color",
    ".b { background: black }": "background",
    ".b { overflow: hidden; height: 1mm }": "overflow",
    "img.slot { clip: rect(0, 0, 0, 0); position: absolute }": "clip",
    "img.slot { position: absolute; left: -300mm }": "",
    ".b { margin-top: -300mm }": "",
    ".b { text-indent: -300mm }": "",
    ".a { position: relative }"
    ".a::after { content: ''; position: absolute; inset: 0; background: #fff }": "",
    ".a { display: table-column }": "",
    ".a { position: running(none) }": "position",
}


@pytest.mark.parametrize("css", HIDING_SLOTS)
def test_a_place_that_a_style_sheet_hides_is_told_with_the_rule(table: Table, css: str) -> None:
    body = f"<h3 id='here'>Above</h3><div class='a'><p class='b'>{SLOT}</p></div>"
    [finding] = losses(table, body, f"{PLACE} p {{ margin: 0 }}\n{css}")
    assert finding.message.startswith("The place “name” ")
    if name := HIDING_SLOTS[css]:
        assert finding.rule
        assert (finding.rule.path.name, finding.rule.line) == ("own.css", 2)
        assert css[(finding.rule.column or 0) - 1 :].startswith(f"{name}:")


SHOWN_SLOTS = [
    "",
    "img.slot { line-height: 0 }",
    ".b { letter-spacing: -0.05em; word-spacing: -0.1em }",
    ".b { background: navy; color: #fff }",
    "img.slot { object-fit: none; object-position: -500mm 0 }",
    "img.slot { margin-left: -2mm }",
    ".b { display: none }",
    ".a { position: running(foot) } @page { @bottom-left { content: element(foot) } }",
]


@pytest.mark.parametrize("css", SHOWN_SLOTS)
def test_a_place_that_is_seen_or_left_out_on_purpose_is_not(table: Table, css: str) -> None:
    body = f"<p>before</p><div class='a'><p class='b'>{SLOT}</p></div>"
    assert losses(table, body, f"{PLACE}\n{css}") == []


DOT = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"


@pytest.mark.parametrize(
    ("css", "message"),
    [
        (".b { visibility: hidden }", "cannot be seen: hidden by `visibility: hidden`"),
        (".b { width: 0 }", "cannot be seen: it has no size"),
        (".b { position: absolute; left: -90mm }", "cannot be seen: it stands beside the paper"),
        (".a { display: table-column }", "is on no page"),
    ],
)
def test_a_picture_that_nobody_sees_is_told_unless_it_is_an_ornament(
    table: Table, css: str, message: str
) -> None:
    picture = f'<div class="a"><img class="b" src="{DOT}" alt="A pump"></div>'
    [finding] = losses(table, picture, css)
    assert finding.message == f"The picture “A pump” {message}"
    assert losses(table, picture.replace("A pump", ""), css) == []


def test_a_drawing_below_what_is_as_high_as_its_slide_is_told(table: Table) -> None:
    drawing = "<svg class='foot' viewBox='0 0 9 9'><path d='M0 0h9v9z'/></svg>"
    slide = f"<div class='slide'><h2>{LONG}</h2>{drawing}</div>"
    first, *_ = losses(table, slide, f"html {{ font-size: 24pt }} {SLIDE}")
    assert first.message == "The picture “drawing” is on no page"


def test_words_on_a_border_of_their_colour_are_told(table: Table) -> None:
    css = "p { margin: 0 } .b { border-top: 20pt solid black; margin-bottom: -40pt }"
    body = "<p class='b'>above</p><p>the last</p>"
    [finding] = losses(table, body, css)
    assert finding.words == ("the", "last")
    assert losses(table, body, f"{css} p {{ color: #fff }} .b {{ color: #000 }}") == []


def test_a_text_over_the_edge_of_its_drawing_is_told(table: Table) -> None:
    drawing = (
        "<svg viewBox='0 0 90 20' width='90' height='20'>"
        "<text x='4' y='9' font-size='9'>inside</text>"
        "<text x='45' y='9' font-size='9' text-anchor='middle'>in the middle</text>"
        "<text x='60' y='9' font-size='9'>over the edge</text></svg>"
    )
    [fault] = table.lay_out(f"<p>x</p>{drawing}").findings
    assert (fault.code, fault.message) == (
        "clipped-text",
        "“over the edge” reaches over the edge of its drawing",
    )


def test_a_figure_at_the_edge_of_its_drawing_is_not_lost(table: Table) -> None:
    drawing = (
        "<svg viewBox='0 0 900 90' width='900' height='90'>"
        "<text x='0' y='9' font-size='9'>1</text>"
        "<text x='900' y='9' font-size='9' text-anchor='end'>2</text>"
        "<text x='-9' y='40' font-size='9'>3</text></svg>"
    )
    [fault] = table.lay_out(f"<p>x</p>{drawing}", "@page { size: 1000px 500px }").findings
    assert fault.words == ("3",)


def test_a_loss_is_told_once_with_its_words_its_page_and_what_stands_around(table: Table) -> None:
    list_ = f"<ul>{f'<li>{LONG}</li>' * 2}</ul>"
    slide = f"<p>x</p><section class='slide' id='here'><h3>Above</h3>{list_}</section>"
    [first, *_] = losses(
        table, slide, SLIDE + "li { font-size: 24pt } .slide { break-before: page }"
    )
    assert first.page == 1
    assert first.ids == ("here", "here")
    assert first.message.startswith("“")
    assert first.message.endswith("words, are on no page, below the heading “Above”")


def lost(composed: str, laid_out: str) -> tuple[str, ...]:
    return ElementText(composed, laid_out, "‐", 0, "", ()).lost


@pytest.mark.parametrize(
    ("laid_out", "words"),
    [
        ("one two three", ()),
        ("ONE TWO THR‐EE", ()),
        ("one two threeone two three", ()),
        ("two three", ("one",)),
        ("one three", ("two",)),
        ("one two", ("three",)),
        ("", ("one", "two", "three")),
        ("one two thr", ("three",)),
    ],
)
def test_the_lost_words_of_a_text_are_those_between_what_is_left(
    laid_out: str, words: tuple[str, ...]
) -> None:
    assert lost("one two three", laid_out) == words
