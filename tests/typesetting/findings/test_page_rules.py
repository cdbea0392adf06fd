"""Every rule for pages: a page on which it speaks, and one like it on which it must not."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from tests.typesetting.conftest import Table
from workshop.typesetting.laid_out import Finding

# The page of the table is 90 by 60 mm, with 5 mm around the text.
LINES = "".join(f"<p style='margin: 0'>line {number}</p>" for number in range(1, 13))
NINE = LINES.partition("<p style='margin: 0'>line 10")[0]


def findings_on(table: Table, body: str, css: str = "") -> list[Finding]:
    """Return what the rules find on a small page."""
    part = table.lay_out(body, css)
    assert part.diagnostics == ()
    return list(part.findings)


def codes(table: Table, body: str, css: str = "") -> list[tuple[str, int]]:
    """Return the code and the page of all that is found."""
    return [(finding.code, finding.page) for finding in findings_on(table, body, css)]


def picture(table: Table, name: str, width: int, height: int) -> str:
    """Put a picture on the table and return its address."""
    path = table.assets / name
    Image.new("L", (width, height), 90).save(path)
    return path.as_uri()


CUT_OFF = {
    "a text moved out of a box that hides what does not fit": (
        "<div class='b'><p class='c'>one</p></div>",
        ".b { height: 8mm; overflow: hidden } .c { transform: translate(0, 12mm) }",
    ),
    "a box that hides what does not fit": (
        "<div class='b'><p>one</p><p>two</p><p>three</p></div>",
        ".b { height: 8mm; overflow: hidden }",
    ),
    "a line that may not break": (
        "<p class='b'>one line that may not break</p>",
        ".b { width: 20mm; overflow: hidden; white-space: nowrap }",
    ),
    "a box turned round": (
        "<div class='b'><p>one</p><p>two</p><p>three</p></div>",
        ".b { height: 8mm; overflow: hidden; transform: rotate(180deg) }",
    ),
    "something positioned in a box that hides it": (
        "<div class='b'><p style='position: absolute; left: 25mm'>beyond</p></div>",
        ".b { position: relative; height: 8mm; width: 30mm; overflow: hidden }",
    ),
    "a box of no height": ("<p class='b'>one</p>", ".b { max-height: 0; overflow: hidden }"),
    "a positioned box of which a part is shown": (
        "<p class='b'>one</p>",
        ".b { position: absolute; clip: rect(0, 1mm, 1mm, 0) }",
    ),
}
CLIPPED = {
    "a line of which a box cuts off the edge": (
        "<p class='b'>line</p>",
        ".b { font-size: 24pt; line-height: 0.6; height: 0.6em; overflow: hidden }",
    ),
    "a box of fixed height": (
        "<div class='b'><p>one</p><p>two</p><p>three</p></div><p>after</p>",
        ".b { height: 8mm }",
    ),
    "a box of no more than a height": (
        "<div class='b'><p>one</p><p>two</p><p>three</p></div><p>after</p>",
        ".b { max-height: 8mm }",
    ),
    "a box too narrow": ("<div class='b'>Incomprehensibilities</div>", ".b { width: 9mm }"),
    "a cell too narrow": (
        "<table><tr><td>Incomprehensibilities</td><td>x</td></tr></table>",
        "table { table-layout: fixed; width: 40mm }",
    ),
    "a text from right to left": (
        "<p class='b' dir='rtl'>Incomprehensibilities</p>",
        ".b { width: 9mm; margin-left: 40mm }",
    ),
}
WHOLE = {
    "a box that is high enough": (
        "<div class='b'><p>one</p><p>two</p><p>three</p></div>",
        ".b { height: 30mm; overflow: hidden }",
    ),
    "a box that grows": ("<div class='b'><p>one</p><p>two</p><p>three</p></div>", ".b {}"),
    "a box that would grow further": (
        "<div class='b'><p>one</p></div>",
        ".b { min-height: 8mm; max-height: 40mm }",
    ),
    "a row, which grows beyond its height": (
        "<table><tr style='height: 3mm'><td>one<br>two<br>three</td></tr></table>",
        "",
    ),
    "lines set tighter than their letters": (
        "<div class='b'>Agility</div>",
        ".b { font-size: 30pt; line-height: 0.9; height: 1.1em; overflow: hidden }",
    ),
    "a hanging indent": ("<p class='b'>one two</p>", ".b { margin: 0 9mm; text-indent: -5mm }"),
    "what hangs beside a box of fixed height": (
        "<div class='b'><p class='c'>beside</p>one</div>",
        ".b { position: relative; height: 8mm } .c { position: absolute; top: 12mm }",
    ),
    "an ornament in a box that hides it": (
        "<div class='b'><div class='c'></div>one</div>",
        ".b { position: relative; height: 9mm; overflow: hidden }"
        ".c { position: absolute; z-index: -1; width: 90mm; height: 90mm; background: #eee }",
    ),
    "nothing but a space too much": ("<pre class='b'>a </pre>", ".b { width: 3mm }"),
    "what is not to be seen": (
        "<div class='b'>x<p class='hidden'>three</p></div>",
        ".b { height: 6mm; overflow: hidden }",
    ),
}


@pytest.mark.parametrize("where", CUT_OFF)
def test_text_that_a_box_hides_is_lost(table: Table, where: str) -> None:
    assert codes(table, *CUT_OFF[where]) == [("lost-text", 0)]


@pytest.mark.parametrize("where", CLIPPED)
def test_text_that_has_too_little_room_is_found(table: Table, where: str) -> None:
    assert codes(table, *CLIPPED[where]) == [("clipped-text", 0)]


@pytest.mark.parametrize("where", WHOLE)
def test_text_that_is_whole_is_not(table: Table, where: str) -> None:
    assert codes(table, *WHOLE[where]) == []


def test_it_is_told_by_its_first_words_and_what_it_stands_in(table: Table) -> None:
    body = (
        "<h1 id='module-asking'>A</h1><section id='exercise-ask'>"
        "<div class='b'><p>one</p><p>two</p><p>three</p></div></section>"
    )
    [finding] = findings_on(table, body, ".b { height: 8mm; overflow: hidden } p { margin: 0 }")
    assert finding.message == "“two three” are cut off by the box they stand in"
    assert finding.words == ("two", "three")
    assert finding.ids == ("exercise-ask", "module-asking")
    assert finding.hint


OFF_PAPER = {
    "text beyond the right edge": ("<p class='b'>word</p>", ".b { margin-left: 80mm }"),
    "a word longer than the page": (f"<p>{'w' * 90_000}</p>", ""),
    "a table of many columns": (f"<table><tr>{'<td>word</td>' * 400}</tr></table>", ""),
    "a line that begins far outside": ("<p class='b'>word</p>", ".b { text-indent: -9999px }"),
    "what was turned off it": (
        "<div class='b'><p>word</p></div>",
        ".b { transform: rotate(90deg); transform-origin: 0 0; padding-top: 9mm }",
    ),
    "a foot that is too long": (
        "<p>x</p>",
        "@page { @bottom-center { content: 'a a a a a a a a a a a'; width: 2mm; "
        "vertical-align: top } }",
    ),
    "text above the page": ("<p class='b'>word</p>", ".b { position: absolute; top: -20mm }"),
}
OFF_PAGE = {
    "what reaches into the foot": (
        f"<div class='b'>{NINE}</div>",
        ".b { display: inline-block }",
    ),
    "a picture": ("<img class='b' alt='x' src='PICTURE'>", ".b { width: 95mm }"),
    "a drawing": (
        "<svg xmlns='http://www.w3.org/2000/svg' width='95mm' height='9mm'><path/></svg>",
        "",
    ),
    "a slot": (
        "<img class='b' src='slot:name' alt='slot:name'>",
        ".b { width: 20mm; height: 5mm; position: absolute; left: 75mm }",
    ),
    "room to write wider than the page": (
        "<div class='box'></div>",
        ".box { width: 95mm; height: 9mm }",
    ),
    "room to write higher than the page": ("<div class='box'></div>", ".box { height: 70mm }"),
}
ON_PAGE = {
    "text up to the edge": (
        "<p class='b'>word</p>",
        ".b { position: absolute; left: -5mm; top: -5mm; margin: 0 }",
    ),
    "a page full to the last line": (
        LINES[: LINES.index("<p style='margin: 0'>line 9")],
        "body { margin: 0 }",
    ),
    "what is positioned in the margin": (
        "<p>x</p><p class='b'>word</p>",
        ".b { position: absolute; bottom: -4mm; margin: 0 }",
    ),
    "an ornament that bleeds": (
        "<p>x</p><div class='b'></div>",
        ".b { position: absolute; right: -20mm; width: 30mm; height: 30mm; background: red }",
    ),
    "a table turned to lie across": (
        "<div class='b'><p>Every word of this lies on the paper</p></div>",
        ".b { transform: rotate(90deg); transform-origin: 0 0; margin-left: 40mm; width: 45mm }",
    ),
    "a name tent, which is upside down": (
        "<div class='b'><p>word</p></div>",
        ".b { transform: rotate(180deg); height: 40mm }",
    ),
}


@pytest.mark.parametrize("what", OFF_PAPER)
@pytest.mark.slow
def test_words_that_run_off_the_paper_are_lost(table: Table, what: str) -> None:
    assert codes(table, *OFF_PAPER[what])[:1] == [("lost-text", 0)]


@pytest.mark.parametrize("what", OFF_PAGE)
def test_what_runs_off_the_page_is_found(table: Table, what: str) -> None:
    body, css = OFF_PAGE[what]
    body = body.replace("PICTURE", picture(table, "wide.png", 2000, 50))
    assert codes(table, body, css) == [("off-page", 0)]


@pytest.mark.parametrize("what", ON_PAGE)
def test_what_stays_on_it_is_not(table: Table, what: str) -> None:
    assert codes(table, *ON_PAGE[what]) == []


BARE = {
    "a break too many": ("<p>x</p><div style='break-before: page'></div>", ""),
    "room that nothing stands in": (
        "<p>x</p><div style='break-before: page; height: 20mm'></div>",
        "",
    ),
    "nothing but a foot": (
        "<div class='f'>foot</div><p>x</p><div style='break-before: page'> </div>",
        ".f { position: running(f) } @page { @bottom-center { content: element(f) } }",
    ),
}
NOT_BARE = {
    "a page left blank before a right-hand start": (
        "<p>x</p><p style='break-before: right'>y</p>",
        "",
    ),
    "ruled lines": (
        "<p>x</p><div class='r'></div>",
        ".r { break-before: page; height: 9mm; border-bottom: 1pt solid }",
    ),
    "lines that are a picture": (
        "<p>x</p><div class='r'></div>",
        ".r { break-before: page; height: 9mm; background: "
        'url(\'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>\') }',
    ),
    "a tinted box": (
        "<p>x</p><div class='r'></div>",
        ".r { break-before: page; height: 9mm; background: #eee }",
    ),
    "a slot": (
        "<p>x</p><p style='break-before: page'><img src='slot:name' alt='slot:name'></p>",
        "img { width: 20mm; height: 5mm }",
    ),
}


@pytest.mark.parametrize("how", BARE)
def test_a_page_with_nothing_on_it_is_found(table: Table, how: str) -> None:
    assert codes(table, *BARE[how]) == [("blank-page", 1)]


@pytest.mark.parametrize("how", NOT_BARE)
def test_a_page_for_a_hand_or_left_blank_on_purpose_is_not(table: Table, how: str) -> None:
    assert codes(table, *NOT_BARE[how]) == []


ROWS = "<tr><td></td></tr>" * 6
TABLE = "<table class='writing-table'><tbody>ROWS</tbody></table>".replace("ROWS", ROWS)
DOWN = "<div style='height: 30mm'>x</div>"
SPLIT = {
    "a table that is not to be split": (
        f"{TABLE}<p>x</p>",
        ".writing-table { break-inside: avoid } tr { height: 12mm }",
    ),
    "a row": (
        "<table class='writing-table'><tr><td><p>1<p>2<p>3<p>4<p>5<p>6<p>7<p>8</td></tr></table>",
        "",
    ),
    "a box with words in it": (
        f"{DOWN}<div class='box'><p>one</p><p>two</p><p>three</p><p>four</p></div>",
        "",
    ),
    "a space higher than the page": (
        f"<div class='space'>{'<div class=line></div>' * 9}</div>",
        ".space { break-inside: avoid } .line { height: 9mm }",
    ),
}
NOT_SPLIT = {
    "a table that may be, with a heading on each page": (
        TABLE.replace("<tbody>", "<thead><tr><th>Name</th></tr></thead><tbody>"),
        "tr { height: 12mm; break-inside: avoid }",
    ),
    "a table that may be, between its rows": (TABLE, "tr { height: 12mm; break-inside: avoid }"),
    "ruled lines that may be, between two": (
        f"<div class='lines'>{'<div class=line></div>' * 9}</div>",
        ".line { height: 9mm; border-bottom: 1pt solid }",
    ),
    "a box that goes to the next page": (
        f"{DOWN}<div class='box'><p>one</p><p>two</p><p>three</p><p>four</p></div>",
        ".box { break-inside: avoid }",
    ),
    "two boxes, one on each page": (
        f"{DOWN}<div class='box'></div><div class='box'></div>",
        ".box { height: 15mm; border: 1pt solid }",
    ),
    "any other table": (TABLE.replace("writing-", ""), "td { border: 1pt solid; height: 12mm }"),
}


@pytest.mark.parametrize("what", SPLIT)
def test_room_to_write_that_is_split_is_found(table: Table, what: str) -> None:
    split = [code for code, _ in codes(table, *SPLIT[what])]
    assert split == ["split-space"]


@pytest.mark.parametrize("what", NOT_SPLIT)
def test_room_that_is_whole_or_may_be_split_is_not(table: Table, what: str) -> None:
    assert codes(table, *NOT_SPLIT[what]) == []


SHRUNK = {
    "a box in a column that is full": (
        "<div class='c'><p>x</p><div class='box'></div><div class='box'></div></div>",
        ".c { display: flex; flex-direction: column; height: 40mm } .box { height: 30mm }",
    ),
    "a box that may not be so high": (
        "<p>x</p><div class='box'></div>",
        ".box { height: 30mm; max-height: 20mm }",
    ),
    "a canvas that is too wide": (
        "<svg class='canvas' xmlns='http://www.w3.org/2000/svg' width='100mm' height='40mm' "
        "viewBox='0 0 10 4'><path d='M0 0h9'/></svg>",
        ".canvas { display: block; max-width: 100% }",
    ),
}
NOT_SHRUNK = {
    "a box as high as was asked": ("<div class='box'></div>", ".box { height: 30mm }"),
    "one with its edges": (
        "<div class='box'></div>",
        ".box { height: 30mm; padding: 2mm; border: 1pt solid; box-sizing: border-box }",
    ),
    "one that grew": (
        "<div class='box'><p>one</p><p>two</p></div>",
        ".box { min-height: 9mm }",
    ),
    "boxes beside each other": (
        "<div class='boxes'><div class='box'></div><div class='box'></div></div>",
        ".boxes { display: flex } .box { flex: 1; height: 30mm }",
    ),
    "a canvas that has its size": (
        "<svg class='canvas' xmlns='http://www.w3.org/2000/svg' width='70mm' height='35mm' "
        "viewBox='0 0 12 6'><path d='M0 0h9'/></svg>",
        ".canvas { display: block; max-width: 100% }",
    ),
    "a table row with its heading": (
        "<table class='writing-table'><thead><tr><th>A</th></tr></thead>"
        "<tbody><tr><td></td></tr></tbody></table>",
        "tbody tr { height: 20mm } td { padding: 2mm; border: 1pt solid }",
    ),
}


@pytest.mark.parametrize("what", SHRUNK)
def test_room_to_write_that_is_lower_than_asked_is_found(table: Table, what: str) -> None:
    assert {code for code, _ in codes(table, *SHRUNK[what])} == {"shrunk-space"}


@pytest.mark.parametrize("what", NOT_SHRUNK)
def test_room_that_has_its_height_is_not(table: Table, what: str) -> None:
    assert codes(table, *NOT_SHRUNK[what]) == []


def test_how_much_is_lacking_is_told_in_millimetres(table: Table) -> None:
    [finding] = findings_on(
        table, "<p>x</p><div class='box'></div>", ".box { height: 30mm; max-height: 20mm }"
    )
    assert finding.message == "Room to write (a box) is 20 mm high, and was to be 30 mm"


@pytest.mark.parametrize(
    ("width", "css", "dots"),
    [
        (600, "img { width: 3in }", None),
        (590, "img { width: 3in }", 197),
        # An inch of it is cut away at each side, and a sixth of it is as wide.
        (600, "img { width: 3in; height: 3in; object-fit: cover }", 100),
        (600, "img { width: 3in; height: 3in; object-fit: contain }", None),
    ],
)
def test_a_picture_of_too_few_pixels_is_found_at_the_size_it_is_printed(
    table: Table, width: int, css: str, dots: int | None
) -> None:
    address = picture(table, "photo.png", width, width // 2)
    findings = findings_on(
        table, f"<img src='{address}' alt='x'>", "@page { size: 100mm 100mm }" + css
    )
    if dots is None:
        assert findings == []
    else:
        [finding] = findings
        assert finding.code == "low-resolution"
        assert finding.message.startswith(f"The picture photo.png has {dots} pixels an inch")
        assert finding.source == address


def test_so_is_one_in_the_background(table: Table) -> None:
    address = picture(table, "paper.png", 100, 100)
    body = "<p class='b'>x</p>"
    css = f".b {{ background: url({address}) 0 0 / 20mm 20mm no-repeat; height: 30mm }}"
    [finding] = findings_on(table, body, css)
    assert (finding.code, finding.source) == ("low-resolution", address)
    css = css.replace("20mm 20mm", "10mm 10mm")
    assert codes(table, body, css) == []


def test_a_drawing_has_no_pixels_to_count(table: Table) -> None:
    (table.assets / "pump.svg").write_text(
        "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><path d='M0 0h9'/></svg>"
    )
    body = f"<img src='{table.assets.as_uri()}/pump.svg' alt='x' style='width: 40mm'>"
    assert codes(table, body) == []


def test_a_character_that_no_font_has_is_found_on_its_pages(table: Table) -> None:
    body = (
        "<p>plain</p><p id='odd' style='break-before: page'>a\U0001f600b</p>"
        "<p style='break-before: page'>\U0001f600 again</p>"
    )
    findings = findings_on(table, body)
    assert [(finding.code, finding.page) for finding in findings] == [
        ("missing-glyph", 1),
        ("missing-glyph", 2),
    ]
    assert findings[0].message == (
        "No font has the character \U0001f600 (U+1F600); a box would print"
    )
    assert findings[0].ids[0] == "odd"
    assert findings[0].hint


def test_characters_of_every_font_that_comes_along_are_not(table: Table) -> None:
    assert codes(table, "<p>Zoë Škoda Ωμέγα слово 日本語 עברית العربية ไทย हिन्दी</p>") == []


def test_the_words_of_each_page_come_with_it_and_slots_are_none(table: Table) -> None:
    body = (
        "<p>one <b>two</b></p><p style='break-before: page'>three <img src='slot:n' alt='slot:n'>"
    )
    assert table.lay_out(body, "img { width: 9mm; height: 4mm }").texts == ("one two", "three")


def test_a_fault_in_a_foot_is_found_on_every_page(table: Table) -> None:
    css = "@page { @bottom-center { content: 'Incomprehensibilities'; width: 5mm } }"
    findings = findings_on(table, "<p>x</p><p style='break-before: page'>y</p>", css)
    assert {finding.page for finding in findings} == {0, 1}
    assert len({finding.message for finding in findings}) == 1


def test_a_picture_in_memory_is_named_by_its_words(table: Table) -> None:
    import base64

    data = io.BytesIO()
    Image.new("L", (9, 9)).save(data, "PNG")
    address = "data:image/png;base64," + base64.b64encode(data.getvalue()).decode()
    [finding] = findings_on(
        table, f"<img style='width: 20mm' src='{address}' alt='A pump, cut open'>"
    )
    assert finding.message.startswith("The picture “A pump, cut open” has 11 pixels an inch")


FOOT = "<p style='position: absolute; bottom: 0; margin: 0'>Client</p>"
OVER = {
    "text that flows and a foot that stands still": (
        "<p style='margin: 0'>one line of words</p><p class='b'>Client</p>",
        ".b { position: absolute; top: 1mm; left: 6mm; margin: 0 }",
    ),
    "two positioned texts": (
        "<p class='b'>one long line of words</p><p class='b' style='left: 30mm'>another</p>",
        ".b { position: absolute; top: 9mm; white-space: nowrap }",
    ),
    "a logo": (
        "<p>a line of words</p><img src='PICTURE' alt='Logo'>",
        "img { position: absolute; top: 6mm; left: 10mm; width: 10mm }",
    ),
    "a logo that is not read out again": (
        "<p>a line of words</p><img src='PICTURE' alt='Logo' aria-hidden='true'>",
        "img { position: absolute; top: 6mm; left: 10mm; width: 10mm }",
    ),
}
FLOWING_OVER = {
    "lines set into each other": ".b { line-height: 0 }",
    "lines set much too close": ".b { line-height: 0.5 }",
    "a negative margin above": ".b { margin-top: -10pt }",
    "a negative margin below": ".a { margin-bottom: -10pt }",
    "a block without a height": ".b { height: 0 }",
    "a block that is moved": ".a { position: relative; top: 12pt }",
    "a block that is shifted": ".a { transform: translateY(12pt) }",
    "words in a box that hides what is outside": ".a { overflow: hidden; margin-bottom: -10pt }",
    "words of a line": "b { margin-left: -60pt }",
}


@pytest.mark.parametrize("how", FLOWING_OVER)
def test_words_that_flow_over_others_are_found(table: Table, how: str) -> None:
    body = (
        "<p class='a'>Some words</p><p class='b'>Some more words<br>and some <b>words</b></p>"
        "<p>The last words</p>"
    )
    css = f"p {{ margin: 0; font-size: 12pt }} {FLOWING_OVER[how]}"
    assert codes(table, body, css) == [("overprint", 0)]


BESIDE = {
    "lines set close": ("<p>Some words<br>Äpfel</p>", "p { line-height: 0.8 }"),
    "words turned": (
        "<table><tr><th>one heading<th>another heading</table>",
        "th { transform: rotate(-45deg); width: 9mm; height: 30mm; font-size: 9pt }",
    ),
    "a small word close to a large one in the text": (
        "<p>9:00 <span>AM</span></p>",
        "p { font-size: 24pt } span { margin-left: -1mm; font-size: 9pt }",
    ),
    "a small word drawn close to a large one": (
        "<p class='b'>9:00 <span>AM</span></p>",
        ".b { position: absolute; font-size: 24pt } span { margin-left: -5mm; font-size: 9pt }",
    ),
    "a foot below the text": (f"<p>one</p>{FOOT}", ""),
    "words that are there to be read out": (
        "<p style='margin: 0'>one line of words</p><p class='b hidden'>Client</p>",
        ".b { position: absolute; top: 1mm; left: 6mm; margin: 0; color: transparent }",
    ),
    "a number in the margin": (
        "<p style='margin-left: 20mm'>one</p><p class='b'>1</p>",
        ".b { position: absolute; left: 0; top: 0; margin: 0; font-size: 20pt }",
    ),
}


@pytest.mark.parametrize("how", OVER)
def test_words_printed_over_others_are_found(table: Table, how: str) -> None:
    body, css = OVER[how]
    body = body.replace("PICTURE", picture(table, "logo.png", 400, 200))
    assert codes(table, body, css) == [("overprint", 0)]


@pytest.mark.parametrize("how", BESIDE)
def test_words_beside_others_are_not(table: Table, how: str) -> None:
    assert codes(table, *BESIDE[how]) == []


HIGH = "<div class='box' style='height: 45mm'></div>"
THIN = {
    "a heading whose text has no room": (f"<h1 class='h'>Five</h1>{HIGH}", 0, "Nothing but “Five”"),
    "a last line": (f"{HIGH}<p class='h'>the end</p>", 1, "Only “the end” is left"),
    "a last line of many": (
        LINES[: LINES.index("<p style='margin: 0'>line 9")],
        1,
        "Only “line 8” is left",
    ),
    "a heading in what is as high as the page and goes on": (
        f"<section style='min-height: 50mm'><h1 class='h'>Five</h1>{HIGH}</section>",
        0,
        "Nothing but “Five”",
    ),
    "a heading in a block that is hardly higher": (
        f"<div style='min-height: 6mm'><h1 class='h'>Five</h1></div>{HIGH}",
        0,
        "Nothing but “Five”",
    ),
}
NOT_THIN = {
    "a page of one line that is meant so": "<p>one</p><p style='break-before: page'>two</p>",
    "lines for notes": f"{HIGH}<p class='h'>the end</p><div class='fill-lines'></div>",
    "room to write": f"{HIGH}<p class='h'>the end</p><div class='box' style='height: 9mm'></div>",
    "room that a style sheet keeps": (
        f"<div style='min-height: 30mm'><p class='h'>Draw it</p></div>{HIGH}"
    ),
    "three lines": f"{HIGH}<p class='h'>one<br>two<br>three</p>",
}
SMALL = ".h { font-size: 6pt; margin: 3mm 0 } .box { break-inside: avoid }"


@pytest.mark.parametrize("how", THIN)
def test_a_line_alone_on_a_page_is_found(table: Table, how: str) -> None:
    body, page, message = THIN[how]
    [finding] = findings_on(table, body, SMALL)
    assert (finding.code, finding.page) == ("thin-page", page)
    assert finding.message.startswith(message)


@pytest.mark.parametrize("how", NOT_THIN)
def test_a_page_that_is_meant_to_hold_little_is_not(table: Table, how: str) -> None:
    assert codes(table, NOT_THIN[how], SMALL) == []
