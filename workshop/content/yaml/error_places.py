"""Trace each of pydantic's errors to its spot in the file's data and in the model's schema.

Pydantic names the place of an error with keys and indexes, but also with names of a union's
branches, which do not stand in the file. The model's JSON Schema tells which is which, and says
what is valid at the spot.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from pydantic_core import ErrorDetails

from workshop.content.yaml.source import Keys

__all__ = ["Schema", "Spot", "trace"]

Schema = dict[str, Any]


@dataclass(frozen=True)
class Spot:
    """Says where in a file's data a fault is.

    `keys` lead to the deepest part that is in the data; `absent` is the key or index below that
    part which is missing. `schemas` are the schemas valid at the spot and `around` those valid for
    the mapping or list that holds the spot, without references and unions. `branches` are the
    unions on the way to the spot, each with the branch taken.
    """

    keys: Keys = ()
    absent: str | int | None = None
    is_key: bool = False
    schemas: tuple[Schema, ...] = ()
    around: tuple[Schema, ...] = ()
    branches: tuple[tuple[Keys, str], ...] = ()

    def properties(self) -> list[str]:
        """Return the keys valid at the spot, in the model's order."""
        return list(dict.fromkeys(key for schema in self.schemas for key in _properties(schema)))

    def keys_around(self) -> list[str]:
        """Return the keys valid in the mapping that holds the spot."""
        return list(dict.fromkeys(key for schema in self.around for key in _properties(schema)))

    def values(self) -> list[str]:
        """Return the words valid at the spot, if the schema lists them."""
        words: list[object] = []
        for schema in self.schemas:
            words += schema.get("enum", [schema["const"]] if "const" in schema else [])
        return [str(word) for word in words]


def trace(detail: ErrorDetails, data: Any, root: Schema) -> Spot:
    """Follow an error through the data in which pydantic saw it; `root` is the model's schema."""
    spot, value = Spot(schemas=(root,)), data
    for part in detail["loc"]:
        options = tuple(option for schema in spot.schemas for option in _options(schema, root))
        if options:
            taken = tuple(_tagged(spot.schemas, part, root)) or options
            spot = replace(spot, schemas=taken, branches=(*spot.branches, (spot.keys, str(part))))
        elif part == "[key]":
            names = tuple(
                schema["propertyNames"] for schema in spot.around if "propertyNames" in schema
            )
            spot = replace(spot, is_key=True, schemas=names)
        elif _holds(value, part):
            value = value[part]
            spot = _step_down(spot, part, root)
        elif detail["type"] == "missing":
            spot = replace(spot, absent=part)
        else:
            spot = replace(spot, branches=(*spot.branches, (spot.keys, str(part))))
    return replace(
        spot,
        schemas=tuple(leaf for schema in spot.schemas for leaf in _leaves(schema, root)),
        around=tuple(leaf for schema in spot.around for leaf in _leaves(schema, root)),
    )


def _holds(value: object, part: str | int) -> bool:
    if isinstance(value, list):
        return isinstance(part, int) and part < len(value)
    return isinstance(value, dict) and part in value


def _step_down(spot: Spot, part: str | int, root: Schema) -> Spot:
    """Move the spot to the part of the data that a key or an index leads to."""
    around = tuple(_resolved(schema, root) for schema in spot.schemas)
    below = tuple(child for schema in around for child in _children(schema, part))
    return replace(spot, keys=(*spot.keys, part), schemas=below, around=around)


def _children(schema: Schema, part: str | int) -> Iterator[Schema]:
    if isinstance(part, int):
        positions = schema.get("prefixItems", [])
        children: list[object] = positions[part : part + 1] or [schema.get("items")]
    else:
        patterns = schema.get("patternProperties", {})
        any_key = [schema.get("additionalProperties"), *patterns.values()]
        properties = schema.get("properties", {})
        children = [properties[part]] if part in properties else any_key
    yield from (child for child in children if isinstance(child, dict))


def _resolved(schema: Schema, root: Schema) -> Schema:
    """Follow references, and replace "a form or null" by the form."""
    while True:
        if "$ref" in schema:
            schema = root["$defs"][schema["$ref"].rsplit("/", 1)[-1]]
            continue
        branches = _branches(schema)
        if len(branches) != 1:
            return schema
        schema = branches[0]


def _branches(schema: Schema) -> list[Schema]:
    branches: list[Schema] = schema.get("anyOf") or schema.get("oneOf") or []
    return [branch for branch in branches if branch.get("type") != "null"]


def _options(schema: Schema, root: Schema) -> list[Schema]:
    """Return the branches of a union; nothing for other schemas."""
    return _branches(_resolved(schema, root))


def _tagged(schemas: tuple[Schema, ...], tag: str | int, root: Schema) -> Iterator[Schema]:
    """Yield the branches a tag names: by a discriminator's mapping, or by a model's class."""
    for schema in (_resolved(schema, root) for schema in schemas):
        mapped = schema.get("discriminator", {}).get("mapping", {}).get(tag)
        if mapped:
            yield {"$ref": mapped}
        for option in _branches(schema):
            if option.get("$ref", "").rsplit("/", 1)[-1] == tag:
                yield option


def _leaves(schema: Schema, root: Schema) -> Iterator[Schema]:
    resolved = _resolved(schema, root)
    branches = _branches(resolved)
    if not branches:
        yield resolved
    for branch in branches:
        yield from _leaves(branch, root)


def _properties(schema: Schema) -> list[str]:
    return list(schema.get("properties", {}))
