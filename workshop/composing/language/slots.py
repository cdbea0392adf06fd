"""Values that differ from copy to copy into boxes, to be filled in when the pages are laid out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from typing import Generic, TypeVar
from urllib.parse import quote

from markupsafe import Markup, escape

from workshop.composing.language.mistakes import Mistake
from workshop.composing.language.recipient_seen import Path, WatchedText, follow

T = TypeVar("T")
# From a part's own names of slots to the document's, where they differ.
Names = dict[str, str]

_ELSEWHERE = re.compile(r'alt="slot:(?:page-of|pages|sheets):?([^"]*@[^"]+)"')
_DOCUMENT = re.compile(r"@([^@+]+)")
_OWN = re.compile("pages?(?:@.*)?|(?:page-of|sheets):.*", re.DOTALL)
_IN_TEXT = re.compile(r'(?<= digits-)\d(?=" src="slot:[^"]*" alt="slot:page-of:([^"]*)")')


@dataclass(frozen=True)
class SlotSource:
    """Where a slot's text comes from: a place in the recipient, or a text of the template's."""

    path: Path | None
    text: str = ""

    def text_for(self, recipient: object) -> str:
        """Return the text of somebody's copy."""
        return self.text if self.path is None else follow(recipient, self.path) or ""


def texts_for(sources: Mapping[str, SlotSource], recipient: object) -> Mapping[str, str]:
    """Return the text of every slot in somebody's copy."""
    return {name: source.text_for(recipient) for name, source in sources.items()}


class SlotBook:
    """The slots of one document by their names, each with where its text comes from.

    A part names its slots for itself, so that parts that differ in their texts alone are one
    layout. `names` of a part lead from there to the document's.
    """

    def __init__(self) -> None:
        self._sources: _ToldApart[SlotSource] = _ToldApart()
        self._outside: dict[str, str] = {}
        self._inside: _ToldApart[str] | None = None

    @property
    def sources(self) -> Mapping[str, SlotSource]:
        """Where the text of each slot comes from."""
        return self._sources.meant

    def slot(
        self, value: object, name: object, smallest: object = 0.7, *, line: bool = False
    ) -> Markup:
        """Return the box called `name` for a person's value, which is set there later.

        A text too large for it is set smaller, down to `smallest` times its size. With `line`, a
        copy without a value gets a line to write on, which `.blank` draws.
        """
        if _is_nothing(value):
            # A wrong name is a fault here as anywhere else.
            str(value)
        if not isinstance(smallest, int | float) or not 0 < smallest <= 1:
            raise Mistake("slot", "The smallest size of a slot is a number above 0, at most 1")
        if _OWN.fullmatch(str(name)):
            hint = "Give it another name."
            raise Mistake("slot", f"A slot called “{name}” is for page numbers alone", hint)
        source = (
            SlotSource(value.source)
            if isinstance(value, WatchedText)
            else SlotSource(None, _words(value))
        )
        entered = self._enter(str(name), source)
        blank = " blank" if line and not value else ""
        address = f"{quote(entered)}?smallest={smallest}"
        return _box(f"{name}{blank}", address, entered)

    @contextmanager
    def part(self) -> Iterator[Names]:
        """Name the slots of a part; what is yielded is filled when the part is at its end."""
        names: Names = {}
        around, inside = self._inside, _ToldApart(self._outside)
        self._inside = inside
        try:
            yield names
        finally:
            names.update((own, name) for own, name in inside.meant.items() if own != name)
            # A template may, by mistake, call for a part inside a part.
            self._inside = around

    def _enter(self, name: str, source: SlotSource) -> str:
        entered = self._sources.enter(name, source)
        if self._inside is not None:
            return self._inside.enter(name, entered)
        # Written where any part may take it from.
        self._outside[entered] = entered
        return entered


class _ToldApart(Generic[T]):
    """What is meant by names: where one name would mean several, a number is put after it."""

    def __init__(self, meant: Mapping[str, T] | None = None) -> None:
        self.meant = dict(meant or {})
        # There may be as many of a name as people: none is looked for from the beginning.
        self._entered: dict[tuple[str, T], str] = {}
        self._last: dict[str, tuple[str, int]] = {}

    def enter(self, name: str, meant: T) -> str:
        """Return what is meant is called: `name`, or `name.2` and so on."""
        if known := self._entered.get((name, meant)):
            return known
        entered, number = self._last.get(name, (name, 1))
        while self.meant.setdefault(entered, meant) != meant:
            number += 1
            entered = f"{name}.{number}"
        self._last[name] = entered, number
        self._entered[name, meant] = entered
        return entered


def page_number() -> Markup:
    """Return the box for the number of the page it stands on."""
    return _numbered("page-number", "page")


def page_count(document: str = "") -> Markup:
    """Return the box for the number of pages of the document, or of another one."""
    return _numbered("page-count", f"pages@{document}" if document else "pages")


def sheet_count(papers: Iterable[tuple[str, int, int]]) -> Markup:
    """Return the box for the sheets of paper that documents take, all together.

    Each with its name, how many copies of it, and how many pages go on a sheet.
    """
    terms = "+".join(f"{copies}x{on_a_sheet}@{name}" for name, copies, on_a_sheet in papers)
    return _numbered("sheet-count", f"sheets:{terms}")


def number_of(target: str, document: str = "", digits: int = 0) -> Markup:
    """Return the box for the page on which an id stands, in this document or another.

    In a sentence a box is as wide as so many digits: how many will be known later.
    """
    name = f"page-of:{target}@{document}" if document else f"page-of:{target}"
    return _numbered(f"page-of digits-{digits}" if digits else "page-of", name)


def with_digits(html: str, numbers: Mapping[str, str]) -> str:
    """Make the boxes in sentences as wide as the page numbers that will stand in them."""

    def digits(match: re.Match[str]) -> str:
        return str(len(numbers.get(unescape(match[1]), match[0] * int(match[0]))))

    return _IN_TEXT.sub(digits, html)


def documents_referred_to(html: str) -> list[str]:
    """Return the names of the documents that a page asks other documents' page numbers of."""
    slots = dict.fromkeys(unescape(name) for name in _ELSEWHERE.findall(html))
    return [name for slot in slots for name in _DOCUMENT.findall(slot)]


def _is_nothing(value: object) -> bool:
    # Known only where templates run: what is done with slots besides needs none of it.
    from jinja2 import Undefined

    return isinstance(value, Undefined)


def _words(value: object) -> str:
    if isinstance(value, Markup):
        return value.striptags()
    return "" if value is None else str(value)


def _numbered(kind: str, name: str) -> Markup:
    return _box(kind, quote(name), name)


def _box(kind: str, address: str, name: str) -> Markup:
    # Faster than filling in a template of Markup’s. An address is quoted.
    return Markup(  # noqa: S704
        f'<img class="slot slot-{escape(kind)}" src="slot:{address}" alt="slot:{escape(name)}">'
    )
