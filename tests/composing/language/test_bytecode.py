"""Templates as code: what comes along is kept for the next process, what a workspace has is not."""

from __future__ import annotations

from pathlib import Path
from types import CodeType

import pytest
from jinja2 import Environment, FileSystemLoader

from workshop.composing.language.bytecode import TemplateCode
from workshop.keeping.memory import Memory

# Each memory is to find what lies on the disk, and nothing else.
pytestmark = pytest.mark.usefixtures("nothing_parsed_before")


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A folder of templates that come along."""
    (tmp_path / "library").mkdir()
    (tmp_path / "library" / "page.html").write_text("Dear {{ name }}")
    return tmp_path / "library"


def code_in(folder: Path, library: Path) -> TemplateCode:
    """Return what a new process has of templates' code."""
    return TemplateCode(Memory(), folder, library)


def kept(folder: Path) -> list[Path]:
    return sorted(folder.glob("*"))


def rendered(templates: Path, code: TemplateCode) -> tuple[str, int]:
    """Return what a template gives in a new environment, and how often one was compiled for it."""
    compiled = 0

    class Counting(Environment):
        def _compile(self, source: str, filename: str) -> CodeType:
            nonlocal compiled
            compiled += 1
            return super()._compile(source, filename)

    environment = Counting(loader=FileSystemLoader(templates), bytecode_cache=code, autoescape=True)
    return environment.get_template("page.html").render(name="Bo"), compiled


def test_what_comes_along_is_compiled_once_for_all_processes(library: Path, tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    assert rendered(library, code_in(folder, library)) == ("Dear Bo", 1)
    assert len(kept(folder)) == 1
    assert folder.stat().st_mode & 0o777 == 0o700
    assert rendered(library, code_in(folder, library)) == ("Dear Bo", 0)


def test_what_a_workspace_has_is_compiled_once_in_a_process(library: Path, tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    code = code_in(folder, tmp_path / "another library")
    assert rendered(library, code) == ("Dear Bo", 1)
    assert rendered(library, code) == ("Dear Bo", 0)
    assert kept(folder) == []


def test_a_template_that_was_changed_is_compiled_again(library: Path, tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    rendered(library, code_in(folder, library))
    (library / "page.html").write_text("Hello {{ name }}")
    assert rendered(library, code_in(folder, library)) == ("Hello Bo", 1)


def test_a_folder_that_others_could_write_to_is_not_trusted(library: Path, tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    rendered(library, code_in(folder, library))
    folder.chmod(0o777)
    assert rendered(library, code_in(folder, library)) == ("Dear Bo", 1)


def test_a_folder_that_cannot_be_made_is_done_without(library: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    code = code_in(tmp_path / "file" / "cache", library)
    assert rendered(library, code) == ("Dear Bo", 1)


def test_a_damaged_file_is_made_again(library: Path, tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    rendered(library, code_in(folder, library))
    [path] = kept(folder)
    path.write_bytes(path.read_bytes()[:40])
    assert rendered(library, code_in(folder, library)) == ("Dear Bo", 1)
