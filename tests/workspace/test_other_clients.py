from __future__ import annotations

import pytest

from tests.conftest import Workspace
from workshop.workspace.other_clients import read_client_names


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("name: North Works", "North Works"),
        ("name:   North Works   # in Leeds", "North Works"),
        ('name: "North: Works"', "North: Works"),
        ("name: 'North ''Works'''", "North 'Works'"),
        ("name: >-\n  North\n  Works", "North Works"),
        ("paper: A4\nname: C# & Co", "C# & Co"),
        ("name: Zoë, Škoda & Ωμέγα", "Zoë, Škoda & Ωμέγα"),
    ],
)
def test_the_other_clients_are_known_by_name(workspace: Workspace, line: str, name: str) -> None:
    workspace.client("name: Mine\n", "mine")
    workspace.client(f"{line}\n", "north")
    assert read_client_names(workspace.root).besides("mine") == {"north": name}
    assert read_client_names(workspace.root).besides("north") == {"mine": "Mine"}


@pytest.mark.parametrize(
    "text", ["", "nmae: X\n", "name:\n", "name: [\n", "name: {a: 1}\n", "\x00"]
)
def test_a_file_without_a_name_that_can_be_read_has_none(workspace: Workspace, text: str) -> None:
    workspace.client(text, "broken")
    assert read_client_names(workspace.root).besides("mine") == {}


def test_what_else_a_file_says_is_not_looked_at(workspace: Workspace) -> None:
    workspace.client("name: North Works\ncohorts:\n  one: {name: Not it}\n", "north")
    assert read_client_names(workspace.root).lines_besides("mine") == ["north North Works"]
