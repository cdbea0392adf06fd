"""YAML 1.2 text into plain data that knows the line and column of every value and key."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from workshop.diagnostics import Location, Report

__all__ = ["Keys", "KnownYaml", "Place", "YamlSource", "knowing", "parse_yaml"]

Keys = tuple[str | int, ...]
# The data of sound texts with their places, as JSON has them, by the digests of the texts.
KnownYaml = MutableMapping[str, Any]

_known: ContextVar[KnownYaml | None] = ContextVar("known YAML", default=None)


@dataclass(frozen=True)
class Place:
    """Where a value and its key stand, and a single value as the file has it.

    For an empty value, `written` is the comment that may be meant as one: `brand: #0a3d62`.
    """

    value: Location
    key: Location | None = None
    written: str = ""


@dataclass(frozen=True)
class YamlSource:
    """A file's data in plain Python types, and the place of each part of it."""

    path: Path
    data: dict[str, object]
    places: Mapping[Keys, Place] = field(default_factory=dict, repr=False)

    def location(self, *keys: str | int, key: bool = False) -> Location:
        """Return where the value at a path of keys and indexes stands, or with `key` its key.

        What the file does not hold has the place of the nearest thing around it that it does.
        """
        place = self.places.get(keys)
        if place:
            return place.key if key and place.key else place.value
        return self.location(*keys[:-1]) if keys else Location(self.path)


def parse_yaml(text: str, path: Path, report: Report, *, first_line: int = 1) -> YamlSource | None:
    """Read a mapping from YAML 1.2; None, with the faults in `report`, when the text is not one.

    `first_line` is the line of the file the text begins in. Scalars follow the core schema of YAML
    1.2.2 (section 10.3.2): `no`, `9:30` and `2026-05-31` are text. What these files have no use for
    is refused: anchors, aliases, tags, directives, several documents, keys that are not text.
    """
    source, found = _parsed(text.removeprefix("\ufeff"), path, first_line)
    report.extend(found)
    return source


@contextmanager
def knowing(known: KnownYaml) -> Iterator[None]:
    """Take what is known from earlier runs instead of parsing it, and add what is parsed.

    The parser is slow, and few texts change from one run to the next.
    """
    token = _known.set(known)
    try:
        yield
    finally:
        _known.reset(token)


@lru_cache(maxsize=512)
def _parsed(text: str, path: Path, first_line: int) -> tuple[YamlSource | None, Report]:
    # The library's files are read for each client; nothing changes what was read.
    known, digest = _known.get(), hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    if known is not None and digest in known:
        return _from_data(known[digest], path, first_line), Report()
    # Loaded only when there is something to parse.
    from workshop.content.yaml.parser import built

    source, report = built(text, path, first_line)
    if known is not None and source and not report.warnings:
        known[digest] = _to_data(source, first_line)
    return source, report


def _to_data(source: YamlSource, first_line: int) -> list[Any]:
    """Return what was read as JSON has it, with lines counted from the text's first."""

    def numbers(place: Location | None) -> list[int] | None:
        if place is None or place.line is None or place.column is None:
            return None
        return [place.line - first_line, place.column]

    places = [
        (keys, numbers(one.value), numbers(one.key), one.written)
        for keys, one in source.places.items()
    ]
    return [source.data, places]


def _from_data(known: list[Any], path: Path, first_line: int) -> YamlSource:
    """Return what `_to_data` was given, as the text of a file that has it in another line."""

    def location(numbers: list[int] | None) -> Location | None:
        return Location(path, numbers[0] + first_line, numbers[1]) if numbers else None

    data, places = known
    return YamlSource(
        path,
        data,
        {
            tuple(keys): Place(location(value) or Location(path), location(key), written)
            for keys, value, key, written in places
        },
    )
