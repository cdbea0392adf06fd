"""Find values that YAML reads as less, or as more, than their author most likely wrote."""

from __future__ import annotations

import re
from dataclasses import dataclass

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
