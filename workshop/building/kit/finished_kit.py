"""Read a finished kit: its manifest, and its files if they are those that were built."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from workshop.building.kit import manifest as manifests
from workshop.building.kit.kit_folder import put_back
from workshop.building.kit.manifest import KitFile, Manifest
from workshop.diagnostics import ContentError, Location, UsageError, display_path
from workshop.workspace.overlay import lies_in


@dataclass(frozen=True)
class FinishedKit:
    """Holds one cohort's kit as the last good build left it."""

    folder: Path
    manifest: Manifest

    def content(self, entry: KitFile) -> bytes:
        """Return the bytes of one of the kit's files.

        Raises `ContentError` where it is missing, or no longer what the manifest says it is.
        """
        path, build_again = self.folder / entry.path, self._build_again()
        try:
            content = path.read_bytes() if lies_in(self.folder, path) else None
        except OSError:
            content = None
        if content is None:
            message = "This file is in the manifest, but not in the kit"
            raise ContentError.single("kit-file-missing", message, Location(path), build_again)
        if hashlib.sha256(content).hexdigest() != entry.sha256:
            message = "This file is not the one that was built: it was changed since"
            raise ContentError.single("kit-file-changed", message, Location(path), build_again)
        return content

    def _build_again(self) -> str:
        return f"Build again: workshop build --client {self.manifest.client}"


def read_kit(output: Path, client: str, cohort: str) -> FinishedKit:
    """Return the kit of a client's cohort below `output`.

    Raises `UsageError` where there is none, or one of an earlier format.
    """
    folder = output / client / cohort
    put_back(folder)
    manifest = manifests.read(folder)
    if manifest is None or (manifest.client, manifest.cohort) != (client, cohort):
        message = f"There is no finished kit in {display_path(folder)}"
        hint = f"Build it first: workshop build --client {client} --cohort {cohort}"
        raise UsageError.single("no-kit", message, hint=hint)
    return FinishedKit(folder, manifest)
