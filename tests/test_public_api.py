from __future__ import annotations

import inspect
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import workshop
from workshop.building.build_plan import BuildProgress
from workshop.diagnostics import ContentError, UsageError


def test_these_names_are_public_and_no_others() -> None:
    assert workshop.__all__ == ["__version__", "build", "deliver", "load", "plan"]
    assert set(workshop.__all__) <= set(dir(workshop))


@pytest.mark.parametrize(
    ("name", "parameters"),
    [
        ("load", ["workspace", "client"]),
        ("plan", ["tailored", "cohorts", "documents", "editions"]),
        ("build", ["plan", "output", "workers", "on_progress", "cluster", "strict"]),
        ("deliver", ["plan", "output", "on_event"]),
    ],
)
def test_they_are_called_with_these_words(name: str, parameters: list[str]) -> None:
    assert list(inspect.signature(getattr(workshop, name)).parameters) == parameters


def test_the_version_is_the_package_s(repository: Path) -> None:
    project = tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))
    assert workshop.__version__ == project["project"]["version"]


def test_one_after_the_other_they_make_a_kit(repository: Path, tmp_path: Path) -> None:
    seen: list[BuildProgress] = []
    tailored = workshop.load(repository, "minimal")
    plan = workshop.plan(tailored, ["session"], ["agenda"])
    [kit] = workshop.build(plan, tmp_path, workers=1, on_progress=seen.append)
    assert kit.folder == tmp_path / "minimal" / "session"
    assert [entry.path for entry in kit.made] == ["agenda.pdf"]
    assert (kit.folder / "agenda.pdf").read_bytes().startswith(b"%PDF-")
    laid_out, written = seen
    assert (laid_out.stage, laid_out.what, laid_out.done, laid_out.total) == (
        "lay out",
        "agenda",
        1,
        1,
    )
    assert written == BuildProgress("write", "session/agenda.pdf", 1, 1)


def test_what_is_wrong_is_raised_with_every_fault(tmp_path: Path) -> None:
    (tmp_path / "clients" / "one").mkdir(parents=True)
    (tmp_path / "clients" / "one" / "client.yaml").write_text("nmae: One\npaper: A3\n")
    with pytest.raises(ContentError) as content:
        workshop.load(tmp_path, "one")
    assert len(content.value.diagnostics) >= 2
    with pytest.raises(UsageError, match="There is no client “two”"):
        workshop.load(tmp_path, "two")


def test_importing_the_package_loads_nothing_else() -> None:
    script = "import sys, workshop; print([name for name in sys.modules if 'workshop.' in name])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.stdout == "[]\n"
