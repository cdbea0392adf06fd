"""References between the parts of a document, written before it is known what else it holds.

A part knows nothing of the others. A reference into another part is written as a mark; when the
parts are put together, a mark whose target is there becomes a link with a page number, and one
whose target is not becomes nothing.
"""

from __future__ import annotations

import re

from markupsafe import Markup

# Written as an element, so that no name or other value can pass for one: values are escaped.
_ELEMENT = Markup('<page-mark form="{}" to="{}"></page-mark>')
_MARK = re.compile('<page-mark form="(?P<form>page|on-page)" to="(?P<target>[^"]*)"></page-mark>')
_TARGET = re.compile(r'(?<=\s)id="(?P<id>[^"]*)"')


def page_ref(target: str) -> Markup:
    """Mark the place for the page number of the element with the id `target`."""
    return _ELEMENT.format("page", target)


def on_page(target: str) -> Markup:
    """Mark the place for ", page 17", printed only where the document holds `target`."""
    return _ELEMENT.format("on-page", target)


def resolve(html: str) -> str:
    """Put page numbers where the marks in a whole document stand."""
    targets = {match["id"] for match in _TARGET.finditer(html)}

    def link(match: re.Match[str]) -> str:
        target = match["target"]
        if target not in targets:
            return ""
        number = f'<a class="page-ref" href="#{target}"></a>'
        return number if match["form"] == "page" else f", page\u00a0{number}"

    return _MARK.sub(link, html)
