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


def test_a_damaged_picture_is_told_with_its_file_and_nothing_else(table: Table) -> None:
    (table.assets / "cut.png").write_bytes(PNG[:99])
    css = f'p {{ background: url("{(table.assets / "cut.png").as_uri()}") }}'
    [fault] = typeset(table.job("<p>words</p>", css)).diagnostics
    assert fault.code == "not-loaded"
    assert str(fault.location).endswith("cut.png")
