"""Find in an SVG what would never end, what is left out in print, and type in fonts not there."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Collection, Iterator
from math import isinf

from workshop.limits import DRAWING_DEPTH, DRAWING_ELEMENTS, DRAWING_PATH, DRAWING_TRANSFORM
from workshop.typesetting.looking.drawing_texts import (
    draws_alternatives,
    missing_parts,
    words_in_patterns,
)

_LINK = "{http://www.w3.org/1999/xlink}href"
_FAMILY = re.compile(r"font-family\s*:\s*([^;}]+)")
_GENERIC = frozenset(("serif", "sans-serif", "monospace", "cursive", "fantasy", "system-ui"))
# Steps of a filter that WeasyPrint 70 draws; it leaves others out.
_DRAWN_STEPS = frozenset(("feOffset", "feBlend", "feFlood"))
_EFFECTS = (
    ("var()", re.compile(r"\bvar\(")),
    ("a filter such as a shadow or blur", re.compile(r"\b(?:drop-shadow|blur)\(")),
    ("mix-blend-mode", re.compile(r"mix-blend-mode\s*:\s*(?!normal\b)\w")),
    ("transform-box", re.compile(r"transform-box\s*:")),
)
# Attributes that hold names and words, and those that hold numbers without spaces between them.
_OF_WORDS = frozenset(("class", "font-family", "href", "id", "lang", "name", "style", "title"))
_OF_MANY_NUMBERS = frozenset(("d", "points", "transform", "gradientTransform", "patternTransform"))
_NO_NUMBER = re.compile(r"nan|inf", re.IGNORECASE)
_NO_NUMBER_ALONE = re.compile(r"(?<![^\s,(])[-+]?(?:nan|inf|infinity)(?![^\s,)%a-z])(?=\W|$)", re.I)
_LARGE = re.compile(r"(?<![#.0-9a-fA-F])\d*\.?\d+[eE]\+?\d{3,}")
_SEPARATE = re.compile(r"[\s,]+")
_LONGEST_VALUE = 40
_NESTED_RULES = re.compile(r"(?:^|[;}])\s*[^{}@]+\{[^{}]*\{")


def read_drawing(content: bytes) -> ET.Element | str:
    """Return the root of an SVG file, or why it cannot be read."""
    if b"<!ENTITY" in content.replace(b"\0", b""):
        return "it declares XML entities; export it as plain SVG"
    try:
        return ET.fromstring(content)  # noqa: S314  # nothing to expand without entities
    except (ET.ParseError, LookupError, ValueError) as error:
        return f"it is not well-formed SVG: {error}"


def why_refused(root: ET.Element) -> str | None:
    """Return why a drawing cannot be drawn; None where it can."""
    for element, depth in _walk(root):
        if no_number := _no_number_of(element):
            return f"it has something that is no number: {no_number}"
        if depth > DRAWING_DEPTH.most:
            return f"its elements stand more than {DRAWING_DEPTH} deep"
        longest = max(
            len(element.get("transform", "")),
            len(element.get("style", "")) if "transform" in element.get("style", "") else 0,
        )
        if longest > DRAWING_TRANSFORM.most:
            return f"a `transform` in it has more than {DRAWING_TRANSFORM}"
        if max(len(element.get("d", "")), len(element.get("points", ""))) > DRAWING_PATH.most:
            return f"a path in it has more than {DRAWING_PATH}: simplify it, or part it"
    return _why_endless(root)


def _no_number_of(element: ET.Element) -> str:
    """Return an attribute for numbers with one that is none, or none that has an end."""
    for name, value in element.attrib.items():
        if name in _OF_WORDS or name.startswith(("data-", "aria-")) or "}" in name:
            continue
        numbers = _NO_NUMBER if name in _OF_MANY_NUMBERS else _NO_NUMBER_ALONE
        if numbers.search(value) or any(isinf(float(number)) for number in _LARGE.findall(value)):
            return f"{name}=“{value[:_LONGEST_VALUE]}”"
    frame = element.get("viewBox")
    if frame is not None and _name(element) == "svg" and len(_SEPARATE.split(frame.strip())) != 4:
        return f"viewBox=“{frame[:_LONGEST_VALUE]}”, which takes four numbers"
    return ""


def effects_left_out(root: ET.Element) -> list[str]:
    """Return the effects in a drawing that are not drawn."""
    elements = [(_name(element), element) for element in root.iter()]
    sheets = "\n".join(element.text or "" for name, element in elements if name == "style")
    written = [sheets]
    for _, element in elements:
        written += (f"{_name_of(key)}: {value}" for key, value in element.attrib.items())
    text = "\n".join(written)
    effects = [effect for effect, pattern in _EFFECTS if pattern.search(text)]
    if _NESTED_RULES.search(sheets):
        effects.append("nested CSS")
    names = {name for name, _ in elements}
    if any(name.startswith("fe") and name[2:3].isupper() for name in names - _DRAWN_STEPS):
        effects.append(_EFFECTS[1][0])
    if "textPath" in names:
        effects.append("the order of text on a path")
    if any(name == "mask" and _has_gradient(element, text) for name, element in elements):
        effects.append("a mask with a gradient, in some viewers")
    if draws_alternatives(root):
        effects.append("the choice of `<switch>` between texts, which are all drawn")
    effects += (f"the words “{words[:60]}” in a pattern" for words in words_in_patterns(root)[:3])
    effects += (f"what `<use>` takes from “{address[:60]}”" for address in missing_parts(root)[:3])
    return list(dict.fromkeys(effects))


def missing_families(root: ET.Element, there: Collection[str]) -> list[str]:
    """Return the font families that type in a drawing asks for in vain."""
    if not any(_name(element) == "text" and "".join(element.itertext()).strip()
               for element in root.iter()):  # fmt: skip
        return []
    known = {family.lower() for family in there} | _GENERIC
    asked = [
        family
        for element in root.iter()
        for family in (
            element.get("font-family", ""),
            *_FAMILY.findall(element.get("style", "")),
            *(_FAMILY.findall(element.text or "") if _name(element) == "style" else ()),
        )
        if family
    ]
    missing = []
    for families in dict.fromkeys(asked):
        names = [name.strip().strip("\"'").strip() for name in families.split(",")]
        if names[0] and not known.intersection(name.lower() for name in names):
            missing.append(names[0])
    return list(dict.fromkeys(missing))


def _why_endless(root: ET.Element) -> str | None:
    """Return why a drawing would take too long: `use` draws what it names once more."""
    by_id = {element.get("id"): element for element in root.iter() if element.get("id")}
    counts: dict[ET.Element, int] = {}
    open_elements: set[ET.Element] = set()
    # Each element is met twice: before and after what it is made of.
    rest: list[tuple[ET.Element, bool]] = [(root, False)]
    while rest:
        element, is_after = rest.pop()
        parts = [*element, *_find_used(element, by_id)]
        if is_after:
            open_elements.discard(element)
            counts[element] = 1 + sum(counts.get(part, 0) for part in parts)
            if counts[element] > DRAWING_ELEMENTS.most:
                return f"it draws more than {DRAWING_ELEMENTS}, with all repetitions by `use`"
        elif element in open_elements:
            return "an element in it uses itself"
        elif element not in counts:
            open_elements.add(element)
            rest.append((element, True))
            rest += ((part, False) for part in parts)
    return None


def _find_used(element: ET.Element, by_id: dict[str | None, ET.Element]) -> list[ET.Element]:
    if _name(element) != "use":
        return []
    target = by_id.get((element.get("href") or element.get(_LINK) or "").removeprefix("#"))
    return [] if target is None else [target]


def _walk(root: ET.Element) -> Iterator[tuple[ET.Element, int]]:
    rest = [(root, 0)]
    while rest:
        element, depth = rest.pop()
        yield element, depth
        rest += ((child, depth + 1) for child in element)


def _has_gradient(mask: ET.Element, text: str) -> bool:
    return "Gradient" in text + "".join(_name(element) for element in mask.iter()) or any(
        "url(#" in value for element in mask.iter() for value in element.attrib.values()
    )


def _name(element: ET.Element) -> str:
    return _name_of(element.tag) if isinstance(element.tag, str) else ""


def _name_of(tag: str) -> str:
    return tag.rpartition("}")[2]
