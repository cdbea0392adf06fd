"""Colours that are looked up in a table look as if the part had been laid out in them."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from tests.assembly.pages import FRONT, bind, job, laid_out
from tests.assembly.reading import Reading, faults_of
from tests.other_programs import program
from workshop.assembly.link import link
from workshop.assembly.stamp import stamp
from workshop.assembly.values import Copy, LinkJob
from workshop.composing.pages.late_colours import STAND_INS, in_own_colours
from workshop.composing.pages.render_job import RenderJob
from workshop.diagnostics import Report
from workshop.tailoring.look.brand import Palette, palette

GREEN, TINT, INK = STAND_INS.accent, STAND_INS.tint, STAND_INS.ink
ON_GREEN = STAND_INS.on_accent
TITLE = "<title>A dot</title>"
CIRCLE = f"<circle cx='5' cy='5' r='4' fill='{GREEN}' stroke='{TINT}'/>"
DRAWING = f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 10 10'>{TITLE}{CIRCLE}</svg>"
ADDRESS = DRAWING.replace("<", "%3C").replace(">", "%3E").replace("#", "%23")
SLOT = '<img class="slot" src="slot:name" alt="slot:name">'

BOUND_LATE = {
    "text": f'<p style="color: {GREEN}">Green <b style="color: {INK}">ink</b></p>',
    "fill": f'<p style="background: {GREEN}; color: {ON_GREEN}">On green</p>',
    "border": f'<p style="border: 2pt solid {GREEN}; border-left: 9pt double {TINT}">Framed</p>',
    "dotted": f'<p style="border: 3pt dotted {GREEN}; border-radius: 4pt">Dotted</p>',
    "veil": f'<p style="background: {GREEN}; color: {ON_GREEN}; opacity: 0.4">A group</p>',
    "see-through": f'<p style="background: {GREEN}80; color: rgb(1 144 241 / 60%)">Washed</p>',
    "underline": f'<p style="text-decoration: underline wavy {GREEN}">Wavy</p>',
    "drawing": f'<div style="width: 20mm; height: 20mm">{DRAWING}</div>',
    "picture": f'<img style="width: 20mm" alt="A dot" src="data:image/svg+xml,{ADDRESS}">',
    "pattern": (
        f'<p style="background: url(&quot;data:image/svg+xml,{ADDRESS}&quot;) 0 0/4mm">Dots</p>'
    ),
    "turned": f'<p style="transform: rotate(20deg); background: {TINT}">Turned</p>',
    "link": f'<p><a href="https://example.org" style="border: 1pt solid {GREEN}">There</a></p>',
    "slot": f'<p style="color: {GREEN}">{SLOT}</p>',
    "literal": '<p style="color: #0b5d4e">The same green, as it is</p>',
}
OWN_COLOURS = {
    "gradient": f'<p style="background: linear-gradient({GREEN}, {TINT})">From green</p>',
    "drawn gradient": (
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 10 10'><linearGradient id='g'>"
        f"<stop offset='0' stop-color='{GREEN}'/><stop offset='1' stop-color='{TINT}'/>"
        "</linearGradient><rect width='10' height='10' fill='url(#g)'/></svg>"
    ),
    "gradient of no length": (
        f'<p style="background: repeating-linear-gradient({GREEN} 0, {TINT} 0)">Between</p>'
    ),
    "gradient of no length to white": (
        f'<p style="background: repeating-radial-gradient({GREEN} 0, white 0)">Between</p>'
    ),
    "drawn gradient of no length": (
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 10 10'>"
        "<linearGradient id='g' spreadMethod='repeat'>"
        f"<stop offset='0.5' stop-color='{GREEN}'/><stop offset='0.5' stop-color='{TINT}'/>"
        "</linearGradient><rect width='10' height='10' fill='url(#g)'/></svg>"
    ),
    "shaded border": f'<p style="border: 4pt groove {GREEN}">A groove</p>',
    "column rule": (
        f'<div style="columns: 2; column-rule: 4pt ridge {GREEN}"><p>One</p><p>Two</p></div>'
    ),
    "form field": f'<label>Name <input style="appearance: auto; color: {GREEN}"></label>',
    "colour told": f"<p>Our green is {GREEN}</p>",
    "colour read out": f'<svg viewBox="0 0 1 1"><title>Our green is {GREEN}</title></svg><p>A</p>',
    "colour read out for a picture": (
        f'<img style="width: 9mm" alt="Green, {GREEN}" src="data:image/svg+xml,{ADDRESS}">'
    ),
}


@pytest.fixture(scope="module", params=["#0b5d4e", "#ffd400", "#000000"])
def own(request: pytest.FixtureRequest) -> Palette:
    """A client's colours: dark, too light for text, none at all."""
    colours = palette(request.param, Report(), None)
    assert colours is not None
    return colours


def in_colours(part: RenderJob, colours: Palette) -> Reading:
    """Return a copy whose colours are looked up."""
    linked = link(LinkJob((laid_out(part),), FRONT, part))
    [stamped] = stamp(linked, [Copy("A book", colours, {"name": "Zoë Berg"})], part)
    return Reading(linked.pdf + stamped.update)


@pytest.mark.parametrize("body", BOUND_LATE.values(), ids=BOUND_LATE)
@pytest.mark.slow
def test_a_page_looks_as_if_laid_out_in_the_colours(body: str, own: Palette) -> None:
    part = job(body)
    assert not laid_out(part).needs_colours
    actual, expected = in_colours(part, own), in_colours(in_own_colours(part, own), own)
    for mine, theirs in zip(*(one.images(100, "RGB") for one in (actual, expected)), strict=True):
        assert ImageChops.difference(mine, theirs).getbbox() is None
    assert actual.texts() == expected.texts()
    assert faults_of(actual.data) == []


@pytest.mark.parametrize("body", OWN_COLOURS.values(), ids=OWN_COLOURS)
@pytest.mark.slow
def test_what_cannot_be_looked_up_is_told(body: str, own: Palette) -> None:
    part = job(body)
    assert laid_out(part).needs_colours
    assert not laid_out(in_own_colours(part, own)).needs_colours


@pytest.mark.parametrize(
    ("style", "on", "unseen"),
    [
        pytest.param("color: #9b2c1f", f"background: {GREEN}", True, id="the brand on the brand"),
        pytest.param(f"color: {GREEN}", "background: #9b2c1f", True, id="and the other way round"),
        pytest.param("color: #000", f"background: {GREEN}", False, id="black on the brand"),
        pytest.param("color: #0f4c5c", f"background: {GREEN}", False, id="the default’s brand"),
    ],
)
def test_words_are_seen_or_not_in_the_client_s_colours(style: str, on: str, unseen: bool) -> None:
    own = palette("#9b2c1f", Report(), None)
    assert own
    part = job(f'<div style="{on}; height: 20mm"><p style="{style}">To be read</p></div>')
    assert laid_out(part).needs_colours
    layout = laid_out(in_own_colours(part, own))
    assert not layout.needs_colours
    assert bool(layout.findings) == unseen


@pytest.mark.parametrize("ink", [STAND_INS.accent_text, INK, STAND_INS.muted])
def test_what_can_be_read_on_white_for_all_clients_is_laid_out_once(ink: str) -> None:
    below = f'<p style="color: #000; background: {TINT}">B</p>'
    part = job(
        f'<p style="color: #fff; background: {ink}">A</p>{below}<p style="color: {ink}">C</p>'
    )
    assert not laid_out(part).needs_colours


@pytest.mark.parametrize(
    ("name", "package", "arguments"),
    [
        ("pdftoppm", "poppler-utils", ["-r", "72", "-png", "in.pdf", "page"]),
        ("mutool", "mupdf-tools", ["draw", "-q", "-r", "72", "-o", "page-1.png", "in.pdf"]),
    ],
)
@pytest.mark.slow
def test_other_programs_see_the_same(
    name: str, package: str, arguments: list[str], own: Palette, tmp_path: Path
) -> None:
    command, pages = [program(name, package), *arguments], []
    part = job("".join(BOUND_LATE.values()), "@page { size: 200mm 400mm }")
    for copy in (in_colours(part, own), in_colours(in_own_colours(part, own), own)):
        (tmp_path / "in.pdf").write_bytes(copy.data)
        subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=60, check=True)
        [picture] = tmp_path.glob("page*.png")
        pages.append(Image.open(picture).convert("RGB"))
        pages[-1].load()
        picture.unlink()
    # MuPDF rounds a colour that it looks up.
    assert not ImageChops.difference(*pages).point(lambda value: max(0, value - 2)).getbbox()


def test_all_parts_and_all_copies_share_one_table(own: Palette) -> None:
    body = f'<p style="color: {GREEN}">{SLOT}</p>'
    book = bind(body, f'<div style="opacity: 0.5">{body}</div>')
    first, second = (
        stamp(book.linked, [Copy("A book", colours, {"name": "Al"})], book.jobs[0])
        for colours in (own, STAND_INS)
    )
    tables = {
        table.objgen
        for page in Reading(book.linked.pdf + next(first).update).pdf.pages
        for table in [page.Resources.ColorSpace.Look]
    }
    assert len(tables) == 1
    assert len(next(second).update) < 3_000
