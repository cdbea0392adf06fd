from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.tiny_workspace.workspace import Tiny
from tests.tiny_workspace.workspace import laid_out_before as tiny

__all__ = ["tiny"]

FINE = "tiny: 1 cohort, 7 PDFs to make, nothing wrong.\n"


@pytest.mark.slow
def test_the_workspace_is_found_from_any_folder_in_it(
    run: Run, tiny: Tiny, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tiny.root / "clients" / "tiny")
    assert run("check").stdout == FINE


@pytest.mark.slow
def test_the_workspace_may_be_named(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("check", "--workspace", "workspace").stdout == FINE
    monkeypatch.setenv("WORKSHOP_WORKSPACE", str(tmp_path / "workspace"))
    assert run("check").stdout == FINE


def test_a_workspace_that_is_named_is_not_looked_for_further_up(run: Run, tiny: Tiny) -> None:
    result = run("check", "--workspace", "clients")
    assert result.exit_code == 2
    assert "There is no workshop.yaml here: clients is no workspace" in result.stderr


@pytest.mark.parametrize(
    "command",
    [
        ["build", "--client", "tiny"],
        ["check"],
        ["plan", "--client", "tiny"],
        ["list", "clients"],
        ["list", "modules"],
        ["list", "documents"],
        ["which", "open"],
        ["eject", "open"],
    ],
)
def test_outside_a_workspace_every_command_says_how_to_make_one(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(*command)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.splitlines() == [
        "error: There is no workshop.yaml here: this folder and those above it are no workspace "
        "[no-workspace]",
        "  Make one with `workshop init`, or name one with --workspace.",
    ]


def test_a_folder_called_workshop_yaml_makes_no_workspace(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "empty" / "workshop.yaml").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "empty")
    assert run("check").exit_code == 2
