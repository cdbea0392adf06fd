"""Names into files: the client's over the workspace's over the library's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from workshop.keeping.fingerprint import package_root


@dataclass(frozen=True)
class Layer:
    """An owner of files: "client acme", "workspace" or "library"; `cases` is their folder."""

    name: str
    root: Path
    cases: str = "modules/cases"

    def folder(self, kind: str) -> Path:
        """Return where this layer keeps `kind`; the folder need not exist."""
        return self.root / (self.cases if kind == "cases" else kind)


@dataclass(frozen=True)
class LayerFile:
    """A file and the layer it comes from."""

    path: Path
    layer: Layer


@dataclass(frozen=True)
class Overlay:
    """Layers from the most particular to the most general."""

    layers: tuple[Layer, ...]

    def find(self, kind: str, name: str) -> LayerFile | None:
        """Return the first layer's file called `name` (a path below the kind's folder)."""
        return next(self.all(kind, name), None)

    def all(self, kind: str, name: str) -> Iterator[LayerFile]:
        """Yield every layer's file of that name, the one that counts first."""
        for layer in self.layers:
            path = layer.folder(kind) / name
            if _holds(layer.folder(kind), path):
                yield LayerFile(path, layer)

    def names(self, kind: str, pattern: str = "*") -> list[str]:
        """Return the names that match a glob pattern and that `find` finds, sorted."""
        found = {
            path.relative_to(layer.folder(kind)).as_posix()
            for layer in self.layers
            for path in layer.folder(kind).glob(pattern)
            if _holds(layer.folder(kind), path)
        }
        return sorted(found)

    @property
    def roots(self) -> tuple[Path, ...]:
        """The folders whose files a layout may read: templates and assets, and nothing else."""
        return tuple(
            layer.folder(kind) for layer in self.layers for kind in ("templates", "assets")
        )


def make_overlay(client: str | None, workspace: Path, library: Path) -> Overlay:
    """Stack the client's folder, if any, the workspace and the library.

    A workspace that is the library itself counts once.
    """
    layers = []
    if client is not None:
        # A client's few cases lie at hand; elsewhere they belong to the modules that use them.
        layers.append(Layer(f"client {client}", workspace / "clients" / client, cases="cases"))
    if workspace.resolve() != library.resolve():
        layers.append(Layer("workspace", workspace))
    return Overlay((*layers, Layer("library", library)))


def lies_in(folder: Path, path: Path) -> bool:
    """Whether `path`, all links followed, is below `folder`. It need not exist."""
    try:
        return path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):  # RuntimeError: links in a ring
        return False


def _holds(folder: Path, path: Path) -> bool:
    # Names come from files that somebody wrote; they must not lead out of the folder. Most are
    # not there at all, which is seen sooner.
    try:
        return path.is_file() and lies_in(folder, path)
    except OSError:  # a name longer than the disk takes
        return False


def library_root() -> Path:
    """Return the folder of the modules and templates the product ships."""
    package = package_root()
    packed = package / "_library"
    # In a checkout the library is the repository itself; in a wheel it is packed.
    return packed if packed.is_dir() else package.parent
