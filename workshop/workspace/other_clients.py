"""Read the names of a workspace's clients, without reading the rest of their files.

Every build asks for them. So this module imports nothing that takes time to load, and reads only
the line `name: …` of each client file where that is enough.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path

from workshop.limits import SETTINGS_FILE
from workshop.user_files import read_file

_NAME = re.compile(r"^name:[ \t]+(.+)$", re.MULTILINE)
# A value that YAML reads as it is written: no quotes, no comment, no character with a meaning.
_PLAIN = re.compile(r"[^\s\"'>|&*!%@`#{\[\]},?:-](?:(?!\s#|:\s)[^\r\n])*")


class ClientNames:
    """Holds what clients are called; `lines` has the text after `name:` by the file's path."""

    def __init__(self, lines: Mapping[Path, str]) -> None:
        self._lines = lines

    def besides(self, slug: str) -> dict[str, str]:
        """Return the names of clients but `slug` by their folders, as far as they can be read."""
        return {folder: name for folder, name in self._names.items() if folder != slug}

    def lines_besides(self, slug: str) -> list[str]:
        """Return the folder of each client but `slug` with its name as it is typed."""
        lines = ((path.parent.name, line) for path, line in self._lines.items())
        return [f"{folder} {line}" for folder, line in lines if folder != slug]

    @cached_property
    def _names(self) -> Mapping[str, str]:
        names = {path.parent.name: _read_name(path, line) for path, line in self._lines.items()}
        return {folder: name for folder, name in names.items() if name}


def read_client_names(workspace: Path) -> ClientNames:
    """Read the names of all clients of a workspace; a file that cannot be read has none."""
    lines = {}
    for path in sorted(workspace.glob("clients/*/client.yaml")):
        with suppress(OSError):
            text = read_file(path, SETTINGS_FILE).decode("utf-8-sig", errors="replace")
            match = _NAME.search(text)
            if match:
                lines[path] = match[1].strip()
    return ClientNames(lines)


def _read_name(path: Path, line: str) -> str | None:
    if _PLAIN.fullmatch(line):
        return line
    from workshop.content.yaml.files import parse_yaml, read_yaml
    from workshop.diagnostics import Report

    source = parse_yaml(f"name: {line}\n", path, Report())
    # A name that goes on in the next line can only be read from the whole file.
    if source is None or line[0] in ">|" or not isinstance(source.data.get("name"), str):
        source = read_yaml(path, Report())
    name = source.data.get("name") if source else None
    return name.strip() if isinstance(name, str) else None
