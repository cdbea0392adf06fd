from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import workshop
from tests.cli.conftest import RealRun, Run
from tests.tiny_workspace.workspace import Tiny

COMMANDS = [
    "build", "check", "clean", "completion", "doctor",
    "eject", "email", "init", "list", "new", "pictures", "plan", "print", "roster", "schema",
    "which",
]  # fmt: skip


def test_help_lists_every_command_with_a_whole_sentence(run: Run) -> None:
    result = run("--help")
    assert result.exit_code == 0
    _, _, listed = result.stdout.partition("Commands:\n")
    lines = [line.split(maxsplit=1) for line in listed.splitlines()]
    assert [name for name, _ in lines] == COMMANDS
    assert all(sentence.endswith(".") for _, sentence in lines)
    assert "..." not in listed


def test_the_readme_has_a_line_for_every_command(repository: Path) -> None:
    readme = (repository / "README.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `workshop ([\w-]+)", readme, re.MULTILINE)
    assert sorted(listed) == COMMANDS


@pytest.mark.parametrize(
    "arguments", [["-h"], ["list", "-h"], *[[name, "-h"] for name in COMMANDS]]
)
def test_every_command_explains_itself(run: Run, arguments: list[str]) -> None:
    result = run(*arguments)
    assert result.exit_code == 0
    assert result.stdout.startswith("Usage: workshop ")
    assert result.stderr == ""


def test_the_version_is_the_package_s(run: Run) -> None:
    assert run("--version").stdout == f"workshop, version {workshop.__version__}\n"


def test_asking_for_help_loads_nothing_heavy() -> None:
    script = f"""
import sys
from workshop.cli import main
for arguments in (["--help"], ["--version"], *([name, "--help"] for name in {COMMANDS})):
    main(arguments, standalone_mode=False)
loaded = {{name.partition(".")[0] for name in sys.modules}}
print(sorted(loaded & {{"weasyprint", "jinja2", "pydantic", "pikepdf", "ruamel", "babel", "rich"}}))
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    ("arguments", "answer"),
    [
        (["biuld"], "No such command “biuld”. Did you mean “build”?"),
        (["list", "modles"], "Did you mean 'modules'?"),
        (["build", "--cohrt", "tiny"], "Did you mean '--cohort'?"),
        (["build", "--client", "tiny", "extra"], "Got unexpected extra argument (extra)"),
        (["build"], "Missing option '--client'"),
        (["build", "--client", "tiny", "--jobs", "0"], "0 is not in the range 1<=x<=64"),
        (["completion", "csh"], "'csh' is not one of 'bash', 'zsh', 'fish'"),
    ],
)
def test_a_command_that_cannot_be_understood_is_answered(
    run: Run, arguments: list[str], answer: str
) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert answer in result.stderr
    assert result.stdout == ""


def test_an_unknown_command_far_from_any_is_told_all(run: Run) -> None:
    assert f"Known here: {', '.join(COMMANDS)}." in run("x").stderr


def test_what_the_file_system_refuses_is_no_bug(run: Run, tiny: Tiny) -> None:
    result = run("schema", "--write", "workshop.yaml/schemas")
    assert result.exit_code == 3
    assert result.stderr == "error: workshop.yaml/schemas: Not a directory [file-system]\n"


def test_a_folder_that_is_gone_is_told(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "gone"
    folder.mkdir()
    monkeypatch.chdir(folder)
    folder.rmdir()
    result = run("list", "clients")
    assert result.exit_code == 3
    assert "The folder in which this command was started is no longer there" in result.stderr


def test_a_bug_shows_its_traceback(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("workshop.tailoring.list_choices.list_clients", fail)
    with pytest.raises(ZeroDivisionError):
        run("list", "clients")


def test_a_process_that_ends_looks_through_nothing_once_more() -> None:
    script = "import atexit, gc; atexit.register(lambda: print(gc.get_freeze_count() > 0)); "
    script += "from workshop.cli import run; run()"
    done = subprocess.run(
        [sys.executable, "-c", script, "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout == f"workshop, version {workshop.__version__}\nTrue\n"


@pytest.mark.slow
def test_a_command_that_is_done_ends_as_such_whatever_threads_there_are() -> None:
    script = "import threading, time; threading.Thread(target=time.sleep, args=(1,)).start(); "
    script += "from workshop.cli import run; run()"
    done = subprocess.run([sys.executable, "-c", script, "--version"], capture_output=True)
    assert done.returncode == 0


@pytest.mark.slow
def test_the_installed_command_is_the_same(real_run: RealRun) -> None:
    done = real_run("--version")
    assert (done.returncode, done.stdout) == (0, f"workshop, version {workshop.__version__}\n")
    done = real_run("check", "--client", "tinny")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines() == [
        "error: There is no client “tinny” in clients [unknown-client]",
        "  Did you mean “tiny”?",
    ]
