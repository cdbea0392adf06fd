"""Tell the lines that a client has written from those that its copy of a shared file still has."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from workshop.diagnostics import Location
from workshop.limits import ANY_FILE
from workshop.user_files import read_file
from workshop.workspace.overlay import LayerFile, Overlay
from workshop.workspace.own_files import KINDS


class OwnLines:
    """Tells which lines of the files in a client's folder the client has written itself.

    A line of a copy that its original has too, wherever it stands there, is none of the client's.
    """

    def __init__(self, overlay: Overlay) -> None:
        top = overlay.layers[0]
        self._client = top if top.name.startswith("client ") else None
        self._below = Overlay(overlay.layers[1:])
        self._lines: dict[Path, list[str]] = {}

    def has(self, place: Location) -> bool:
        """Tell whether the client has written the line at a place."""
        path = place.path.resolve()
        if self._client is None or not path.is_relative_to(self._client.root.resolve()):
            return False
        lines = self._read(path)
        number = (place.line or 1) - 1
        original = self._original_of(path)
        if original is None or number >= len(lines):
            return True
        return lines[number] not in self._read(original.path)

    def _original_of(self, path: Path) -> LayerFile | None:
        """Return the shared file that a client's file is used instead of."""
        for kind in KINDS:
            folder = self._client and self._client.folder(kind).resolve()
            if folder and path.is_relative_to(folder):
                return self._below.find(kind, path.relative_to(folder).as_posix())
        return None

    def _read(self, path: Path) -> list[str]:
        """Return the lines of a text without the space around them, none if it cannot be read."""
        if path not in self._lines:
            text = ""
            with suppress(OSError):
                text = read_file(path, ANY_FILE).decode("utf-8-sig", errors="replace")
            self._lines[path] = [" ".join(line.split()) for line in text.split("\n")]
        return self._lines[path]
