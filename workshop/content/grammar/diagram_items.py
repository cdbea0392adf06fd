"""Read the Markdown list of a diagram as the items that it shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from workshop.content.grammar.pasted_lines import in_common_form

_ITEM = re.compile(r"(?P<indent> *)(?:[-*+]|[0-9]{1,9}[.)])\s+(?P<text>.*)")
_LEAD = re.compile(r"\*\*(?P<label>(?:(?!\*\*).)+)\*\*\s*(?P<note>.*)", re.DOTALL)
# An item that is there on some days only: its condition holds for its label and for its note.
_CONDITION = re.compile(
    r"(?P<before>\{%\s*if\b[^%]*%\})\s*(?P<text>.*?)\s*(?P<after>\{%\s*endif\s*%\})", re.DOTALL
)
# Spaces by which an item stands below another.
_BELOW = 2


@dataclass(frozen=True)
class DiagramLine:
    """Holds an item as it is written: its label, what is said of it, and the items below it.

    `line` counts from 0, from the first line of the list's text.
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
        written = " ".join(item.text).strip()
        condition = _CONDITION.fullmatch(written)
        before, text, after = condition.groups() if condition else ("", written, "")
        lead = _LEAD.fullmatch(text)
        label, note = (lead["label"].strip(), lead["note"].strip()) if lead else (text, "")
        yield DiagramLine(
            f"{before}{label}{after}",
            f"{before}{note}{after}" if note else "",
            item.line,
            tuple(_read(item.inner)),
        )
