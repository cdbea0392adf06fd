"""Look through the XML of a sheet, before it is laid out, for what is odd and how much there is.

What a small file says of many cells fills the memory, as a text that all of them share. So it is
added up first (ECMA-376, part 1, 18.3 and 18.4).
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from workshop.limits import ROSTER_CELLS, ROSTER_LETTERS, ROSTER_MERGED

_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_REFERENCES = re.compile(rb"([A-Z]{1,3})(\d{1,7})[\"']")
# What makes a sheet worth a close look: an error, a formula, a cell that does not say where it is;
# and letters in disguise, behind which any of these could hide.
_SUSPECT = re.compile(
    rb"""\st\s*=\s*["']e|<(?:[\w.-]+:)?f[\s/>]|<(?:[\w.-]+:)?c(?![^>]*\sr\s*=)[\s/>]|&#|\0|<!"""
)
# What a row has that is not to be seen.
_HIDDEN = re.compile(rb"""row\s[^<]*?\s(?:hidden|ht\s*=\s*["']\s*0*\.?0*\s*["'])""")
# A cell that says how its number is shown, up to the number. With bounds, as it is looked for at
# every cell.
_SHOWN_NUMBER = re.compile(
    rb"""(<(?:[\w.-]{1,40}:)?c\s(?:[^<>]{0,200}?\s)?)s\s?=\s?(?:"\d+"|'\d+')"""
    rb"""([^<>]{0,200}>(?:<(?:[\w.-]{1,40}:)?f(?:/>|[\s>][^<]{0,9000}</(?:[\w.-]{1,40}:)?f>))?"""
    rb"""<(?:[\w.-]{1,40}:)?v>([^<]{1,400})<)"""
)
# In days: no calendar and no clock reaches as far.
_FAR = 1e8
_MERGED = re.compile(rb"mergeCell[\s/>]")


class TooLarge(Exception):
    """Says that a workbook holds more than a roster may; `str` says it as a sentence."""


@dataclass
class Marks:
    """Holds what stands in cells instead of a value, by row and column; both count from 0.

    `hidden` has the rows that are not to be seen.
    """

    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)
    rows: int = 0
    columns: int = 0

    def add(self, cell: etree._Element, row: int, column: int) -> None:
        """Look at a cell; raise `TooLarge` where the sheet reaches further than a roster may."""
        if not len(cell):  # it only has a colour
            return
        self.rows, self.columns = max(self.rows, row + 1), max(self.columns, column + 1)
        if self.rows * self.columns > ROSTER_CELLS.most:
            reach = f"row {self.rows:,} and column {self.columns:,}"
            raise TooLarge(f"This sheet reaches to {reach}: there may be {ROSTER_CELLS}")
        if text := _mark(cell):
            self.texts[row, column] = text


def marks_in(content: bytes) -> Marks:
    """Return the errors of a sheet, its formulas that nobody has worked out, and its hidden rows.

    Raises `TooLarge` for a sheet that reaches further than a roster may.
    """
    is_plain = _SUSPECT.search(content) is None and _HIDDEN.search(content) is None
    if is_plain and _reach(content) <= ROSTER_CELLS.most:
        return Marks()
    marks = Marks()
    row = column = -1
    tags = ("{*}row", "{*}c")
    for event, element in etree.iterparse(
        io.BytesIO(content), ("start", "end"), tag=tags, resolve_entities=False, no_network=True
    ):
        is_row = element.tag.endswith("}row") or element.tag == "row"
        if is_row and event == "start":
            row, column = int(element.get("r") or row + 2) - 1, -1
            if _is_hidden(element):
                marks.hidden.add(row)
        elif is_row:
            _forget(element)
        elif event == "end":
            row, column = _position(element.get("r"), row, column)
            marks.add(element, row, column)
    return marks


def without_far_days(content: bytes) -> bytes:
    """Return a sheet whose numbers are shown as numbers where they are far from being days."""

    def plain(cell: re.Match[bytes]) -> bytes:
        try:
            is_near = abs(float(cell[3])) < _FAR
        except ValueError:
            is_near = True
        return cell[0] if is_near else cell[1] + cell[2]

    return _SHOWN_NUMBER.sub(plain, content)


def _is_hidden(row: etree._Element) -> bool:
    """Tell whether a row cannot be seen: hidden by hand, by a filter or in a group, or too low."""
    if row.get("hidden", "").strip() in ("1", "true"):
        return True
    height = row.get("ht", "").strip()
    return bool(height) and not height.strip("0.")


def _reach(content: bytes) -> int:
    """Return how many cells there are up to the last row and column that the XML mentions."""
    rows = columns = 0
    for letters, row in _REFERENCES.findall(content):
        columns, rows = max(columns, _column(letters.decode())), max(rows, int(row))
    return rows * columns


def _column(letters: str) -> int:
    """Return the number of a column, from 1, by its letters."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _position(reference: str | None, row: int, column: int) -> tuple[int, int]:
    match = _REFERENCE.fullmatch(reference or "")
    if match is None:
        return row, column + 1
    return int(match[2]) - 1, _column(match[1]) - 1


def _mark(cell: etree._Element) -> str | None:
    kind, first = cell.get("t"), cell[0]
    if kind == "e":
        return cell.findtext("{*}v") or "#ERROR!"
    # A formula stands before its value; one that comes to an empty text is a `str`.
    is_formula = kind != "str" and str(first.tag).rpartition("}")[2] == "f"
    if is_formula and not cell.findtext("{*}v"):
        return f"={first.text or '…'}"
    return None


def check_size(content: bytes, others: Iterable[bytes]) -> None:
    """Raise `TooLarge` for a sheet whose cells hold too much together, or that merges too many.

    `others` are the workbook's other parts, one of which has the texts that cells share.
    """
    merged = sum(1 for _ in _MERGED.finditer(content))
    if merged > ROSTER_MERGED.most:
        raise TooLarge(
            f"This sheet has {merged:,} merged cells: there may be {ROSTER_MERGED.most:,}"
        )
    parts = [part for part in others if b"si>" in part or b"\0" in part]
    longest = max((len(text) for part in parts for text in part.split(b"</si>")), default=0)
    cells = content.count(b"</v") + content.count(b":v")
    # Most sheets are far below: their letters need not be added up.
    if longest * cells > ROSTER_LETTERS.most and _letters(content, parts) > ROSTER_LETTERS.most:
        raise TooLarge(f"The cells of this sheet have more than {ROSTER_LETTERS} together")


def _letters(content: bytes, parts: Iterable[bytes]) -> int:
    """Add up the letters of texts that cells share, each as often as a cell has it."""
    lengths = [[_length(text) for text in _elements(part, "si")] for part in parts]
    letters = 0
    for cell in _elements(content, "c"):
        if cell.get("t") == "s":
            number = int(cell.findtext("{*}v") or -1)
            letters += max((of[number] for of in lengths if 0 <= number < len(of)), default=0)
            if letters > ROSTER_LETTERS.most:
                break
    return letters


def _length(text: etree._Element) -> int:
    return sum(map(len, text.itertext()))


def _elements(content: bytes, name: str) -> Iterator[etree._Element]:
    """Yield the elements of a name, each of which is emptied afterwards."""
    stream = io.BytesIO(content)
    for _, element in etree.iterparse(
        stream, tag=f"{{*}}{name}", resolve_entities=False, no_network=True
    ):
        yield element
        _forget(element)


def _forget(element: etree._Element) -> None:
    """Empty an element that was looked at, and take those before it out of the tree."""
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]
