"""The wheel, installed where there is no checkout: it brings its library and all it depends on."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, PathDistribution, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tests.conftest import REPOSITORY, TextOf
from workshop.building.kit.manifest import read as read_manifest

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Installed:
    """A virtual environment of its own with the wheel in it, and a folder to work in."""

    wheel: Path
    environment: Path
    folder: Path

    def workshop(self, *arguments: str, inside: str = ".") -> list[str]:
        """Run the command outside the checkout; return the lines it printed."""
        done = subprocess.run(
            [self.environment / "bin" / "workshop", *arguments],
            cwd=self.folder / inside,
            env={"PATH": "/usr/bin:/bin", "HOME": str(self.folder), "LANG": "C.UTF-8"},
            capture_output=True,
            text=True,
        )
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout.splitlines()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    build = ["wheel", "--no-deps", "--no-build-isolation", "-w", str(folder), str(REPOSITORY)]
    pip(*build)
    [wheel] = folder.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """The wheel in an environment of its own, with the dependencies it asks for and no others.

    They are the files that are installed here: to fetch and unpack them again takes long.
    """
    environment = tmp_path_factory.mktemp("environment") / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", environment], check=True)
    python = str(environment / "bin" / "python")
    pip("--python", python, "install", "--no-compile", "--no-deps", str(wheel))
    [packages] = environment.glob("lib/python*/site-packages")
    [own] = packages.glob("workshop_kit-*.dist-info")
    for needed in needed_by(PathDistribution(own)):
        link_files(needed, packages)
    return Installed(wheel, environment, tmp_path_factory.mktemp("outside"))


def needed_by(asking: Distribution) -> Iterator[Distribution]:
    """Yield what a distribution asks for, and what that asks for in turn, as it is installed."""
    seen: set[tuple[str, str]] = set()
    waiting = [(asking, "")]
    while waiting:
        parent, extra = waiting.pop()
        for requirement in map(Requirement, parent.requires or ()):
            if requirement.marker and not requirement.marker.evaluate({"extra": extra}):
                continue
            needed = distribution(requirement.name)
            assert requirement.specifier.contains(needed.version, prereleases=True), requirement
            for wanted in ("", *requirement.extras):
                if (needed.name, wanted) not in seen:
                    seen.add((needed.name, wanted))
                    waiting.append((needed, wanted))
                    yield needed


def link_files(installed: Distribution, packages: Path) -> None:
    """Link the files of a distribution into another folder of packages, but for its programs."""
    for file in installed.files or ():
        target = packages / file
        if ".." not in file.parts and not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.symlink_to(Path(str(file.locate())).resolve())


def pip(*arguments: str) -> None:
    command = [sys.executable, "-m", "pip", "-q", "--disable-pip-version-check", *arguments]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_the_wheel_holds_the_package_and_the_library_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        assert {name.split("/")[0].split("-")[0] for name in names} == {"workshop", "workshop_kit"}
        for kind in ("modules", "templates", "profiles"):
            for path in (REPOSITORY / kind).rglob("*"):
                if path.is_file():
                    packed = f"workshop/_library/{path.relative_to(REPOSITORY).as_posix()}"
                    assert archive.read(packed) == path.read_bytes()
    assert not [name for name in names if "acme" in name or "test" in name or "__pycache__" in name]
    assert {"workshop/starter/.gitignore", "workshop/typesetting/fonts/OFL.txt"} <= names


def test_a_new_workspace_is_built_away_from_the_checkout(
    installed: Installed, text_of: TextOf
) -> None:
    assert installed.workshop("init", "mine")[0].startswith("Wrote a workspace")
    documents = ["--only", "agenda", "--only", "manager-briefing"]
    lines = installed.workshop("build", "--client", "first-client", *documents, inside="mine")
    assert lines[-1].startswith("Wrote 3 PDFs for first-client to build/first-client/ in ")
    kit = installed.folder / "mine/build/first-client/first-cohort"
    manifest = read_manifest(kit)
    assert manifest
    assert [entry.path for entry in manifest.files] == [
        "agenda.pdf",
        "manager-briefing/kim-sample.pdf",
        "manager-briefing/lee-sample.pdf",
    ]
    assert "First Client" in text_of(kit / "agenda.pdf")


def test_the_library_is_the_one_in_the_wheel(installed: Installed) -> None:
    installed.workshop("init", "other")
    [line] = installed.workshop("which", "open", inside="other")
    used, layer, path = line.split()
    assert (used, layer) == ("used", "library")
    assert Path(path).is_relative_to(installed.environment)
    assert path.endswith("/workshop/_library/modules/open.md")
