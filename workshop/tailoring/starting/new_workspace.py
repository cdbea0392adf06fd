"""Start a new workspace with a first client in it."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from workshop.diagnostics import EnvironmentFault, UsageError, display_path
from workshop.keeping.fingerprint import package_root
from workshop.tailoring.json_schema import NAMES, schema_of
from workshop.workspace.clients import SETTINGS
from workshop.workspace.settings import SCHEMAS

_STARTER = package_root() / "starter"
FIRST_CLIENT = _STARTER / "clients/first-client/client.yaml"


def start(folder: Path) -> None:
    """Write a new workspace into `folder`.

    Raises `UsageError` if one of its files is already there, `EnvironmentFault` if the folder
    cannot be written to.
    """
    files = [path for path in sorted(_STARTER.rglob("*")) if path.is_file()]
    targets = {path: folder / path.relative_to(_STARTER) for path in files}
    try:
        _check_free(folder, [*targets.values(), folder / SCHEMAS])
        for path, target in targets.items():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
        (folder / SCHEMAS).mkdir()
        for name in NAMES:
            (folder / SCHEMAS / f"{name}.json").write_text(schema_of(name), encoding="utf-8")
    except OSError as error:
        place = display_path(Path(error.filename or folder))
        message = f"{place} cannot be written: {error.strerror or error}"
        raise EnvironmentFault.single(
            "not-writable", message, hint="Name another folder: `workshop init my-workshops`."
        ) from error


def _check_free(folder: Path, targets: Iterable[Path]) -> None:
    if (folder / SETTINGS).exists():
        message = f"{display_path(folder)} is a workspace already; nothing was written"
        raise UsageError.single("not-empty", message)
    for target in targets:
        if target.exists():
            raise UsageError.single(
                "not-empty",
                f"{display_path(target)} is already there; nothing was written",
                hint="Name another folder: `workshop init my-workshops`.",
            )
