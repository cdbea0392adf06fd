from __future__ import annotations

import unicodedata

import pytest

from tests.conftest import Workspace
from workshop.diagnostics import UsageError
from workshop.tailoring.starting.client_folder import free_folder


@pytest.mark.parametrize(
    "slug", ["acme", "Acme", "st-brigid", "müller_2", "東京", "கல்வி", "x" * 80]
)
def test_a_word_of_any_script_names_a_folder(workspace: Workspace, slug: str) -> None:
    assert free_folder(workspace.root, slug) == workspace.root / "clients" / slug


@pytest.mark.parametrize(
    ("slug", "fault", "hint"),
    [
        ("", "it is empty", "Use letters, digits and hyphens."),
        ("St. Brigid’s", "it has “.” in it", "Call it st-brigids, for example."),
        ("two words", "it has a space in it", "Call it two-words, for example."),
        ("../out", "it has “.” in it", "Call it out, for example."),
        ("a\\b", "it has “\\” in it", "Call it a-b, for example."),
        ("a:b", "it has “:” in it", "Call it a-b, for example."),
        ("a\nb", "it has a space in it", "Call it a-b, for example."),
        (".hidden", "it has “.” in it", "Call it hidden, for example."),
        ("-x", "it begins with “-”", "Call it x, for example."),
        ("CON", "Windows keeps this name for a device", "Call it con-client, for example."),
        ("x" * 81, "it has more than 80 characters", f"Call it {'x' * 80}, for example."),
        ("\udcff", "it has “\udcff” in it", "Use letters, digits and hyphens."),
    ],
)
def test_what_some_disk_cannot_take_is_told_with_a_name_that_works(
    workspace: Workspace, slug: str, fault: str, hint: str
) -> None:
    with pytest.raises(UsageError) as caught:
        free_folder(workspace.root, slug)
    [told] = caught.value.diagnostics
    assert told.message == f"“{slug}” cannot name a client’s folder: {fault}"
    assert told.hint == hint
    if "Call it" in hint:
        free_folder(workspace.root, hint.removeprefix("Call it ").removesuffix(", for example."))


@pytest.mark.parametrize(
    ("there", "asked"),
    [
        ("acme", "acme"),
        ("acme", "Acme"),
        ("Straße", "STRASSE"),
        (unicodedata.normalize("NFD", "zoë"), unicodedata.normalize("NFC", "zoë")),
    ],
)
def test_a_name_that_a_disk_takes_for_another_is_taken(
    workspace: Workspace, there: str, asked: str
) -> None:
    (workspace.root / "clients" / there).mkdir(parents=True)  # without a client.yaml, too
    with pytest.raises(UsageError, match=r"is already there.*; nothing was written"):
        free_folder(workspace.root, asked)
