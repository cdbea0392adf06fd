from __future__ import annotations

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from tests.tailoring.conftest import Small
from tests.tailoring.look.font_maker import font
from workshop.diagnostics import Location, Report, Severity
from workshop.tailoring.look.typefaces import (
    FALLBACK,
    Typefaces,
    choose_typefaces,
    families,
    folders_of,
)

PLACE = Location(Path("client.yaml"), 4, 7)


def choose(
    *own: Path, text: str | None = None, headings: str | None = None
) -> tuple[Typefaces, Report]:
    report = Report()
    return choose_typefaces((text, PLACE), (headings, PLACE), own, report), report


def test_the_programmes_typefaces_where_none_are_named() -> None:
    typefaces, report = choose()
    assert list(report) == []
    assert (typefaces.text, typefaces.headings) == ("Source Sans 3", "EB Garamond")
    assert typefaces.fallback == FALLBACK
    assert typefaces.own == ()
    folders = folders_of(typefaces.shipped)
    names = {path.name for folder in folders for path in folder.rglob("*.[to]tf")}
    for family in ("SourceSans3-Regular.ttf", "EBGaramond-Regular.ttf", "NotoSansArabic-Bold.ttf"):
        assert family in names


def test_only_families_that_are_used_are_named() -> None:
    typefaces, _ = choose(text="Lato", headings="Lato")
    assert typefaces.shipped == ("Lato", *FALLBACK)
    folders = folders_of(typefaces.shipped)
    assert families()["Lato"] in folders
    assert len(set(folders)) == len(folders) == 3  # Lato, Noto Sans, the product's own files
    assert families()["EB Garamond"] not in folders


@pytest.mark.parametrize("family", ["Lato", "EB Garamond", "Noto Sans"])
def test_every_family_offered_is_there(family: str) -> None:
    assert any(families()[family].rglob("*.[to]tf"))


def test_symbols_are_no_family_to_write_in() -> None:
    assert not any("Awesome" in family for family in families())


def test_a_family_misspelt_is_told_the_nearest() -> None:
    _, report = choose(text="Sorce Sans", headings="Comic Sans MS")
    assert {fault.location for fault in report} == {PLACE}
    first, second = report
    assert (first.code, second.code) == ("unknown-font", "unknown-font")
    assert first.message == "There is no font family “Sorce Sans”"
    assert first.hint == "Did you mean “Source Sans 3”?"


@pytest.mark.parametrize("name", ["house.ttf", "HOUSE.TTF", "static/house.otf"])
def test_a_family_may_come_from_the_clients_own_files(tmp_path: Path, name: str) -> None:
    font(tmp_path / "fonts" / name, "House Text")
    typefaces, report = choose(tmp_path / "fonts", headings="House Text")
    assert list(report) == []
    assert (typefaces.text, typefaces.headings) == ("Source Sans 3", "House Text")
    assert typefaces.own == (tmp_path / "fonts" / name,)
    assert "House Text" not in typefaces.shipped


def test_a_family_has_the_name_of_all_its_weights_and_of_one(tmp_path: Path) -> None:
    font(tmp_path / "house.ttf", "House Light", "House")
    for family in ("House", "House Light"):
        typefaces, report = choose(tmp_path, text=family)
        assert report.errors == []
        assert typefaces.text == family


@pytest.mark.parametrize("family", sorted(families()))
def test_a_family_of_the_product_without_italic_is_a_warning_too(family: str) -> None:
    has_italic = False
    for path in families()[family].rglob("*.[ot]tf"):
        with TTFont(path, lazy=True) as face:
            has_italic = has_italic or bool(face["OS/2"].fsSelection & 1)
    _, report = choose(text=family)
    assert [fault.message for fault in report] == (
        []
        if has_italic
        else [f"The font “{family}” has no italic: words in italic may print like all others"]
    )


def test_a_family_for_text_without_italic_or_bold_is_a_warning(tmp_path: Path) -> None:
    font(tmp_path / "house.ttf", "House")
    _, report = choose(tmp_path, text="House")
    told = [(fault.severity, fault.message) for fault in report]
    assert told == [
        (
            Severity.WARNING,
            f"The font “House” has no {style}: words in {style} may print like all others",
        )
        for style in ("italic", "bold")
    ]
    font(tmp_path / "italic.ttf", "House", italic=1)
    font(tmp_path / "bold.ttf", "House", weight=700)
    assert list(choose(tmp_path, text="House")[1]) == []


@pytest.mark.parametrize("content", [b"", b"no font at all", None])
def test_a_font_file_that_cannot_be_read_is_a_warning(
    tmp_path: Path, content: bytes | None
) -> None:
    path = font(tmp_path / "house.ttf", "House")
    path.write_bytes(path.read_bytes()[:200] if content is None else content)
    font(tmp_path / "other.ttf", "Other")
    typefaces, report = choose(tmp_path, text="Other")
    assert typefaces.own == (tmp_path / "other.ttf",)
    [fault] = [fault for fault in report if fault.code != "font-styles"]
    assert (fault.code, fault.severity, fault.location) == (
        "font-unreadable", Severity.WARNING, Location(path)
    )  # fmt: skip


def test_a_client_names_a_font_of_its_own_folder(small: Small) -> None:
    folder = small.root / "clients/test/assets/fonts"
    font(folder / "house.ttf", "House")
    tailored = small.load("name: Test\nfonts: {text: House}\n")
    assert tailored.typefaces.text == "House"
    assert tailored.typefaces.own == (folder / "house.ttf",)
    assert small.faults("name: Test\nfonts:\n  text: Hous\n  headings: Lat\n") == [
        "3:9: There is no font family “Hous” [unknown-font] Did you mean “House”?",
        "4:13: There is no font family “Lat” [unknown-font] Did you mean “Lato”?",
    ]


def test_another_clients_fonts_are_not_there(small: Small) -> None:
    font(small.root / "clients/other/assets/fonts/house.ttf", "House")
    [fault] = small.faults("name: Test\nfonts: {text: House}\n")
    assert fault.startswith("2:15: There is no font family “House” [unknown-font]")


def test_a_workspaces_fonts_are_for_all_its_clients(small: Small) -> None:
    font(small.root / "assets/fonts/house.ttf", "House")
    assert small.load("name: Test\nfonts: {headings: House}\n").typefaces.headings == "House"
