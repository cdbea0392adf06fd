"""Data that was read back has the shape that a type describes, or another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypedDict

import pytest

from workshop.keeping.shape import checked, has_shape


@dataclass(frozen=True)
class Leaf:
    name: str
    sizes: tuple[int, ...]
    more: Leaf | None = None


class Row(TypedDict):
    kind: Literal["a", "b"]
    place: tuple[int, int] | None


def deep(depth: int) -> list[Any]:
    nested: list[Any] = []
    for _ in range(depth):
        nested = [nested]
    return nested


FITTING: list[tuple[object, Any]] = [
    ("a", str),
    (1, int),
    (1, float),
    (True, bool),
    (None, int | None),
    ([1, [2, "x"]], tuple[int, tuple[int, str]]),
    ([], tuple[int, ...]),
    ([1, 2], list[int]),
    ({"a": [1]}, dict[str, list[int]]),
    ({"a": 1}, Mapping[str, Any]),
    ({"kind": "a", "place": [1, 2]}, Row),
    (Leaf("a", (1,), Leaf("b", ())), Leaf),
]
OTHERS: list[tuple[object, Any]] = [
    (1, str),
    (True, int),
    (True, float),
    (1, bool),
    ("", int | None),
    ([1, 2, 3], tuple[int, int]),
    ([1, "2"], list[int]),
    ("12", list[str]),
    ([["a", 1]], dict[str, int]),
    ({"a": 1}, dict[str, str]),
    ({"kind": "c", "place": None}, Row),
    ({"kind": [], "place": None}, Row),
    ({"kind": "a"}, Row),
    ({"kind": "a", "place": None, "x": 1}, Row),
    ({"name": "a", "sizes": []}, Leaf),
    (Leaf("a", ("1",)), Leaf),  # type: ignore[arg-type]
    (Leaf("a", (), Leaf(1, ())), Leaf),  # type: ignore[arg-type]
]


@pytest.mark.parametrize(("value", "shape"), FITTING)
def test_what_a_type_describes_has_its_shape(value: object, shape: Any) -> None:
    assert has_shape(value, shape)
    assert checked(value, shape) is value


@pytest.mark.parametrize(("value", "shape"), OTHERS)
def test_anything_else_has_another(value: object, shape: Any) -> None:
    assert not has_shape(value, shape)
    with pytest.raises(ValueError, match="another shape"):
        checked(value, shape)


def test_what_is_nested_without_end_has_no_shape() -> None:
    shape: Any = list[Any]
    for _ in range(5000):
        shape = list[shape]
    assert not has_shape(deep(6000), shape)
