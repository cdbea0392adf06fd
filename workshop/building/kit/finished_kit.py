"""Read a finished kit: its manifest, and its files if they are those that were built."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from pathlib import Path

from workshop.building.kit import manifest as manifests
from workshop.building.kit.kit_folder import below, put_back
from workshop.building.kit.manifest import KitFile, Manifest
from workshop.diagnostics import ContentError, Location, UsageError, display_path
from workshop.keeping.kept_file import FILE_AT_MOST, digest_of_kept, read_kept
from workshop.workspace.overlay import lies_in


@dataclass(frozen=True)
class FinishedKit:
    """Holds one cohort's kit as the last good build left it."""

    folder: Path
    manifest: Manifest

    def content(self, entry: KitFile) -> bytes:
        """Return the bytes of one of the kit's files.

        Raises `ContentError` where it is missing, no longer what the manifest says it is, or no PDF
        that can be read.
        """
        path = self.folder / entry.path
        try:
            is_inside = lies_in(self.folder, path)
            digest = digest_of_kept(path, FILE_AT_MOST) if is_inside else None
            content = read_kept(path, FILE_AT_MOST) if digest == entry.sha256 else None
        except OSError:
            digest = content = None
        if digest is None:
            raise self._fault("kit-file-missing", "is in the manifest, but not in the kit", path)
        if content is None or hashlib.sha256(content).hexdigest() != entry.sha256:
            what = "is not the one that was built: it was changed since"
            raise self._fault("kit-file-changed", what, path)
        self._check_pdf(content, entry)
        return content

    def broken(self, entry: KitFile) -> ContentError:
        """Return the fault of a file that is the one in the manifest, and yet no whole PDF."""
        what = "is no PDF that can be read, or is encrypted"
        return self._fault("kit-file-broken", what, self.folder / entry.path)

    def _check_pdf(self, content: bytes, entry: KitFile) -> None:
        from pikepdf import PasswordError, Pdf, PdfError

        try:
            with Pdf.open(io.BytesIO(content), attempt_recovery=False) as pdf:
                is_whole = not pdf.is_encrypted and len(pdf.pages) == entry.pages
        except (PdfError, PasswordError, ValueError):
            is_whole = False
        if not is_whole:
            raise self.broken(entry)

    def _fault(self, code: str, what: str, path: Path) -> ContentError:
        hint = self._build_again()
        return ContentError.single(code, f"This file {what}", Location(path), hint)

    def _build_again(self) -> str:
        return f"Build again: workshop build --client {self.manifest.client}"


def read_kit(output: Path, client: str, cohort: str) -> FinishedKit:
    """Return the kit of a client's cohort below `output`.

    Raises `UsageError` where there is none, or one of an earlier format; `ContentError` where its
    manifest cannot be used.
    """
    folder = below(output, client, cohort)
    put_back(folder)
    manifest = manifests.read_or_tell(folder)
    if manifest is None:
        message = f"There is no finished kit in {display_path(folder)}"
        hint = f"Build it first: workshop build --client {client} --cohort {cohort}"
        raise UsageError.single("no-kit", message, hint=hint)
    return FinishedKit(folder, manifest)
