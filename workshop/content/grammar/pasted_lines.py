"""Bring lines into the form that CommonMark knows, where a trainer plainly means a list.

Bullets that come along with text from a word processor become hyphens, and what stands below a
numbered item by two spaces or more belongs to it. No line is added or taken away, so every line
keeps its number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

# The bullets of word processors, and those of their symbol fonts.
BULLETS = "•‣◦⁃▪▫●○■◆◇▸➢·∙\uf0b7\uf0a7\uf0d8\uf0fc\uf076"
# A sign that comes again in its line is no bullet: “○ yes ○ no”. Word has “o” for the second level.
_PASTED = re.compile(
    rf"(?P<indent>[ \t]*)(?:(?P<sign>[{BULLETS}])(?:[ \t\xa0]+|(?<=•))(?=\S)(?!.*(?P=sign))|[o§]\t)"
)
_ITEM = re.compile(r" *(?:[0-9]{1,9}[.)]|[-*+]) {1,4}(?=\S)")
_CODE = re.compile(r"[ \t]*(?P<run>`{3,}(?=[^`]*$)|~{3,})")
_LEAST = 2  # spaces by which something stands below an item
_MAY_BE_PASTED = re.compile(rf"^[ \t]*(?:[{BULLETS}]|[o§]\t)", re.MULTILINE)
_MAY_BE_SHALLOW = re.compile(r"^ *(?:[0-9]{1,9}[.)]|[-*+] ) .*\n\s* {2}", re.MULTILINE)


def in_common_form(source: str) -> str:
    """Return a text whose lists CommonMark takes as they are meant."""
    if _MAY_BE_PASTED.search(source):
        source = "\n".join(_with_hyphens(source.split("\n")))
    if _MAY_BE_SHALLOW.search(source):
        source = "\n".join(_nested(source.split("\n")))
    return source


def _with_hyphens(lines: list[str]) -> Iterator[str]:
    code = ""
    for line in lines:
        is_code = bool(code)
        code = _code_after(line, code)
        pasted = None if is_code else _PASTED.match(line)
        yield f"{pasted['indent']}- {line[pasted.end() :]}" if pasted else line


def _code_after(line: str, code: str) -> str:
    """Return the run of marks that opened the code in which the next line stands, if it does."""
    fence = _CODE.match(line)
    if not code:
        return fence["run"] if fence else ""
    is_end = fence and fence["run"].startswith(code) and not line.strip().strip(code[0])
    return "" if is_end else code


@dataclass
class _OpenItem:
    """Holds the columns of an item's mark and text, and how far lines inside it are set in."""

    mark: int
    text: int
    shift: int


def _nested(lines: list[str]) -> Iterator[str]:
    """Yield lines, those below an item set in at least as far as its text."""
    items: list[_OpenItem] = []
    code = ""
    for line in lines:
        indent = len(line) - len(line.lstrip(" "))
        if line.strip() and not code:
            while items and indent < items[-1].mark + _LEAST:
                items.pop()
            if items:
                around = items[-2].shift if items[1:] else 0
                missing = items[-1].text - indent + around
                items[-1].shift = max(items[-1].shift, missing)
        shift = items[-1].shift if items else 0
        yield " " * shift + line if line.strip() else line
        item = None if code else _ITEM.match(line)
        code = _code_after(line, code)
        if item:
            items.append(_OpenItem(indent, item.end(), shift))
