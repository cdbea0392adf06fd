"""Files that cannot be used are told, those that systems leave behind are passed over."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.conftest import Workspace
from workshop.diagnostics import Location, Report, UsageError
from workshop.workspace.clients import client_names, find_client
from workshop.workspace.input_files import input_files
from workshop.workspace.odd_files import report_odd_files
from workshop.workspace.overlay import Layer, Overlay, make_overlay

BYTES = "caf\udce9"  # a name in Latin-1


@pytest.fixture
def overlay(workspace: Workspace, tmp_path: Path) -> Overlay:
    workspace.client()
    return make_overlay("test", workspace.root, tmp_path / "library")


def told(overlay: Overlay, report: Report | None = None) -> list[tuple[str, str]]:
    """Return the faults as file and message, warnings all of them."""
    report = report or Report()
    report_odd_files(overlay, report)
    assert not report.errors
    return [(f.location.path.name if f.location else "", f.message) for f in report]


def test_a_pipe_that_merely_lies_there_is_told(workspace: Workspace, overlay: Overlay) -> None:
    workspace.write("modules/deep/note.txt", "")
    os.mkfifo(workspace.root / "modules/deep/pipe")
    os.mkfifo(workspace.root / "clients/test/pipe")  # where nothing is looked for
    assert told(overlay) == [
        ("pipe", "This is a named pipe, not an ordinary file, so it is not used")
    ]


def test_what_a_fault_names_already_is_not_told_again(
    workspace: Workspace, overlay: Overlay
) -> None:
    workspace.write("modules/note.txt", "")
    os.mkfifo(workspace.root / "modules/pipe")
    report = Report()
    report.warn("file-refused", "It is a pipe", Location(workspace.root / "modules/pipe"))
    assert told(overlay, report) == [("pipe", "It is a pipe")]


def test_links_that_lead_out_or_nowhere_are_told(workspace: Workspace, overlay: Overlay) -> None:
    (workspace.write("modules/a.md", "").parent / "b.md").symlink_to("a.md")
    (workspace.root / "modules/out.md").symlink_to("/dev/zero")
    (workspace.root / "modules/nowhere.md").symlink_to("missing.md")
    assert told(overlay) == [
        ("nowhere.md", "This link leads to nothing"),
        ("out.md", "This link leads out of its folder, so it is not used"),
    ]


def test_a_name_that_is_no_text_is_told_and_passed_over(
    workspace: Workspace, overlay: Overlay
) -> None:
    workspace.write("modules/a.md", "")
    (workspace.root / f"modules/{BYTES}.md").write_text("")
    [(_, message)] = told(overlay)
    assert message == "The name of this file is not UTF-8 text, so nothing can ask for it"
    assert overlay.names("modules") == ["a.md"]


def test_conflicted_copies_are_told_wherever_a_client_keeps_files(
    workspace: Workspace, overlay: Overlay
) -> None:
    copies = [
        "clients/test/client (Ann's conflicted copy 2027-01-05).yaml",
        "clients/test/rosters/may.sync-conflict-20270105-101010-ABCDEFG.csv",
        "modules/ask (conflicted copy 2027-01-05 101010).md",
    ]
    for path in copies:
        workspace.write(path, "")
    assert {name for name, _ in told(overlay)} == {path.rpartition("/")[2] for path in copies}
    assert overlay.names("modules") == []


@pytest.mark.parametrize("name", ["._ask.md", "~$ask.md", "ask.md~", "#ask.md#", ".ask.md.swp"])
def test_what_systems_leave_behind_is_passed_over(
    name: str, workspace: Workspace, overlay: Overlay
) -> None:
    workspace.write("modules/ask.md", "")
    workspace.write(f"modules/{name}", "")
    workspace.write("__MACOSX/._modules", "")
    assert told(overlay) == []
    assert overlay.names("modules", "*") == ["ask.md"]


def test_clients_that_systems_leave_behind_are_none(workspace: Workspace) -> None:
    for name in ("acme", "._acme", BYTES, "acme (conflicted copy 2027-01-05 101010)"):
        workspace.client(slug=name)
    assert client_names(workspace.root) == ["acme"]
    with pytest.raises(UsageError) as caught:
        find_client(workspace.root, BYTES)
    assert caught.value.diagnostics[0].hint == (
        "Give the folder a name of letters, digits and hyphens."
    )


def test_what_a_build_does_not_read_is_no_input(workspace: Workspace) -> None:
    workspace.client()
    workspace.write("clients/test/film.mp4", "")
    workspace.write("clients/test/cases/note.md", "")
    names = {path.name for path in input_files(workspace.root, "test")}
    assert {"client.yaml", "note.md", "workshop.yaml"} <= names
    assert "film.mp4" not in names


def test_a_pipe_counts_as_there_so_that_its_reader_says_what_it_is(tmp_path: Path) -> None:
    (tmp_path / "modules").mkdir()
    os.mkfifo(tmp_path / "modules/a.md")
    overlay = Overlay((Layer("workspace", tmp_path),))
    assert overlay.names("modules") == ["a.md"]
    assert overlay.find("modules", "a.md")


def test_a_workspace_whose_path_is_no_text_is_told(workspace: Workspace) -> None:
    workspace.client()
    moved = workspace.root.with_name(BYTES)
    workspace.root.rename(moved)
    with pytest.raises(UsageError, match="The path of the workspace is not UTF-8 text"):
        find_client(moved, "test")
