"""Folders of clients that cannot be used, are no clients, or look alike are told."""

from __future__ import annotations

import pytest

from tests.conftest import Workspace
from workshop.diagnostics import Location, Report, UsageError, display_path
from workshop.workspace.client_folders import report_client_name, report_folders
from workshop.workspace.clients import client_names, find_client
from workshop.workspace.other_clients import read_client_names


def told_of_all(workspace: Workspace) -> dict[str, str]:
    report = Report()
    report_folders(workspace.root, report)
    assert not report.errors
    return {f.location.path.name: f"{f.code} {f.hint}" for f in report if f.location}


def told_of(workspace: Workspace, slug: str, name: str = "Own") -> list[str]:
    report = Report()
    place = Location(workspace.root / "clients" / slug / "client.yaml", 1, 7)
    others = read_client_names(workspace.root).besides(slug)
    report_client_name(place.path.parent, name, others, place, report)
    assert not report.errors
    return [fault.message for fault in report]


@pytest.mark.parametrize("name", ["a\nb: error: c", "esc\x1b[2J", "a\a", "turn\u202e", "b\udce9"])
def test_a_name_with_codes_is_told_and_never_used(workspace: Workspace, name: str) -> None:
    workspace.client()
    workspace.write(f"clients/{name}/client.yaml", "name: X\n")
    assert told_of_all(workspace) == {
        name: "client-name Give the folder a name of letters, digits and hyphens."
    }
    assert client_names(workspace.root) == ["test"]
    with pytest.raises(UsageError) as caught:
        find_client(workspace.root, name)
    [fault] = caught.value.diagnostics
    assert "\n" not in fault.message
    assert fault.hint == "Give the folder a name of letters, digits and hyphens."


def test_a_folder_without_a_client_file_is_told_with_what_it_needs(workspace: Workspace) -> None:
    workspace.client()
    workspace.write("clients/empty/notes.md", "")
    workspace.write("clients/notepad/client.yaml.txt", "name: X\n")
    workspace.write("clients/yml/client.yml", "name: X\n")
    workspace.write("clients/README", "")
    workspace.write("clients/.git/x", "")
    told = told_of_all(workspace)
    assert sorted(told) == ["empty", "notepad", "yml"]
    assert told["empty"].endswith("has no client.yaml. Write one, with a line `name: …`.")
    assert told["notepad"] == "no-client-file Rename client.yaml.txt to client.yaml."
    assert told["yml"] == "no-client-file Rename client.yml to client.yaml."


@pytest.mark.parametrize("name", ["con", "AUX", "nul.x", "com1", "lpt9", "x.", "x ", "a:b", "a?"])
def test_a_name_that_windows_cannot_have_is_told(workspace: Workspace, name: str) -> None:
    assert told_of(workspace, name) == [f"Windows cannot have a folder called “{name}”"]


@pytest.mark.parametrize("name", ["acme", "Conrad", "com10", "aux-team", "año", "می\u200cخواهم"])
def test_a_usual_name_is_not(workspace: Workspace, name: str) -> None:
    workspace.write(f"clients/{name}/client.yaml", "name: Own\n")
    assert told_of(workspace, name) == []
    assert client_names(workspace.root) == [name]


@pytest.mark.parametrize(("one", "two"), [("Acme", "acme"), ("cafe\u0301", "café"), ("ß", "ss")])
def test_names_that_disks_take_for_one_are_told(workspace: Workspace, one: str, two: str) -> None:
    workspace.write(f"clients/{one}/client.yaml", "name: X\n")
    assert told_of(workspace, two) == [
        f"On Windows and macOS “{one}” and “{two}” are the same folder"
    ]


def test_two_clients_with_one_name_are_told_at_the_name(workspace: Workspace) -> None:
    for slug in ("a", "b", "c"):
        workspace.write(f"clients/{slug}/client.yaml", "name: Acme\n")
    workspace.write("clients/d/client.yaml", "name: Acme Nord\n")
    assert told_of(workspace, "c", "ACME") == ["“ACME” is also the name in client.yaml of “a”, “b”"]


def test_a_line_end_in_a_path_is_printed_as_its_number(workspace: Workspace) -> None:
    assert display_path(workspace.root / "a\nb\tc\rd").endswith(r"/a\nb\tc\x0dd")
