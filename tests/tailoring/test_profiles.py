from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Workspace
from workshop.diagnostics import ContentError, Location, UsageError
from workshop.tailoring.named_in_profile import check_named
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
    ("text", "line", "message"),
    [
        ("layout: booklet", 2, "With `layout: booklet`, nothing says how large the sheets are"),
        ("layout: two-up", 2, "With `layout: two-up`, nothing says how large the sheets are"),
        ("layout: two-up\nsheet: {}", 3, "With `layout: two-up`, nothing says how large"),
        (
            "layout: booklet\nsheet: {A4: A4}\nsides: simplex",
            4,
            "A booklet is printed on both sides",
        ),
        ("layout: two-up\nsheet: {A4: A4}\nbleed: 3", 4, "Bleed and crop marks are for"),
        ("layout: two-up\nsheet: {A4: A4}\ncrop-marks: true", 4, "Bleed and crop marks are for"),
        ("colour: black-and-white\nspot: PANTONE 186 C", 3, "A run in black has no spot colour"),
        ("for: room", 2, "Nothing says which documents the room gets"),
        ("for: room\ndocuments: []", 3, "Nothing says which documents the room gets"),
        ("finishing: [stapel]", 2, "stapel"),
        ("crop_marks: true", 2, "crop_marks"),
    ],
)
def test_what_does_not_go_together_is_a_fault_with_its_place(
    workspace: Workspace, text: str, line: int, message: str
) -> None:
    with pytest.raises(ContentError) as raised:
        read(workspace, f"title: Own\n{text}\n")
    [fault] = raised.value.diagnostics
    assert message in fault.message
    assert fault.location is not None
    assert fault.location.line == line


@pytest.mark.parametrize(("key", "most"), [("notes", 40), ("parts", 500), ("documents", 200)])
def test_a_profile_has_no_lists_without_end(workspace: Workspace, key: str, most: int) -> None:
    listed = ", ".join(f"n{number}" for number in range(1_000))
    with pytest.raises(ContentError) as caught:
        read(workspace, f"title: Long\n{key}: [{listed}]\n")
    [fault] = caught.value.diagnostics
    assert fault.location == Location(workspace.root / "profiles/own.yaml", 2, len(key) + 3)
    assert str(most) in fault.message


@pytest.mark.parametrize("ink", ["All", "None", "black", '" Cyan "'])
def test_an_ink_that_printers_have_already_is_none_of_the_brand_s(
    workspace: Workspace, ink: str
) -> None:
    with pytest.raises(ContentError) as caught:
        read(workspace, f"title: Own\nspot: {ink}\n")
    [fault] = caught.value.diagnostics
    assert "is no ink of its own" in fault.message
    assert fault.location == Location(workspace.root / "profiles/own.yaml", 2, 7)


def test_a_title_that_is_too_long_is_told_in_characters(workspace: Workspace) -> None:
    with pytest.raises(ContentError, match="“title” must have at most 200 characters"):
        read(workspace, f"title: {'x' * 201}\n")


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("documents: [badges]", 2, "There is no document “badges” Did you mean “badge”?"),
        ("documents: [agenda, '']", 2, "There is no document “”"),
        ("leave-out: [crads]", 2, "No template has a part “crads” Did you mean “cards”?"),
        ("parts:\n- cards\n- fornt", 4, "No template has a part “fornt” Did you mean “front”?"),
    ],
)
def test_a_document_or_part_that_nobody_has_is_told(
    workspace: Workspace, text: str, line: int, told: str
) -> None:
    workspace.write("clients/other/templates/badge/document.yaml", "title: Badge\n")
    workspace.write("templates/sign/document.html.j2", '{% call part("front") %}x{% endcall %}')
    with pytest.raises(ContentError) as caught:
        check_named(read(workspace, f"title: Own\n{text}\n"), workspace.root)
    [fault] = caught.value.diagnostics
    assert f"{fault.message} {fault.hint or ''}".startswith(told)
    assert fault.location
    assert fault.location.line == line


def test_another_client_s_document_and_a_part_made_up_are_no_slips(workspace: Workspace) -> None:
    workspace.write("clients/other/templates/badge/document.yaml", "title: Badge\n")
    workspace.write("templates/sign/document.html.j2", "{% call part('x-' ~ y) %}x{% endcall %}")
    text = "title: Own\ndocuments: [badge, agenda-large-print]\nparts: [x-1]\n"
    check_named(read(workspace, text), workspace.root)
