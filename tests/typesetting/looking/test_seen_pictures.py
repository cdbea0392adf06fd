"""Pictures are looked at before they are printed: damage, depth, growth, effects, type."""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from tests.typesetting.conftest import Table
from workshop.composing.pages.render_job import JobFile
from workshop.keeping.memory import Memory
from workshop.typesetting.looking.seen_pictures import SeenPicture, look_at
from workshop.typesetting.typeset import typeset

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90">{}</svg>'
TEN_FOLD = "".join(
    f'<g id="a{level}">' + f'<use href="#a{level - 1}"/>' * 10 + "</g>" for level in range(1, 10)
)


def seen(name: str, content: bytes | str) -> SeenPicture:
    """Look at a picture."""
    data = content.encode() if isinstance(content, str) else content
    return look_at(JobFile(f"/{name}", data), ("Source Sans 3",), Memory())


def saved(image: Image.Image, kind: str) -> bytes:
    """Return a picture as the bytes of a file."""
    target = io.BytesIO()
    image.save(target, kind)
    return target.getvalue()


PICTURE = Image.linear_gradient("L").convert("RGB")
PNG, JPEG = saved(PICTURE, "PNG"), saved(PICTURE, "JPEG")


def bomb(side: int) -> bytes:
    """Return a small PNG that says it has `side` by `side` pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0))
    return PNG[:8] + head + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("cut.png", PNG[: len(PNG) // 2], "damaged or breaks off"),
        ("checksum.png", PNG[:-20] + b"xxxx" + PNG[-16:], "damaged or breaks off"),
        ("endless.png", PNG[:-12], "breaks off"),
        ("cut.jpg", JPEG[: len(JPEG) // 2], "breaks off before its end"),
        ("endless.jpg", JPEG[:-2], "breaks off before its end"),
        ("large.png", bomb(9_500), "more than 80,000,000 pixels"),
        ("huge.png", bomb(50_000), "more than 80,000,000 pixels"),
        ("use.svg", SVG.format('<g id="a0"><rect/></g>' + TEN_FOLD), "more than 50,000 elements"),
        ("self.svg", SVG.format('<g id="a"><use href="#a"/></g>'), "uses itself"),
        ("transform.svg", SVG.format(f'<g transform="{"a" * 99_999}"/>'), "2,000 characters"),
        ("deep.svg", SVG.format("<g>" * 5_000 + "</g>" * 5_000), "60 levels deep"),
        ("entity.svg", '<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG.format("&a;"), "XML entities"),
    ],
)
def test_a_picture_that_would_print_wrong_or_never_end_is_refused(
    name: str, content: bytes | str, told: str
) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        picture = seen(name, content)
    assert picture.refused
    [fault] = picture.faults
    assert fault.location is not None
    assert fault.location.path == Path(f"/{name}")
    assert told in fault.message


@pytest.mark.parametrize(
    ("inside", "told"),
    [
        ('<rect style="fill: var(--c)"/>', "var()"),
        ("<style>g { rect { fill: red } }</style>", "nested CSS"),
        ('<filter id="f"><feDropShadow/></filter>', "shadow"),
        ('<rect style="filter: drop-shadow(1px 1px 1px)"/>', "shadow"),
        ('<rect style="mix-blend-mode: multiply"/>', "mix-blend-mode"),
        ('<rect style="transform-box: fill-box"/>', "transform-box"),
        ('<text><textPath href="#p">x</textPath></text>', "text on a path"),
        ('<pattern id="p"><text>the last</text></pattern>', "the words “the last” in a pattern"),
        ('<use href="#nowhere"/>', "“#nowhere”"),
        ('<use href="other.svg#part"/>', "“other.svg#part”"),
        ("<switch><text>Hallo</text><text>Hello</text></switch>", "`<switch>`"),
        ('<mask id="m"><rect fill="url(#g)"/></mask>', "mask with a gradient"),
        ("<text font-family=\"Gotham-Black, 'Futura Std'\">x</text>", "“Gotham-Black”"),
        ('<text style="font-family: Lato">x</text>', "“Lato”"),
        ("<style>text { font-family: Lato }</style><text>x</text>", "“Lato”"),
    ],
)
def test_what_a_drawing_loses_in_print_is_a_warning(inside: str, told: str) -> None:
    picture = seen("drawing.svg", SVG.format(inside))
    assert not picture.refused
    assert any(told in fault.message for fault in picture.faults)


# Words of a drawing, by what keeps them from being seen.
UNSEEN = {
    "<flowRoot><flowPara>the last</flowPara></flowRoot>": "`<flowPara>`",
    '<text display="none">the last</text>': "`display: none`",
    '<g style="display:none"><text>the <tspan>last</tspan></text></g>': "`display: none`",
    '<text visibility="hidden">the last</text>': "`visibility: hidden`",
    '<g opacity="0.2"><text opacity="0.2">the last</text></g>': "`opacity`",
    '<text fill="none">the last</text>': "no colour",
    '<text style="fill:#000;fill-opacity:0">the last</text>': "no colour",
    '<text fill="#ffffff">the last</text><rect/>': "white",
    '<use href="#a" visibility="hidden"/><text id="a">the last</text>': "`visibility: hidden`",
    '<use href="#a" opacity="0"/><g id="a"><text>the last</text></g>': "`opacity`",
    '<use href="#a" style="display:none"/><text id="a">the last</text>': "`display: none`",
}
SEEN = (
    "<text>words</text><title>a title</title><metadata>x</metadata>",
    '<rect/><text fill="#fff">words</text>',
    '<text fill="none" stroke="red">words</text>',
    '<g display="none"><rect/></g>',
    '<g id="a"/><use href="#a"/><switch><g/><text>words</text></switch>',
)


@pytest.mark.parametrize("inside", UNSEEN)
def test_words_of_a_drawing_that_are_not_seen_are_told_with_their_line(inside: str) -> None:
    [fault] = seen("drawing.svg", SVG.format(f"<g/>\n{inside}")).faults
    assert fault.message.startswith("“the last” in this drawing cannot be seen: ")
    assert UNSEEN[inside] in fault.message
    assert str(fault.location) == "/drawing.svg:2"
    assert fault.code == ("lost-text" if "flow" in inside else "drawing-text")


@pytest.mark.parametrize("inside", SEEN)
def test_a_drawing_with_its_words_to_be_seen_is_sound(inside: str) -> None:
    assert seen("drawing.svg", SVG.format(inside)).faults == ()


@pytest.mark.parametrize(
    ("inside", "told"),
    [
        ("<g>" * 5_000 + "</g>" * 5_000, "not-loaded"),
        ('<g id="a0"><rect/></g>' + TEN_FOLD, "not-loaded"),
        ('<g id="a"><use href="#a"/></g>', "not-loaded"),
        (f'<g transform="{"a" * 99_999}"/>', "not-loaded"),
        (f'<path d="M0 0{"l1-1" * 99_999}"/>', "not-loaded"),
        ("<flowRoot><flowPara>lost</flowPara></flowRoot>", "lost-text"),
        ('<text opacity="0">lost</text>', "drawing-text"),
        ('<use href="#no"/>', "drawing-effect"),
    ],
)
def test_a_drawing_in_a_text_is_held_to_the_same(table: Table, inside: str, told: str) -> None:
    [fault] = table.lay_out(f"<h2>Above</h2><p>words</p>{SVG.format(inside)}").diagnostics
    assert fault.code == told
    assert fault.message.endswith("(below the heading “Above”)")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.png", PNG),
        ("a.jpg", JPEG),
        ("a.svg", SVG.format('<text font-family="Futura, Source Sans 3">x</text>')),
        ("b.svg", SVG.format('<text font-family="sans-serif">x</text><g style="opacity: .5"/>')),
        ("c.svg", SVG.format("<style>@media print { rect { fill: red } }</style>")),
    ],
)
def test_a_sound_picture_is_handed_over_as_it_is(name: str, content: bytes | str) -> None:
    data = content.encode() if isinstance(content, str) else content
    assert seen(name, data) == SeenPicture(data)


def test_a_picture_with_sixteen_bits_prints_its_greys(table: Table) -> None:
    grey = Image.new("I", (600, 600), 200 * 256)
    (table.assets / "grey.png").write_bytes(saved(grey.convert("I;16"), "PNG"))
    address = (table.assets / "grey.png").as_uri()
    body = f'<img src="{address}" alt="grey" style="width: 80mm; height: 50mm">'
    laid_out = typeset(table.job(body))
    assert laid_out.diagnostics == ()
    page = pypdfium2.PdfDocument(laid_out.pdf)[0].render().to_pil().convert("L")
    assert abs(page.getpixel((page.width // 2, page.height // 2)) - 200) < 3


def test_a_picture_too_large_for_the_memory_is_not_called_damaged(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def load(_image: Image.Image) -> None:
        raise MemoryError

    data = saved(PICTURE, "TIFF")
    monkeypatch.setattr("PIL.TiffImagePlugin.TiffImageFile.load", load)
    picture = seen("large.tif", data)
    assert picture.refused
    assert "more memory than a layout may have" in picture.faults[0].message


def test_a_damaged_picture_is_told_with_its_file_and_nothing_else(table: Table) -> None:
    (table.assets / "cut.png").write_bytes(PNG[:99])
    css = f'p {{ background: url("{(table.assets / "cut.png").as_uri()}") }}'
    [fault] = typeset(table.job("<p>words</p>", css)).diagnostics
    assert fault.code == "not-loaded"
    assert str(fault.location).endswith("cut.png")
