from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete

from tests.cli.conftest import Run
from tests.tiny_workspace.workspace import Tiny
from workshop.cli import main


def completed(*words: str) -> list[str]:
    """Return what the last word may become."""
    *before, last = words
    completions = ShellComplete(main, {}, "workshop", "_WORKSHOP_COMPLETE")
    return [item.value for item in completions.get_completions(before, last)]


@pytest.fixture
def clients(tiny: Tiny, monkeypatch: pytest.MonkeyPatch) -> Tiny:
    """A second and a third client, and the workspace as the working folder."""
    for slug in ("tinsel", "other"):
        tiny.write(f"clients/{slug}/client.yaml", "name: Other\n")
    monkeypatch.chdir(tiny.root)
    return tiny


def test_commands_and_options_are_completed(run: Run) -> None:
    assert completed("pl") == ["plan"]
    assert completed("list", "m") == ["modules"]
    assert completed("build", "--cli") == ["--client"]


@pytest.mark.usefixtures("clients")
def test_clients_are_completed_from_the_workspace() -> None:
    assert completed("build", "--client", "") == ["other", "tinsel", "tiny"]
    assert completed("check", "--client", "ti") == ["tinsel", "tiny"]
    assert completed("plan", "--client", "x") == []


def test_a_workspace_named_on_the_line_is_the_one_looked_into(
    clients: Tiny, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert completed("build", "--client", "ti") == []
    root = str(clients.root)
    assert completed("build", "--workspace", root, "--client", "ti") == ["tinsel", "tiny"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_every_shell_has_its_script(run: Run, shell: str) -> None:
    result = run("completion", shell)
    assert (result.exit_code, result.stderr) == (0, "")
    assert f"_WORKSHOP_COMPLETE={shell}_complete" in result.stdout


@pytest.mark.skipif(
    shutil.which("bash") is None, reason="it needs bash (Debian: apt-get install bash)"
)
def test_bash_itself_completes_a_client(clients: Tiny) -> None:
    script = """
set -u
eval "$(workshop completion bash)"
COMP_WORDS=(workshop build --client ti) COMP_CWORD=3
_workshop_completion workshop
printf '%s\\n' "${COMPREPLY[@]}"
"""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "--norc", "-c", script],
        cwd=clients.root,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
    )
    assert (done.stdout.split(), done.stderr) == (["tinsel", "tiny"], "")
