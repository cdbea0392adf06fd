"""Measure and take off the white space that lines begin with."""

from __future__ import annotations

_TAB = 4  # CommonMark 0.31, section 2.2: a tab reaches to the next multiple of four columns


def indent_of(text: str) -> int:
    """Return the number of columns of white space that a line begins with."""
    return len(text[: len(text) - len(text.lstrip(" \t"))].expandtabs(_TAB))


def dedent(text: str, width: int) -> tuple[str, int]:
    """Return a line less up to `width` columns of its indentation, and how many characters go.

    A tab that reaches beyond `width`, or stands after it, is turned into spaces: in the shorter
    line it would reach another column than its author saw.
    """
    if not width:
        return text, 0
    columns = taken = 0
    while columns < width and text[taken : taken + 1] in (" ", "\t"):
        columns += _TAB - columns % _TAB if text[taken] == "\t" else 1
        taken += 1
    return " " * (indent_of(text) - min(columns, width)) + text.lstrip(" \t"), taken
