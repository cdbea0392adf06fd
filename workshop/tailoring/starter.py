"""A folder into a workspace with a first client in it."""

from __future__ import annotations

import shutil
from pathlib import Path

from workshop.diagnostics import UsageError
from workshop.tailoring.schema import NAMES, schema_of
from workshop.tailoring.workspace import SETTINGS

_STARTER = Path(__file__).resolve().parent.parent / "starter"


def start(folder: Path) -> None:
    """Write a new workspace. Raises `UsageError` when the folder holds anything it would write."""
    files = [path for path in sorted(_STARTER.rglob("*")) if path.is_file()]
    targets = {path: folder / path.relative_to(_STARTER) for path in files}
    for target in targets.values():
        if target.exists():
            raise UsageError.of(
                "not-empty",
                f"{target} is already there; nothing was written",
                hint="Name another folder: `workshop init my-workshops`.",
            )
    if (folder / SETTINGS).exists():
        raise UsageError.of("not-empty", f"{folder} is a workspace already; nothing was written")
    for path, target in targets.items():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    schemas = folder / ".schema"
    schemas.mkdir(exist_ok=True)
    for name in NAMES:
        (schemas / f"{name}.json").write_text(schema_of(name), encoding="utf-8")
