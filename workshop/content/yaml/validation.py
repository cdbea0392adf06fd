"""Validate a file's data against a model, and word every fault with its line and column."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from workshop.content.yaml.error_places import Spot, trace
from workshop.content.yaml.error_wording import Worded, any_of, word
from workshop.content.yaml.source import Keys, Place, YamlSource
from workshop.diagnostics import Report
from workshop.limits import FILE_FAULTS

__all__ = ["FileModel", "is_valid", "validate"]

M = TypeVar("M", bound=BaseModel)
# A number to the base of 8 or 16.
_CODED = re.compile("0[ox]")


class FileModel(BaseModel):
    """Describes what a file may say: no other keys than its fields, each value of its own kind.

    As strict as JSON: a number is not taken for text, nor a text for a number or for true or false.
    But a text can be a date, a path or a member of an enumeration, and a list can be a tuple or a
    set. A field's alias is its key in the file; Python code uses the field's name.
    """

    model_config = ConfigDict(
        extra="forbid", populate_by_name=True, frozen=True, strict=True, allow_inf_nan=False
    )


def is_valid(source: YamlSource, model: type[BaseModel]) -> bool:
    """Tell whether a file's data fits its model; much faster than wording its faults."""
    try:
        model.model_validate_json(json.dumps(source.data), by_alias=True, by_name=False)
    except ValidationError:
        return False
    return True


def validate(source: YamlSource, model: type[M], report: Report) -> M | None:
    """Return the model's value for a file's data; None, with all faults in `report`, if invalid.

    The data is passed as JSON, because strict models take a date or a tuple only from JSON. The
    faults are in the order of the file; for a union, they are those of the closest branch.
    """
    try:
        # https://docs.pydantic.dev/latest/concepts/conversion_table/ lists what strict JSON takes.
        value = model.model_validate_json(json.dumps(source.data), by_alias=True, by_name=False)
    except ValidationError as error:
        report.extend(fault.worded.diagnostic for fault in _faults(error, source, model))
        return None
    _warn_of_doubts(source, report)
    return value


def _warn_of_doubts(source: YamlSource, report: Report) -> None:
    """Tell of values that may be what they are, and most likely are meant otherwise."""
    for keys, place in source.places.items():
        with suppress(KeyError):
            value = source.value_at(keys)
            if value is None and place.written:
                _warn_of_nothing(keys[-1], place, report)
            elif isinstance(value, int) and _CODED.match(place.written):
                message = f"“{place.written}” is another way to write {value}"
                report.warn("yaml-number", message, place.value, f"Write {value}.")


def _warn_of_nothing(key: str | int, place: Place, report: Report) -> None:
    """Tell of an empty value: “#” begins a comment, or a word means nothing, as “Null” does."""
    quoted = f'"{place.written}"'
    if place.written.startswith("#"):
        message = f"“#” begins a comment, so “{key}” is empty"
        hint = f"Put the value in quotes: {quoted}. A comment has a space behind “#”."
        report.warn("yaml-cut", message, place.value, hint)
    else:
        message = f"“{place.written}” means nothing here, so “{key}” is empty"
        hint = f"If it is meant as a word, write {quoted}; otherwise leave the line out."
        report.warn("yaml-null", message, place.value, hint)


@dataclass(frozen=True)
class _CheckedData:
    """Holds a fault in words, with its spot in the data."""

    spot: Spot
    worded: Worded

    @property
    def order(self) -> tuple[int, int]:
        place = self.worded.diagnostic.location
        return (place.line or 0, place.column or 0) if place else (0, 0)

    def is_wrong_kind_at(self, keys: Keys) -> bool:
        return self.worded.expects is not None and self.spot.keys == keys


def _faults(
    error: ValidationError, source: YamlSource, model: type[BaseModel]
) -> list[_CheckedData]:
    schema = model.model_json_schema()
    faults = []
    for detail in error.errors(include_url=False)[: FILE_FAULTS.most]:
        spot = trace(detail, source.data, schema)
        faults.append(_CheckedData(spot, word(detail, spot, source)))
    return sorted(_once_per_union(faults, 0, source), key=lambda fault: fault.order)


def _once_per_union(
    faults: Iterable[_CheckedData], depth: int, source: YamlSource
) -> list[_CheckedData]:
    """Return the faults of one branch of each union. `depth` counts the unions around them."""
    chosen: list[_CheckedData] = []
    unions: dict[Keys, dict[str, list[_CheckedData]]] = {}
    for fault in faults:
        if len(fault.spot.branches) <= depth:
            chosen.append(fault)
        else:
            keys, branch = fault.spot.branches[depth]
            unions.setdefault(keys, {}).setdefault(branch, []).append(fault)
    for keys, branches in unions.items():
        per_branch = [_once_per_union(branch, depth + 1, source) for branch in branches.values()]
        chosen += _closest(per_branch, keys, source)
    return chosen


def _closest(
    branches: Sequence[list[_CheckedData]], keys: Keys, source: YamlSource
) -> list[_CheckedData]:
    """Choose the branch of the right kind with the fewest faults; if none is, name all kinds."""
    fitting = [
        faults for faults in branches if not any(fault.is_wrong_kind_at(keys) for fault in faults)
    ]
    if fitting:
        return min(fitting, key=len)
    faults = [fault for branch in branches for fault in branch if fault.is_wrong_kind_at(keys)]
    spot = replace(faults[0].spot, branches=())
    return [_CheckedData(spot, any_of([fault.worded for fault in faults], spot, source))]
