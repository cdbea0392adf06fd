"""References between the parts of a document, written before it is known what else it holds.

A part knows nothing of the others. A reference into another part is written as a mark; when all
parts are there, a mark whose target is in one of them becomes a link with a box for the page
number, and one whose target is not becomes nothing.
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
    """Put boxes for page numbers where a part's marks stand that lead to one of `targets`."""

    def link(match: re.Match[str]) -> str:
        target = match["target"]
        if target not in targets:
            return ""
        in_sentence = match["form"] == "on-page"
        number = number_of(unescape(target), digits=2 if in_sentence else 0)
        link = Markup('<a class="page-ref" href="#{}">{}</a>').format(unescape(target), number)
        return f", page\u00a0{link}" if in_sentence else link

    return _MARK.sub(link, html)
