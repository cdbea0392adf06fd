"""The script `run` hands pytest what its forms promise, and takes the interpreter it is told."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parent.parent
# All that the script calls before it starts Python. Nothing to install with is among them.
PROGRAMS = ("cat", "cksum", "dirname", "sh", "uname")
CHECKS = ("ruff", "mypy", "lint-imports")
PYTEST = "pytest -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder"


@dataclass(frozen=True)
class Checkout:
    """Holds a copy of the script beside a .venv whose programs only say how they were called."""

    root: Path

    def run(self, *arguments: str, python: str = "") -> subprocess.CompletedProcess[str]:
        """Run the script with no other programs around it."""
        return subprocess.run(
            [self.root / "run", *arguments],
            env={"PATH": str(self.root / "programs"), "PYTHON": python},
            capture_output=True,
            text=True,
        )

    def lines(self, *arguments: str) -> list[str]:
        """Run the script; return which programs it started and how."""
        done = self.run(*arguments)
        assert done.returncode == 0, done.stderr
        return [line for line in done.stdout.splitlines() if not line.startswith("==")]


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    """A checkout that is set up."""
    root = tmp_path / "checkout"
    bin_folder = root / ".venv" / "bin"
    bin_folder.mkdir(parents=True)
    for name in ("run", "pyproject.toml", "constraints.txt"):
        shutil.copy(REPOSITORY / name, root)
    for name in (*CHECKS, "python"):
        program = bin_folder / name
        line = 'shift; echo pytest "$@"' if name == "python" else f"echo {name}"
        program.write_text(f"#!/bin/sh\n{line}\n", encoding="utf-8")
        program.chmod(0o755)
    programs = root / "programs"
    programs.mkdir()
    for name in PROGRAMS:
        path = shutil.which(name)
        assert path
        (programs / name).symlink_to(path)
    stamp = f'echo "$(cat pyproject.toml constraints.txt | cksum) {bin_folder}/python "'
    text = subprocess.run(["sh", "-c", stamp], cwd=root, capture_output=True, check=True).stdout
    (root / ".venv" / ".installed").write_bytes(text)
    return Checkout(root)


def test_the_whole_run_checks_the_code_and_names_the_slowest(checkout: Checkout) -> None:
    *checks, tests = checkout.lines("tests")
    assert checks == ["ruff", "ruff", "mypy", "lint-imports"]
    assert tests == f"{PYTEST} --durations=20 --durations-min=1"


def test_the_quick_run_leaves_out_what_is_slow(checkout: Checkout) -> None:
    *checks, tests = checkout.lines("tests", "--quick")
    assert checks == ["ruff", "ruff", "mypy", "lint-imports"]
    assert tests == f"{PYTEST} -m not slow"
    assert checkout.run("tests", "--quick").stderr == ""  # it asks for no programs


@pytest.mark.parametrize(
    ("arguments", "passed_on"),
    [
        (["-k", "scanner"], "-k scanner"),
        (["--quick", "-k", "scanner"], "-m not slow -k scanner"),
    ],
)
def test_with_arguments_there_is_pytest_alone(
    checkout: Checkout, arguments: list[str], passed_on: str
) -> None:
    assert checkout.lines("tests", *arguments) == [f"{PYTEST} {passed_on}"]


def test_an_interpreter_that_is_none_is_refused_by_its_name(checkout: Checkout) -> None:
    done = checkout.run("tests", "--quick", python="cat")
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr == "run: PYTHON is cat, which is not Python 3.11 or newer.\n"


def test_help_says_every_form(checkout: Checkout) -> None:
    text = checkout.run("--help").stdout
    for form in ("run workshop ", "run tests ", "run tests --quick ", "PYTHON"):
        assert form in text
