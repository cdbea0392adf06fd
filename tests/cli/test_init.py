from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.tiny_workspace.workspace import contents


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> Path:
    """An empty working folder."""
    folder = tmp_path / "empty"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.mark.slow
def test_a_new_workspace_has_a_client_that_can_be_built(run: Run, here: Path) -> None:
    result = run("init", "my workshops")
    assert (result.exit_code, result.stderr) == (0, "")
    said, *commands = result.stdout.splitlines()
    assert said == "Wrote workshop.yaml and clients/first-client/ to my workshops/"
    [_, folder], build = (shlex.split(command) for command in commands)
    assert folder == "my workshops"
    workspace = ["--workspace", folder]
    assert run("check", "--quick", *workspace).stdout.startswith("first-client: 1 cohort, ")
    built = run(*build[1:], *workspace, "--only", "agenda", "--jobs", "1")
    assert built.exit_code == 0
    assert built.stderr == ""
    assert "Wrote 1 PDF for first-client to my workshops/build/first-client/" in built.stdout
    kit = contents(here / folder / "build/first-client")
    assert "first-cohort/agenda.pdf" in kit


def test_the_editor_s_schemas_lie_where_the_files_say(run: Run, here: Path) -> None:
    run("init")
    for file in (here / "workshop.yaml", here / "clients/first-client/client.yaml"):
        first = file.read_text().splitlines()[0]
        schema = first.removeprefix("# yaml-language-server: $schema=")
        assert (file.parent / schema).is_file()


@pytest.mark.slow
def test_it_is_made_here_when_no_folder_is_named(run: Run, here: Path) -> None:
    result = run("init")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1] == "  workshop build --client first-client"
    assert (here / "workshop.yaml").is_file()
    assert run("check", "--quick").exit_code == 0


def test_what_lies_in_the_folder_already_may_stay(run: Run, here: Path) -> None:
    (here / "notes.txt").write_text("mine")
    assert run("init").exit_code == 0
    assert (here / "notes.txt").read_text() == "mine"


@pytest.mark.parametrize(
    "taken", ["workshop.yaml", "clients/first-client/client.yaml", ".gitignore"]
)
def test_nothing_is_ever_overwritten(run: Run, here: Path, taken: str) -> None:
    (here / taken).parent.mkdir(parents=True, exist_ok=True)
    (here / taken).write_text("mine")
    result = run("init")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "nothing was written" in result.stderr
    assert contents(here) == {taken: b"mine"}


def test_a_workspace_is_not_made_twice(run: Run, here: Path) -> None:
    run("init", "one")
    before = contents(here)
    assert run("init", "one").exit_code == 2
    assert contents(here) == before


def test_a_folder_that_cannot_be_made_is_no_bug(run: Run, here: Path) -> None:
    (here / "file").write_text("mine")
    assert run("init", "file").exit_code == 2
    assert run("init", "file/below").exit_code == 3
    assert contents(here) == {"file": b"mine"}
