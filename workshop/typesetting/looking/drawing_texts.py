"""Find the words of an SVG that no print of it shows, and what it draws from elsewhere."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass, replace

_SVG = "{http://www.w3.org/2000/svg}"
_LINK = "{http://www.w3.org/1999/xlink}href"
_TEXTS = frozenset({"text", "tspan", "textPath"})
# Inkscape's flowed text and SVG Tiny's: WeasyPrint 70 draws neither.
# HTML writes their names in small letters.
_FLOWED = frozenset({"flowroot", "flowpara", "flowspan", "flowdiv", "textarea"})
_SHAPES = frozenset(
    {"circle", "ellipse", "image", "path", "polygon", "polyline", "rect", "use", "foreignObject"}
)
_NEVER_DRAWN = frozenset({"title", "desc", "metadata", "style", "script"})
_DECLARATION = re.compile(r"([\w-]+)\s*:\s*([^;]+)")
_WHITE = re.compile(
    r"#(?:f{3,4}|f{6}(?:f{2})?|f[a-f]f[a-f]f[a-f])|white|rgb\(\s*255\W+255\W+255\s*\)",
    re.IGNORECASE,
)
_FAINT = 0.1


@dataclass(frozen=True)
class UnseenText:
    """Holds words of a drawing that are not seen, and why; `is_lost` where nobody meant that."""

    words: str
    why: str
    is_lost: bool = False


@dataclass(frozen=True)
class _Drawn:
    """Describes how an element is drawn, as far as it is handed down to what stands in it."""

    fill: str = "black"
    stroke: str = "none"
    visibility: str = "visible"
    opacity: float = 1
    fill_opacity: float = 1
    hidden: str = ""


def unseen_texts(root: ET.Element, *, on_paper: bool) -> list[UnseenText]:
    """Return the words of a drawing that are not seen; neighbours of one kind as one text.

    White words are not seen on paper; what stands in a page may have a colour behind it.
    """
    unseen: list[UnseenText] = []
    for entry in (*_unseen(root, not on_paper), *_unseen_repetitions(root)):
        last = unseen[-1] if unseen else None
        if last and (last.why, last.is_lost) == (entry.why, entry.is_lost):
            unseen[-1] = replace(last, words=f"{last.words} {entry.words}")
        else:
            unseen.append(entry)
    return unseen


def missing_parts(root: ET.Element) -> list[str]:
    """Return what a drawing repeats by `use` and does not have: ids, and other files."""
    ids = {element.get("id") for element in root.iter()}
    addresses = (
        (element.get("href") or element.get(_LINK) or "").strip()
        for element in root.iter(f"{_SVG}use")
    )
    return list(
        dict.fromkeys(
            address
            for address in addresses
            if address and not (address.startswith("#") and address[1:] in ids)
        )
    )


def draws_alternatives(root: ET.Element) -> bool:
    """Tell whether a `switch` offers several texts: all of them are drawn over each other."""
    return any(
        sum(_has_text(child) for child in switch) > 1 for switch in root.iter(f"{_SVG}switch")
    )


def _unseen(root: ET.Element, shapes_before: bool) -> Iterator[UnseenText]:
    waiting = [(root, _Drawn())]
    while waiting:
        element, around = waiting.pop()
        name = element.tag.removeprefix(_SVG) if isinstance(element.tag, str) else ""
        if not name or name in _NEVER_DRAWN or "}" in name:
            continue
        look = _drawn_in(element, around)
        words = _own_words(element)
        if name.lower() in _FLOWED and words:
            yield UnseenText(words, f"text in `<{name}>` is not drawn", is_lost=True)
        elif name in _TEXTS and words and (why := _why_unseen(look, shapes_before)):
            yield UnseenText(words, why)
        shapes_before = shapes_before or (name in _SHAPES and not look.hidden)
        waiting += ((child, look) for child in reversed(element))


def _unseen_repetitions(root: ET.Element) -> Iterator[UnseenText]:
    """Yield the words that `use` would repeat, and that it hides."""
    uses = list(root.iter(f"{_SVG}use"))
    by_id = {element.get("id"): element for element in root.iter()} if uses else {}
    for use in uses:
        target = by_id.get((use.get("href") or use.get(_LINK) or "").removeprefix("#"))
        look = _drawn_in(use, _Drawn())
        is_hidden = look.hidden or look.visibility != "visible" or look.opacity < _FAINT
        if target is not None and is_hidden and _has_text(target):
            words = " ".join(" ".join(target.itertext()).split())
            yield UnseenText(words, _why_unseen(look, shapes_before=True))


def words_in_patterns(root: ET.Element) -> list[str]:
    """Return the words of patterns: these may be cut off, and no reader finds or reads them."""
    patterns = [pattern for pattern in root.iter(f"{_SVG}pattern") if _has_text(pattern)]
    return [" ".join(" ".join(pattern.itertext()).split()) for pattern in patterns]


def _drawn_in(element: ET.Element, around: _Drawn) -> _Drawn:
    values = dict(element.attrib)
    values.update(_DECLARATION.findall(element.get("style", "")))
    hidden = around.hidden
    if values.get("display", "").strip() == "none":
        hidden = "`display: none`"
    return _Drawn(
        fill=values.get("fill", around.fill).strip(),
        stroke=values.get("stroke", around.stroke).strip(),
        visibility=values.get("visibility", around.visibility).strip(),
        opacity=around.opacity * _number(values.get("opacity")),
        fill_opacity=_number(values.get("fill-opacity"), around.fill_opacity),
        hidden=hidden,
    )


def _why_unseen(look: _Drawn, shapes_before: bool) -> str:
    if look.hidden:
        return f"{look.hidden} hides them"
    if look.visibility != "visible":
        return f"`visibility: {look.visibility}` hides them"
    if look.opacity < _FAINT:
        return "`opacity` hides them"
    bare = look.stroke in ("none", "transparent")
    if bare and (look.fill in ("none", "transparent") or look.fill_opacity < _FAINT):
        return "they have no colour"
    if bare and not shapes_before and _WHITE.fullmatch(look.fill):
        return "they are white, and nothing is drawn behind them"
    return ""


def _own_words(element: ET.Element) -> str:
    texts = [element.text or "", *(child.tail or "" for child in element)]
    return " ".join(" ".join(texts).split())


def _has_text(element: ET.Element) -> bool:
    return any(
        inner.tag == f"{_SVG}text" and "".join(inner.itertext()).strip() for inner in element.iter()
    )


def _number(text: str | None, default: float = 1) -> float:
    try:
        return float(text) if text else default
    except ValueError:
        return default
