"""Turn views into JSON values and back: what was HTML is HTML again, and nothing else is."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

from markupsafe import Markup

from workshop.composing.views import diagram_view, records
from workshop.keeping.shape import checked

_KINDS = {
    kind.__name__: kind
    for kind in (
        records.CardSet,
        records.CardView,
        diagram_view.DiagramItem,
        diagram_view.DiagramView,
        records.ExerciseView,
        records.ModuleView,
        records.NeedView,
        records.OwnPage,
        records.PartView,
        records.ReaderView,
        records.SlideView,
        records.SpaceView,
    )
}


def to_data(value: Any) -> Any:
    """Return a view, or a part of one, as values that JSON can hold."""
    if isinstance(value, Markup):
        return {"html": str(value)}
    if isinstance(value, tuple):
        return [to_data(item) for item in value]
    if is_dataclass(value) and not isinstance(value, type):
        parts = [to_data(getattr(value, field.name)) for field in fields(value)]
        return {"kind": type(value).__name__, "parts": parts}
    return value


def from_data(data: Any) -> Any:
    """Return the view that `to_data` was given; raise `ValueError` where it was given none."""
    try:
        return _from_data(data)
    except (LookupError, TypeError, RecursionError) as error:
        raise ValueError("it is no view") from error


def _from_data(data: Any) -> Any:
    if isinstance(data, dict) and isinstance(data.get("html"), str):
        return Markup(data["html"])  # noqa: S704  # it was HTML before
    if isinstance(data, dict):
        kind = _KINDS[data["kind"]]
        return checked(kind(*map(_from_data, data["parts"])), kind)
    if isinstance(data, list):
        return tuple(_from_data(item) for item in data)
    return data
