"""A folder in a file's place, a file in a folder's, what may not be read: one message, a cure."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

import workshop
from tests.keeping.in_the_way import IN_THE_WAY
from tests.tiny_workspace.workspace import CLIENT, ROSTER, Tiny, tiny
from workshop.diagnostics import ContentError, EnvironmentFault
from workshop.file_errors import why_unread, why_unwritten, writing
from workshop.keeping.kept_file import open_kept
from workshop.user_files import open_file

__all__ = ["tiny"]

FILES = [
    "modules/asking.md",
    "modules/programme.yaml",
    "modules/cases/new.md",
    "clients/tiny/cases/new.md",
    "clients/tiny/assets/logo.svg",
    "clients/tiny/assets/fonts/Own.ttf",
    "clients/tiny/templates/client.css",
    "templates/badge/document.yaml",
    "templates/badge/document.html.j2",
    "templates/badge/document.css",
    "profiles/own.yaml",
]
FOLDERS = ["modules", "templates", "assets", "assets/fonts", "profiles", "clients/tiny/cases"]


def faults(tiny: Tiny) -> list[tuple[str, str, str, str | None]]:
    with pytest.raises(ContentError) as caught:
        workshop.load(tiny.root, "tiny")
    return [
        (fault.code, str(fault.location).removeprefix(f"{tiny.root}/"), fault.message, fault.hint)
        for fault in caught.value.diagnostics
    ]


def cleared(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_dir():
        path.rename(path.with_name(f"{path.name}-before"))
    path.unlink(missing_ok=True)
    return path


@pytest.mark.parametrize("name", FILES)
def test_a_folder_in_a_files_place_is_the_one_fault(tiny: Tiny, name: str) -> None:
    cleared(tiny.root / name).mkdir()
    [(code, place, message, hint)] = faults(tiny)
    assert (code, place) == ("file-folder", name)
    assert message == "A file should be here, but this is a folder"
    assert hint


@pytest.mark.parametrize("name", FOLDERS)
def test_a_file_in_a_folders_place_is_the_one_fault(tiny: Tiny, name: str) -> None:
    cleared(tiny.root / name).write_text("x")
    [(code, place, message, hint)] = faults(tiny)
    assert (code, place) == ("folder-file", name)
    assert message == "A folder should be here, but this is a file"
    assert hint


def test_a_client_file_and_a_roster_that_are_folders_are_told_with_a_cure(tiny: Tiny) -> None:
    cleared(tiny.root / ROSTER).mkdir()
    [(code, place, message, hint)] = faults(tiny)
    assert (code, place) == ("roster-unreadable", f"{CLIENT}:5:13")
    assert message.endswith("roster.csv cannot be read: it is a folder, not a file")
    assert hint == "Move the folder away, and put the file there."
    cleared(tiny.root / CLIENT).mkdir()
    [(code, place, message, hint)] = faults(tiny)
    assert (code, place, hint) == (
        "file-folder", CLIENT, "Move the folder away, and put the file there."
    )  # fmt: skip


def test_a_folder_that_may_not_be_looked_into_is_told(
    tiny: Tiny, monkeypatch: pytest.MonkeyPatch
) -> None:
    scan = os.scandir

    def refuse(path: str) -> object:
        if Path(path) == tiny.root / "modules":
            raise PermissionError(errno.EACCES, "Permission denied", path)
        return scan(path)

    monkeypatch.setattr("workshop.workspace.odd_files.os.scandir", refuse)
    [(code, place, _, hint)] = faults(tiny)
    assert (code, place) == ("folder-unreadable", "modules")
    assert hint == f"Allow it: chmod u+rx {tiny.root}/modules."


def test_why_a_file_is_not_read_has_a_cure(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "folder").mkdir()
    denied = PermissionError(errno.EACCES, "Permission denied", str(tmp_path / "it's"))
    assert why_unread(denied)[1] == f"""Allow it: chmod u+r '{tmp_path}/it'"'"'s'."""
    for name in ("loop", "folder"):
        with pytest.raises(OSError, match=r"link|directory") as caught:
            open_file(tmp_path / name)
        reason, cure = why_unread(caught.value)
        assert reason.startswith("it is a ")
        assert cure


def test_why_nothing_is_written_names_what_is_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "nowhere").symlink_to("missing")
    (tmp_path / "loop").symlink_to("loop")
    cases = {
        "file": "is a file, and a folder is to be there",
        "nowhere": "is a link that leads to no folder",
        "loop": "is a link that leads to no folder",
    }
    for name, said in cases.items():
        target = tmp_path / name / "tiny" / "autumn"
        with pytest.raises(OSError, match=r"link|directory|exists") as caught:
            target.mkdir(parents=True)
        sentence, cure = why_unwritten(caught.value, target)
        assert sentence == f"{tmp_path / name} {said}"
        assert cure
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(FileExistsError) as taken:
        (tmp_path / "pipe").mkdir()
    sentence, _ = why_unwritten(taken.value, tmp_path)
    assert sentence == f"{tmp_path}/pipe is a named pipe, and a folder is to be there"
    full = OSError(errno.ENOSPC, "No space left on device", str(tmp_path / "new"))
    assert why_unwritten(full, tmp_path)[1] == "Make room there."
    denied = PermissionError(errno.EACCES, "Permission denied", str(tmp_path / "x" / "y"))
    assert why_unwritten(denied, tmp_path)[1] == f"Allow it: chmod u+w {tmp_path}."


@pytest.mark.parametrize("kind", IN_THE_WAY)
def test_what_lies_in_a_file_s_place_is_named_with_a_cure(tmp_path: Path, kind: str) -> None:
    make, said = IN_THE_WAY[kind]
    make(tmp_path / "own")
    with pytest.raises(OSError, match="own") as caught, open_kept(tmp_path / "own", os.O_RDWR):
        pass
    with pytest.raises(EnvironmentFault) as told, writing(tmp_path):
        raise caught.value
    [fault] = told.value.diagnostics
    assert fault.message == f"{tmp_path}/own {said}"
    cures = {
        "folder": "Give the folder another name.",
        "link": "Put the file that it leads to in its place.",
    }
    remove = f"Remove it: rm {tmp_path}/own."
    assert fault.hint == f"{cures.get(kind, remove)} Or name another folder with --output."


def test_a_file_that_may_not_be_written_is_no_open_file_of_another_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "lock"
    path.touch()
    denied = PermissionError(errno.EACCES, "Permission denied", str(path))
    hints = []
    for allowed in (True, False):
        monkeypatch.setattr(os, "access", lambda *_, allowed=allowed: allowed)
        with pytest.raises(EnvironmentFault) as told, writing(tmp_path):
            raise denied
        hints.append(str(told.value.diagnostics[0].hint))
    assert hints[0].startswith("Close what other programs have open")
    assert hints[1].startswith(f"Allow it: chmod u+w {path}.")


def test_a_reader_that_has_gone_is_nothing_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(BrokenPipeError), writing(tmp_path):
        raise BrokenPipeError


@pytest.mark.parametrize("name", [*FILES, *FOLDERS, "clients/tiny", "clients", CLIENT, "modules/x"])
@pytest.mark.parametrize("way", ["itself", "a ring"])
def test_a_link_that_leads_back_to_itself_is_the_one_fault(tiny: Tiny, name: str, way: str) -> None:
    path = cleared(tiny.root / name)
    if way == "itself":
        path.symlink_to(path.name)
    else:
        path.symlink_to(tiny.root / "there")
        (tiny.root / "there").symlink_to(path)
    hint = f"Remove it: rm {path}."
    message = "This link leads back to itself"
    assert faults(tiny) == [("link-loop", name, message, hint)]


def test_a_roster_that_is_a_link_to_itself_is_told_where_it_is_named(tiny: Tiny) -> None:
    cleared(tiny.root / ROSTER).symlink_to("roster.csv")
    [(code, place, message, _)] = faults(tiny)
    assert (code, message) == (
        "link-loop",
        "The roster “roster.csv” is a link that leads back to itself",
    )
    assert place.startswith(f"{CLIENT}:")
