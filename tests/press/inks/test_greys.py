"""A run in black has no colour in its file, and is as light and dark as the kit is."""

from __future__ import annotations

import io
from dataclasses import replace

import pikepdf
import pytest
from pikepdf import Dictionary, Name, Pdf
from PIL import Image, ImageChops

from tests.assembly.pages import job, laid_out
from tests.assembly.reading import Reading, faults_of
from tests.press.conftest import Press
from workshop.composing.pages.render_job import JobFile
from workshop.press.inks import greys as module
from workshop.press.inks.greys import Greys, in_greys

PROFILE = """\
title: In black
documents: [badge]
colour: black-and-white
"""
PHOTO = "/assets/photo"
IMAGE = f'<img style="width: 30mm" src="file://{PHOTO}" alt="A photo">'


def photo(form: str, mode: str = "RGB") -> bytes:
    """Return a picture that fades from red to blue, from see-through to opaque where it can."""
    picture = Image.linear_gradient("L").resize((60, 60))
    red, blue = Image.new("RGB", (60, 60), "#c02020"), Image.new("RGB", (60, 60), "#2040c0")
    mixed = Image.composite(red, blue, picture)
    if mode == "RGBA":
        mixed.putalpha(picture)
    file = io.BytesIO()
    mixed.convert(mode).save(file, form)
    return file.getvalue()


PAGES = {
    "text": '<p style="color: #c02020">Red</p>',
    "fill": '<p style="background: #c02020; color: white">White on red</p>',
    "border": '<p style="border: 2pt solid #2040c0">Framed in blue</p>',
    "veil": '<p style="opacity: 0.5; background: #2040c0">Half blue</p>',
    "gradient": (
        '<p style="background: linear-gradient(90deg, #c02020, #20c020, #2040c0)">Fading</p>'
    ),
    "drawing": (
        '<svg viewBox="0 0 10 10" style="width: 20mm"><title>A dot</title>'
        '<circle cx="5" cy="5" r="4" fill="#c02020" stroke="#2040c0"/></svg>'
    ),
    "lab": '<p style="background: lab(50% 60 40)">Of another space</p>',
    "device": '<p style="background: device-cmyk(0 0.8 0.8 0.1)">Of inks</p>',
}
PHOTOS = {
    "jpeg": photo("JPEG"),
    "png": photo("PNG"),
    "see-through": photo("PNG", "RGBA"),
    "indexed": photo("PNG", "P"),
    "grey": photo("PNG", "L"),
}


def turned(pdf: bytes) -> bytes:
    file = io.BytesIO()
    with Pdf.open(io.BytesIO(pdf)) as opened:
        Greys().turn(opened)
        opened.save(file)
    return file.getvalue()


def assert_colourless(page: Image.Image) -> None:
    red, green, blue = page.split()
    for apart in (ImageChops.difference(red, green), ImageChops.difference(green, blue)):
        assert not apart.point(lambda value: max(0, value - 1)).getbbox()


def assert_grey(before: bytes, after: bytes) -> None:
    """Assert that no page shows a colour, and that each is about as light as it was."""
    for old, new in zip(*(Reading(pdf).images(80, "RGB") for pdf in (before, after)), strict=True):
        assert_colourless(new)
        # By lightness in the one way, by shares of red, green and blue in the other.
        apart = ImageChops.difference(old.convert("L"), new.convert("L"))
        assert not apart.point(lambda value: max(0, value - 40)).getbbox()
    assert Reading(before).texts() == Reading(after).texts()


@pytest.mark.parametrize("body", PAGES.values(), ids=PAGES)
def test_whatever_sets_a_colour_sets_a_grey(body: str) -> None:
    before = laid_out(job(body)).pdf
    after = turned(before)
    assert_grey(before, after)
    assert faults_of(after) == faults_of(before)


@pytest.mark.parametrize("content", PHOTOS.values(), ids=PHOTOS)
def test_pictures_turn_grey(content: bytes) -> None:
    part = replace(job(IMAGE), files=(JobFile(PHOTO, content),))
    before = laid_out(part).pdf
    after = turned(before)
    assert_grey(before, after)
    with Pdf.open(io.BytesIO(after)) as pdf:
        pictures = [
            entry
            for entry in pdf.objects
            if isinstance(entry, pikepdf.Stream)
            and entry.get("/Subtype") == Name.Image
            and "/Matte" not in entry
        ]
        assert pictures
        assert all(picture.ColorSpace == Name.DeviceGray for picture in pictures)


def of_picture(content: bytes, width: int, height: int, space: Name) -> Pdf:
    pdf = Pdf.new()
    pdf.add_blank_page()
    picture = pikepdf.Stream(pdf, content, BitsPerComponent=8, ColorSpace=space)
    picture.Type, picture.Subtype = Name.XObject, Name.Image
    picture.Width, picture.Height = width, height
    pdf.Root.Picture = pdf.make_indirect(picture)
    return pdf


def test_the_same_bytes_may_be_pictures_of_two_kinds() -> None:
    greys, content = Greys(), bytes(range(24))
    for width, height, space in (
        (2, 4, Name.DeviceRGB),
        (4, 2, Name.DeviceRGB),
        (2, 3, Name.DeviceCMYK),
    ):
        alone, together = (of_picture(content, width, height, space) for _ in range(2))
        Greys().turn(alone)
        greys.turn(together)
        pictures = [pdf.Root.Picture.read_bytes() for pdf in (alone, together)]
        assert pictures[0] == pictures[1]
        assert len(pictures[0]) == width * height


def test_no_more_is_remembered_than_a_kit_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST_REMEMBERED", 3)
    greys = Greys()
    for red in range(9):
        with Pdf.open(io.BytesIO(laid_out(job('<p style="color: #c02020">Red</p>')).pdf)) as pdf:
            [page] = pdf.pages
            page.Contents = pdf.make_stream(b"0.%d 0 0 rg" % red)
            form = pdf.make_indirect(pikepdf.Stream(pdf, b"0 0.%d 0 rg" % red, Subtype=Name.Form))
            pdf.Root.Name = form
            greys.turn(pdf)
            assert page.Contents.read_bytes() == in_greys(b"0.%d 0 0 rg" % red)
            assert form.read_bytes() == in_greys(b"0 0.%d 0 rg" % red)
    assert len(greys._turned) == 3


def test_a_pattern_that_is_a_shading_turns_grey() -> None:
    pdf = Pdf.new()
    fades = Dictionary(FunctionType=2, Domain=[0, 1], C0=[1, 0, 0], C1=[0, 1, 0], N=1)
    shading = Dictionary(ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=[0, 0, 1, 1])
    shading.Function = fades
    pdf.Root.Pattern = pdf.make_indirect(Dictionary(PatternType=2, Shading=shading))
    Greys().turn(pdf)
    turned = pdf.Root.Pattern.Shading
    assert turned.ColorSpace == Name.DeviceGray
    assert [float(turned.Function[key][0]) for key in ("/C0", "/C1")] == [0.3, 0.59]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"1 0 0 rg", b"0.3 g"),
        (b"0 1 0 RG", b"0.59 G"),
        (b"q .5 .5 .5 rg 1 0 0 RG Q", b"q 0.5 g 0.3 G Q"),
        (b"0 0 0 1 k", b"0 g"),
        (b"0.5 g", b"0.5 g"),
        (b"/Look cs 3 sc", b"/Look cs 3 sc"),
        (b"[<0102>] TJ", b"[<0102>] TJ"),
        (b"/lab-d50 cs\n100 0 0 scn", b"1 g"),
    ],
)
def test_a_step_that_sets_a_colour_sets_a_grey(content: bytes, expected: bytes) -> None:
    assert in_greys(content) == expected


def test_a_run_in_black_has_no_colour(press: Press) -> None:
    press.tiny.write("profiles/black.yaml", PROFILE)
    run = press.run("black")
    path = run.folder / "run.pdf"
    for page in Reading(path.read_bytes()).images(60, "RGB"):
        assert_colourless(page)
    assert run.ticket.total.colour == 0
    assert run.ticket.total.black > 0
