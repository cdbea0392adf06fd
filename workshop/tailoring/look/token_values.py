"""Check the values of a look's tokens, so that a slip is told in the file where it stands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from workshop.limits import COLUMN_WIDTH, ROUNDNESS, RULE_WIDTH

_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)")
_LENGTH = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+))([a-z%]*)", re.IGNORECASE)
# Millimetres to a unit (CSS Values 4, 6.2); those that depend on type have about so many.
_UNITS = MappingProxyType(
    {
        "mm": 1, "cm": 10, "q": 0.25, "in": 25.4, "pt": 25.4 / 72, "pc": 25.4 / 6, "px": 25.4 / 96,
        "em": 3.7, "rem": 3.7, "ex": 1.8, "ch": 1.8, "lh": 5,
    }
)  # fmt: skip
_NOT_LENGTHS = ("%", "deg", "turn", "s", "ms", "fr", "vw", "vh")
_STYLES = ("solid", "dashed", "dotted", "double", "groove", "ridge", "inset", "outset")
_NO_RULE = ("none", "0", "hidden")
# Values that stand for others, which are known only on the page.
_FUNCTION = re.compile(r"[a-z-]+\(", re.IGNORECASE)
_PIECES = re.compile(r"(?:[^\s()]|\((?:[^()]|\([^()]*\))*\))+")
_COLOUR = re.compile(r"#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})", re.IGNORECASE)

_NUMBERS = ("round",)
_LENGTHS = ("margin-column",)
_RULES = (
    "bar", "frame", "hairline", "head-rule", "panel-bar", "section-rule", "writing-line",
)  # fmt: skip
_FILLS = ("panel",)


def what_is_wrong(name: str, value: str, before: Mapping[str, str]) -> str:
    """Say what the value of a token should be; "" where it is right.

    Tokens of the usual look are of a known kind. Another that is a length in the look `before` has
    to stay one; of all others only the units are looked at.
    """
    if name in _NUMBERS:
        return _of_number(value)
    if name in _LENGTHS:
        return _of_length(value, COLUMN_WIDTH.most)
    if name in _RULES:
        return _of_rule(value)
    if name in _FILLS:
        is_fill = value == "none" or _FUNCTION.match(value) or _is_colour(value)
        return "" if is_fill else "a colour such as var(--tint), or none"
    if _length_of(before.get(name, "")) is not None and _length_of(value) is None:
        return "" if _FUNCTION.match(value) else f"a length, such as {before[name]}"
    return _of_units(value)


def _of_number(value: str) -> str:
    is_right = _NUMBER.fullmatch(value) and 0 <= float(value) <= ROUNDNESS.most
    return "" if is_right else f"a number from 0 to {ROUNDNESS.most}"


def _of_length(value: str, most: float) -> str:
    if _FUNCTION.match(value):
        return ""
    length = _length_of(value)
    return "" if length is not None and 0 <= length <= most else f"a length from 0mm to {most}mm"


def _of_rule(value: str) -> str:
    """Look at a rule: its width, its style and its colour, each once and in any order."""
    if value in _NO_RULE or re.fullmatch(r"var\([^()]*\)", value):
        return ""
    kinds = [_part_of_rule(piece) for piece in _PIECES.findall(value)]
    is_right = kinds.count("style") == 1 and len(set(kinds)) == len(kinds) and "" not in kinds
    return "" if is_right else _RULE_SAID


_RULE_SAID = (
    f"a rule of at most {RULE_WIDTH}, such as 1.6pt solid var(--ink): its width, its style "
    f"({', '.join(_STYLES[:4])}) and its colour; or none"
)


def _part_of_rule(piece: str) -> str:
    """Return which part of a rule something is, or "" for none."""
    length = _length_of(piece)
    if piece in ("thin", "medium", "thick") or piece.lower().startswith("calc("):
        return "width"
    if length is not None:
        return "width" if 0 <= length <= RULE_WIDTH.most * _UNITS["pt"] + 0.001 else ""
    if piece in _STYLES:
        return "style"
    return "colour" if _FUNCTION.match(piece) or _is_colour(piece) else ""


def _is_colour(word: str) -> bool:
    if _COLOUR.fullmatch(word):
        return True
    # Hardly a look names a colour by a word, and what knows the words takes time to load.
    from tinycss2.color5 import parse_color

    return word.isalpha() and parse_color(word) is not None


def _length_of(value: str) -> float | None:
    """Return a length in millimetres, or None for what is none."""
    length = _LENGTH.fullmatch(value)
    if length is None:
        return None
    number, unit = float(length[1]), length[2].lower()
    if not unit:
        return 0 if number == 0 else None
    return number * _UNITS[unit] if unit in _UNITS else None


def _of_units(value: str) -> str:
    known = (*_UNITS, *_NOT_LENGTHS, "")
    for number in re.finditer(r"(?<![\w#.-])[+-]?(?:\d+\.?\d*|\.\d+)([a-z%]+)", value, re.I):
        if number[1].lower() not in known:
            return f"in a unit that is there, such as mm or pt: “{number[1]}” is none"
    return ""
