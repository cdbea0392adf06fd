"""A workspace of its own whose kit is laid out in no time: two people, two short modules."""

from __future__ import annotations

import shutil
from concurrent.futures import Executor
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

import pytest

import workshop
from tests.made_once import made_once
from workshop.building.build_plan import OnProgress, build_plan
from workshop.building.steps.kit_in_progress import BuiltKit
from workshop.building.workers.processes import worker_pool
from workshop.keeping.store import FOLDER

ROSTER = "clients/tiny/roster.csv"
CLIENT = "clients/tiny/client.yaml"


@dataclass(frozen=True)
class Tiny:
    """A copy of the workspace beside this file, with the client `tiny` and its cohort `autumn`."""

    root: Path

    @classmethod
    def copied_to(cls, root: Path) -> Tiny:
        """Copy the workspace into a folder that is not there yet."""
        shutil.copytree(Path(__file__).parent, root, ignore=shutil.ignore_patterns("*.py", "__*"))
        return cls(root)

    @property
    def kit(self) -> Path:
        """The folder the kit is built into."""
        return self.root / "build" / "tiny" / "autumn"

    def write(self, path: str, text: str) -> Path:
        """Write a file below the workspace; folders are made as needed."""
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
        return target

    def change(self, path: str, old: str, new: str) -> None:
        """Replace what stands in a file once."""
        text = (self.root / path).read_text(encoding="utf-8")
        assert text.count(old) == 1
        self.write(path, text.replace(old, new))

    def build(
        self,
        *documents: str,
        workers: int = 1,
        executor: Executor | None = None,
        on_progress: OnProgress = lambda _progress: None,
    ) -> BuiltKit:
        """Build the kit, or some of its documents, as a new process does.

        The work is done by so many `workers`, or handed to an executor of the test's own.
        """
        memory = workshop.open_memory(self.root)
        plan = workshop.plan(workshop.load(self.root, "tiny", memory), (), documents)
        pool = nullcontext(executor) if executor else worker_pool(workers)
        [kit] = build_plan(plan, self.root / "build", pool, on_progress, memory)
        return kit


@pytest.fixture
def tiny(tmp_path: Path) -> Tiny:
    """The tiny workspace, to be built and written into."""
    return Tiny.copied_to(tmp_path / "workspace")


@pytest.fixture(scope="session")
def kept_results(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """What a build of all documents of the tiny workspace keeps for the next one."""

    def build(root: Path) -> None:
        Tiny.copied_to(root).build()

    return made_once(tmp_path_factory, worker_id, "tiny", build) / FOLDER


@pytest.fixture
def laid_out_before(tmp_path: Path, kept_results: Path) -> Tiny:
    """The tiny workspace without a kit, but with all that has been laid out of it.

    It is for tests of what comes of a build, and not of how it is done: nothing is laid out again.
    """
    tiny = Tiny.copied_to(tmp_path / "workspace")
    shutil.copytree(kept_results, tiny.root / FOLDER)
    return tiny


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder, by its path."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def in_part(text: str) -> str:
    """Return the template of a document with one part that prints `text`."""
    return '{% call part("only") %}\n' + text + "\n{% endcall %}\n"
