from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.tiny_workspace.workspace import ROSTER, Tiny, contents
from tests.tiny_workspace.workspace import laid_out_before as tiny
from workshop.building.kit.peoples_files import check_is_ours, keep_peoples_files
from workshop.diagnostics import EnvironmentFault

__all__ = ["tiny"]

LIST = "manifest.json"


def refused(folder: Path) -> str:
    with pytest.raises(EnvironmentFault) as caught:
        check_is_ours(folder, LIST)
    return str(caught.value)


def test_a_folder_with_files_of_somebodys_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "spring" / "private").mkdir(parents=True)
    (tmp_path / "spring" / "private" / "thesis.txt").touch()
    told = refused(tmp_path / "spring")
    assert "such as private/thesis.txt: nothing is written there [output-own-files]" in told
    assert told.endswith("  Move them to another place, or name another folder with --output.")


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"name": "A web page", "icons": []}', "\0"])
def test_a_list_of_somebody_elses_does_not_make_a_folder_ours(tmp_path: Path, text: str) -> None:
    (tmp_path / LIST).write_text(text)
    (tmp_path / "mine.txt").touch()
    assert "mine.txt" in refused(tmp_path)


def test_a_kit_of_another_version_is_ours(tmp_path: Path) -> None:
    (tmp_path / LIST).write_text(json.dumps({"format": 0, "client": "a", "cohort": "b"}))
    (tmp_path / "agenda.pdf").touch()
    check_is_ours(tmp_path, LIST)


def test_a_folder_without_files_may_be_replaced(tmp_path: Path) -> None:
    check_is_ours(tmp_path / "nowhere", LIST)
    (tmp_path / "spring" / "empty").mkdir(parents=True)
    (tmp_path / "spring" / ".DS_Store").touch()
    check_is_ours(tmp_path / "spring", LIST)


@pytest.mark.slow
def test_a_kit_whose_list_is_gone_is_ours_by_the_note_beside_it(tiny: Tiny) -> None:
    tiny.build("badge")
    (tiny.kit / LIST).unlink()
    check_is_ours(tiny.kit, LIST)
    (tiny.kit / "mine.txt").touch()
    assert "mine.txt" in refused(tiny.kit)


@pytest.mark.slow
def test_a_build_writes_nothing_into_somebodys_folder(tiny: Tiny) -> None:
    tiny.kit.mkdir(parents=True)
    (tiny.kit / "agenda.pdf").write_text("mine")
    with pytest.raises(EnvironmentFault, match="such as agenda"):
        tiny.build("badge")
    assert contents(tiny.kit) == {"agenda.pdf": b"mine"}


@pytest.mark.slow
def test_what_somebody_put_into_a_kit_is_there_after_the_next_build(tiny: Tiny) -> None:
    tiny.build("badge")
    tiny.write("build/tiny/autumn/from me/notes.txt", "mine")
    tiny.write("build/tiny/autumn/badges/cy-lund.pdf", "mine too")
    tiny.change(ROSTER, "Bo Lindt", "Cy Lund")
    tiny.build("badge")
    kit = contents(tiny.kit)
    assert kit["from me/notes.txt"] == b"mine"
    assert kit["badges/cy-lund.pdf.bak"] == b"mine too"
    assert kit["badges/cy-lund.pdf"].startswith(b"%PDF")
    assert "badges/bo-lindt.pdf" not in kit


def test_links_and_what_systems_leave_are_not_carried_over(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    old.mkdir()
    new.mkdir()
    (old / "Thumbs.db").touch()
    (old / "link").symlink_to(tmp_path)
    (old / "mine.txt").write_text("mine")
    keep_peoples_files(old, new, ())
    assert contents(new) == {"mine.txt": b"mine"}
