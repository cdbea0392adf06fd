"""Texts into their boxes: as they would stand there by themselves, or smaller."""

from __future__ import annotations

import ctypes
import gc
import platform
import re
from collections.abc import Sequence
from dataclasses import replace

import pikepdf
import pytest

from tests.typesetting.conftest import Table, open_pdf, places_of_forms, steps_of
from tests.typesetting.test_scripts import NAMES
from workshop.typesetting.laid_out import IN_TEXT, SlotBox, SlotText, SlotTexts
from workshop.typesetting.slot_texts import TextJob, set_texts

BOX = ".box { display: inline-block; width: 40mm; height: 8mm; vertical-align: top;"
ONE_LINE = "white-space: nowrap;"
LONG = "Maximiliane Hohenlohe-Waldenburg-Schillingsfürst von und zu Altenstein"
UPRIGHT = pikepdf.Matrix()
SIZE = ctypes.c_size_t
Pen = tuple[str, str, tuple[float, ...]]


def box(table: Table, css: str = ONE_LINE, smallest: float = 0.7, html: str = "{}") -> SlotBox:
    """Return a box of 40 by 8 mm as the layout of a page finds it."""
    slot = f'<img class="box" src="slot:x?smallest={smallest}" alt="slot:x">'
    [left_open] = table.lay_out(f"<p>{html.format(slot)}</p>", f"{BOX} {css} }}").slots
    return left_open.box


def put(table: Table, *texts: tuple[SlotBox, str]) -> SlotTexts:
    """Set texts into boxes."""
    return set_texts(TextJob.with_fonts_of(table.job(""), texts), table.memory)


def put_one(table: Table, into: SlotBox, text: str) -> SlotText:
    """Set one text, of which nothing is complained."""
    result = put(table, (into, text))
    assert result.diagnostics == ()
    [set_text] = result.texts
    return set_text


def pens(content: pikepdf.Object | pikepdf.Page, start: pikepdf.Matrix = UPRIGHT) -> list[Pen]:
    """Return what is shown of text: font, glyphs, and where and how large, in points."""
    shown: list[Pen] = []
    font, size, at = "", 0.0, pikepdf.Matrix()
    for operator, operands, matrix in steps_of(content):
        if operator == "Tf":
            font, size = str(operands[0]), float(operands[1])
        elif operator == "Tm":
            at = pikepdf.Matrix(*map(float, operands))
        elif operator in ("Tj", "TJ"):
            whole = pikepdf.Matrix().scaled(size, size) @ at @ matrix @ start
            numbers = tuple(round(value, 1) + 0.0 for value in whole.shorthand)
            shown.append(
                (font.removesuffix(IN_TEXT), str([str(operand) for operand in operands]), numbers)
            )
    return shown


def pens_of(text: SlotText, start: pikepdf.Matrix = UPRIGHT) -> list[Pen]:
    """Return what a text shows, its box's lower left corner being at `start`."""
    with pikepdf.new() as pdf:
        return pens(pdf.make_stream(text.content), start)


def place(text: SlotText) -> tuple[float, float]:
    """Return where the first letters stand, from the box's lower left corner, in points."""
    _, _, (*_, x, y) = pens_of(text)[0]
    return x, y


def size(text: SlotText) -> float:
    """Return how large the first letters are, in points."""
    return pens_of(text)[0][2][0]


@pytest.mark.parametrize(
    ("css", "text"),
    [
        ("", "Zoë O’Hara"),
        ("text-align: center", "Zoë O’Hara"),
        ("text-align: right", "Zoë O’Hara"),
        ("text-align: end; direction: rtl", "Zoë O’Hara"),
        ("text-align: justify; text-align-last: justify", "Zoë O’Hara"),
        ("font: 700 9pt Lato; letter-spacing: 1pt", "Zoë O’Hara AV"),
        ("line-height: 2", "Zoë O’Hara"),
        ("line-height: 30pt; font-size: 9pt", "Zoë O’Hara"),
        ("line-height: normal; font-size: 9pt", "Zoë 王小明"),
        ("font-variant-caps: small-caps; text-transform: capitalize", "anna berg"),
        ("font-feature-settings: 'tnum'; word-spacing: 3mm", "11 42 7"),
        ("font-kerning: none", "AVATAR To"),
        (
            "white-space: normal; font-size: 8pt; height: 20mm",
            "Anna Maria Berg and Zoë O’Hara of Sales",
        ),
        ("white-space: normal; font-size: 8pt; text-align: center", "Anna Berg and Zoë of Sales"),
        ("white-space: normal; font-size: 8pt; text-align: justify", "Anna Berg of Sales"),
        ("white-space: normal; text-align: justify; text-align-last: justify", "Anna Berg"),
        ("white-space: normal; text-align: end; direction: rtl", NAMES["Arabic"]),
        (
            "white-space: normal; hyphens: auto; font-size: 8pt; width: 20mm; height: 20mm",
            "Responsibilities now",
        ),
        (
            "white-space: normal; font-size: 8pt; width: 20mm; height: 20mm",
            "Responsibilitiesandmuchmore",
        ),
        ("direction: rtl", NAMES["Arabic"]),
        ("", NAMES["Hebrew"]),
        ("font-weight: 700", NAMES["Devanagari"]),
    ],
)
def test_a_text_is_set_as_it_would_be_in_its_place(table: Table, css: str, text: str) -> None:
    css = f"{ONE_LINE} overflow-wrap: anywhere; {css}"
    # A name, as a slot holds it, does not turn round the text it stands in.
    pdf = open_pdf(
        table.lay_out(f'<div><bdi class="box">{text}</bdi></div>', f"{BOX} {css} }}").pdf
    )
    in_place = pens(pdf.pages[0])
    slot = '<div><img class="box" src="slot:x" alt="slot:x"></div>'
    part = table.lay_out(slot, f"{BOX} {css} }}")
    [start] = places_of_forms(open_pdf(part.pdf))
    [left_open] = part.slots
    assert pens_of(put_one(table, left_open.box, text), start) == in_place
    assert in_place


@pytest.mark.parametrize("name", ["Latin", "Arabic", "Hebrew"])
@pytest.mark.parametrize("around", ["Hello {}!", "مرحبا {} وأهلا"])
def test_so_is_a_name_in_a_text_of_either_direction(table: Table, around: str, name: str) -> None:
    css = f"{BOX} {ONE_LINE} overflow-wrap: anywhere; font-size: 7pt }}"
    name_in_place = f'<bdi class="box">{NAMES[name]}</bdi>'
    slot = '<img class="box" src="slot:x" alt="slot:x">'
    whole, part = (
        table.lay_out(f"<p>{around.format(html)}</p>", css) for html in (name_in_place, slot)
    )
    in_place, pdf = open_pdf(whole.pdf), open_pdf(part.pdf)
    [start] = places_of_forms(pdf)
    [left_open] = part.slots
    in_slot = pens_of(put_one(table, left_open.box, NAMES[name]), start)
    beside = pens(pdf.pages[0])
    assert beside
    assert sorted(where([*beside, *in_slot])) == sorted(where(pens(in_place.pages[0])))


def where(shown: Sequence[Pen]) -> list[tuple[float, ...]]:
    """Return only where and how large letters are: fonts differ by the letters in them."""
    return [numbers for _, _, numbers in shown]


@pytest.mark.parametrize("name", ["Arabic", "Hebrew"])
def test_a_name_from_right_to_left_stands_at_the_left_unless_css_says_otherwise(
    table: Table, name: str
) -> None:
    left, right = (
        place(put_one(table, box(table, f"{ONE_LINE} font-size: 9pt; {css}"), NAMES[name]))[0]
        for css in ("", "text-align: right")
    )
    assert left == 0
    assert right > 20


def test_what_fits_keeps_its_size(table: Table) -> None:
    set_text = put_one(table, box(table, ONE_LINE + "font-size: 12pt"), "Anna Berg")
    assert set_text.fits
    assert size(set_text) == 12


def test_a_long_text_is_set_just_small_enough_for_one_line(table: Table) -> None:
    into = box(table, ONE_LINE + "font-size: 12pt; line-height: 8mm", 0.3)
    text = "Maximiliane Hohenlohe-Waldenburg"
    set_text = put_one(table, into, text)
    assert set_text.fits
    assert 0.3 * 12 < size(set_text) < 12
    assert len(pens_of(set_text)) == 1
    # The line is as high as before, and the letters stand on it.
    _, y = place(set_text)
    _, of_short = place(put_one(table, into, "Max"))
    assert abs(y - of_short) < 2
    # Not smaller than it has to be: a little more room, and it would be as large as it can be.
    narrower = replace(into, width=into.width * 0.9)
    assert size(put_one(table, narrower, text)) < size(set_text)


def test_a_text_too_long_for_a_line_breaks_at_its_smallest_size(table: Table) -> None:
    set_text = put_one(table, box(table, ONE_LINE + "font-size: 10pt; line-height: 1.1", 0.7), LONG)
    assert set_text.fits
    assert size(set_text) == 7
    lines = {pen[2][-1] for pen in pens_of(set_text)}
    assert len(lines) > 1


def test_a_text_of_lines_is_set_smaller_until_it_fits(table: Table) -> None:
    css = "white-space: normal; font-size: 12pt; line-height: 1.1"
    set_text = put_one(table, box(table, css, 0.5), "Anna Maria Berg and Zoë O’Hara of Sales")
    assert set_text.fits
    assert 6 < size(set_text) < 12


@pytest.mark.parametrize("css", [ONE_LINE, "white-space: normal;"])
@pytest.mark.parametrize("smallest", [0.5, 1.0])
def test_what_does_not_fit_at_all_is_drawn_and_says_so(
    table: Table, css: str, smallest: float
) -> None:
    set_text = put_one(table, box(table, css + "font-size: 20pt", smallest), LONG)
    assert not set_text.fits
    assert size(set_text) == 20 * smallest
    assert set_text.content


@pytest.mark.parametrize("css", [ONE_LINE, "white-space: normal;"])
def test_a_text_stands_at_the_start_centre_or_end_of_its_box(table: Table, css: str) -> None:
    heights = {}
    for align in ("start", "center", "end"):
        into = box(table, f"{css} font-size: 8pt; line-height: 10pt; align-content: {align}")
        _, heights[align] = place(put_one(table, into, "Anna"))
    spare = 8 * 72 / 25.4 - 10
    assert heights["start"] - heights["end"] == pytest.approx(spare, abs=0.2)
    assert heights["start"] - heights["center"] == pytest.approx(spare / 2, abs=0.2)


@pytest.mark.parametrize("script", NAMES)
def test_a_name_in_any_script_is_set_with_the_products_fonts(table: Table, script: str) -> None:
    into = box(table, ONE_LINE + "font-size: 8pt")
    result = put(table, (into, NAMES[script]))
    assert result.diagnostics == ()
    [set_text] = result.texts
    assert set_text.fits
    assert {key for key, _ in set_text.glyphs} <= {use.key for use in result.fonts}
    texts = {use.key: {glyph.number: glyph.text for glyph in use.glyphs} for use in result.fonts}
    shown = {texts[key][number] for key, numbers in set_text.glyphs for number in numbers}
    assert {char for text in shown for char in text} & set(NAMES[script])
    assert not any(0 in numbers for _, numbers in set_text.glyphs)
    # All of them are found again among the product's own files, and can be shared.
    assert [(use.content, use.joinable) for use in result.fonts] == [(b"", True)] * len(
        result.fonts
    )


@pytest.mark.parametrize("nothing", ["", " ", "\n\t "])
def test_no_text_draws_nothing(table: Table, nothing: str) -> None:
    result = put(table, (box(table), nothing), (box(table), "Anna"))
    first, second = result.texts
    assert (first.content, first.glyphs, first.fits) == (b"", (), True)
    assert second.content


@pytest.mark.parametrize("css", [ONE_LINE, "white-space: normal;", "white-space: pre-wrap;"])
def test_spaces_of_any_kind_are_one_space(table: Table, css: str) -> None:
    into = box(table, css)
    first, second = put(table, (into, " Anna  \n\t\u2028\x0b Berg "), (into, "Anna Berg")).texts
    assert alike([first]) == alike([second])


@pytest.mark.parametrize("text", ["<b>A</b> & B", "&amp; </div>", '"x" } * { color: red', "a\\b"])
def test_a_text_is_never_taken_for_anything_else(table: Table, text: str) -> None:
    result = put(table, (box(table, ONE_LINE, 0.2), text))
    glyphs = {glyph.text for use in result.fonts for glyph in use.glyphs}
    assert {char for char in text if char != " "} <= glyphs
    assert result.diagnostics == ()


def alike(texts: Sequence[SlotText]) -> list[tuple[list[Pen], bool]]:
    """Return texts by what they show."""
    return [(pens_of(text), text.fits) for text in texts]


@pytest.mark.slow
def test_many_texts_at_once_are_set_as_each_alone(table: Table) -> None:
    boxes = [
        box(table),
        box(table, ONE_LINE + "font-size: 20pt; text-align: center"),
        box(table, "white-space: normal"),
        box(table, "white-space: normal; font-size: 20pt", 0.5),
    ]
    texts = [(into, text) for into in boxes for text in (*NAMES.values(), LONG, "", "a", "a")]
    together = put(table, *texts)
    alone = [put(table, entry) for entry in texts]
    assert alike(together.texts) == [alike(result.texts)[0] for result in alone]
    keys = {use.key for use in together.fonts}
    assert {use.key for result in alone for use in result.fonts} == keys


def test_as_many_texts_as_are_asked_for_are_set_at_once(table: Table) -> None:
    into = box(table, ONE_LINE + "height: 60mm; font-size: 20pt; line-height: 60mm")
    texts = [(into, f"Anna {number}") for number in range(150)]
    many = put(table, *texts).texts
    assert alike([many[0], many[-1]]) == alike(put(table, texts[0], texts[-1]).texts)


@pytest.mark.slow
@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="it is glibc that tells what it gave")
def test_nothing_is_held_on_to_when_texts_are_set(table: Table) -> None:
    css = ONE_LINE + "font-variant-numeric: lining-nums"
    texts = [(box(table, css), f"Anna {number}") for number in range(100)]
    put(table, *texts)
    before = allocated()
    for _ in range(10):
        put(table, *texts)
    assert allocated() - before < 10 * len(texts) * 20


def allocated() -> int:
    """Return how many bytes the C library has given to whoever asked."""
    gc.collect()
    # malloc.h: the eighth of ten numbers.
    count = ctypes.CDLL(None).mallinfo2
    count.restype = type("Counted", (ctypes.Structure,), {"_fields_": [("all", SIZE * 10)]})
    return int(count().all[7])


def test_a_letter_that_no_font_has_is_told_and_the_text_is_set_all_the_same(table: Table) -> None:
    result = put(table, (box(table), "Anna \U0001f600"), (box(table), "Bo"))
    assert [fault.code for fault in result.diagnostics] == ["missing-glyph"]
    assert all(text.content for text in result.texts)


def test_the_language_of_the_place_decides_how_a_letter_looks(table: Table) -> None:
    css = ONE_LINE + "text-transform: uppercase"
    english = put(table, (box(table, css), "iii"))
    turkish = put(table, (box(table, css, html='<span lang="tr">{}</span>'), "iii"))
    assert {glyph.text for use in english.fonts for glyph in use.glyphs} == {"I"}
    assert {glyph.text for use in turkish.fonts for glyph in use.glyphs} == {"İ"}


def test_only_sheets_with_font_rules_come_along(table: Table) -> None:
    plain = table.job("", "p { color: red }")
    assert TextJob.with_fonts_of(plain, ()).stylesheets == ()
    with_rule = table.job("", "@FONT-FACE { font-family: F; src: url(f.ttf) }")
    assert TextJob.with_fonts_of(with_rule, ()).stylesheets == with_rule.stylesheets[1:]
    assert TextJob.with_fonts_of(with_rule, ()).files == with_rule.files


def test_a_texts_fonts_have_names_of_their_own(table: Table) -> None:
    set_text = put_one(table, box(table), "Anna 王")
    named = [name.decode() for name in re.findall(rb"/(\S+) \S+ Tf", set_text.content)]
    assert sorted(set(named)) == [key + IN_TEXT for key, _ in set_text.glyphs]


def test_a_transparent_text_comes_with_the_state_it_names(table: Table) -> None:
    set_text = put_one(table, box(table, ONE_LINE + "color: rgb(255 0 0 / 0.5)"), "Anna")
    named = {str(key) for key in pikepdf.Object.parse(set_text.states).keys()}  # noqa: SIM118
    used = set(re.findall(rb"/(\S+) gs", set_text.content))
    assert used
    assert {f"/{name.decode()}" for name in used} <= named
