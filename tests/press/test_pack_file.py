"""Sheets are of the size of their pages; pages of two sizes are never put on one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from pikepdf import Pdf, Stream

from tests.press.numbered import A4, numbered, pages_of
from workshop.composing.composition import DocumentInfo
from workshop.content.yaml.source import YamlSource
from workshop.diagnostics import ContentError
from workshop.press.ink import Inks
from workshop.press.pack_file import Laid, write_pack
from workshop.press.run_file import RunFile
from workshop.press.sheets.imposition import SheetSize
from workshop.press.source_pages import SourcePage
from workshop.tailoring.profiles import Profile, ProfileFile

A3 = SheetSize(297, 420)
FRONT = DocumentInfo("Pack", "Client", "en", "duplex", has_cover=False)


class Pages:
    """Documents of numbered pages, to be written into a pack."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.folder, self.stack = folder, stack
        self.pages: list[SourcePage | None] = []

    def add(self, pages: int, size: SheetSize) -> None:
        path = self.folder / f"{len(self.pages)}.pdf"
        numbered(path, pages, size)
        self.pages += self.stack.enter_context(pages_of(path))

    def write(self, **profile: Any) -> Laid:
        chosen = Profile(
            "own",
            ProfileFile(title="Own", **profile),
            "library",
            YamlSource(Path("own.yaml"), {}),
        )
        return write_pack(
            self.pages, chosen, FRONT, {}, Inks(self.folder), self.folder / "out" / "pack.pdf"
        )


@pytest.fixture
def pack(tmp_path: Path) -> Iterator[Pages]:
    (tmp_path / "out").mkdir()
    with ExitStack() as stack:
        yield Pages(tmp_path, stack)


def test_each_sheet_has_the_size_of_its_pages(pack: Pages) -> None:
    pack.add(2, A4)
    pack.add(1, A3)
    pack.pages.append(None)
    pack.add(1, A4.turned)
    laid = pack.write()
    assert [round(size.width) for size in laid.sizes] == [210, 297, 297]
    assert laid.sizes[1].is_about(A3)
    assert laid.sizes[2].is_as_large_as(A4)
    with Pdf.open(pack.folder / "out" / "pack.pdf") as pdf:
        widths = [round(float(page.mediabox[2]) / 72 * 25.4) for page in pdf.pages]
    assert widths == [210, 210, 297, 297, 297, 297]


def test_a_sheet_with_sides_of_two_sizes_is_a_fault(pack: Pages) -> None:
    pack.add(1, A4)
    pack.add(1, A3)
    with pytest.raises(ContentError, match="a page of A4 and one of A3 on the two sides"):
        pack.write()
    assert [round(size.width) for size in pack.write(sides="simplex").sizes] == [210, 297]


@pytest.mark.parametrize(
    "profile",
    [
        {"bleed": 3},
        {"crop-marks": True},
        {"sheet": {"A4": "A4"}},
        {"sheet": {"A4": "A3"}, "layout": "booklet"},
        {"sheet": {"A4": "A4"}, "layout": "two-up"},
    ],
)
def test_pages_of_two_sizes_are_not_put_on_sheets_of_one(
    pack: Pages, profile: dict[str, Any]
) -> None:
    pack.add(2, A4)
    pack.add(2, A3)
    with pytest.raises(ContentError) as caught:
        pack.write(**profile)
    [fault] = caught.value.diagnostics
    assert fault.message == (
        "The profile “own” needs pages of one size, and these are A4 (“0”) and A3 (“2”)"
    )
    assert not (pack.folder / "out" / "pack.pdf").exists()


@pytest.mark.parametrize("profile", [{}, {"bleed": 3}])
def test_no_stream_of_a_pack_is_empty(pack: Pages, profile: dict[str, Any]) -> None:
    pack.add(1, A4)
    pack.pages += [None, None]
    pack.write(**profile)
    run = RunFile()
    run.append(pack.folder / "out" / "pack.pdf", 2)
    run.save(pack.folder / "out" / "run.pdf", "Run")
    for name in ("pack.pdf", "run.pdf"):
        with Pdf.open(pack.folder / "out" / name) as pdf:
            streams = [entry for entry in pdf.objects if isinstance(entry, Stream)]
            assert all(stream.read_raw_bytes() for stream in streams)


@pytest.mark.parametrize(
    ("sheet", "more", "told"),
    [
        ("A5", {}, "Pages of A4 do not fit on sheets of A5"),
        ("Letter", {}, "Pages of A4 do not fit on sheets of Letter"),
        ("A4", {"bleed": 3}, "Pages of A4 and 3 mm of bleed do not fit on sheets of A4"),
        ("A4", {"crop_marks": True}, "Pages of A4 with their marks do not fit on sheets of A4"),
    ],
)
def test_a_sheet_that_is_too_small_is_told_and_cuts_nothing_off(
    pack: Pages, sheet: str, more: dict[str, Any], told: str
) -> None:
    pack.add(1, A4)
    with pytest.raises(ContentError, match=told):
        pack.write(sheet={"A4": sheet}, **more)


def test_a_sheet_with_room_for_the_marks_is_taken(pack: Pages) -> None:
    pack.add(1, A4)
    assert pack.write(sheet={"A4": "SRA3"}, bleed=3, crop_marks=True).sizes[0].width == 320
