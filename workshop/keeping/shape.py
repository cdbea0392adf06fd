"""Tell whether data that was read back has the shape that a type describes.

It imports nothing that takes time to load: a build with nothing to do needs it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import is_dataclass
from functools import cache
from types import MappingProxyType, NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints, is_typeddict


def has_shape(value: object, shape: Any) -> bool:
    """Tell whether a value is of a type, with all that is in it.

    The type may be a plain class, `Any`, a `Literal`, a union, a list, a tuple, a mapping, a
    `TypedDict` with just its keys, or a dataclass. A list of JSON has the shape of a tuple. Whole
    numbers are numbers; `True` is none.
    """
    try:
        return _has(value, shape)
    except RecursionError:
        return False


def checked(value: Any, shape: Any) -> Any:
    """Return a value that has a shape; raise `ValueError` for any other."""
    if not has_shape(value, shape):
        raise ValueError("it has another shape")
    return value


def _has(value: object, shape: Any) -> bool:
    if shape is Any or shape is object:
        return True
    origin, arguments = get_origin(shape), get_args(shape)
    if origin is Literal:
        return isinstance(value, str) and value in arguments
    if origin in (Union, UnionType):
        return any(_has(value, argument) for argument in arguments)
    if origin is list:
        return isinstance(value, list) and all(_has(item, arguments[0]) for item in value)
    if origin is tuple:
        return isinstance(value, (list, tuple)) and _is_tuple(value, arguments)
    if origin and issubclass(origin, Mapping):
        return isinstance(value, dict) and all(
            _has(key, arguments[0]) and _has(item, arguments[1]) for key, item in value.items()
        )
    if is_typeddict(shape):
        return (
            isinstance(value, dict)
            and value.keys() == _hints(shape).keys()
            and all(_has(value[name], hint) for name, hint in _hints(shape).items())
        )
    if isinstance(shape, type) and is_dataclass(shape) and isinstance(value, shape):
        return all(_has(getattr(value, name), hint) for name, hint in _hints(shape).items())
    return _is_plain(value, shape)


def _is_tuple(value: list[object] | tuple[object, ...], items: tuple[Any, ...]) -> bool:
    if items[1:] == (...,):
        return all(_has(item, items[0]) for item in value)
    return len(value) == len(items) and all(map(_has, value, items))


def _is_plain(value: object, shape: Any) -> bool:
    if shape is None:
        return value is None
    if shape is float:
        return type(value) in (int, float)
    return type(value) is shape if shape in (int, bool, str, NoneType) else isinstance(value, shape)


@cache
def _hints(shape: Any) -> Mapping[str, Any]:
    return MappingProxyType(get_type_hints(shape))
