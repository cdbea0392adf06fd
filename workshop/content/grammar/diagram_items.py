"""Read the Markdown list of a diagram as the items that it shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from workshop.content.grammar.pasted_lines import in_common_form

_ITEM = re.compile(r"(?P<indent> *)(?:[-*+]|[0-9]{1,9}[.)])\s+(?P<text>.*)")
_LEAD = re.compile(r"\*\*(?P<label>(?:(?!\*\*).)+)\*\*(?P<note>.*)", re.DOTALL)
_TAG = re.compile(r"\{%-?\s*(?P<word>if|elif|else|endif)\b[^%]*%\}")
# Spaces by which an item stands below another.
_BELOW = 2


@dataclass(frozen=True)
class DiagramLine:
    """Holds an item as it is written: its label, what is said of it, and the items below it.

    Those have a label alone, which is all that they say. `line` counts from 0, from the first line
    of the list's text.
    """

    label: str
    note: str
    line: int
    inner: tuple[DiagramLine, ...] = ()


@dataclass(frozen=True)
class DiagramList:
    """Holds the items of a diagram, and the sentence that stands beside the list."""

    items: tuple[DiagramLine, ...]
    caption: str
    caption_line: int


@dataclass
class _Open:
    """Collects the lines of an item, or of the caption."""

    line: int
    text: list[str] = field(default_factory=list)
    inner: list[_Open] = field(default_factory=list)


def diagram_list(source: str) -> DiagramList:
    """Read the text of a diagram: its list, and paragraphs above or below it as the caption.

    The bold words that an item begins with are its label. An item without any is a label alone.
    """
    items: list[_Open] = []
    caption = _Open(0)
    last: _Open | None = None
    for number, line in enumerate(in_common_form(source).split("\n")):
        if item := _ITEM.match(line):
            last = _Open(number, [item["text"]])
            is_below = items and len(item["indent"]) >= _BELOW
            (items[-1].inner if is_below else items).append(last)
        elif not line.strip():
            last = last if last is caption else None
        elif last is None and items and line.startswith(" " * _BELOW):
            last = items[-1]
            last.text.append(line.strip())
        else:
            if last is None:
                last = caption
                caption.line = caption.line if caption.text else number
            last.text.append(line.strip())
    return DiagramList(tuple(_read(items)), " ".join(caption.text), caption.line)


def _read(items: list[_Open]) -> Iterator[DiagramLine]:
    for item in items:
        label, note, has_note = "", "", False
        for tag, lead, rest in _leads(item):
            label += tag + lead.strip()
            note += tag + rest.strip()
            has_note = has_note or bool(rest.strip())
        inner = (
            DiagramLine("".join(map("".join, _leads(below))), "", below.line)
            for below in item.inner
        )
        yield DiagramLine(label, note if has_note else "", item.line, tuple(inner))


def _leads(item: _Open) -> Iterator[tuple[str, str, str]]:
    """Yield the tag, the words that are its label and the rest of each branch of an item."""
    for tag, text in _branches(" ".join(item.text).strip()):
        lead = _LEAD.fullmatch(text)
        yield (tag, lead["label"], lead["note"]) if lead else (tag, text, "")


def _branches(written: str) -> list[tuple[str, str]]:
    """Split an item that is one condition into its tags, each with the text behind it.

    Such an item is another one on some days, or none: its condition holds for label and note alike.
    """
    branches: list[tuple[str, str]] = []
    last: re.Match[str] | None = None
    depth = 0
    for tag in _TAG.finditer(written):
        depth += {"if": 1, "endif": -1}.get(tag["word"], 0)
        if last is None and tag.start():
            break  # words stand before the condition
        if last is None or depth == (0 if tag["word"] == "endif" else 1):
            if last:
                branches.append((last[0], written[last.end() : tag.start()].strip()))
            last = tag
        if depth == 0:
            break
    if last is None or last["word"] != "endif" or last.end() < len(written):
        return [("", written)]
    return [*branches, (last[0], "")]
