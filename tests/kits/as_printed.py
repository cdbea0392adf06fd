"""Put a client’s words into a day as it was typed, to compare it with what is printed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from pydantic import BaseModel

from workshop.content.grammar.articles import with_article
from workshop.content.yaml.source import YamlSource
from workshop.planning.day import Day
from workshop.tailoring.tailored import Tailored

_QUOTED = r"""(?:"([^"]*)"|'([^']*)')"""
_TERM = re.compile(
    rf"\{{\{{ ?term\({_QUOTED}(?:, ?{_QUOTED})?\) ?(\| ?an ?)?(\| ?capitalize ?)?\}}\}}"
)


def as_printed(day: Day, tailored: Tailored) -> Day:
    """Return a day in which each term stands as the client says it, and the part of the day."""

    def word(found: re.Match[str]) -> str:
        term, usual = found[1] or found[2], found[3] or found[4]
        usual = usual or tailored.programme.file.terms[term]
        said = tailored.client.terms.get(term, usual)
        said = with_article(said) if found[5] else said
        return said[:1].upper() + said[1:] if found[6] else said

    part_of_day = "morning" if day.cohort.start < 12 * 60 else "afternoon"
    printed: Day = _changed(
        day,
        lambda text: _TERM.sub(word, text).replace("{{ cohort.part_of_day }}", part_of_day),
    )
    return printed


def _changed(value: Any, fill: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return fill(value)
    if isinstance(value, tuple | list):
        return type(value)(_changed(item, fill) for item in value)
    if isinstance(value, Mapping):
        return {key: _changed(item, fill) for key, item in value.items()}
    if isinstance(value, BaseModel):
        named = {name: _changed(getattr(value, name), fill) for name in type(value).model_fields}
        return value.model_copy(update=named)
    if is_dataclass(value) and not isinstance(value, type | YamlSource):
        names = [field.name for field in fields(value) if field.init]
        return replace(value, **{name: _changed(getattr(value, name), fill) for name in names})
    return value
