"""The pages about the architecture name what is there: every file, and no name that is gone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.file_table import COMMAND, PACKAGE, PAGE, REPOSITORY, first_sentence, table

DOCS = REPOSITORY / "docs"
PAGES = [DOCS / "architecture.md", *sorted((DOCS / "architecture").glob("*.md"))]
# Where the program's names stand, and those of its tests and settings.
SOURCES = [
    *PACKAGE.rglob("*.py"),
    *(REPOSITORY / "tests").rglob("*.py"),
    *(REPOSITORY / "templates").rglob("*.css.j2"),
    *(REPOSITORY / "templates").rglob("*.html.j2"),
]


@pytest.mark.slow
def test_the_table_is_made_from_the_modules() -> None:
    written = PAGE.read_text(encoding="utf-8")
    assert written == table(), f"write {PAGE.name} anew: {COMMAND}"


@pytest.mark.slow
def test_every_file_has_its_line() -> None:
    files = [path for path in PACKAGE.rglob("*.py") if path.name != "__init__.py"]
    assert table().count("\n| `") == len(files)


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
@pytest.mark.slow
def test_names_in_backquotes_are_there(page: Path) -> None:
    words = set(re.findall(r"\w+", "\n".join(path.read_text("utf-8") for path in SOURCES)))
    quoted = re.findall(r"`([A-Za-z_][\w.]*)`", page.read_text(encoding="utf-8"))
    names = {name for text in quoted for name in text.split(".") if not is_file_ending(name)}
    assert names - words - {path.stem for path in SOURCES} == set()


def is_file_ending(name: str) -> bool:
    return name in {"css", "html", "j2", "json", "md", "pdf", "py", "sqlite", "yaml"}


@pytest.mark.parametrize(
    ("docstring", "sentence"),
    [
        ("Read a file.", "Read a file."),
        ("Read YAML 1.2 into\ndata. Source: the specification.", "Read YAML 1.2 into data."),
        ("Turn one day's minutes: a|b.\n\nMore. And more.", r"Turn one day’s minutes: a\|b."),
        ("Describe `clients/<slug>/client.yaml`.", "Describe `clients/<slug>/client.yaml`."),
    ],
)
def test_a_cell_holds_the_first_sentence(tmp_path: Path, docstring: str, sentence: str) -> None:
    path = tmp_path / "module.py"
    path.write_text(f'"""{docstring}"""\n', encoding="utf-8")
    assert first_sentence(path) == sentence
