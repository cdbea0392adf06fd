"""A fault pydantic found into the spot it means: in the file's data, and in the model's schema.

Pydantic says where with keys and indexes, but also with names of a union's branches, which the
file knows nothing of. The model's JSON Schema tells the two apart, and says what is valid there.
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
    """Where a fault is.

    `keys` leads to the deepest part of the data there is, `absent` from there to what is missing.
    `schemas` are the forms valid at the spot and `around` those valid for what holds it, without
    references and unions. `branches` are the unions passed on the way, each with the branch taken.
    """

    keys: Keys = ()
    absent: str | int | None = None
    is_key: bool = False
    schemas: tuple[Schema, ...] = ()
    around: tuple[Schema, ...] = ()
    branches: tuple[tuple[Keys, str], ...] = ()

    def properties(self) -> list[str]:
        """Return the keys valid at the spot, in the model's order."""
        return list(dict.fromkeys(key for form in self.schemas for key in _properties(form)))

    def keys_around(self) -> list[str]:
        """Return the keys valid in the mapping that holds the spot."""
        return list(dict.fromkeys(key for form in self.around for key in _properties(form)))

    def values(self) -> list[str]:
        """Return the words valid at the spot, where they are a fixed few."""
        found: list[object] = []
        for form in self.schemas:
            found += form.get("enum", [form["const"]] if "const" in form else [])
        return [str(value) for value in found]


def trace(detail: ErrorDetails, data: Any, schema: Schema) -> Spot:
    """Follow an error of a model with that JSON Schema through the data it was given."""
    spot, value = Spot(schemas=(schema,)), data
    for part in detail["loc"]:
        options = tuple(option for form in spot.schemas for option in _options(form, schema))
        if options:
            taken = tuple(_named(spot.schemas, part, schema)) or options
            spot = replace(spot, schemas=taken, branches=(*spot.branches, (spot.keys, str(part))))
        elif part == "[key]":
            names = tuple(form["propertyNames"] for form in spot.around if "propertyNames" in form)
            spot = replace(spot, is_key=True, schemas=names)
        elif _holds(value, part):
            value = value[part]
            spot = _step_down(spot, part, schema)
        elif detail["type"] == "missing":
            spot = replace(spot, absent=part)
        else:
            spot = replace(spot, branches=(*spot.branches, (spot.keys, str(part))))
    return replace(
        spot,
        schemas=tuple(leaf for form in spot.schemas for leaf in _leaves(form, schema)),
        around=tuple(leaf for form in spot.around for leaf in _leaves(form, schema)),
    )


def _holds(value: object, part: str | int) -> bool:
    if isinstance(value, list):
        return isinstance(part, int) and part < len(value)
    return isinstance(value, dict) and part in value


def _step_down(spot: Spot, part: str | int, root: Schema) -> Spot:
    """Go on to what a key or an index leads to."""
    around = tuple(_resolved(form, root) for form in spot.schemas)
    below = tuple(child for form in around for child in _children(form, part))
    return replace(spot, keys=(*spot.keys, part), schemas=below, around=around)


def _children(form: Schema, part: str | int) -> Iterator[Schema]:
    if isinstance(part, int):
        positions = form.get("prefixItems", [])
        found: list[object] = positions[part : part + 1] or [form.get("items")]
    else:
        any_key = [form.get("additionalProperties"), *form.get("patternProperties", {}).values()]
        properties = form.get("properties", {})
        found = [properties[part]] if part in properties else any_key
    yield from (child for child in found if isinstance(child, dict))


def _resolved(form: Schema, root: Schema) -> Schema:
    """Follow references, and go through what may also be null to what it is otherwise."""
    while True:
        if "$ref" in form:
            form = root["$defs"][form["$ref"].rsplit("/", 1)[-1]]
            continue
        branches = _branches(form)
        if len(branches) != 1:
            return form
        form = branches[0]


def _branches(form: Schema) -> list[Schema]:
    every: list[Schema] = form.get("anyOf") or form.get("oneOf") or []
    return [one for one in every if one.get("type") != "null"]


def _options(form: Schema, root: Schema) -> list[Schema]:
    """Return the branches of a union; nothing for other forms."""
    return _branches(_resolved(form, root))


def _named(forms: tuple[Schema, ...], tag: str | int, root: Schema) -> Iterator[Schema]:
    """Find the branch a tag names: a model by its class, or the one a discriminator maps it to."""
    for form in (_resolved(form, root) for form in forms):
        mapped = form.get("discriminator", {}).get("mapping", {}).get(tag)
        if mapped:
            yield {"$ref": mapped}
        for option in _branches(form):
            if option.get("$ref", "").rsplit("/", 1)[-1] == tag:
                yield option


def _leaves(form: Schema, root: Schema) -> Iterator[Schema]:
    resolved = _resolved(form, root)
    branches = _branches(resolved)
    if not branches:
        yield resolved
    for branch in branches:
        yield from _leaves(branch, root)


def _properties(form: Schema) -> list[str]:
    return list(form.get("properties", {}))
