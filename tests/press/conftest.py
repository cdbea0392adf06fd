"""The tiny workspace with its kit built, to print from."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

import workshop
from tests.conftest import READINGS
from tests.made_once import made_once
from tests.tiny_workspace.workspace import CLIENT, Tiny
from workshop.building.kit.finished_kit import read_kit
from workshop.press.run import PrintRun, make_run
from workshop.tailoring.profiles import read_profile

ORDER = "packs: [participant-workbook, exercises, badge]\n"


@dataclass(frozen=True)
class Press:
    """The tiny workspace, and what prints from its kit."""

    tiny: Tiny

    def run(self, profile: str = "office-duplex", spares: int | None = None) -> PrintRun:
        """Make a run as `workshop print` does."""
        tailored = workshop.load(self.tiny.root, "tiny", READINGS)
        plan = workshop.plan(tailored)
        chosen = read_profile(tailored.overlay, profile)
        [cohort] = plan.cohorts
        kit = read_kit(self.tiny.kit.parent.parent, "tiny", cohort.day.cohort.slug)
        return make_run(plan, cohort, kit, chosen, spares, lambda _progress: None)

    def client(self, text: str) -> None:
        """Add to the client file, at its end."""
        path = self.tiny.root / CLIENT
        path.write_text(path.read_text("utf-8") + text, encoding="utf-8")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Tiny:
    """The tiny workspace with a kit of two people and a nameless copy; not to be written into."""

    def build(root: Path) -> None:
        tiny = Tiny.copied_to(root)
        Press(tiny).client("spares: 1\n" + ORDER)
        tiny.build()

    return Tiny(made_once(tmp_path_factory, worker_id, "built", build))


@pytest.fixture
def press(built: Tiny, tmp_path: Path) -> Press:
    """The built workspace, to be printed from and written into."""
    return Press(Tiny(Path(shutil.copytree(built.root, tmp_path / "workspace"))))


@pytest.fixture(scope="module")
def run_of(built: Tiny, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], PrintRun]:
    """Print the built workspace with three spares, by each profile once; only to be looked at."""
    folder = tmp_path_factory.mktemp("printed") / "workspace"
    press = Press(Tiny(Path(shutil.copytree(built.root, folder))))
    return cache(lambda profile: press.run(profile, spares=3))
