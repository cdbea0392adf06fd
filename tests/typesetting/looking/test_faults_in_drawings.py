"""A fault in a drawing is told with the drawing's file, and nothing of it reaches the PDF."""

from __future__ import annotations

import re

import pytest

from tests.typesetting.conftest import Table, open_pdf

NS = 'xmlns="http://www.w3.org/2000/svg"'
PICTURE = '<svg {} {} width="100" height="100"><rect width="50" height="50"/>{}</svg>'
NO_NUMBER = re.compile(rb"(?<!\S)-?(?:nan|inf)(?!\S)")


def complaints(table: Table, inner: str, frame: str = 'viewBox="0 0 100 100"') -> list[str]:
    (table.assets / "pump.svg").write_text("\n" + PICTURE.format(NS, frame, f"\n{inner}"))
    address = (table.assets / "pump.svg").as_uri()
    return table.complaints(f"<p>Words</p><img src='{address}' alt='a pump'>")


@pytest.mark.parametrize(
    ("inner", "what"),
    [
        ('<image href="file:///etc/hostname" width="9" height="9"/>', "file:///etc/hostname"),
        ('<image href="http://127.0.0.1:9/x.png" width="9" height="9"/>', "http://127.0.0.1:9/x"),
        ('<image href="../secret%20one.png" width="9" height="9"/>', "file:///"),
        ("<style>@font-face{font-family:x;src:url(http://127.0.0.1:9/a.ttf)}</style>", "http://"),
        ("<style>@import url(other.css);</style>", ""),
    ],
)
def test_what_a_drawing_asks_for_in_vain_is_told_at_its_line(
    table: Table, inner: str, what: str
) -> None:
    faults = [fault for fault in complaints(table, inner) if "could not be read" in fault]
    assert faults[0].startswith(("assets/pump.svg:3: error: ", "assets/pump.svg: error: "))
    assert what in faults[0]


@pytest.mark.parametrize(
    "inner",
    [
        '<text y="50" textLength="nan">Words</text>',
        '<text y="50" rotate="3 nan">Words</text>',
        '<rect width="9" height="inf"/>',
        '<rect width="9" height="1e999"/>',
        '<path d="M0 0LNaN,NaN"/>',
        '<g transform="rotate(nan)"><path d="M0 0h9"/></g>',
        '<path d="M0 0h9" stroke="red" stroke-width="-Infinity"/>',
    ],
)
def test_a_number_that_is_none_is_told_with_its_attribute(table: Table, inner: str) -> None:
    [fault] = complaints(table, inner)
    start = "assets/pump.svg: error: This picture cannot be drawn: it has something that is no "
    assert fault.startswith(f"{start}number: ")


@pytest.mark.parametrize("frame", ['viewBox="0 0 100"', 'viewBox="0,0,9,9,9"', 'viewBox="nan"'])
def test_a_frame_that_is_none_is_told(table: Table, frame: str) -> None:
    [fault] = complaints(table, "", frame)
    assert "assets/pump.svg: error:" in fault
    assert "viewBox=“" in fault


@pytest.mark.parametrize(
    "inner",
    [
        '<text y="9" id="nan" class="inf">nan and infinity</text>',
        '<path d="M0,0 1e2-3.5e-1z" fill="#1e999f"/>',
        '<text y="9" font-size="9" dx="1e1" data-x="NaN">a</text>',
    ],
)
def test_words_that_look_like_no_number_are_no_fault(table: Table, inner: str) -> None:
    assert complaints(table, inner) == []


def test_a_drawing_in_a_page_is_looked_at_too(table: Table) -> None:
    [fault] = table.complaints(f'<h2>Pump</h2><svg {NS}><rect width="nan" height="9"/></svg>')
    assert "no number: width=“nan” (below the heading “Pump”)" in fault


def test_numbers_without_an_end_never_reach_the_pdf(table: Table) -> None:
    large = '<rect width="9" height="9" transform="scale(1e200) scale(1e200)"/>'
    part = table.lay_out(f"<svg {NS} width='9' height='9'>{large}</svg>")
    assert any("no number" in fault.message for fault in part.diagnostics)
    document = open_pdf(part.pdf)
    for page in document.pages:
        assert not NO_NUMBER.search(page.Contents.read_bytes())


def test_a_broken_drawing_is_told_at_its_file(table: Table) -> None:
    (table.assets / "pump.svg").write_bytes(b"\x1f\x8bnothing")
    address = (table.assets / "pump.svg").as_uri()
    [fault] = table.complaints(f"<img src='{address}' alt='a pump'>")
    assert fault.startswith("assets/pump.svg: error: ")


def test_a_style_sheet_that_imports_itself_is_told(table: Table) -> None:
    (table.assets / "own.css").write_text("@import url(own.css); p { color: red }")
    (table.assets / "a.css").write_text("@import url(b.css); @import url(b.css);")
    (table.assets / "b.css").write_text("@import url(a.css); @import url(a.css);")
    for name in ("own.css", "a.css"):
        faults = table.complaints("<p>Words</p>", f"@import url({name});")
        assert faults
        assert all("it imports itself, or a sheet that imports it" in fault for fault in faults)


def test_a_page_beyond_reason_is_told(table: Table) -> None:
    [finding] = table.lay_out("<p>Words</p>", "@page { size: 100m 100mm }").findings or [None]
    assert finding is None
    css = "@page { size: 100000mm 100mm !important }"
    [finding] = table.lay_out("<p>Words</p>", css).findings
    assert finding is not None
    assert (finding.code, finding.message) == (
        "page-size", "This page is 100,000 × 100 mm, and no PDF has more than 5,080 mm"
    )  # fmt: skip
