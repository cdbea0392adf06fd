"""Write references between the parts of a document before all of its parts are there.

A part knows nothing of the document's other parts, so a reference is first written as a mark. When
all parts are there, a mark whose target stands in one of them becomes a link with a box for the
page number. Any other mark is taken out.

Words that call for something the kit does not have are printed with a note of it around them, which
the proofreader finds in the part, however often it is taken over from an earlier build.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from html import unescape
from pathlib import Path

from markupsafe import Markup

from workshop.composing.language.slots import number_of
from workshop.diagnostics import Diagnostic, Location, Severity

# Written as an element, so that no name or other value can pass for one: values are escaped.
_ELEMENT = Markup('<page-mark form="{}" to="{}"></page-mark>')
_MARK = re.compile('<page-mark form="(?P<form>page|on-page)" to="(?P<target>[^"]*)"></page-mark>')
_TARGET = re.compile(r'\sid="([^"]*)"')

_NOTE = Markup(
    '<span class="proof-note" data-code="{}" data-message="{}" data-hint="{}" data-path="{}" '
    'data-line="{}" data-about="{}">{}</span>'
)
_NOTED = re.compile(
    '<span class="proof-note" data-code="([^"]*)" data-message="([^"]*)" data-hint="([^"]*)" '
    'data-path="([^"]*)" data-line="([^"]*)" data-about="([^"]*)">'
)
# What is called for and not there: in the kit, in the day; or not there, with other words for it.
NOT_IN_KIT, NOT_IN_DAY, OTHER_WORDS = "not-in-kit", "not-in-day", "other-words"
# A label of a diagram for which there is too little room.
SMALL_TYPE = "small-type"
# The codes of those notes that say that a paper promises in vain.
CODES = frozenset({NOT_IN_KIT, NOT_IN_DAY})


def page_ref(target: str) -> Markup:
    """Mark the place for the page number of the element with the id `target`."""
    return _ELEMENT.format("page", target)


def on_page(target: str) -> Markup:
    """Mark the place for ", page 17", printed only where the document holds `target`."""
    return _ELEMENT.format("on-page", target)


def with_note(
    words: object,
    code: str,
    message: str,
    hint: str | None,
    place: Location | None,
    about: str = "",
) -> Markup:
    """Return the words with a note for the proofreader; `about` names what is not there."""
    path, line = (place.path, place.line or "") if place else ("", "")
    return _NOTE.format(code, message, hint or "", path, line, about, words)


def without(about: str) -> str:
    """Return the beginning of a note on what is printed in place of something the kit lacks."""
    return f"The kit has no {about}: "


def notes_in(html: str) -> Iterator[Diagnostic]:
    """Yield the notes of a part's HTML, as warnings."""
    for note in _NOTED.findall(html):
        code, message, hint, path, line, about = map(unescape, note)
        place = Location(Path(path), int(line) if line else None) if path else None
        yield Diagnostic(code, message, place, hint or None, Severity.WARNING, accept_by=about)


def notes_alone(value: str) -> str:
    """Return the notes in a value that is HTML, without the words that they stand around."""
    notes = _NOTED.finditer(value) if isinstance(value, Markup) else ()
    return "".join(f"{note[0]}</span>" for note in notes)


def says_in_vain(words: Markup) -> bool:
    """Tell whether words call for something that is not there, and nothing was given instead."""
    return any(note.code in CODES for note in notes_in(words))


def targets_in(parts: Iterable[str]) -> set[str]:
    """Return the ids in the HTML of several parts, as they are written."""
    return {target for html in parts for target in _TARGET.findall(html)}


def resolve(html: str, targets: Collection[str]) -> str:
    """Replace a part's marks: by links where they lead to one of `targets`, or else by nothing."""

    def link(match: re.Match[str]) -> str:
        target = match["target"]
        if target not in targets:
            return ""
        in_sentence = match["form"] == "on-page"
        number = number_of(unescape(target), digits=2 if in_sentence else 0)
        link = Markup('<a class="page-ref" href="#{}">{}</a>').format(unescape(target), number)
        return f", page\u00a0{link}" if in_sentence else link

    return _MARK.sub(link, html)
