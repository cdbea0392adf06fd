"""What fonts of a client's do on pages, if they are not what they should be."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.tailoring.look.font_maker import made_font
from tests.typesetting.conftest import Table
from workshop.composing.pages.render_job import JobFile
from workshop.diagnostics import Location
from workshop.typesetting.laid_out import LaidOut
from workshop.typesetting.typeset import typeset


def set_in(table: Table, font: bytes, words: str) -> LaidOut:
    job = table.job(f"<p style='font-family: House'>{words}</p>")
    return typeset(replace(job, fonts=(JobFile("/fonts/house.ttf", font),)), table.memory)


def test_letters_that_a_font_draws_as_nothing_are_told(table: Table) -> None:
    from fontTools.pens.ttGlyphPen import TTGlyphPen
    from fontTools.ttLib import TTFont

    def blank(made: TTFont) -> None:
        for name in ("l65", "l2b"):
            made["glyf"][name] = TTGlyphPen(None).glyph()

    font = made_font("House", letters="abde+", change=blank)
    part = set_in(table, font, "abed + a")
    assert [(fault.severity.value, fault.message) for fault in part.diagnostics] == [
        ("warning", "The font “House” draws nothing for + (U+002B)"),
        ("error", "The font “House” draws nothing for e (U+0065)"),
    ]
    # What was looked at before is told again.
    assert len(set_in(table, font, "e").diagnostics) == 1
    assert not set_in(table, font, "abba").diagnostics


def test_what_pango_says_of_a_font_is_told_and_not_written_to_the_terminal(
    table: Table, capfd: pytest.CaptureFixture[str]
) -> None:
    font = made_font("House", features="feature liga { sub l61 by NULL; } liga;")
    part = set_in(table, font, "a")
    assert any("Pango" in fault.message for fault in part.diagnostics)
    assert capfd.readouterr() == ("", "")


def test_a_drawing_for_a_letter_that_cannot_be_drawn_is_told_at_the_fonts_file(
    table: Table,
) -> None:
    from fontTools.ttLib import TTFont, newTable

    drawing = "<svg xmlns='http://www.w3.org/2000/svg'><g id='glyph{0}'><image href='file:///x'/>"

    def with_drawings(made: TTFont) -> None:
        made["SVG "] = newTable("SVG ")
        number = made.getGlyphID("l61")
        made["SVG "].docList = [(drawing.format(number) + "</g></svg>", number, number)]

    part = set_in(table, made_font("House", change=with_drawings), "a")
    [fault] = [fault for fault in part.diagnostics if "drawing for a letter" in fault.message]
    assert fault.location == Location(Path("/fonts/house.ttf"))


def test_a_damaged_font_that_a_style_sheet_names_is_told_at_its_file(table: Table) -> None:
    (table.assets / "house.ttf").write_bytes(made_font("House")[:-600])
    css = "@font-face { font-family: House; src: url(house.ttf) } p { font-family: House }"
    faults = table.complaints("<p>Words</p>", css)
    start = "assets/house.ttf: error: This font file is damaged: its end is missing"
    assert faults[0].startswith(start)
    (table.assets / "house.ttf").write_bytes(made_font("House"))
    assert table.complaints("<p>Words</p>", css) == []
