"""Put into a file's place what is no file: a folder, a pipe, links of all kinds."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path


def _link_to_a_file(path: Path) -> None:
    target = path.with_name(f"{path.name}.real")
    target.touch()
    path.symlink_to(target.name)


# What is said of each, behind the path.
IN_THE_WAY: Mapping[str, tuple[Callable[[Path], object], str]] = {
    "folder": (Path.mkdir, "is a folder, and a file is to be there"),
    "pipe": (os.mkfifo, "is a named pipe, and a file is to be there"),
    "dangling link": (
        lambda path: path.symlink_to("nowhere"),
        "is a link, and a file is to be there",
    ),
    "link in a ring": (
        lambda path: path.symlink_to(path.name),
        "is a link, and a file is to be there",
    ),
    "link": (_link_to_a_file, "is a link, and a file is to be there"),
}
