"""Find files by name: the client's come before the workspace's, and these before the library's."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from workshop.keeping.fingerprint import package_root
from workshop.user_files import is_conflicted_copy, is_left_behind, real_path


@dataclass(frozen=True)
class Layer:
    """Describes an owner of files: "client acme", "workspace" or "library".

    `cases` is the path below `root` where the owner keeps cases.
    """

    name: str
    root: Path
    cases: str = "modules/cases"

    def folder(self, kind: str) -> Path:
        """Return the folder where this layer keeps files of a kind; it need not exist."""
        return self.root / (self.cases if kind == "cases" else kind)


@dataclass(frozen=True)
class LayerFile:
    """Holds a file's path and the layer it comes from."""

    path: Path
    layer: Layer


@dataclass(frozen=True)
class Overlay:
    """Stacks layers, from the client's own files to the files that all clients share."""

    layers: tuple[Layer, ...]

    def find(self, kind: str, name: str) -> LayerFile | None:
        """Return the first layer's file called `name` (a path below the kind's folder)."""
        return next(self.all(kind, name), None)

    def all(self, kind: str, name: str) -> Iterator[LayerFile]:
        """Yield each layer's file of that name; the first one is used."""
        for layer in self.layers:
            path = layer.folder(kind) / name
            if _holds(layer.folder(kind), path):
                yield LayerFile(path, layer)

    def names(self, kind: str, pattern: str = "*") -> list[str]:
        """Return the names that match a glob pattern and that `find` finds, sorted.

        Left out are names that somebody else's program gave, and those that are not UTF-8 text.
        """
        names = {
            path.relative_to(layer.folder(kind)).as_posix()
            for layer in self.layers
            for path in layer.folder(kind).glob(pattern)
            if _holds(layer.folder(kind), path)
        }
        return sorted(filter(is_meant, names))

    @property
    def roots(self) -> tuple[Path, ...]:
        """The folders whose files a layout may read: the layers' templates and assets."""
        return tuple(
            layer.folder(kind) for layer in self.layers for kind in ("templates", "assets")
        )


def make_overlay(client: str | None, workspace: Path, library: Path) -> Overlay:
    """Stack the client's folder, if any, the workspace and the library.

    A workspace that is the library itself makes one layer, not two.
    """
    layers = []
    if client is not None:
        # A client has few cases, so they lie in its own folder and not below `modules`.
        layers.append(Layer(f"client {client}", workspace / "clients" / client, cases="cases"))
    if real_path(workspace) != real_path(library):
        layers.append(Layer("workspace", workspace))
    return Overlay((*layers, Layer("library", library)))


def lies_in(folder: Path, path: Path) -> bool:
    """Tell whether `path`, with all links followed, is below `folder`; `path` need not exist."""
    if _is_plainly_in(folder, path):
        return True
    try:
        resolved = path.resolve()
        # Links in a ring lead nowhere: before Python 3.13 a RuntimeError, since then still a link.
        return resolved.is_relative_to(folder.resolve()) and not resolved.is_symlink()
    except (OSError, RuntimeError):
        return False


def _is_plainly_in(folder: Path, path: Path) -> bool:
    """Tell whether `path` is below `folder` without a link or a step back on the way down.

    Links further up lead both to the same place. To follow links looks at every folder from the
    root on.
    """
    above, below = str(folder), str(path)
    if not below.startswith(f"{above}{os.sep}"):
        return False
    ways = [below]
    while len(parent := os.path.dirname(ways[-1])) > len(above):  # noqa: PTH120  # as fast as can be
        ways.append(parent)
    return ".." not in path.parts and not any(map(os.path.islink, ways))


def is_meant(name: str) -> bool:
    """Tell whether a path below a folder is one that a person gave, and that texts can name."""
    strange = any(is_left_behind(part) or is_conflicted_copy(part) for part in name.split("/"))
    return is_text(name) and not strange


def is_text(name: str) -> bool:
    """Tell whether a file's name is UTF-8 text; Python writes other bytes as lone surrogates."""
    return not any("\ud800" <= character <= "\udfff" for character in name)


def _holds(folder: Path, path: Path) -> bool:
    # Names come from files that users write, and must not lead out of the folder. Most files do not
    # exist in most layers, so the cheaper check comes first. Whoever reads a pipe says what it is,
    # so it counts as there.
    try:
        status = os.stat(path)  # noqa: PTH116  # three times as fast, for thousands of names
    except (OSError, ValueError):  # also a name longer than the disk takes, or with a NUL
        return False
    return not stat.S_ISDIR(status.st_mode) and lies_in(folder, path)


def library_root() -> Path:
    """Return the folder that holds the modules and templates shipped with the product."""
    package = package_root()
    packed = package / "_library"
    # In a checkout the library is the repository itself; a wheel contains it as a folder.
    return packed if packed.is_dir() else package.parent
