"""A client's logo is drawn at the end, in boxes that its parts leave open."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from tests.assembly.pages import FRONT, job, laid_out, slot
from tests.assembly.reading import Reading, faults_of
from workshop.assembly import logos
from workshop.assembly.link import link
from workshop.assembly.values import Linked, LinkJob
from workshop.composing.language.mistakes import Mistake
from workshop.composing.language.slots import SlotBook, has_logo_box, logo_box
from workshop.composing.pages.render_job import JobFile, RenderJob
from workshop.diagnostics import Severity
from workshop.keeping.memory import Memory
from workshop.typesetting.laid_out import LaidOut
from workshop.typesetting.typeset import typeset

WIDE = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10">'
    b'<rect width="40" height="10" fill="#0b5d4e"/>'
    b'<circle cx="5" cy="5" r="4" fill="#ffd400"/></svg>'
)
HIGH = WIDE.replace(b"0 0 40 10", b"0 0 10 40").replace(
    b'width="40" height="10"', b'width="10" height="40"'
)
CSS = ".slot-sign { width: 50mm; height: 10mm } p { background: #e0e0e0 }"


def with_logo(
    content: bytes | None, *files: JobFile, label: bool = False, css: str = CSS
) -> Linked:
    """Link a page with a box for a logo and the logo, if there is one, with its files."""
    part = job(f"<p>{logo_box('sign', label=label)}</p>", css)
    logo = () if content is None else (JobFile("/assets/logo.svg", content), *files)
    return link(LinkJob((laid_out(part),), FRONT, part, logo=logo))


def page_of(linked: Linked) -> Image.Image:
    assert faults_of(linked.pdf) == []
    [page] = Reading(linked.pdf).images(100, "RGB")
    assert isinstance(page, Image.Image)
    return page


def box_of(page: Image.Image, *colours: tuple[int, int, int]) -> tuple[float, ...]:
    """Return left, top, right and bottom of all that has one of these colours, in mm."""
    box = (0, 0, 0, 0)
    for colour in colours:
        same = ImageChops.difference(page, Image.new("RGB", page.size, colour)).convert("L")
        box = same.point(lambda value: 255 * (value < 8)).getbbox() or box
    return tuple(round(edge * 25.4 / 100, 1) for edge in box)


GREEN, WHITE = (11, 93, 78), (255, 255, 255)


@pytest.mark.parametrize(("logo", "width"), [(WIDE, 40), (HIGH, 2.5)], ids=["wide", "high"])
def test_a_logo_is_as_large_as_its_box_allows(logo: bytes, width: float) -> None:
    left, top, right, bottom = box_of(page_of(with_logo(logo)), GREEN)
    assert right - left == pytest.approx(width, abs=0.6)
    assert bottom - top == pytest.approx(10, abs=0.6)
    assert left == pytest.approx(5, abs=0.6)


def test_a_logo_that_would_be_too_wide_is_less_high() -> None:
    narrow = CSS.replace("50mm", "20mm")
    left, top, right, bottom = box_of(page_of(with_logo(WIDE, css=narrow)), GREEN)
    assert right - left == pytest.approx(20, abs=0.6)
    assert bottom - top == pytest.approx(5, abs=0.6)


@pytest.mark.parametrize(
    ("style", "side"),
    [
        ("text-align: right", "right"),
        ("text-align: end", "right"),
        ("text-align: left; direction: rtl", "left"),
        ("text-align: start; direction: rtl", "right"),
        ("text-align: end; direction: rtl", "left"),
        ("text-align: justify; direction: rtl", "right"),
        ("text-align: justify", "left"),
    ],
)
def test_a_logo_stands_where_text_would_stand(style: str, side: str) -> None:
    # The box fills its line, so that it stands on no side itself.
    page = page_of(with_logo(HIGH, css=f"{CSS} .slot-sign {{ width: 80mm }} p {{ {style} }}"))
    left, _, right, _ = box_of(page, GREEN)
    place = left - 5 if side == "left" else page.width * 25.4 / 100 - 5 - right
    assert place == pytest.approx(0, abs=0.6)


def test_a_label_is_as_wide_as_the_logo_and_no_wider() -> None:
    page = page_of(with_logo(WIDE, label=True, css=f"{CSS} @page {{ background: #e0e0e0 }}"))
    left, top, right, bottom = box_of(page, GREEN)
    white = box_of(page, WHITE)
    assert (white[0], white[1]) == pytest.approx((left - 2.5, top - 1.5), abs=0.6)
    assert (white[2], white[3]) == pytest.approx((right + 2.5, bottom + 1.5), abs=0.6)


def test_without_a_logo_nothing_is_drawn() -> None:
    assert box_of(page_of(with_logo(None)), GREEN) == (0, 0, 0, 0)


def test_what_is_wrong_with_a_logo_is_told() -> None:
    assert [fault.code for fault in with_logo(b"<svg xmlns='http://www.w3").diagnostics]


def test_type_that_is_not_printed_is_told_with_the_logo_s_file() -> None:
    typed = WIDE.replace(b"<circle", b'<text x="12" y="8" font-size="5">&#x1F54F;</text><circle')
    faults = [fault for fault in with_logo(typed).diagnostics if fault.code == "missing-glyph"]
    assert [str(fault.location) for fault in faults] == ["/assets/logo.svg"]
    assert {fault.severity for fault in faults} == {Severity.WARNING}


def test_a_logo_has_as_long_to_be_drawn_as_the_client_s_parts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    jobs: list[RenderJob] = []

    def watched(job: RenderJob, memory: Memory) -> LaidOut:
        jobs.append(job)
        return typeset(job, memory)

    monkeypatch.setattr(logos, "typeset", watched)
    part = replace(job(f"<p>{logo_box('sign')}</p>", CSS), seconds=77)
    link(LinkJob((laid_out(part),), FRONT, part, logo=(JobFile("/assets/logo.svg", WIDE),)))
    assert [job.seconds for job in jobs] == [77]


def test_a_logo_may_show_another_file() -> None:
    around = (
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10">'
        b'<image href="sign.svg" width="40" height="10"/></svg>'
    )
    linked = with_logo(around, JobFile("/assets/sign.svg", WIDE))
    assert linked.diagnostics == ()
    left, _, right, _ = box_of(page_of(linked), GREEN)
    assert right - left == pytest.approx(40, abs=0.6)


def test_a_slot_of_a_like_name_is_no_box_for_it() -> None:
    assert has_logo_box(str(logo_box("sign", label=True)))
    assert has_logo_box(str(logo_box("sign")))
    assert not has_logo_box(slot("logos"))


def test_its_box_is_no_text_s() -> None:
    for name in ("logo", "logo-on-label"):
        with pytest.raises(Mistake, match="filled in by the program"):
            SlotBook().slot("", name)


def test_nothing_is_read_out_for_it(tmp_path: Path) -> None:
    [text] = Reading(with_logo(WIDE).pdf).texts()
    assert text.strip() == ""
