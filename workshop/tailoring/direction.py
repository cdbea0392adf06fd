"""Tell in which direction pages in a language are read."""

from __future__ import annotations

from typing import Literal

from babel import Locale


def direction_of(language: str) -> Literal["ltr", "rtl"]:
    """Return the direction of a language, "ltr" (from left to right) or "rtl"."""
    order = Locale.parse(language, sep="-").character_order
    return "rtl" if order == "right-to-left" else "ltr"
