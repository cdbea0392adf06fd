"""Names into files: the client's over the workspace's over the library's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

KINDS = ("modules", "cases", "templates", "assets")


@dataclass(frozen=True)
class Layer:
    """An owner of files: "client acme", "workspace" or "library"."""

    name: str
    root: Path

    def folder(self, kind: str) -> Path:
        """Return where this layer keeps `kind`; the folder need not exist."""
        # A client's few cases lie at hand; elsewhere they belong to the modules that use them.
        if kind == "cases" and not self.name.startswith("client"):
            return self.root / "modules" / "cases"
        return self.root / kind


@dataclass(frozen=True)
class Found:
    """A file and the layer it comes from."""

    path: Path
    layer: Layer


@dataclass(frozen=True)
class Overlay:
    """Layers from the most particular to the most general."""

    layers: tuple[Layer, ...]

    def find(self, kind: str, name: str) -> Found | None:
        """Return the first layer's file called `name` (a path below the kind's folder)."""
        return next(self.all(kind, name), None)

    def all(self, kind: str, name: str) -> Iterator[Found]:
        """Yield every layer's file of that name, the one that counts first."""
        for layer in self.layers:
            folder = layer.folder(kind)
            path = folder / name
            # A name comes from a file somebody wrote; it must not lead out of the folder.
            if path.resolve().is_relative_to(folder.resolve()) and path.is_file():
                yield Found(path, layer)

    def names(self, kind: str, pattern: str = "*") -> list[str]:
        """Return the names in any layer that match a glob pattern, sorted."""
        found = {
            path.relative_to(layer.folder(kind)).as_posix()
            for layer in self.layers
            for path in layer.folder(kind).glob(pattern)
            if path.is_file()
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
        layers.append(Layer(f"client {client}", workspace / "clients" / client))
    if workspace.resolve() != library.resolve():
        layers.append(Layer("workspace", workspace))
    return Overlay((*layers, Layer("library", library)))


def library_root() -> Path:
    """Return the folder of the modules and templates the product ships."""
    package = Path(__file__).resolve().parent.parent
    packed = package / "_library"
    # In a checkout the library is the repository itself; in a wheel it is packed.
    return packed if packed.is_dir() else package.parent
