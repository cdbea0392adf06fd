"""Run a command on hostile files one after another, in a process with little memory and time.

`python -m tests.hostile.trying FOLDER SEED NUMBER` prints a line of JSON for each file that is not
told as it should be, and at last how much memory was taken.
"""

from __future__ import annotations

import json
import os
import re
import resource
import shutil
import sys
import time
import traceback
from pathlib import Path

from click.testing import CliRunner

import workshop
from tests.hostile.files import Spoil, spoilers
from tests.peak import peak
from tests.tiny_workspace.workspace import Tiny
from workshop.cli import main
from workshop.keeping.memory import Memory
from workshop.tailoring import list_choices, tailor
from workshop.workspace import input_files
from workshop.workspace.overlay import library_root

TINY = Path(__file__).parent.parent / "tiny_workspace"
SECONDS = 30
MEGABYTES = 500
# What reads a file, by how its path begins. To print reads and plans all, and finds no kit.
PRINT = ["print", "--client", "tiny"]
COMMANDS = {
    "templates/badge/document.html": ["check", "--quick", "--client", "tiny"],
    "templates/badge/document.css": ["check", "--quick", "--client", "tiny"],
    "clients/tiny/templates": ["check", "--quick", "--client", "tiny"],
    "clients/tiny/assets": ["check", "--quick", "--client", "tiny"],
    "clients/other": ["list", "clients"],
    "modules/new": ["list", "modules"],
    "profiles": ["list", "profiles"],
    "workshop.yaml": ["print", "--client", "tiny", "--profile", "own"],
}
STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u206f\ud800-\udfff]")


def try_all(folder: Path, seed: int, number: int) -> None:
    """Try so many files, each in a workspace of its own below `folder`."""
    _read_little(folder / "library")
    for name, spoil in spoilers(seed, number):
        started = time.monotonic()
        command = next((COMMANDS[path] for path in COMMANDS if name.startswith(path)), PRINT)
        wrong = _try(folder, spoil, command)
        seconds = time.monotonic() - started
        if seconds > SECONDS:
            wrong = f"{seconds:.0f} seconds"
        if wrong:
            print(json.dumps({"input": name, "wrong": wrong}), flush=True)
    print(json.dumps({"tried": number, "peak": peak()}))


def _read_little(library: Path) -> None:
    """Read what is not spoilt once, and of the library only what the tiny workspace has of it."""
    memory = Memory()
    for name in ("manager-briefing", "agenda", "_shared"):
        source = library_root() / "templates" / name
        shutil.copytree(source, library / "templates" / name, dirs_exist_ok=True)
    shutil.copytree(TINY / "modules", library / "modules", dirs_exist_ok=True)
    for module in (tailor, list_choices, input_files):
        vars(module)["library_root"] = lambda: library
    vars(workshop)["open_memory"] = lambda _workspace: memory


def _try(folder: Path, spoil: Spoil, arguments: list[str]) -> str:
    """Return what a command does wrong in a spoilt workspace, or ""."""
    shutil.rmtree(folder / "workspace", ignore_errors=True)
    tiny = Tiny.copied_to(folder / "workspace")
    os.chdir(tiny.root)
    before = _outside(folder)
    tiny.change("clients/tiny/client.yaml", "name: Tiny Ltd\n", "name: Tiny Ltd\nlogo: logo.svg\n")
    tiny.write("clients/tiny/assets/logo.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
    spoil(tiny.root)
    result = CliRunner().invoke(main, arguments)
    if result.exception and not isinstance(result.exception, SystemExit):
        return "".join(traceback.format_exception(result.exception))[-1500:]
    said = result.stdout + result.stderr
    if result.exit_code not in range(4):
        return f"exit code {result.exit_code}"
    if said.count("\n") >= 200:
        return f"{said.count(chr(10))} lines are said"
    if match := STEERING.search(said):
        return f"U+{ord(match[0]):04X} is said"
    if "Traceback" in said:
        return said
    return "something outside was written" if _outside(folder) != before else ""


def _outside(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if folder / "workspace" not in (path, *path.parents)}


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CPU, (120, 120))
    try_all(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
