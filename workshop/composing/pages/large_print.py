"""Enlarge the type in CSS for a large-print edition: no text is smaller than 16 points."""

from __future__ import annotations

import re

# Sizes in points. Text up to the size of running text is set in the least size, headings stay
# larger than that, and text that is large already stays as it is.
LEAST, _RUNNING, _LARGE = 16.0, 10.5, 40.0

_DECLARATION = re.compile(r"\bfont(?:-size)?\s*:[^;{}]*", re.IGNORECASE)
_SIZE = re.compile(r"(?<![\w.])(\d*\.?\d+)(pt|px|mm)\b", re.IGNORECASE)
_POINTS = {"pt": 1.0, "px": 0.75, "mm": 72 / 25.4}


def enlarged(css: str) -> str:
    """Return the style sheet with its sizes of type, in pt, px or mm, raised to large print."""
    return _DECLARATION.sub(lambda match: _SIZE.sub(_larger, match[0]), css)


def _larger(size: re.Match[str]) -> str:
    return f"{large(float(size[1]) * _POINTS[size[2].lower()]):g}pt" if float(size[1]) else size[0]


def large(points: float) -> float:
    """Return the size in large print, in points: never smaller, and larger sizes stay larger."""
    if points <= _RUNNING:
        return LEAST
    if points >= _LARGE:
        return points
    return LEAST + (points - _RUNNING) * (_LARGE - LEAST) / (_LARGE - _RUNNING)
