"""Write HTML as plain text that reads as if typed: lists numbered, tables aligned, links spelt."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from lxml.html import HtmlElement, fragment_fromstring

_BLANKS = re.compile(r"[ \t\r\n\f]+")
_RULE = "-" * 20
_LISTS = ("ul", "ol")
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "div",
        "dl",
        "dd",
        "dt",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "thead",
        "tfoot",
        "tr",
        "ul",
    ]
)
_BREAK = "\ue00a"  # stands for a `<br>` while blanks are put together


# Categories that are never seen, but for blanks and the marks that join letters and emoji.
_UNSEEN = ("Cc", "Cs", "Co", "Cn", "Zl", "Zp")
_TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"  # would reorder what follows


def seen(text: str) -> str:
    """Return a text without line breaks and other characters that cannot be seen in a line."""
    return "".join(
        char for char in text if unicodedata.category(char) not in _UNSEEN and char not in _TURNING
    )


def one_line(text: str) -> str:
    """Return a text in one line; blanks that do not break a line stay as they are."""
    return seen(_BLANKS.sub(" ", text)).strip()


def plain_text(html: str) -> str:
    """Return the text of some HTML: a paragraph is one line, an empty line stands between blocks.

    Mail programs break lines to the window's width.
    """
    return "\n".join(_joined(_parse(html)))


def _parse(html: str) -> HtmlElement:
    # The parser would stop at a NUL.
    return fragment_fromstring(html.replace("\0", ""), create_parent="div")


def _blocks(element: HtmlElement) -> Iterator[list[str]]:
    """Yield the blocks in an element, each as its lines."""
    run = [_text_of(element.text)]
    for child in element:
        if child.tag in _BLOCKS:
            yield from _paragraph(run)
            yield from _block(child)
            run = [_text_of(child.tail)]
        else:
            run += [_inline(child), _text_of(child.tail)]
    yield from _paragraph(run)


def _paragraph(run: list[str]) -> Iterator[list[str]]:
    lines = [_BLANKS.sub(" ", line).strip(" ") for line in "".join(run).split(_BREAK)]
    if any(lines):
        yield lines


def _block(element: HtmlElement) -> Iterator[list[str]]:
    if element.tag in _LISTS:
        yield list(_list(element))
    elif element.tag == "table":
        yield _table(element)
    elif element.tag == "pre":
        yield element.text_content().strip("\n").split("\n")
    elif element.tag == "hr":
        yield [_RULE]
    elif element.tag == "dl":
        yield list(_definitions(element))
    elif element.tag == "blockquote":
        yield [f"> {line}".rstrip() for line in _joined(element)]
    else:
        yield from _blocks(element)


def _joined(element: HtmlElement) -> list[str]:
    """Return the lines of all blocks in an element, with an empty one between two of them."""
    return [line for block in _blocks(element) for line in ("", *block)][1:]


def _list(element: HtmlElement) -> Iterator[str]:
    number = int(element.get("start") or 1)
    for item in element.iterchildren("li"):
        number = int(item.get("value") or number)
        mark = f"{number}. " if element.tag == "ol" else "- "
        number += 1
        # A list stands right below the words it belongs to.
        is_tight = sum(child.tag == "p" for child in item) < 2
        lines = [line for block in _blocks(item) for line in block] if is_tight else _joined(item)
        for place, line in enumerate(lines or [""]):
            yield f"{mark if place == 0 else ' ' * len(mark)}{line}".rstrip()


def _definitions(element: HtmlElement) -> Iterator[str]:
    for child in element.iterchildren("dt", "dd"):
        indent = "  " if child.tag == "dd" else ""
        yield from (f"{indent}{line}".rstrip() for line in _joined(child))


def _table(element: HtmlElement) -> list[str]:
    rows = [
        [" ".join(_joined(cell)).strip() for cell in row.iterchildren("th", "td")]
        for row in element.iter("tr")
    ]
    widths: dict[int, int] = {}
    for row in rows:
        for column, cell in enumerate(row):
            widths[column] = max(widths.get(column, 0), _width(cell))
    return [
        "  ".join(
            cell + " " * (widths[column] - _width(cell)) for column, cell in enumerate(row)
        ).rstrip()
        for row in rows
    ]


def _width(text: str) -> int:
    """Return how many columns a text takes where all letters are equally wide."""
    return sum(
        2 if unicodedata.east_asian_width(char) in "WF" else not unicodedata.combining(char)
        for char in text
    )


def _inline(element: HtmlElement) -> str:
    if not isinstance(element.tag, str):
        return ""  # a comment
    if element.tag == "br":
        return _BREAK
    if element.tag in ("script", "style"):
        return ""
    inside = _text_of(element.text) + "".join(
        (" " + " ".join(_joined(child)) + " " if child.tag in _BLOCKS else _inline(child))
        + _text_of(child.tail)
        for child in element
    )
    return _link(inside, element.get("href") or "") if element.tag == "a" else inside


def _link(text: str, address: str) -> str:
    bare = address.removeprefix("mailto:")
    said = _BLANKS.sub(" ", text).strip()
    if not bare or bare.startswith("#") or said in (bare, address):
        return text
    return f"{text.rstrip()} ({bare})" if said else bare


def _text_of(text: str | None) -> str:
    return (text or "").replace(_BREAK, "")
