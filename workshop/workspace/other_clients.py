"""Read the names of a workspace's other clients, without reading the rest of their files.

Every build asks for them. So this module imports nothing that takes time to load, and reads only
the line `name: …` of each client file where that is enough.
"""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

from workshop.limits import SETTINGS_FILE
from workshop.user_files import read_file

_NAME = re.compile(r"^name:[ \t]+(.+)$", re.MULTILINE)
# A value that YAML reads as it is written: no quotes, no comment, no character with a meaning.
_PLAIN = re.compile(r"[^\s\"'>|&*!%@`#{\[\]},?:-](?:(?!\s#|:\s)[^\r\n])*")


def name_lines(workspace: Path, slug: str) -> dict[Path, str]:
    """Return the text after `name:` in the file of each client but `slug`, by the file's path."""
    lines = {}
    for path in sorted(workspace.glob("clients/*/client.yaml")):
        if path.parent.name == slug:
            continue
        with suppress(OSError):
            text = read_file(path, SETTINGS_FILE).decode("utf-8-sig", errors="replace")
            match = _NAME.search(text)
            if match:
                lines[path] = match[1].strip()
    return lines


def names_by_client(workspace: Path, slug: str) -> dict[str, str]:
    """Return the names of all clients but `slug` by their folders, as far as they can be read."""
    lines = name_lines(workspace, slug).items()
    names = {path.parent.name: _read_name(path, line) for path, line in lines}
    return {folder: name for folder, name in names.items() if name}


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
