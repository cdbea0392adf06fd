"""Every face is in a document once, with the letters of all its parts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from tests.assembly.comparing import Pair, differences
from tests.assembly.own_fonts import open_type, plain, variable
from tests.assembly.pages import bind, job, laid_out, slot
from tests.assembly.reading import Reading, faults_of
from tests.slow_way import SlowWay
from workshop.assembly.subsets import font_objects, joined, subset
from workshop.composing.pages.render_job import JobFile
from workshop.diagnostics import ContentError
from workshop.keeping.memory import Memory
from workshop.tailoring.look.typefaces import folders_of
from workshop.typesetting.font_files import content_of
from workshop.typesetting.laid_out import FontUse, Glyph

USE = FontUse("KEY", "a" * 64, 9, 0, b"", True, "KEY+Face", "Face", 4, 800, -200, 80, ())


def glyph(number: int) -> Glyph:
    return Glyph(number, chr(64 + number), 500)


def test_a_font_used_twice_has_the_glyphs_of_both() -> None:
    first = replace(USE, glyphs=(glyph(1), glyph(3)))
    second = replace(USE, glyphs=(glyph(2), glyph(3)))
    another = replace(USE, key="OTHER", glyphs=(glyph(9),))
    fonts = joined([first, another, second])
    assert fonts == {"KEY": replace(USE, glyphs=(glyph(1), glyph(2), glyph(3))), "OTHER": another}


@pytest.mark.parametrize("change", [{"joinable": False}, {"sha256": "b" * 64}])
def test_files_that_are_not_the_same_are_not_joined(change: dict[str, object]) -> None:
    assert not joined([USE, replace(USE, **change)])["KEY"].joinable  # type: ignore[arg-type]
    assert not joined([replace(USE, **change), USE])["KEY"].joinable  # type: ignore[arg-type]


def shipped(name: str) -> bytes:
    [folder] = folders_of(["Source Sans 3"])
    return Path(next(folder.rglob(name))).read_bytes()


def test_a_subset_keeps_the_numbers_of_glyphs_and_drops_what_comes_after_the_last() -> None:
    content = shipped("*-Regular.ttf")
    whole = TTFont(BytesIO(content))
    wanted = [whole.getGlyphID(name) for name in ("A", "Aacute", "z")]
    part = subset(content, 0, wanted)
    assert len(part) < len(content) / 20
    cut = TTFont(BytesIO(part))
    count = cut["maxp"].numGlyphs
    drawn = {
        number for number in range(count) if cut["glyf"][cut.getGlyphName(number)].numberOfContours
    }
    # Besides the letters: the box for what is missing, and the accent that one is put together of.
    assert set(wanted) <= drawn
    assert len(drawn) <= len(wanted) + 2
    assert count <= max(wanted) + 2


def test_a_face_of_several_parts_is_embedded_once() -> None:
    parts = ("<p>One</p>", "<p>Two <b>bold</b></p>", "<h1>Three</h1><p>vierundzwanzig</p>")
    shared = bind(*parts).shared
    assert shared.fonts() == ["Source-Sans-3", "Source-Sans-3-Bold"]
    assert shared.texts() == ["One", "Two bold", "Three vierundzwanzig"]
    assert faults_of(shared.data) == []


def test_a_face_that_stands_in_slots_alone_is_embedded_once_too() -> None:
    book = bind(f"<p>Dear <i>{slot('name')}</i></p>", f"<p><i>{slot('name')}</i></p>")
    assert book.copy(name="Ann").fonts() == ["Source-Sans-3", "Source-Sans-3-Italic"]


def test_more_than_a_hundred_letters_can_be_copied_out() -> None:
    letters = "".join(map(chr, (*range(0x41, 0x5B), *range(0xC0, 0x150))))
    shared = bind(f"<p style='overflow-wrap: anywhere'>{letters}</p>").shared
    assert shared.texts()[0].replace(" ", "") == letters


@pytest.mark.parametrize("make", [plain, open_type, variable])
def test_a_font_of_the_client_s_own_prints_as_in_the_whole(
    make: Callable[[str], JobFile], tmp_path: Path
) -> None:
    css = "p { font: 12pt/1.4 Bars } b, .name { font-weight: 700 }"
    body = f'<p>AB<b>AB</b></p><p class="name">{slot("name")}</p>'
    book = bind(*[job(body, css, fonts=(make("Bars"),))] * 2)
    fast = book.copy(name="BA")
    slow = Reading(SlowWay(book.composition, {"name": "BA"}, {}).pdf())
    assert list(differences(Pair("book", fast, slow), tmp_path)) == []
    assert any(name.startswith("Bars") for name in fast.fonts())
    assert faults_of(fast.data) == []


@pytest.mark.parametrize(("make", "times"), [(plain, 1), (open_type, 1)])
def test_a_font_of_the_client_s_own_is_embedded_once(
    make: Callable[[str], JobFile], times: int
) -> None:
    css = "p { font: 12pt/1.4 Bars }"
    book = bind(*(job(f"<p>{text}</p>", css, fonts=(make("Bars"),)) for text in "AB"))
    assert book.shared.fonts() == ["Bars"] * times


def test_a_font_that_a_style_sheet_names_prints_as_in_the_whole(tmp_path: Path) -> None:
    font = plain("Sheet")
    address = tmp_path / "sheet.ttf"
    named = f'@font-face {{ font-family: Named; src: url("{address.as_uri()}") }}'
    css = f"{named} p {{ font: 12pt/1.4 Named }}"
    part = replace(
        job(f"<p>AB</p><p>{slot('name')}</p>", css),
        files=(JobFile(str(address), font.content),),
    )
    book = bind(part, part)
    fast = book.copy(name="BA")
    slow = Reading(SlowWay(book.composition, {"name": "BA"}, {}).pdf())
    assert list(differences(Pair("book", fast, slow), tmp_path)) == []
    assert "Named" in fast.fonts()


def test_a_part_does_not_carry_the_font_files_of_the_product() -> None:
    part = laid_out(job("<p>Text</p>"))
    [use] = part.fonts
    assert use.content == b""
    assert len(content_of(use, ["Source Sans 3"], (), Memory())) == use.size


def test_a_font_that_cannot_be_cut_is_a_fault_of_its_file() -> None:
    use = replace(USE, glyphs=(glyph(1),))
    with pytest.raises(ContentError, match="“Face” cannot be put into a PDF: its file is damaged"):
        font_objects(use, b"no font", 1, Memory())
