from __future__ import annotations

from pathlib import Path

import pytest

from workshop.diagnostics import ContentError, UsageError
from workshop.workspace.kits_folder import kits_folder
from workshop.workspace.overlay import library_root


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "home" / "work"
    (root / "clients" / "acme" / "modules").mkdir(parents=True)
    (root / "workshop.yaml").touch()
    monkeypatch.chdir(root)
    return root


@pytest.mark.parametrize(
    "output",
    [
        "clients",
        "clients/acme",
        "clients/acme/modules/kits",
        "modules",
        "templates/kits",
        "assets",
        "profiles",
        "build/../clients",
        "link",
    ],
)
def test_kits_do_not_come_among_the_files_that_people_write(workspace: Path, output: str) -> None:
    (workspace / "link").symlink_to("clients")
    with pytest.raises(UsageError, match="a kit could replace them") as caught:
        kits_folder(workspace, "acme", Path(output))
    [fault] = caught.value.diagnostics
    assert fault.hint == "Name a folder that holds nothing else, such as build."
    (workspace / "workshop.yaml").write_text(f"\noutput: {output}\n")
    with pytest.raises(ContentError) as told:
        kits_folder(workspace)
    assert str(told.value).startswith("workshop.yaml:2:9: error: Kits cannot be written into ")


@pytest.mark.parametrize(
    ("output", "client"),
    [(".", "modules"), (".", "clients"), ("..", "work"), ("../..", "home")],
)
def test_a_clients_kits_do_not_take_the_place_of_such_a_folder(
    workspace: Path, output: str, client: str
) -> None:
    assert kits_folder(workspace, "acme", Path(output)) == Path(output)
    with pytest.raises(UsageError, match="a kit could replace them"):
        kits_folder(workspace, client, Path(output))


def test_kits_do_not_come_into_the_library(workspace: Path) -> None:
    with pytest.raises(UsageError):
        kits_folder(workspace, "acme", library_root() / "templates")


@pytest.mark.parametrize("output", ["build", "../kits", "modules-printed", "/srv/kits", "loop"])
def test_any_other_folder_is_taken(workspace: Path, output: str) -> None:
    (workspace / "loop").symlink_to("loop")
    assert kits_folder(workspace, "acme", Path(output)) == Path(output)
