"""Find where a text nests quotations, lists or HTML elements too deep, or has an endless word.

Markdown's converter calls itself for each level, so that deep nesting would end in an error of its
own, or take very long before it does.
"""

from __future__ import annotations

import re

from workshop.limits import LONGEST_WORD, TEXT_DEPTH

_MARKS = re.compile(r"(?:[ \t]*(?:>|(?:[-+*]|\d{1,9}[.)])(?=[ \t])))*")
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-zA-Z][\w-]*)[^<>]*?(?P<alone>/?)>")
_LONG_WORD = re.compile(rf"(?<!\S)\S{{{LONGEST_WORD.most + 1},}}+")
_ALONE = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr")
)
# Columns of white space that a level of a list takes at least.
_INDENT = 2


def unreadable_line(source: str) -> tuple[int, str, str] | None:
    """Return the number, from 0, of a line that cannot be set, what is wrong, and what to do."""
    if (deep := line_nested_too_deep(source)) is not None:
        message = f"{TEXT_DEPTH.subject} may have at most {TEXT_DEPTH}"
        return deep, message, "Take some of them apart."
    if len(source) > LONGEST_WORD.most and (word := _LONG_WORD.search(source)):
        message = f"A word stands here of {len(word[0]):,} characters, “{word[0][:40]}…”"
        hint = f"A word may have at most {LONGEST_WORD}: put spaces into it."
        return source.count("\n", 0, word.start()), message, hint
    return None


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
