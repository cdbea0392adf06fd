"""Every file of the program has its line in the architecture, and no line is of a file gone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

REPOSITORY = Path(__file__).parent.parent
PACKAGE = REPOSITORY / "workshop"


def named() -> Iterator[str]:
    """Yield the program's files that the table names; a bare name has the folder of the last."""
    text = (REPOSITORY / "docs" / "architecture.md").read_text(encoding="utf-8")
    table = text.partition("## Where each thing lives")[2].partition("\n## ")[0]
    for cell in re.findall(r"^\|([^|]*)\|", table, re.MULTILINE):
        folder = ""
        for name in re.findall(r"`([\w/]+\.py)`", cell):
            path = name.removeprefix("workshop/")
            folder = path.rpartition("/")[0] if "/" in path else folder
            yield path if "/" in path else f"{folder}/{path}".lstrip("/")


def test_every_file_has_its_line() -> None:
    files = {path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py")}
    # The commands have one line together, and a package's own file holds its sentence alone.
    own = {name for name in files if not name.startswith("cli/") and "/__init__" not in name}
    listed = list(named())
    assert sorted(listed) == sorted(own)
