"""The brand's colour can be an ink of its own, and looks the same on screen."""

from __future__ import annotations

import io

import pytest
from pikepdf import Array, Name, Pdf
from PIL import ImageChops

from tests.assembly.pages import FRONT, job, laid_out
from tests.assembly.reading import Reading, faults_of
from tests.press.conftest import Press
from workshop.assembly.link import link
from workshop.assembly.stamp import stamp
from workshop.assembly.values import Copy, LinkJob
from workshop.composing.pages.late_colours import STAND_INS
from workshop.diagnostics import ContentError, Report
from workshop.press.inks.spot import name_spot
from workshop.tailoring.look.brand import palette

INK = "PANTONE 186 C"
FIELDS = STAND_INS.__dataclass_fields__
BODY = "".join(
    f'<p style="background: {getattr(STAND_INS, name)}; color: {STAND_INS.ink}">{name}</p>'
    for name in FIELDS
)
PROFILE = f"title: Two inks\ndocuments: [badge]\nspot: {INK}\n"


def copy_in(brand: str) -> bytes:
    colours = palette(brand, Report(), None)
    assert colours is not None
    part = job(BODY, "@page { size: 90mm 120mm }")
    linked = link(LinkJob((laid_out(part),), FRONT, part))
    [stamped] = stamp(linked, [Copy("A book", colours, {})], part)
    return linked.pdf + stamped.update


def with_spot(pdf: bytes) -> bytes:
    file = io.BytesIO()
    with Pdf.open(io.BytesIO(pdf)) as opened:
        name_spot(opened, INK)
        opened.save(file)
    return file.getvalue()


# A pale brand’s headings are darker than it, which black makes a little greyer.
@pytest.mark.parametrize(
    ("brand", "apart"),
    [("#9b2c1f", 6), ("#0b5d4e", 6), ("#1f5f9b", 6), ("#000000", 6), ("#ffd400", 16)],
)
def test_on_screen_the_colours_stay(brand: str, apart: int) -> None:
    before = copy_in(brand)
    after = with_spot(before)
    for old, new in zip(*(Reading(pdf).images(72, "RGB") for pdf in (before, after)), strict=True):
        difference = ImageChops.difference(old, new)
        assert not difference.point(lambda value: max(0, value - apart)).getbbox()
    assert faults_of(after) == []


def test_the_brand_is_its_ink_alone_and_greys_are_black_alone() -> None:
    with Pdf.open(io.BytesIO(with_spot(copy_in("#9b2c1f")))) as pdf:
        look = pdf.pages[0].Resources.ColorSpace.Look
        assert list(look[1][1]) == [Name("/PANTONE 186 C"), Name.Black]
        shares = dict(zip(FIELDS, zip(*[iter(bytes(look[3]))] * 2, strict=True), strict=True))
    assert shares["accent"] == (255, 0)
    assert shares["on_accent"] == (0, 0)
    for grey in ("write", "muted"):
        ink, black = shares[grey]
        assert ink <= 2 < black
    assert 10 < shares["tint"][0] < shares["tint_strong"][0] < 60


def test_a_run_names_the_ink(press: Press) -> None:
    press.tiny.write("profiles/inks.yaml", PROFILE)
    run = press.run("inks")
    assert run.ticket.spot == INK
    with Pdf.open(run.folder / "run.pdf") as pdf:
        tables = [
            one for one in pdf.objects if isinstance(one, Array) and Name.Indexed in list(one)
        ]
        assert tables
        assert all(table[1][0] == Name.DeviceN for table in tables)
    [page] = Reading((run.folder / "ticket.pdf").read_bytes()).texts()
    assert INK in page


def test_black_has_no_spot(press: Press) -> None:
    press.tiny.write("profiles/inks.yaml", f"{PROFILE}colour: black-and-white\n")
    with pytest.raises(ContentError, match="no spot colour"):
        press.run("inks")
