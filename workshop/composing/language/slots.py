"""Make boxes for values that differ from copy to copy, to be filled in once pages are laid out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from typing import Generic, TypeVar
from urllib.parse import quote

from markupsafe import Markup, escape

from workshop.composing.language.mistakes import Mistake
from workshop.composing.language.recipient_seen import Path, WatchedText, follow
from workshop.content.grammar.typography import typographic

T = TypeVar("T")
# From a part's own names of slots to the document's, where they differ.
Names = dict[str, str]

# What the client's logo is drawn in at the end: by itself, and on a white label, for pages in the
# brand's colour.
LOGO, LOGO_ON_LABEL = "logo", "logo-on-label"

_ELSEWHERE = re.compile(r'alt="slot:(?:page-of|pages|sheets):?([^"]*@[^"]+)"')
_COUNTED = re.compile(r'alt="slot:(?:pages|sheets):?([^"]*@[^"]+)"')
_DOCUMENT = re.compile(r"@([^@+]+)")
_OWN = re.compile(f"pages?(?:@.*)?|(?:page-of|sheets):.*|{LOGO}|{LOGO_ON_LABEL}", re.DOTALL)
_IN_TEXT = re.compile(r'(?<= digits-)\d(?=" src="slot:[^"]*" alt="slot:page-of:([^"]*)")')


@dataclass(frozen=True)
class SlotSource:
    """Says where a slot's text comes from: a `path` in the recipient, or the template's `text`."""

    path: Path | None
    text: str = ""

    def text_for(self, recipient: object) -> str:
        """Return the slot's text in the copy of a recipient."""
        return typographic(self.text if self.path is None else follow(recipient, self.path) or "")


def texts_for(sources: Mapping[str, SlotSource], recipient: object) -> Mapping[str, str]:
    """Return the text of every slot in the copy of a recipient."""
    return {name: source.text_for(recipient) for name, source in sources.items()}


class SlotBook:
    """Collects the slots of one document by name, each with the source of its text.

    Every part has names of its own for its slots, so that parts that differ only in the texts of
    their slots are laid out once. The `Names` of a part lead from these to the document's.
    """

    def __init__(self) -> None:
        self._sources: _UniqueNames[SlotSource] = _UniqueNames()
        self._outside: dict[str, str] = {}
        self._inside: _UniqueNames[str] | None = None

    @property
    def sources(self) -> Mapping[str, SlotSource]:
        """The source of the text of each slot."""
        return self._sources.values

    def slot(
        self, value: object, name: object, smallest: object = 0.7, *, line: bool = False
    ) -> Markup:
        """Return the box called `name` for a person's value, which is set there later.

        A text too large for the box is set smaller, down to `smallest` times its size. With `line`,
        a copy without a value gets a line to write on, drawn by the class `.blank`.
        """
        # Imported only where templates run: other users of this file do without Jinja.
        from workshop.composing.language.bounds.arguments import as_text, as_word

        number = isinstance(smallest, int | float) and not isinstance(smallest, bool)
        if not number or not 0 < smallest <= 1:  # type: ignore[operator]
            raise Mistake("slot", "The smallest size of a slot is a number above 0, at most 1")
        called = as_word(name, "slot")
        if _OWN.fullmatch(called):
            hint = "Give it another name."
            raise Mistake("slot", f"A slot called “{called}” is filled in by the program", hint)
        source = (
            SlotSource(value.source)
            if isinstance(value, WatchedText)
            else SlotSource(None, as_text(value, "slot"))
        )
        entered = self._enter(called, source)
        blank = " blank" if line and not value else ""
        address = f"{quote(entered)}?smallest={smallest}"
        return _box(f"{called}{blank}", address, entered)

    @contextmanager
    def part(self) -> Iterator[Names]:
        """Name the slots of a part; the names yielded are complete when the part is at its end."""
        names: Names = {}
        around, inside = self._inside, _UniqueNames(self._outside)
        self._inside = inside
        try:
            yield names
        finally:
            names.update((own, name) for own, name in inside.values.items() if own != name)
            # By mistake, a template may call for a part inside a part.
            self._inside = around

    def _enter(self, name: str, source: SlotSource) -> str:
        entered = self._sources.enter(name, source)
        if self._inside is not None:
            return self._inside.enter(name, entered)
        # A slot made before the parts may be printed in any of them.
        self._outside[entered] = entered
        return entered


class _UniqueNames(Generic[T]):
    """Gives every value a name of its own: a number is added to a name that another value has."""

    def __init__(self, values: Mapping[str, T] | None = None) -> None:
        self.values = dict(values or {})
        # A name may be wanted once for each person, so no search starts from the first of them.
        self._entered: dict[tuple[str, T], str] = {}
        self._last: dict[str, tuple[str, int]] = {}

    def enter(self, name: str, value: T) -> str:
        """Return the name that a value gets: `name`, or `name.2` and so on."""
        earlier = self._entered.get((name, value))
        if earlier:
            return earlier
        entered, number = self._last.get(name, (name, 1))
        while self.values.setdefault(entered, value) != value:
            number += 1
            entered = f"{name}.{number}"
        self._last[name] = entered, number
        self._entered[name, value] = entered
        return entered


def page_number() -> Markup:
    """Return the box for the number of the page it stands on."""
    return _numbered("page-number", "page")


def page_count(document: str = "") -> Markup:
    """Return the box for the number of pages of this document, or of another one."""
    return _numbered("page-count", f"pages@{document}" if document else "pages")


def logo_box(kind: object, *, label: bool = False) -> Markup:
    """Return a box of the class `slot-KIND` that the client's logo is drawn in, for the eyes alone.

    The logo comes at the end, so that parts with it are the same for all clients. With `label`, it
    stands on white, for pages in the brand's colour.
    """
    from workshop.composing.language.bounds.arguments import as_word

    called, name = as_word(kind, "logo_box"), LOGO_ON_LABEL if label else LOGO
    return Markup(  # noqa: S704  # both are escaped
        f'<img class="slot slot-{escape(called)}" src="slot:{name}" alt="slot:{name}" '
        'aria-hidden="true">'
    )


def has_logo_box(html: str) -> bool:
    """Tell whether a page has a box for the client's logo."""
    return any(f'src="slot:{name}"' in html for name in (LOGO, LOGO_ON_LABEL))


def sheet_count(papers: object, document_name: Callable[[object], str] = str) -> Markup:
    """Return the box for the number of sheets of paper that documents take together.

    Each of `papers` is a document's name, its number of copies, and how many pages go on a sheet.
    `document_name` returns the name, or raises `Mistake` where there is no such document.
    """
    rows = papers if isinstance(papers, list | tuple) else [papers]
    terms = "+".join(_sheets_of(row, document_name) for row in rows)
    return _numbered("sheet-count", f"sheets:{terms}")


def _sheets_of(row: object, document_name: Callable[[object], str]) -> str:
    from workshop.composing.language.bounds.arguments import as_count

    if not isinstance(row, list | tuple) or len(row) != len(("name", "copies", "on a sheet")):
        message = "sheet_count() takes rows of a document, its copies and the pages on a sheet"
        raise Mistake("template", message, "Write {{ sheet_count([paper.run]) }}.")
    name = document_name(row[0])
    copies = as_count(row[1], "sheet_count")
    on_a_sheet = as_count(row[2], "sheet_count", least=1)
    return f"{copies}x{on_a_sheet}@{name}"


def number_of(target: str, document: str = "", digits: int = 0) -> Markup:
    """Return the box for the page on which an id stands, in this document or another one.

    In a sentence, the box is as wide as `digits`; `with_digits` corrects it later.
    """
    name = f"page-of:{target}@{document}" if document else f"page-of:{target}"
    return _numbered(f"page-of digits-{digits}" if digits else "page-of", name)


def with_digits(html: str, numbers: Mapping[str, str]) -> str:
    """Make the boxes in sentences as wide as the page numbers that will stand in them.

    `numbers` holds the page numbers by id.
    """

    def digits(match: re.Match[str]) -> str:
        return str(len(numbers.get(unescape(match[1]), match[0] * int(match[0]))))

    return _IN_TEXT.sub(digits, html)


def documents_referred_to(html: str) -> list[str]:
    """Return the names of the other documents whose page numbers a page prints."""
    slots = dict.fromkeys(unescape(name) for name in _ELSEWHERE.findall(html))
    return [name for slot in slots for name in _DOCUMENT.findall(slot)]


def documents_counted(html: str) -> list[str]:
    """Return the names of the other documents whose pages or sheets a page counts."""
    slots = dict.fromkeys(unescape(name) for name in _COUNTED.findall(html))
    return [name for slot in slots for name in _DOCUMENT.findall(slot)]


def _numbered(kind: str, name: str) -> Markup:
    return _box(kind, quote(name), name)


def _box(kind: str, address: str, name: str) -> Markup:
    # Faster than `Markup.format`. The address is quoted already.
    return Markup(  # noqa: S704
        f'<img class="slot slot-{escape(kind)}" src="slot:{address}" alt="slot:{escape(name)}">'
    )
