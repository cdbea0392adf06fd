"""Word pydantic's errors as sentences a trainer understands, with a place and a hint."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from pydantic_core import ErrorDetails

from workshop.content.yaml.cut_values import cut_at_comma
from workshop.content.yaml.error_places import Schema, Spot
from workshop.content.yaml.source import Keys, Place, YamlSource
from workshop.content.yaml.what_to_type import date_meant, whole_number_meant
from workshop.diagnostics import Diagnostic, nearest
from workshop.in_a_row import in_a_row

__all__ = ["Fault", "Worded", "any_of", "word"]


class Fault(ValueError):
    """Says what a model's validator finds wrong, with a hint at what would be right.

    `at` leads from what is validated to the key whose line is to be looked at.
    """

    def __init__(self, message: str, hint: str | None = None, at: Keys = ()) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.at = at


@dataclass(frozen=True)
class Worded:
    """Holds a fault in words. For a value of a wrong kind, `expects` names the right kinds."""

    diagnostic: Diagnostic
    expects: str | None = None


_TEXT, _WHOLE, _NUMBER, _SWITCH = "text", "a whole number", "a number", "true or false"
_LIST, _KEYS = "a list", "a group of keys"
_DATE, _TIME = "a date such as 2026-05-31", "a time such as 09:30"
_EXPECTED = {
    "string_type": _TEXT,
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_from_float": _WHOLE,
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "finite_number": _NUMBER,
    "decimal_type": _NUMBER,
    "decimal_parsing": _NUMBER,
    "bool_type": _SWITCH,
    "bool_parsing": _SWITCH,
    "list_type": _LIST,
    "tuple_type": _LIST,
    "set_type": _LIST,
    "frozen_set_type": _LIST,
    "dict_type": _KEYS,
    "model_type": _KEYS,
    "model_attributes_type": _KEYS,
    "dataclass_type": _KEYS,
    "date_type": _DATE,
    "date_parsing": _DATE,
    "date_from_datetime_parsing": _DATE,
    "date_from_datetime_inexact": _DATE,
    "time_type": _TIME,
    "time_parsing": _TIME,
}


def word(detail: ErrorDetails, spot: Spot, source: YamlSource) -> Worded:
    """Put one of pydantic's errors into words.

    Codes: `unknown-key`, `missing-key`, `unknown-value`, `no-value`, `wrong-type`, `out-of-range`,
    `wrong-length`; `wrong-value` for faults of our validators and pydantic's rarer errors.
    """
    kind = detail["type"]
    if kind == "extra_forbidden":
        return Worded(_unknown_key(spot, source, spot.keys_around()))
    if kind.startswith("union_tag"):
        return _unknown_model(detail, spot, source)
    if kind == "missing":
        return Worded(_missing(spot.absent, spot, source))
    if kind in ("literal_error", "enum"):
        return _not_one_of(detail, spot, source)
    if kind in _EXPECTED:
        return _wrong_kind(detail, spot, source)
    return Worded(_wrong_value(detail, spot, source))


def any_of(faults: Iterable[Worded], spot: Spot, source: YamlSource) -> Worded:
    """Say in one sentence which kinds of value the branches of a union expect."""
    branches = tuple(faults)
    expects = " or ".join(dict.fromkeys(fault.expects or "" for fault in branches))
    if branches[0].diagnostic.code == "no-value":
        return replace(branches[0], expects=expects)
    hint = next((fault.diagnostic.hint for fault in branches if fault.diagnostic.hint), None)
    message = f"{_subject(spot)} must be {expects}"
    return Worded(_diagnostic("wrong-type", message, spot, source, hint), expects)


def _unknown_key(spot: Spot, source: YamlSource, valid: Iterable[str]) -> Diagnostic:
    key, holder = str(spot.keys[-1]), spot.keys[:-1]
    message = f"Unknown key “{key}”" + (f" in {_name(holder)}" if holder else "")
    hint = cut_at_comma(source, spot.keys) or nearest(key, valid)
    return Diagnostic("unknown-key", message, source.location(*spot.keys, key=True), hint)


def _missing(key: str | int | None, spot: Spot, source: YamlSource) -> Diagnostic:
    if isinstance(key, int):
        message = f"{_subject(replace(spot, keys=(*spot.keys, key)))} is missing"
    else:
        message = f"“{key}” is missing" + (f" from {_name(spot.keys)}" if spot.keys else "")
    return _diagnostic("missing-key", message, spot, source)


def _unknown_model(detail: ErrorDetails, spot: Spot, source: YamlSource) -> Worded:
    """Say that a mapping's discriminating key names none of the models it can be."""
    key = detail["ctx"]["discriminator"].strip("'")
    if not isinstance(detail["input"], dict):
        return _wrong_kind({**detail, "type": "dict_type"}, spot, source)
    if key in detail["input"]:
        at_key = replace(spot, keys=(*spot.keys, key))
        valid = re.findall(r"'([^']*)'", detail["ctx"].get("expected_tags", ""))
        message = f"{_subject(at_key)} cannot be “{_text_at(at_key, source)}”"
        hint = nearest(_text_at(at_key, source), valid)
        return Worded(_diagnostic("unknown-value", message, at_key, source, hint))
    if key in spot.properties():
        return Worded(_missing(key, spot, source))
    message = f"{_subject(spot)} has none of the keys that say what it is"
    first_key = next(iter(detail["input"]), "")
    return Worded(
        _diagnostic("missing-key", message, spot, source, nearest(first_key, spot.properties()))
    )


def _not_one_of(detail: ErrorDetails, spot: Spot, source: YamlSource) -> Worded:
    valid = spot.values() or re.findall(r"'([^']*)'", detail["ctx"]["expected"])
    if spot.is_key:
        return Worded(_unknown_key(spot, source, valid))
    expects = in_a_row([f"“{value}”" for value in valid], "or")
    written = _text_at(spot, source)
    if detail["input"] is None:
        return Worded(_no_value(spot, source), expects)
    if not written:
        message = f"{_subject(spot)} must be {expects}"
        return Worded(_diagnostic("unknown-value", message, spot, source), expects)
    message = f"{_subject(spot)} cannot be “{written}”"
    hint = nearest(written, valid)
    return Worded(_diagnostic("unknown-value", message, spot, source, hint), expects)


def _wrong_kind(detail: ErrorDetails, spot: Spot, source: YamlSource) -> Worded:
    expects = _EXPECTED[detail["type"]]
    hint = _kind_hint(expects, detail["input"], _text_at(spot, source))
    several = f"{spot.keys[-1]}s" if spot.keys else ""
    if expects == _TEXT and isinstance(detail["input"], list) and several in spot.keys_around():
        hint = f"For several, write `{several}`."
    if expects in (_WHOLE, _NUMBER):
        expects += _range(spot.schemas)
    if expects == _KEYS and spot.properties():
        expects += f" ({', '.join(spot.properties())})"
    if detail["input"] is None:
        return Worded(_no_value(spot, source), expects)
    message = f"{_subject(spot)} must be {expects}"
    return Worded(_diagnostic("wrong-type", message, spot, source, hint), expects)


def _no_value(spot: Spot, source: YamlSource) -> Diagnostic:
    written = _text_at(spot, source)
    commented = f'“#” begins a comment; put the value in quotes: "{written}".'
    quoted = f'“{written}” means nothing here; put it in quotes if it is meant: "{written}".'
    hint = commented if written.startswith("#") else quoted if written else None
    hint = hint or cut_at_comma(source, spot.keys)
    return _diagnostic("no-value", f"{_subject(spot)} has no value", spot, source, hint)


def _kind_hint(expected: str, value: object, written: str) -> str | None:
    """Name the usual reason why a value is not of the kind expected."""
    hint = None
    if expected == _TEXT and isinstance(value, int | float):
        hint = f'Put it in quotes: "{written}".'
    elif expected == _TEXT and isinstance(value, dict):
        hint = "A text with a colon and a space in it must be in quotes."
    elif expected == _WHOLE and (number := whole_number_meant(written)) is not None:
        hint = f"Write the number alone, without quotes: {number}."
    elif expected == _DATE and (date := date_meant(written)):
        hint = f"Write it as year-month-day: {date}."
    elif expected == _SWITCH:
        words = dict.fromkeys(("yes", "y", "on", "1"), "true")
        words |= dict.fromkeys(("no", "n", "off", "0"), "false")
        hint = f"Write {words[written.lower()]}." if written.lower() in words else None
    elif expected == _LIST and written:
        hint = "Begin each entry with “- ” on a line of its own."
    return hint


def _wrong_value(detail: ErrorDetails, spot: Spot, source: YamlSource) -> Diagnostic:
    kind, subject = detail["type"], _subject(spot)
    within = _range(spot.schemas)
    if kind.startswith(("greater_than", "less_than")) and within:
        whole = any(schema.get("type") == "integer" for schema in spot.schemas)
        message = f"{subject} must be {_WHOLE if whole else _NUMBER}{within}"
        return _diagnostic("out-of-range", message, spot, source)
    if kind.endswith(("too_short", "too_long")):
        return _diagnostic("wrong-length", f"{subject} {_length(detail)}", spot, source)
    error = detail.get("ctx", {}).get("error")
    hint, at = (error.hint, error.at) if isinstance(error, Fault) else (None, ())
    message = str(error) if isinstance(error, ValueError | AssertionError) else ""
    # A number is quoted as it stands in the file: 9.30, and not 9.3.
    if written := _text_at(spot, source):
        message = message.replace(f"“{detail['input']}”", f"“{written}”")
    message = message or _cleaned(detail, subject)
    if at:
        place = source.location(*spot.keys, *at, key=True)
        return Diagnostic("wrong-value", message, place, hint)
    return _diagnostic("wrong-value", message, spot, source, hint)


def _cleaned(detail: ErrorDetails, subject: str) -> str:
    """Rewrite pydantic's own sentence so that it names the value it is about."""
    text = re.sub(r"^\w+ should ", f"{subject} must ", detail["msg"])
    text = re.sub(r"^value is ", f"{subject} is ", text).rstrip(".")
    return text if text.startswith(subject) else f"{subject}: {text}"


def _length(detail: ErrorDetails) -> str:
    """Say how long a text or a list may be."""
    limits = detail["ctx"]
    # A text that is looked at in another way first counts for pydantic as a row of letters.
    unit = "character" if isinstance(detail["input"], str) else "entry"
    if limits.get("min_length") == 1:
        return "must not be empty"
    least, count = "min_length" in limits, limits.get("min_length", limits.get("max_length"))
    units = unit if count == 1 else {"entry": "entries"}.get(unit, "characters")
    return f"must have at {'least' if least else 'most'} {count} {units}"


def _range(schemas: Iterable[Schema]) -> str:
    """Name the limits of a number by the first of the schemas that has any."""
    for schema in schemas:
        low, high = schema.get("minimum"), schema.get("maximum")
        if low is not None and high is not None:
            return f" from {low} to {high}"
        limits = (
            ("at least", low),
            ("above", schema.get("exclusiveMinimum")),
            ("at most", high),
            ("below", schema.get("exclusiveMaximum")),
        )
        phrases = [f"{words} {limit}" for words, limit in limits if limit is not None]
        if phrases:
            return f", {' and '.join(phrases)}"
    return ""


def _diagnostic(
    code: str, message: str, spot: Spot, source: YamlSource, hint: str | None = None
) -> Diagnostic:
    return Diagnostic(code, message, source.location(*spot.keys, key=spot.is_key), hint)


def _text_at(spot: Spot, source: YamlSource) -> str:
    place: Place | None = source.places.get(spot.keys)
    return place.written if place else ""


def _subject(spot: Spot) -> str:
    """Name the value or key that is wrong, as the beginning of a sentence."""
    name = f"the key “{spot.keys[-1]}”" if spot.is_key else _name(spot.keys)
    return name[:1].upper() + name[1:]


def _name(keys: Keys) -> str:
    if not keys:
        return "the file"
    last = keys[-1]
    return f"entry {last + 1} of {_name(keys[:-1])}" if isinstance(last, int) else f"“{last}”"
