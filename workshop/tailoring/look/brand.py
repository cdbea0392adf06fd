"""Turn one brand colour into a palette that reads on paper, in colour and in grey."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from workshop.diagnostics import Location, Report

DEFAULT_BRAND = "#0f4c5c"

_WHITE = "#ffffff"
_BLACK = "#000000"
_TEXT = 4.5  # WCAG 2.2, success criterion 1.4.3, level AA
_LINE = 3.0  # WCAG 2.2, success criterion 1.4.11, level AA
_WASH = 0.07
_STRONG_WASH = 0.18
_INK_BASE = "#121212"
_INK_HUE = 0.12
_MUTED = "#666666"  # 4.5:1 even on the darkest tint, which a black brand colour has
# 3:1 even on the darkest tint.
_WRITE = "#828282"
_STEPS = 256


@dataclass(frozen=True)
class Palette:
    """Holds the colours of one client's kit, each "#rrggbb" in lower case.

    Contrasts hold WCAG 2.2 AA: text 4.5:1 (success criterion 1.4.3), the lines of writing spaces
    3:1 (1.4.11). "Paper" is white; panels are `tint`.

    accent: the brand as given, for fills.
    accent_text: headings and thin rules; 4.5:1 on paper and on `tint`, of the brand's hue.
    on_accent: text on a fill of `accent`; 4.5:1.
    tint, tint_strong: washes for panels, told apart when printed in grey.
    rule: thin rules between what is read; 3:1 on paper and on `tint`.
    write: lines to write on and outlines of what is filled in; a grey without a hue, so that a page
        of lines is printed in black; 3:1 on paper and on `tint`.
    ink: body text; near-black with a hint of the hue.
    muted: captions; grey, 4.5:1 on paper and on `tint`.
    """

    accent: str
    accent_text: str
    on_accent: str
    tint: str
    tint_strong: str
    rule: str
    write: str
    ink: str
    muted: str


def contrast(first: str, second: str) -> float:
    """Measure the contrast of two "#rrggbb" colours: from 1 (equal) to 21 (black on white).

    Source: "contrast ratio" in the glossary of WCAG 2.2.
    """
    darker, lighter = sorted((_luminance(first), _luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


def palette(brand: str, report: Report, location: Location | None) -> Palette | None:
    """Derive the palette of `brand` ("#0b5d4e" or "#abc").

    A malformed colour is an error, and None is returned. A brand too light for text is a warning,
    which names the darker colour that headings use instead.
    """
    if not re.fullmatch(r"#(?:[0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})", brand):
        report.error(
            "brand-malformed",
            f"“{_show_text(brand)}” is not a colour",
            location,
            'Write it like "#0b5d4e", in quotes: # and six digits from 0 to 9 and a to f.',
        )
        return None
    colours = _derived(_six_digits(brand))
    if colours.accent_text != colours.accent:
        _warn_of_light_brand(colours, report, location)
    return colours


def default_palette() -> Palette:
    """Return the palette of a client without a colour of its own."""
    return _derived(DEFAULT_BRAND)


def _derived(accent: str) -> Palette:
    # The tints are mixed from a tone dark enough for text: 18 % of a pale yellow would print white
    # in grey.
    deep = _darkened(accent, _TEXT, [_WHITE])
    tint = _mixed(deep, _WHITE, _WASH)
    paper = [_WHITE, tint]
    ink = _mixed(deep, _INK_BASE, _INK_HUE)
    reads_white = contrast(_WHITE, accent) >= _TEXT
    return Palette(
        accent=accent,
        accent_text=_darkened(accent, _TEXT, paper),
        on_accent=_WHITE if reads_white else _darkened(ink, _TEXT, [accent]),
        tint=tint,
        tint_strong=_mixed(deep, _WHITE, _STRONG_WASH),
        rule=_lightened(_darkened(accent, _LINE, paper), _LINE, paper),
        write=_WRITE,
        ink=ink,
        muted=_MUTED,
    )


def _warn_of_light_brand(colours: Palette, report: Report, location: Location | None) -> None:
    name, paper = "white paper", _WHITE
    if contrast(colours.accent, _WHITE) >= _TEXT:
        name, paper = f"its own tint {colours.tint}", colours.tint
    # Rounded down, so that 4.497 is not printed as the 4.5 it misses.
    measured = math.floor(contrast(colours.accent, paper) * 100) / 100
    report.warn(
        "brand-too-light",
        f"The brand colour {colours.accent} is too light for text: its contrast on {name} is "
        f"{measured:.2f}:1, and text needs 4.5:1 (WCAG 2.2 AA)",
        location,
        f"Headings use {colours.accent_text} instead; filled areas keep {colours.accent}.",
    )


def _darkened(colour: str, least: float, papers: list[str]) -> str:
    """Make `colour` just so dark that its contrast on every paper is `least`; its hue stays."""
    for step in range(_STEPS + 1):
        # Mixing with black scales the three channels alike, which does not change the hue.
        candidate = _mixed(colour, _BLACK, 1 - step / _STEPS)
        if _holds(candidate, least, papers):
            return candidate
    return _BLACK


def _lightened(colour: str, least: float, papers: list[str]) -> str:
    """Make `colour` as light as it can be while its contrast on every paper is still `least`."""
    shares = (step / _STEPS for step in range(_STEPS + 1))
    candidates = (_mixed(colour, _WHITE, share) for share in shares)
    return next((lighter for lighter in candidates if _holds(lighter, least, papers)), colour)


def _holds(colour: str, least: float, papers: list[str]) -> bool:
    return all(contrast(colour, paper) >= least for paper in papers)


def _luminance(colour: str) -> float:
    """Compute the relative luminance of an sRGB colour, 0 to 1 (WCAG 2.2, glossary)."""
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    if channel <= 0.04045:
        return channel / 12.92
    return float(((channel + 0.055) / 1.055) ** 2.4)


def _mixed(colour: str, base: str, share: float) -> str:
    """Return the mixture that has `share` (0 to 1) of `colour` and the rest of `base`."""
    pairs = zip(_channels(colour), _channels(base), strict=True)
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in pairs)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _six_digits(colour: str) -> str:
    digits = colour[1:].lower()
    return "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))


def _show_text(text: str) -> str:
    safe = "".join(char if char.isprintable() else "\ufffd" for char in text)
    return safe if len(safe) <= 40 else safe[:39] + "…"
