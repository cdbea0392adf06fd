"""Set the type of style sheets as a look says: in its sizes, its weights and its slant.

Style sheets are written for the usual look. There headings are set in `var(--heading-face)`, and
the sentences below titles in its italic.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from workshop.composing.pages.render_job import Stylesheet
from workshop.tailoring.look.looks import HeadingType, LeadType, PaperLook, TextType

_RULE = re.compile(r"([^{};]*)\{([^{}]*)\}")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_FONT = re.compile(r"\bfont\s*:\s*(?P<slant>italic\s+)?400\s+(?P<size>[^\s/]+)(?P<rest>[^;}]*)")
_SIZE_ALONE = re.compile(r"\bfont-size\s*:\s*(?P<size>[^\s;}]+)")
_ANY_FONT = re.compile(
    r"\bfont\s*:\s*(?P<before>(?:italic\s+|\d+\s+)*)(?P<size>[\d.]+(?:pt|px|mm|em))"
)
_LENGTH = re.compile(r"([\d.]+)(pt|px|mm|em)")
_HEADING = "var(--heading-face)"
# 9 points, in each unit.
_LEAST = {"pt": 9.0, "px": 12.0, "mm": 3.175}


def in_type_of(look: PaperLook, sheets: Sequence[Stylesheet]) -> Sequence[Stylesheet]:
    """Return the style sheets of a document, which go together, in the type of a look.

    A rule that says only how large something is follows the rule that says in which face.
    """
    if _is_usual(look):
        return sheets
    headed = frozenset(name for sheet in sheets for name in _names_in_heading_face(sheet.css))

    def set_rule(rule: re.Match[str]) -> str:
        is_headed = bool(headed & set(_last_names(rule[1])))
        return f"{rule[1]}{{{_set(rule[2], look, is_headed=is_headed)}}}"

    return [
        replace(sheet, css=_RULE.sub(set_rule, _COMMENT.sub(_blank_comment, sheet.css)))
        for sheet in sheets
    ]


def _is_usual(look: PaperLook) -> bool:
    text, headings = TextType(family=look.text.family), HeadingType(family=look.headings.family)
    return (look.text, look.headings, look.leads) == (text, headings, LeadType())


def _blank_comment(comment: re.Match[str]) -> str:
    """Return the lines of a comment without its words, so that faults keep their line."""
    return "\n" * comment[0].count("\n")


def _names_in_heading_face(css: str) -> Iterable[str]:
    for rule in _RULE.finditer(_COMMENT.sub(_blank_comment, css)):
        font = _FONT.search(rule[2])
        if font and _HEADING in font["rest"] and not font["slant"]:
            yield from _last_names(rule[1])


def _last_names(selectors: str) -> Iterable[str]:
    """Yield the class or the `h1` at the end of each selector."""
    for selector in selectors.split(","):
        last = re.search(r"(\.[\w-]+|\bh1)\s*$", selector)
        if last:
            yield last[1]


def _set(declarations: str, look: PaperLook, *, is_headed: bool) -> str:
    def font(match: re.Match[str]) -> str:
        if _HEADING not in match["rest"]:
            return match[0]
        if match["slant"]:
            leads = look.leads
            size = _sized(match["size"], leads.scale, look.text.scale)
            rest = match["rest"].replace(_HEADING, "var(--lead-face)")
            return f"font: {leads.style} {leads.weight} {size}{rest}"
        size = _sized(match["size"], look.headings.scale, look.text.scale)
        return f"font: {look.headings.weight} {size}{match['rest']}"

    def text_font(match: re.Match[str]) -> str:
        return f"font: {match['before']}{_sized(match['size'], look.text.scale, look.text.scale)}"

    def size_alone(match: re.Match[str]) -> str:
        scale = look.headings.scale if is_headed else look.text.scale
        return f"font-size: {_sized(match['size'], scale, look.text.scale)}"

    declarations = _SIZE_ALONE.sub(size_alone, declarations)
    if _HEADING in declarations:
        return _FONT.sub(font, declarations)
    return _ANY_FONT.sub(text_font, declarations)


def _sized(size: str, scale: float, around: float) -> str:
    """Return a size times `scale`; one in em grows already as the text `around` it.

    No text becomes smaller than `_LEAST` by it.
    """
    length = _LENGTH.fullmatch(size)
    if length is None:
        return size
    written = float(length[1])
    scaled = written * (scale / around if length[2] == "em" else scale)
    least = min(written, _LEAST.get(length[2], 0))
    return f"{round(max(scaled, least), 3):g}{length[2]}"
