"""The examples of docs/library.md run in their order, and give what stands after `# ->`."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import workshop
from tests.delivery.postbox import Postbox, make_certificate, serving_workspace
from workshop.building.workers import processes
from workshop.cli import main

PAGE = Path(__file__).parent.parent.parent / "docs" / "library.md"
TEXT = PAGE.read_text(encoding="utf-8")
FENCE = re.compile(r"^```python\n(.*?)^```$", re.M | re.S)
PROMISE = re.compile(r"  # -> (.+)$", re.M)


@dataclass(frozen=True)
class Example:
    """A block of the page; `line` is that of its first line."""

    line: int
    code: str

    @property
    def is_script(self) -> bool:
        """Tell whether it is a file of its own, which says what may run in several processes."""
        return "__main__" in self.code

    def statements(self) -> Iterator[tuple[ast.stmt, str | None]]:
        """Yield each statement with what the page promises of it, if it does."""
        lines = self.code.splitlines()
        for statement in ast.parse(self.code).body:
            promise = PROMISE.search(lines[(statement.end_lineno or 0) - 1])
            yield statement, promise and promise[1]

    def run(self, names: dict[str, Any]) -> int:
        """Run it with the names that earlier examples left; return how many promises it kept."""
        promises = 0
        for statement, promise in self.statements():
            place = f"library.md:{self.line + statement.lineno - 1}"
            if promise is None:
                exec(compile(ast.unparse(statement), place, "exec"), names)
                continue
            assert isinstance(statement, ast.Expr), f"{place} is not an expression"
            value = repr(eval(ast.unparse(statement), names))
            assert as_shown(promise).fullmatch(value), f"{place} gives {value}"
            promises += 1
        return promises


def examples() -> list[Example]:
    """Return the page's blocks in their order."""
    return [
        Example(TEXT.count("\n", 0, block.start(1)) + 1, block[1]) for block in FENCE.finditer(TEXT)
    ]


def as_shown(promise: str) -> re.Pattern[str]:
    """Return what matches a promised value, in which `…` stands for anything."""
    return re.compile(re.escape(promise).replace("…", ".*"))


@pytest.fixture
def postbox(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Postbox]:
    """What the mail server gets that is set in the reader's new workspace."""
    monkeypatch.chdir(tmp_path)
    CliRunner().invoke(main, ["init", "my-workshops"], catch_exceptions=False)
    box, certificate = Postbox(), make_certificate(tmp_path_factory.mktemp("certificate"))
    with serving_workspace(tmp_path / "my-workshops", box, certificate, monkeypatch):
        yield box


def test_who_types_the_examples_gets_what_the_page_shows(
    postbox: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    script, *typed = examples()
    assert script.is_script
    Path("make_kits.py").write_text(script.code, encoding="utf-8")
    done = subprocess.run([sys.executable, "make_kits.py"], capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "6 files\n", "")
    # One process of our own: starting others takes longer than all there is to lay out.
    monkeypatch.setattr(processes, "processors", lambda: 1)
    names: dict[str, Any] = {"__name__": "__main__"}
    assert not any(example.is_script for example in typed)
    assert sum(example.run(names) for example in typed) == len(PROMISE.findall(TEXT))
    assert postbox.addresses == ["kim@example.com"]


def test_every_public_function_has_an_example() -> None:
    called = set(re.findall(r"\bworkshop\.(\w+)\(", "".join(block.code for block in examples())))
    assert called == {name for name in workshop.__all__ if not name.startswith("__")}


@pytest.mark.parametrize(
    ("code", "complaint"),
    [
        ("1 + 1  # -> 3", "library.md:7 gives 2"),
        ("x = 1\n\n(\n    x\n)  # -> 2", "library.md:9 gives 1"),
        ("x = 1  # -> 1", "library.md:7 is not an expression"),
    ],
)
def test_a_promise_that_is_not_kept_is_told_with_its_line(code: str, complaint: str) -> None:
    with pytest.raises(AssertionError, match=complaint):
        Example(7, code).run({})
