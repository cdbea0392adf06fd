"""Find values that YAML reads as less, or as more, than their author most likely wrote."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from workshop.content.yaml.source import Keys, YamlSource

# “#” with a space or nothing behind it, or two spaces before it, begins what is meant as a comment.
_CUT = re.compile(r"[ \t](?P<rest>#(?:[^\s#]|[ \t]*[0-9]).*)")
_RUN_ON = re.compile(r"[ \t]*(?P<mark>[-*+•] |[0-9]{1,3}[.)] |[A-Za-z][\w-]*:(?=[^\s/]))")
_ESCAPED_PATH = re.compile(r"[A-Za-z]:\\|\\\w+\\")


@dataclass(frozen=True)
class ReadOtherwise:
    """Says why a value is not what it looks like: where in the text, and what would be right."""

    index: int
    code: str
    message: str
    hint: str


def read_otherwise(text: str, start: int, end: int, value: str) -> ReadOtherwise | None:
    """Return what may be wrong with the scalar from `start` to `end`, whose value is `value`."""
    if text[start] == '"':
        return _escaped(text, start, end)
    if text[start] in "'|>":
        return None
    cut = _CUT.match(text, end)
    if cut:
        whole = f"{value} {cut['rest'].rstrip()}"
        quoted = f": '{whole}'" if '"' in whole else f': "{whole}"'
        if "}" in whole or "]" in whole:  # the value may end before the line does
            quoted = ""
        return ReadOtherwise(
            cut.start("rest"),
            "yaml-cut",
            f"“#” begins a comment, so the value ends before it: “{value}”",
            f"Put the whole value in quotes{quoted}. A comment has a space behind its “#”.",
        )
    return _run_on(text, start, end)


def _run_on(text: str, start: int, end: int) -> ReadOtherwise | None:
    """Return a line that looks like an item or a key of its own, but goes on with the value."""
    line_end = text.find("\n", start, end)
    while line_end >= 0:
        mark = _RUN_ON.match(text, line_end + 1, end)
        if mark:
            is_key = mark["mark"].endswith(":")
            hint = "Put a space behind its colon" if is_key else "Set it in as far as the one above"
            return ReadOtherwise(
                mark.start("mark"),
                "yaml-run-on",
                "This line goes on with the value of the line above",
                f"{hint}, if it is meant to stand by itself.",
            )
        line_end = text.find("\n", line_end + 1, end)
    return None


def _escaped(text: str, start: int, end: int) -> ReadOtherwise | None:
    path = _ESCAPED_PATH.search(text.replace("\\\\", "//"), start, end)
    if not path:
        return None
    return ReadOtherwise(
        path.start(),
        "yaml-escape",
        "In double quotation marks “\\” changes the character behind it",
        "Put the value in single quotation marks: '…'.",
    )


def cut_at_comma(source: YamlSource, keys: Keys) -> str | None:
    """Return the hint for a key that is the end of a text: within braces, a comma begins a key.

    That is most likely where a key without a value follows a text. `keys` is the path of the key.
    """
    around = source.value_at(keys[:-1]) if keys else None
    if not isinstance(around, Mapping) or keys[-1] not in around:
        return None
    names = list(around)
    at = names.index(keys[-1])
    if not _is_cut_off(source, keys):
        return None
    first = at
    while first >= 0 and _is_cut_off(source, (*keys[:-1], names[first])):
        first -= 1
    before = around[names[first]] if first >= 0 else None
    if not isinstance(before, str):
        return None
    rest = []
    for name in names[first + 1 :]:
        if not _is_cut_off(source, (*keys[:-1], name)):
            break
        rest.append(name)
    line, place = source.location(*keys[:-1], names[first]).line, source.location(*keys, key=True)
    if place.line != line and " " not in str(keys[-1]):
        return None
    whole = json.dumps(", ".join([before, *rest]), ensure_ascii=False)
    return f"A text with a comma in it must be in quotes here: `{names[first]}: {whole}`."


def _is_cut_off(source: YamlSource, keys: Keys) -> bool:
    """Tell whether a key has no value, nor a comment in its place."""
    place = source.places.get(keys)
    return source.value_at(keys) is None and not (place and place.written)
