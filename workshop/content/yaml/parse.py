"""Parse YAML 1.2 into plain data, unless a memory has the same text already.

The parser is slow, and few texts change from one run to the next.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from workshop.content.yaml.source import Place, YamlSource
from workshop.diagnostics import Location, Report
from workshop.keeping.memory import Memory
from workshop.keeping.shape import has_shape

# Data, and of each value in it the keys that lead there, its place, that of its key, its text.
_Place = tuple[int, int] | None
_Stored = tuple[dict[str, Any], list[tuple[list[str | int], _Place, _Place, str]]]


def parse_yaml(
    text: str, path: Path, report: Report, memory: Memory | None = None, *, first_line: int = 1
) -> YamlSource | None:
    """Read a mapping from YAML 1.2; return None, with the faults in `report`, if there is none.

    `first_line` is the line of the file the text begins in. Scalars follow the core schema of YAML
    1.2.2 (section 10.3.2): `no`, `9:30` and `2026-05-31` are text. Anchors, aliases, tags,
    directives, several documents and keys that are not text are refused: these files need none.
    """
    text = text.removeprefix("\ufeff")
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    key = digest, path, first_line
    stored = memory.texts.get(digest) if memory else None
    source: YamlSource | None
    if memory and stored is not None:
        source = memory.yaml_sources.get(key)
        if source is None and has_shape(stored, _Stored):
            source = memory.yaml_sources.put(key, _from_data(stored, path, first_line))
        if source:
            return source
    # Loaded only when there is something to parse.
    from workshop.content.yaml.parser import built

    source, faults = built(text, path, first_line)
    report.extend(faults)
    if memory and source and not faults.warnings:
        memory.texts.put(digest, _to_data(source, first_line))
    return source


def _to_data(source: YamlSource, first_line: int) -> list[Any]:
    """Return data and places in the form of JSON, with lines counted from the text's first."""

    def numbers(place: Location | None) -> list[int] | None:
        if place is None or place.line is None or place.column is None:
            return None
        return [place.line - first_line, place.column]

    places = [
        (list(keys), numbers(place.value), numbers(place.key), place.written)
        for keys, place in source.places.items()
    ]
    return [source.data, places]


def _from_data(stored: list[Any], path: Path, first_line: int) -> YamlSource:
    """Return the source that `_to_data` was given, for a text that begins in `first_line`."""

    def location(numbers: list[int] | None) -> Location | None:
        return Location(path, numbers[0] + first_line, numbers[1]) if numbers else None

    data, places = stored
    return YamlSource(
        path,
        data,
        {
            tuple(keys): Place(location(value) or Location(path), location(key), written)
            for keys, value, key, written in places
        },
    )
