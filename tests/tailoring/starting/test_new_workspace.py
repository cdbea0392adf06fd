from __future__ import annotations

import os
from pathlib import Path

import pytest

import workshop
from tests.conftest import READINGS
from workshop.diagnostics import EnvironmentFault, UsageError
from workshop.tailoring.json_schema import NAMES, schema_of
from workshop.tailoring.starting.new_workspace import start
from workshop.workspace.settings import output_folder


def below(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_a_new_workspace_has_a_client_that_can_be_planned(tmp_path: Path) -> None:
    folder = tmp_path / "deep/workshops"
    start(folder)
    assert output_folder(folder) == folder / "build"
    tailored = workshop.load(folder, "first-client", READINGS)
    assert tailored.warnings == ()
    [cohort] = workshop.plan(tailored).cohorts
    assert cohort.day.cohort.roster
    assert {job.document.name for job in cohort.jobs} >= {
        "agenda", "exercises", "manager-briefing", "participant-workbook"
    }  # fmt: skip


def test_its_editor_knows_what_the_files_may_hold(tmp_path: Path) -> None:
    start(tmp_path)
    assert {path.stem for path in (tmp_path / ".schema").iterdir()} == set(NAMES)
    assert (tmp_path / ".schema/client.json").read_text("utf-8") == schema_of("client")


def test_kits_are_not_to_be_committed(tmp_path: Path) -> None:
    start(tmp_path)
    assert "build/" in (tmp_path / ".gitignore").read_text("utf-8").splitlines()


def test_what_else_is_in_the_folder_stays(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    start(tmp_path)
    assert (tmp_path / "notes.txt").read_text() == "mine"


@pytest.mark.parametrize(
    "taken", [".gitignore", "clients/first-client/roster.csv", ".schema/client.json"]
)
def test_nothing_is_overwritten_and_nothing_half_written(tmp_path: Path, taken: str) -> None:
    (tmp_path / taken).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / taken).write_text("mine")
    with pytest.raises(UsageError) as caught:
        start(tmp_path)
    [fault] = caught.value.diagnostics
    assert fault.message.endswith("is already there; nothing was written")
    assert fault.hint == "Name another folder: `workshop init my-workshops`."
    assert below(tmp_path) == {taken: b"mine"}


def test_a_workspace_is_not_started_twice(tmp_path: Path) -> None:
    start(tmp_path)
    before = below(tmp_path)
    with pytest.raises(UsageError, match="is a workspace already; nothing was written"):
        start(tmp_path)
    assert below(tmp_path) == before


def test_a_folder_that_cannot_be_written_is_a_fault_of_the_machine(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(EnvironmentFault, match="cannot be written: Not a directory"):
        start(tmp_path / "file/workshops")


def test_a_name_too_long_for_the_disk_is_one_too(tmp_path: Path) -> None:
    longest = os.pathconf(tmp_path, "PC_NAME_MAX")
    with pytest.raises(EnvironmentFault, match="cannot be written: File name too long"):
        start(tmp_path / ("x" * (longest + 1)))
