from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Workspace
from workshop.diagnostics import ContentError, Location, UsageError
from workshop.tailoring.profiles import Profile, profile_names, read_profile
from workshop.workspace.overlay import library_root, make_overlay


def read(workspace: Workspace, text: str) -> Profile:
    workspace.write("profiles/own.yaml", text)
    return read_profile(make_overlay("test", workspace.root, library_root()), "own")


def test_every_profile_that_comes_along_can_be_read(repository: Path) -> None:
    overlay = make_overlay(None, repository, library_root())
    names = profile_names(overlay)
    usual = {"office-duplex", "office-simplex", "booklet", "two-up", "press", "cards", "tents"}
    assert usual <= set(names)
    assert [read_profile(overlay, name).name for name in names] == names


def test_a_client_s_profile_counts_before_the_library_s(workspace: Workspace) -> None:
    workspace.write("clients/test/profiles/booklet.yaml", "title: Ours\n")
    profile = read_profile(make_overlay("test", workspace.root, library_root()), "booklet")
    assert (profile.file.title, profile.layer) == ("Ours", "client test")


def test_an_unknown_profile_is_told_with_the_nearest(workspace: Workspace) -> None:
    with pytest.raises(UsageError) as raised:
        read_profile(make_overlay("test", workspace.root, library_root()), "boklet")
    assert raised.value.diagnostics[0].hint == "Did you mean “booklet”?"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("layout: booklet", "With `layout: booklet`, nothing says how large the sheets are"),
        ("layout: two-up", "With `layout: two-up`, nothing says how large the sheets are"),
        (
            "layout: booklet\nsheet: {A4: A4}\nsides: simplex",
            "A booklet is printed on both sides",
        ),
        ("layout: two-up\nsheet: {A4: A4}\nbleed: 3", "Bleed and crop marks are for"),
        ("for: room", "Nothing says which documents the room gets"),
        ("finishing: [stapel]", "stapel"),
        ("crop_marks: true", "crop_marks"),
    ],
)
def test_what_does_not_go_together_is_a_fault_with_its_place(
    workspace: Workspace, text: str, message: str
) -> None:
    with pytest.raises(ContentError) as raised:
        read(workspace, f"title: Own\n{text}\n")
    [fault] = raised.value.diagnostics
    assert message in fault.message
    assert fault.location is not None
    assert fault.location.line is not None


@pytest.mark.parametrize(("key", "most"), [("notes", 40), ("parts", 500), ("documents", 200)])
def test_a_profile_has_no_lists_without_end(workspace: Workspace, key: str, most: int) -> None:
    listed = ", ".join(f"n{number}" for number in range(1_000))
    with pytest.raises(ContentError) as caught:
        read(workspace, f"title: Long\n{key}: [{listed}]\n")
    [fault] = caught.value.diagnostics
    assert fault.location == Location(workspace.root / "profiles/own.yaml", 2, len(key) + 3)
    assert str(most) in fault.message
