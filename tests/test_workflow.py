"""The build server's workflow passes a linter, and runs our script with every Python we promise."""

from __future__ import annotations

import re
import subprocess
import sysconfig
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

REPOSITORY = Path(__file__).parent.parent
WORKFLOW = REPOSITORY / ".github" / "workflows" / "tests.yml"


def lint(workflow: Path) -> tuple[int, str]:
    """Return zizmor's exit code and what it said; it asks nobody on the network."""
    zizmor = Path(sysconfig.get_path("scripts")) / "zizmor"
    options = ("--offline", "--no-config", "--no-progress", "--strict-collection")
    done = subprocess.run([zizmor, *options, workflow], capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def test_the_linter_has_nothing_against_it() -> None:
    code, output = lint(WORKFLOW)
    assert code == 0, output


@pytest.mark.parametrize(
    ("right", "wrong", "complaint"),
    [
        (r"runs-on:", "run-on:", "runs-on"),
        (r"steps:", "steps: [", "invalid YAML"),
        (r"contents: read", "contents: all", "permissions"),
        (r"permissions:\n  contents: read", "permissions: write-all", "excessive-permissions"),
        (r"checkout@\w{40} # \S+", "checkout@v6", "unpinned-uses"),
        (r"run: \.ci/run", "run: .ci/run ${{ github.head_ref }}", "template-injection"),
    ],
)
def test_it_finds_what_is_wrong_in_a_copy(
    tmp_path: Path, right: str, wrong: str, complaint: str
) -> None:
    text, changes = re.subn(right, wrong, WORKFLOW.read_text(encoding="utf-8"))
    assert changes
    copy = tmp_path / "tests.yml"
    copy.write_text(text, encoding="utf-8")
    code, output = lint(copy)
    assert code != 0
    assert complaint in output


@pytest.fixture(scope="module")
def jobs() -> dict[str, Any]:
    """The workflow's jobs by their ids."""
    jobs: dict[str, Any] = YAML(typ="safe").load(WORKFLOW)["jobs"]
    return jobs


def test_every_job_runs_the_one_script_and_is_stopped_when_it_hangs(jobs: dict[str, Any]) -> None:
    for job in jobs.values():
        assert job["steps"][-1] == {"run": ".ci/run"}
        assert job["timeout-minutes"] == 90


def test_every_python_that_the_script_looks_for_is_tried(jobs: dict[str, Any]) -> None:
    script = (REPOSITORY / "run").read_text(encoding="utf-8")
    pythons = set(re.findall(r"python3\.\d+", script.partition("find_python()")[2]))
    matrix = jobs["ubuntu-and-macos"]["strategy"]["matrix"]
    assert {f"python{version}" for version in matrix["python"]} == pythons
    debian = jobs["debian"]["strategy"]["matrix"]["include"]
    assert {entry["python"] for entry in debian} == pythons
