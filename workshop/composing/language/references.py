"""Write references between the parts of a document before all of its parts are there.

A part knows nothing of the document's other parts, so a reference is first written as a mark. When
all parts are there, a mark whose target stands in one of them becomes a link with a box for the
page number. Any other mark is taken out.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from html import unescape

from markupsafe import Markup

from workshop.composing.language.slots import number_of

# Written as an element, so that no name or other value can pass for one: values are escaped.
_ELEMENT = Markup('<page-mark form="{}" to="{}"></page-mark>')
_MARK = re.compile('<page-mark form="(?P<form>page|on-page)" to="(?P<target>[^"]*)"></page-mark>')
_TARGET = re.compile(r'\sid="([^"]*)"')


def page_ref(target: str) -> Markup:
    """Mark the place for the page number of the element with the id `target`."""
    return _ELEMENT.format("page", target)


def on_page(target: str) -> Markup:
    """Mark the place for ", page 17", printed only where the document holds `target`."""
    return _ELEMENT.format("on-page", target)


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
