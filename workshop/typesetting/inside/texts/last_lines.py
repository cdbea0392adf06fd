"""Tell headings from other texts, and read the last lines of texts in display type."""

from __future__ import annotations

from typing import Any

from weasyprint.formatting_structure import boxes

# What heads the text or the room to write below it: elements, and classes of paragraphs.
_HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
_HEADING_CLASSES = frozenset({"label", "space-label"})
# So much larger than the text of its document, type is there to be seen first.
_DISPLAY = 1.2


def is_heading(element: Any) -> bool:
    """Tell whether an element of HTML heads what comes next."""
    if element.tag != "p":
        return element.tag in _HEADINGS
    return not _HEADING_CLASSES.isdisjoint((element.get("class") or "").split())


def last_line_of(block: Any) -> tuple[str, str] | None:
    """Return the last line and the whole text of a block in display type, of two lines or more.

    None for any other box, for a line that begins where a template breaks it, and for one that has
    a picture or a slot, whose words come later.
    """
    lines = block.children
    if len(lines) < 2 or not isinstance(lines[-1], boxes.LineBox):
        return None
    style = block.style
    if style["font_size"] < _DISPLAY * style.root_style["font_size"]:
        return None
    before, last = lines[-2:]
    if _has(last, boxes.ReplacedBox) or any(_is_break(box) for box in before.descendants()):
        return None
    texts = [_text_of(line) for line in lines]
    # In scripts without spaces, lines break between any two letters.
    spaces = any(" " in text for text in texts)
    return texts[-1], (" " if spaces else "").join(texts)


def _text_of(line: Any) -> str:
    texts = (box.text for box in line.descendants() if isinstance(box, boxes.TextBox))
    return "".join(texts).strip()


def _has(line: Any, kind: Any) -> bool:
    return any(isinstance(box, kind) for box in line.descendants())


def _is_break(box: Any) -> bool:
    return bool(box.element_tag) and box.element_tag.partition("::")[0] == "br"
