"""A file's data into a model's values, or every fault in it in words, with line and column."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from workshop.content.yaml.error_places import Spot, trace
from workshop.content.yaml.error_wording import Worded, any_of, word
from workshop.content.yaml.source import Keys, YamlSource
from workshop.diagnostics import Report

__all__ = ["FileModel", "validate"]

M = TypeVar("M", bound=BaseModel)


class FileModel(BaseModel):
    """What a file may say: nothing but its keys, each value of its own kind.

    Strict as JSON is: a number is not taken for text nor a text for a number or for true or false,
    but a text can be a date, a path or a member of an enumeration, and a list a tuple or a set. A
    field's alias is its key in the file; Python code uses the field's name.
    """

    model_config = ConfigDict(
        extra="forbid", populate_by_name=True, frozen=True, strict=True, allow_inf_nan=False
    )


def validate(source: YamlSource, model: type[M], report: Report) -> M | None:
    """Make a model's value of a file's data; None, with all faults in `report`, if it is not one.

    The data goes in as JSON, so that strict models mean what they mean to a reader of JSON. The
    faults are in the order of the file; a union gives those of the branch it comes closest to.
    """
    try:
        # https://docs.pydantic.dev/latest/concepts/conversion_table/ lists what strict JSON takes.
        return model.model_validate_json(json.dumps(source.data), by_alias=True, by_name=False)
    except ValidationError as error:
        report.extend(one.worded.diagnostic for one in _faults(error, source, model))
    return None


@dataclass(frozen=True)
class _CheckedData:
    """A fault, where it is and in words."""

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
    found = []
    for detail in error.errors(include_url=False):
        spot = trace(detail, source.data, schema)
        found.append(_CheckedData(spot, word(detail, spot, source)))
    return sorted(_once_per_union(found, 0, source), key=lambda fault: fault.order)


def _once_per_union(
    found: Iterable[_CheckedData], depth: int, source: YamlSource
) -> list[_CheckedData]:
    """Keep of each union the faults of one branch. `depth` is how many unions lie around."""
    kept: list[_CheckedData] = []
    unions: dict[Keys, dict[str, list[_CheckedData]]] = {}
    for fault in found:
        if len(fault.spot.branches) <= depth:
            kept.append(fault)
        else:
            keys, branch = fault.spot.branches[depth]
            unions.setdefault(keys, {}).setdefault(branch, []).append(fault)
    for keys, branches in unions.items():
        each = [_once_per_union(faults, depth + 1, source) for faults in branches.values()]
        kept += _closest(each, keys, source)
    return kept


def _closest(
    branches: Sequence[list[_CheckedData]], keys: Keys, source: YamlSource
) -> list[_CheckedData]:
    """Choose the branch of the right kind with the fewest faults; without one, name all kinds."""
    fitting = [
        faults for faults in branches if not any(one.is_wrong_kind_at(keys) for one in faults)
    ]
    if fitting:
        return min(fitting, key=len)
    faults = [fault for branch in branches for fault in branch if fault.is_wrong_kind_at(keys)]
    spot = replace(faults[0].spot, branches=())
    return [_CheckedData(spot, any_of([fault.worded for fault in faults], spot, source))]
