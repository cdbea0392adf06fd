from __future__ import annotations

from pathlib import Path

import pytest

import workshop
from tests.conftest import READINGS
from tests.press.conftest import Press
from tests.tiny_workspace.workspace import contents
from workshop.building.kit.finished_kit import read_kit
from workshop.diagnostics import ContentError, UsageError
from workshop.press.catalogue import write_catalogue
from workshop.press.contact_sheet import contact_sheet


def written(press: Press, folder: Path) -> str:
    """Write the catalogue of the tiny workspace's kit and return its page."""
    kit = read_kit(press.tiny.root / "build", "tiny", "autumn")
    catalogue = write_catalogue(workshop.load(press.tiny.root, "tiny", READINGS), kit, folder)
    return catalogue.page.read_text("utf-8")


def test_every_document_has_its_line_its_section_and_its_picture(
    press: Press, tmp_path: Path
) -> None:
    page = written(press, tmp_path / "shown")
    names = ["agenda", "badge", "exercises", "manager-briefing", "participant-workbook"]
    assert set(contents(tmp_path / "shown")) == {
        "documents.md", *(f"pictures/{name}.png" for name in names),
    }  # fmt: skip
    for name in names:
        assert page.count(f"](#{name}) |") == page.count(f'<a id="{name}">') == 1
        assert page.count(f"](pictures/{name}.png)") == 1
    assert (
        "| [Badge](#badge) | participants | 1 | one for each participant, 3 here | A4, one side |\n"
        in page
    )
    briefing = "`manager-briefing` · one for each manager, 1 here · A4, both sides · "
    assert briefing in page.partition("## For their managers\n")[2]
    assert briefing not in page.partition("## For their managers\n")[0]


def test_somebodys_copy_is_shown_and_not_the_blank_one(press: Press, tmp_path: Path) -> None:
    written(press, tmp_path)
    folder = press.tiny.kit / "participant-workbook"
    [blank, somebodys, _] = [
        contact_sheet(path.read_bytes()).png for path in sorted(folder.iterdir())
    ]
    assert (tmp_path / "pictures/participant-workbook.png").read_bytes() == somebodys != blank


def test_the_same_kit_gives_the_same_bytes_and_other_files_stay(
    press: Press, tmp_path: Path
) -> None:
    written(press, tmp_path / "one")
    (tmp_path / "two").mkdir()
    (tmp_path / "two/own.md").write_text("Kept.", encoding="utf-8")
    written(press, tmp_path / "two")
    assert contents(tmp_path / "two") == {**contents(tmp_path / "one"), "own.md": b"Kept."}


@pytest.mark.parametrize("name", ["documents.md", "pictures/badge.png"])
def test_somebodys_own_page_or_picture_stays(press: Press, tmp_path: Path, name: str) -> None:
    (tmp_path / "docs" / "pictures").mkdir(parents=True)
    (tmp_path / "docs" / name).write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="was not written by this program, so it stays"):
        written(press, tmp_path / "docs")
    assert contents(tmp_path / "docs") == {name: b"mine"}


def test_a_file_that_is_not_the_one_that_was_built_is_not_shown(
    press: Press, tmp_path: Path
) -> None:
    (press.tiny.kit / "participant-workbook/01-anna-berg.pdf").write_bytes(b"%PDF-1.7\n")
    with pytest.raises(ContentError, match="not the one that was built"):
        written(press, tmp_path / "shown")
    assert not (tmp_path / "shown").exists()


def test_a_title_means_nothing_to_markdown(press: Press, tmp_path: Path) -> None:
    press.tiny.change("templates/badge/document.yaml", "Badge", "'Badge | *round* [new]'")
    page = written(press, tmp_path)
    assert r"| [Badge \| \*round\* \[new\]](#badge) | participants | 1 |" in page


def test_beside_a_kit_a_double_click_opens_the_page_in_a_browser(press: Press) -> None:
    [catalogue] = workshop.pictures(press.tiny.root, "tiny")
    page = catalogue.page.read_text("utf-8")
    assert catalogue.page.name == "documents.html"
    assert "<title>The documents of " in page
    assert page.count("<img ") == catalogue.documents
    assert '<a href="#badge">Badge</a>' in page
    assert '<a id="badge"></a>' in page
