"""Find where a text nests quotations, lists or HTML elements deeper than anybody reads.

Markdown's converter calls itself for each level, so that deep nesting would end in an error of its
own, or take very long before it does.
"""

from __future__ import annotations

import re

from workshop.limits import TEXT_DEPTH

_MARKS = re.compile(r"(?:[ \t]*(?:>|(?:[-+*]|\d{1,9}[.)])(?=[ \t])))*")
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-zA-Z][\w-]*)[^<>]*?(?P<alone>/?)>")
_ALONE = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr")
)
# Columns of white space that a level of a list takes at least.
_INDENT = 2


def line_nested_too_deep(source: str) -> int | None:
    """Return the number, from 0, of the first line of a text that is nested too deep."""
    elements = 0
    for number, line in enumerate(source.split("\n")):
        for tag in _TAG.finditer(line):
            if tag["name"].lower() not in _ALONE and not tag["alone"]:
                elements = max(0, elements + (-1 if tag["end"] else 1))
            if elements > TEXT_DEPTH.most:
                return number
        marks = _MARKS.match(line)
        written = marks[0] if marks else ""
        depth = len(re.findall(r"[>*+\-]|\d[.)]", written))
        indent = len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip(" "))
        is_item = depth > 0
        if depth > TEXT_DEPTH.most or (is_item and indent > TEXT_DEPTH.most * 2 * _INDENT):
            return number
    return None
