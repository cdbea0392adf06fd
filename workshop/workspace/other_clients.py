"""The other clients of a workspace, by the names they are printed under, without reading the rest.

Asked in every build, so nothing is imported here that takes time, and only one line of each client
file is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_NAME = re.compile(r"^name:[ \t]+(.+)$", re.MULTILINE)
# A value that stands as it is read: no quotes, no comment, nothing that YAML has a use for.
_PLAIN = re.compile(r"[^\s\"'>|&*!%@`#{\[\]},?:-](?:(?!\s#|:\s)[^\r\n])*")


def name_lines(workspace: Path, slug: str) -> dict[Path, str]:
    """Return what follows `name:` in the client files of all but one, by the file."""
    found = {}
    for path in sorted(workspace.glob("clients/*/client.yaml")):
        if path.parent.name == slug:
            continue
        with suppress(OSError):
            named = _NAME.search(path.read_text(encoding="utf-8-sig", errors="replace"))
            if named:
                found[path] = named[1].strip()
    return found


def names_of_others(workspace: Path, slug: str) -> tuple[str, ...]:
    """Return the names of all clients but one; a file whose name cannot be read has none."""
    lines = name_lines(workspace, slug).items()
    names = (name for path, line in lines for name in _read(path, line))
    return tuple(dict.fromkeys(names))


def _read(path: Path, line: str) -> Iterator[str]:
    if _PLAIN.fullmatch(line):
        yield line
        return
    from workshop.content.yaml.files import parse_yaml, read_yaml
    from workshop.diagnostics import Report

    source = parse_yaml(f"name: {line}\n", path, Report())
    # A name that goes on in the next line: the whole file says it.
    if source is None or line[0] in ">|" or not isinstance(source.data.get("name"), str):
        source = read_yaml(path, Report())
    name = source.data.get("name") if source else None
    if isinstance(name, str) and name.strip():
        yield name.strip()
