from __future__ import annotations

from pathlib import Path

import pytest

from workshop.workspace.overlay import Overlay, library_root, lies_in, make_overlay


def write(path: Path, text: str = "") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def overlay(tmp_path: Path) -> Overlay:
    """Three layers: a client `acme`, a workspace and a library, all empty."""
    (tmp_path / "library").mkdir()
    (tmp_path / "ws/clients/acme").mkdir(parents=True)
    return make_overlay("acme", tmp_path / "ws", tmp_path / "library")


def layer_of(overlay: Overlay, kind: str, name: str) -> str | None:
    file = overlay.find(kind, name)
    return file.layer.name if file else None


@pytest.mark.parametrize("kind", ["modules", "templates", "assets"])
def test_the_client_comes_before_the_workspace_and_that_before_the_library(
    tmp_path: Path, overlay: Overlay, kind: str
) -> None:
    assert layer_of(overlay, kind, "a/b.md") is None
    library = write(tmp_path / "library" / kind / "a/b.md")
    assert layer_of(overlay, kind, "a/b.md") == "library"
    workspace = write(tmp_path / "ws" / kind / "a/b.md")
    assert layer_of(overlay, kind, "a/b.md") == "workspace"
    client = write(tmp_path / "ws/clients/acme" / kind / "a/b.md")
    assert layer_of(overlay, kind, "a/b.md") == "client acme"
    every = [file.path for file in overlay.all(kind, "a/b.md")]
    assert every == [client, workspace, library]


def test_cases_lie_at_hand_for_a_client_and_among_the_modules_elsewhere(
    tmp_path: Path, overlay: Overlay
) -> None:
    own = write(tmp_path / "ws/clients/acme/cases/a.md")
    workspace = write(tmp_path / "ws/modules/cases/a.md")
    library = write(tmp_path / "library/modules/cases/a.md")
    write(tmp_path / "library/cases/a.md")
    assert [file.path for file in overlay.all("cases", "a.md")] == [own, workspace, library]


def test_names_of_all_layers_are_listed_once_and_sorted(tmp_path: Path, overlay: Overlay) -> None:
    write(tmp_path / "library/modules/b.md")
    write(tmp_path / "library/modules/c.yaml")
    write(tmp_path / "ws/modules/b.md")
    write(tmp_path / "ws/clients/acme/modules/a.md")
    write(tmp_path / "ws/clients/acme/modules/deep/d.md")
    assert overlay.names("modules", "*.md") == ["a.md", "b.md"]
    assert overlay.names("modules", "**/*") == ["a.md", "b.md", "c.yaml", "deep/d.md"]


def test_another_clients_files_are_not_there(tmp_path: Path, overlay: Overlay) -> None:
    write(tmp_path / "ws/clients/other/assets/logo.svg")
    assert overlay.find("assets", "logo.svg") is None
    assert overlay.names("assets", "**/*") == []
    assert overlay.find("assets", "../../other/assets/logo.svg") is None


@pytest.mark.parametrize(
    "name",
    ["../secret.md", "a/../../secret.md", "../modules/../secret.md", "{secret}", "", ".", "deep"],
)
def test_a_name_does_not_lead_out_of_its_folder(
    tmp_path: Path, overlay: Overlay, name: str
) -> None:
    secret = write(tmp_path / "library/secret.md")
    write(tmp_path / "library/modules/deep/a.md")
    assert overlay.find("modules", name.format(secret=secret)) is None


def test_a_link_that_leads_out_of_the_folder_counts_for_nothing(
    tmp_path: Path, overlay: Overlay
) -> None:
    secret = write(tmp_path / "secret.md")
    inside = write(tmp_path / "ws/modules/real.md")
    (tmp_path / "ws/modules/out.md").symlink_to(secret)
    (tmp_path / "ws/modules/folder").symlink_to(tmp_path)
    (tmp_path / "ws/modules/in.md").symlink_to(inside)
    assert overlay.find("modules", "out.md") is None
    assert overlay.find("modules", "folder/secret.md") is None
    assert overlay.names("modules", "**/*.md") == ["in.md", "real.md"]


def test_a_link_out_does_not_hide_the_file_below_it(tmp_path: Path, overlay: Overlay) -> None:
    library = write(tmp_path / "library/modules/open.md")
    (tmp_path / "ws/modules").mkdir()
    (tmp_path / "ws/modules/open.md").symlink_to(write(tmp_path / "secret.md"))
    assert [file.path for file in overlay.all("modules", "open.md")] == [library]


def test_a_clients_folder_may_itself_be_a_link(tmp_path: Path) -> None:
    real = tmp_path / "elsewhere"
    write(real / "modules/a.md")
    (tmp_path / "ws/clients").mkdir(parents=True)
    (tmp_path / "ws/clients/acme").symlink_to(real)
    overlay = make_overlay("acme", tmp_path / "ws", tmp_path / "library")
    assert layer_of(overlay, "modules", "a.md") == "client acme"


@pytest.mark.parametrize("name", ["x" * 300, f"{'x' * 300}/a.md", "ring/a.md"])
def test_a_name_the_disk_refuses_is_not_there(tmp_path: Path, overlay: Overlay, name: str) -> None:
    (tmp_path / "ws/modules").mkdir()
    (tmp_path / "ws/modules/ring").symlink_to(tmp_path / "ws/modules/ring")
    assert overlay.find("modules", name) is None
    assert overlay.names("modules", "**/*") == []


def test_only_templates_and_assets_are_open_to_a_layout(tmp_path: Path, overlay: Overlay) -> None:
    roots = {root.relative_to(tmp_path).as_posix() for root in overlay.roots}
    layers = ["ws/clients/acme", "ws", "library"]
    assert roots == {f"{layer}/{kind}" for layer in layers for kind in ("templates", "assets")}


def test_a_workspace_that_is_the_library_counts_once(tmp_path: Path) -> None:
    (tmp_path / "same").symlink_to(tmp_path)
    names = [layer.name for layer in make_overlay("a", tmp_path / "same", tmp_path).layers]
    assert names == ["client a", "library"]
    assert [layer.name for layer in make_overlay(None, tmp_path, tmp_path).layers] == ["library"]


def test_lies_in_follows_links_and_does_not_need_the_file(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/out").symlink_to(tmp_path)
    assert lies_in(tmp_path / "in", tmp_path / "in/gone/../a.csv")
    assert not lies_in(tmp_path / "in", tmp_path / "in/out/a.csv")
    assert not lies_in(tmp_path / "in", tmp_path / "in-other")
    assert not lies_in(tmp_path / "in", tmp_path / "in/../a.csv")
    (tmp_path / "in/a.csv").symlink_to(tmp_path / "in/b.csv")
    (tmp_path / "in/b.csv").symlink_to("a.csv")
    assert not lies_in(tmp_path / "in", tmp_path / "in/a.csv")


def test_lies_in_takes_a_folder_by_any_of_its_names(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "same").symlink_to(tmp_path / "in")
    assert lies_in(tmp_path / "same", tmp_path / "same/a.csv")
    assert lies_in(tmp_path / "same", tmp_path / "in/a.csv")
    assert lies_in(tmp_path / "in", tmp_path / "same/a.csv")


def test_the_library_is_there() -> None:
    assert (library_root() / "modules/programme.yaml").is_file()
    assert (library_root() / "templates/agenda/document.yaml").is_file()
