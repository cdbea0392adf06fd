"""The tutorial's files are written, its commands run, and what they print is what it shows."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from workshop.building.workers import processes
from workshop.cli import main

pytestmark = pytest.mark.slow

TUTORIAL = Path(__file__).parent.parent.parent / "docs" / "tutorial.md"
FENCE = re.compile(
    r"^(?:`(?P<path>[\w./-]+)`(?P<how>[^\n`]*):\n\n)?```(?P<kind>\w+)\n(?P<text>.*?)^```$",
    re.M | re.S,
)


@dataclass(frozen=True)
class Step:
    """A block of the tutorial: a file's text, what changes in it, or commands and their output."""

    line: int
    kind: str
    path: str | None
    text: str

    @property
    def commands(self) -> Iterator[tuple[str, str]]:
        """Yield each command with what it is said to print."""
        for piece in re.split(r"^\$ ", self.text, flags=re.M)[1:]:
            command, _, output = piece.partition("\n")
            yield command, output.rstrip("\n")

    def change(self) -> None:
        """Write the file; of a `diff`, put its `+` lines into the place of its `-` lines."""
        assert self.path is not None, f"tutorial.md:{self.line} does not name its file"
        file = Path(self.path)
        if self.kind != "diff":
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(self.text, encoding="utf-8")
            return
        lines = self.text.splitlines(keepends=True)
        old = "".join(line[1:] for line in lines if line[0] != "+")
        text = file.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"tutorial.md:{self.line}: {self.path} does not have\n{old}"
        new = "".join(line[1:] for line in lines if line[0] != "-")
        file.write_text(text.replace(old, new), encoding="utf-8")


def steps() -> Iterator[Step]:
    """Yield the blocks in their order."""
    text = TUTORIAL.read_text(encoding="utf-8")
    for found in FENCE.finditer(text):
        line = text.count("\n", 0, found.start("kind")) + 1
        yield Step(line, found["kind"], found["path"], found["text"])


def run(command: str) -> str:
    """Run a command in the working folder; return what it prints, on both streams."""
    words = shlex.split(command, comments=True)
    if words[0] == "cd":
        os.chdir(words[1])
        return ""
    if words[0] == "workshop":
        return CliRunner().invoke(main, words[1:], catch_exceptions=False).output
    done = subprocess.run(words, capture_output=True, text=True, env={**os.environ, "LC_ALL": "C"})
    return done.stdout + done.stderr


def pattern(shown: str) -> re.Pattern[str]:
    """Return what matches the output shown: `…` stands for anything, alone on a line for lines."""
    lines = [
        "(?:.*\n)*" if line.strip() == "…" else re.escape(line).replace("…", ".*") + "\n"
        for line in shown.splitlines()
    ]
    return re.compile("".join(lines))


def test_who_follows_the_tutorial_sees_what_it_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    # One process of our own: starting others takes longer than all there is to lay out.
    monkeypatch.setattr(processes, "processors", lambda: 1)
    ran: set[str] = set()
    for step in steps():
        if step.kind != "console":
            step.change()
            continue
        for command, shown in step.commands:
            printed = run(command)
            ran.update(command.split()[1:2] if command.startswith("workshop ") else ())
            assert pattern(shown).fullmatch(printed), (
                f"tutorial.md:{step.line}\n$ {command}\n{printed}"
            )
    named = re.findall(r"`workshop (\w+)", TUTORIAL.read_text(encoding="utf-8"))
    assert ran >= {"init", "plan", "check", "build", "eject", "email", "print", *named}
