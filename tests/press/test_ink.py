from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest

from tests.press.numbered import numbered, pages_of
from workshop.press.ink import NOTHING, Ink, Inks, look_at
from workshop.press.sheets.imposition import SheetSize


def page(path: Path, content: str) -> Path:
    """Write a page of 100 by 100 points."""
    with pikepdf.new() as pdf:
        drawn = pdf.add_blank_page(page_size=(100, 100))
        drawn.obj.Contents = pdf.make_stream(content.encode())
        pdf.save(path)
    return path


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", NOTHING),
        ("1 1 1 rg 20 20 40 40 re f", NOTHING),
        ("0 g 20 20 40 40 re f", Ink(colour=False, any=True, to_the_edge=False)),
        ("0.5 g 0 20 40 40 re f", Ink(colour=False, any=True, to_the_edge=True)),
        ("0.61 0.17 0.12 rg 20 20 40 40 re f", Ink(colour=True, any=True, to_the_edge=False)),
        # A hairline in a pale red, as writing lines have it.
        ("0.85 0.7 0.68 RG 0.5 w 20 50.2 m 80 50.2 l S", Ink(True, any=True, to_the_edge=False)),
        # Colour that is set and not seen: painted over, and beyond the page.
        ("1 0 0 rg 20 20 9 9 re f 0 g 19 19 11 11 re f", Ink(False, any=True, to_the_edge=False)),
        ("1 0 0 rg 200 20 40 40 re f", NOTHING),
        ("0 0 1 rg 0 98 100 2 re f", Ink(colour=True, any=True, to_the_edge=True)),
    ],
)
def test_the_ink_of_a_page_is_what_is_seen_of_it(
    tmp_path: Path, content: str, expected: Ink
) -> None:
    assert look_at(page(tmp_path / "one.pdf", content), 0) == expected


def test_pages_with_the_same_content_are_looked_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbered(tmp_path / "in.pdf", 3, SheetSize(50, 50))
    looked: list[int] = []

    def look(path: Path, number: int) -> Ink:
        looked.append(number)
        return look_at(path, number)

    monkeypatch.setattr("workshop.press.ink.look_at", look)
    inks = Inks(tmp_path)
    for _ in range(2):
        with pages_of(tmp_path / "in.pdf") as pages:
            assert all(inks.ink_on(page).any for page in pages)
    assert looked == [0, 1, 2]
    assert inks.ink_on(None) == NOTHING
