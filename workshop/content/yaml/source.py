"""Hold the plain data of a YAML file, with the line and column of every value and key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from workshop.diagnostics import Location

Keys = tuple[str | int, ...]


@dataclass(frozen=True)
class Place:
    """Says where a value and its key stand; `written` is a scalar as it stands in the file.

    For an empty value, `written` is the comment that may be meant as the value: `brand: #0a3d62`.
    """

    value: Location
    key: Location | None = None
    written: str = ""


@dataclass(frozen=True)
class YamlSource:
    """Holds a file's data in plain Python types, and the place of each part of the data."""

    path: Path
    data: dict[str, object]
    places: Mapping[Keys, Place] = field(default_factory=dict, repr=False)

    def value_at(self, keys: Keys) -> object:
        """Return what stands at a path of keys and indexes of the data; None for an empty value.

        A part of the file's data may have been left out, or replaced: `KeyError` says so.
        """
        value: Any = self.data
        for key in keys:
            try:
                value = value[key]
            except (LookupError, TypeError):
                raise KeyError(keys) from None
        return value

    def location(self, *keys: str | int, key: bool = False) -> Location:
        """Return where the value at a path of keys and indexes stands; with `key`, its key.

        For a path that is not in the file, return the place of its nearest part that is.
        """
        place = self.places.get(keys)
        if place:
            return place.key if key and place.key else place.value
        return self.location(*keys[:-1]) if keys else Location(self.path)
