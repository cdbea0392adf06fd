from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.tiny_workspace.workspace import contents
from workshop.content.yaml.files import FileModel, parse_yaml, validate
from workshop.diagnostics import Report
from workshop.tailoring.client_file.client import ClientFile, CohortFile
from workshop.tailoring.client_file.day_keys import Times
from workshop.tailoring.client_file.look_and_papers import Documents, Fonts, Options
from workshop.workspace.settings import EmailSettings, WorkspaceFile


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
    said, *lines = result.stdout.splitlines()
    assert said == "Wrote a workspace, the folder for all your clients, to my workshops/"
    _, (_, folder), build, _ = (shlex.split(line) for line in lines[-4:])
    assert folder == "my workshops"
    build = build[: build.index("first-client") + 1]
    workspace = ["--workspace", folder]
    assert run("check", "--quick", *workspace).stdout.startswith("first-client: 1 cohort, ")
    built = run(*build[1:], *workspace, "--only", "agenda", "--jobs", "1")
    assert built.exit_code == 0
    assert built.stderr == ""
    assert "Wrote 1 PDF for first-client to my workshops/build/first-client/" in built.stdout
    kit = contents(here / folder / "build/first-client")
    assert "first-cohort/agenda.pdf" in kit


def test_every_file_that_is_written_is_explained(run: Run, here: Path) -> None:
    said = run("init").stdout
    for path in contents(here):
        assert path.split("/")[0] + "/" in said if path.startswith(".schema") else path in said


KEYS = {
    "workshop.yaml": (WorkspaceFile, EmailSettings),
    "clients/first-client/client.yaml": (ClientFile, CohortFile, Options, Times, Fonts, Documents),
}


@pytest.mark.parametrize("file", KEYS)
def test_every_key_of_a_file_stands_there_and_can_be_used(run: Run, here: Path, file: str) -> None:
    run("init")
    text = (here / file).read_text("utf-8")
    for model in KEYS[file]:
        for name, info in model.model_fields.items():
            assert re.search(rf"^[ #]*{info.alias or name}:", text, re.M), name
    lines = [re.sub(r"^( *)# (?= *[A-Za-z-]+:)", r"\1", line) for line in text.splitlines()[1:]]
    # A delivery has one trainer or several.
    lines = [line for line in lines if "trainer: " not in line]
    source = parse_yaml("\n".join(lines), here / file, report := Report())
    assert source
    assert validate(source, KEYS[file][0], report)
    assert list(report) == []


@pytest.mark.parametrize(
    ("file", "model"),
    [
        ("workshop.yaml", WorkspaceFile),
        ("clients/first-client/client.yaml", ClientFile),
        ("clients/first-client/client.yaml", CohortFile),
        ("clients/first-client/client.yaml", Options),
        ("clients/first-client/client.yaml", Documents),
    ],
)
def test_every_key_is_explained_in_its_line(
    run: Run, here: Path, file: str, model: type[FileModel]
) -> None:
    run("init")
    text = (here / file).read_text("utf-8")
    for name, info in model.model_fields.items():
        assert re.search(rf"^[ #]*{info.alias or name}:.*  +# \S", text, re.M), name


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
    assert "  cd " not in result.stdout
    assert "  workshop build --client first-client  writes its PDFs" in result.stdout
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
