"""Make the table of the program's files from the first sentence of each module.

`python -m tests.file_table` writes it to `docs/architecture/files.md`.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

REPOSITORY = Path(__file__).parent.parent
PACKAGE = REPOSITORY / "workshop"
PAGE = REPOSITORY / "docs" / "architecture" / "files.md"
COMMAND = "python -m tests.file_table"

_HEAD = f"""\
# The files of the program

Each line is the first sentence of a module, and each group begins with that of its package. The
packages stand in the order of the flow. This page is made by `{COMMAND}`: change
the sentence in the module, then run the command.
"""


def table() -> str:
    """Return the page with every file of the program, grouped by folder."""
    return "\n".join([_HEAD, *(line for folder in _folders() for line in _group(folder))])


def _folders() -> list[Path]:
    """Return the program's folders: first its own, then each package with those inside it."""
    folders = {path.parent for path in PACKAGE.rglob("*.py")}
    return sorted(folders, key=lambda folder: (_place_in_flow(folder), folder))


def _place_in_flow(folder: Path) -> int:
    """Return how many packages come before a folder in the order that import-linter checks."""
    settings = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    layers = settings["tool"]["importlinter"]["contracts"][0]["layers"]
    packages = [layer.removeprefix("workshop.") for layer in reversed(layers)]
    if folder == PACKAGE:
        return -1
    package = folder.relative_to(PACKAGE).parts[0]
    return packages.index(package) if package in packages else len(packages)


def _group(folder: Path) -> Iterator[str]:
    """Yield the lines about one folder: a heading, its package's sentence, a line for each file."""
    name = folder.relative_to(REPOSITORY).as_posix()
    yield f"{'##' if folder.parent in (REPOSITORY, PACKAGE) else '###'} `{name}/`"
    yield ""
    yield first_sentence(folder / "__init__.py")
    yield ""
    files = sorted(path for path in folder.glob("*.py") if path.name != "__init__.py")
    if files:
        yield "| file | what it does |"
        yield "|---|---|"
        yield from (f"| `{path.name}` | {first_sentence(path)} |" for path in files)
        yield ""


def first_sentence(path: Path) -> str:
    """Return the first sentence of a module's docstring, as a cell of a table can hold it."""
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    paragraph = " ".join(docstring.partition("\n\n")[0].split())
    sentence = re.split(r"(?<=[.!?]) (?=[A-Z`“])", paragraph)[0]
    return re.sub(r"(?<=\w)'", "’", sentence).replace("|", r"\|")


if __name__ == "__main__":
    PAGE.write_text(table(), encoding="utf-8")
