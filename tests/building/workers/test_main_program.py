"""A program that builds without asking whether it is the main one is told what it lacks."""

from __future__ import annotations

import sys
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from types import ModuleType

import pytest

from workshop.building.workers.main_program import unguarded_program
from workshop.building.workers.processes import worker_pool
from workshop.diagnostics import EnvironmentFault

GUARDED = 'import workshop\nif __name__ == "__main__":\n    workshop.build()\n'


def run_as_main(monkeypatch: pytest.MonkeyPatch, path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    program = ModuleType("__main__")
    program.__file__ = str(path)
    monkeypatch.setitem(sys.modules, "__main__", program)
    return path


def test_a_program_without_a_guard_is_told_what_it_lacks(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = run_as_main(monkeypatch, tmp_path / "kit.py", "import workshop\nworkshop.build()\n")
    told = pytest.raises(EnvironmentFault, match="runs this program from its beginning")
    with told as caught, worker_pool(1):
        raise BrokenProcessPool
    [fault] = caught.value.diagnostics
    assert fault.location
    assert fault.location.path == path
    assert 'below the line `if __name__ == "__main__":`' in str(fault.hint)


def test_any_other_program_is_not(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    run_as_main(monkeypatch, tmp_path / "kit.py", GUARDED)
    assert unguarded_program() is None
    (tmp_path / "kit.py").unlink()
    assert unguarded_program() is None
    monkeypatch.delattr(sys.modules["__main__"], "__file__")
    assert unguarded_program() is None
