"""Find links in a document's HTML that lead to no id in it, and where they are written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html import unescape

from workshop.content.block_tree import Text
from workshop.content.doubts.text_look import place_in
from workshop.diagnostics import Diagnostic, Location

_LINK = re.compile(r"<a\s[^>]*?\bhref\s*=\s*(?:\"#([^\"]+)\"|'#([^']+)'|#([^\s>]+))", re.IGNORECASE)
_ID = re.compile(r"\sid\s*=\s*(?:\"([^\"]+)\"|'([^']+)'|([^\s>]+))", re.IGNORECASE)


def dead_links(
    parts: Sequence[str], texts: Iterable[Text], template: Location | None
) -> Iterator[Diagnostic]:
    """Yield a fault for each link in `texts` that leads nowhere in the parts that print it.

    A link that stands in none of the texts is the template's.
    """
    ids = {_read_id(match) for html in parts for match in _ID.finditer(html)}
    wanted = {_read_id(match): None for html in parts for match in _LINK.finditer(html)}
    dead = [target for target in wanted if target not in ids]
    sources = tuple(texts) if dead else ()
    for target in dead:
        for place in _places_of(target, sources) or [template]:
            yield Diagnostic(
                "no-target",
                f"A link leads to “#{target}”, and nothing has that id",
                place,
                f"Write {{#{target}}} behind a heading; every document that prints the link must "
                "print the heading too.",
            )


def _read_id(match: re.Match[str]) -> str:
    return unescape(next(filter(None, match.groups())))


def _places_of(target: str, texts: Iterable[Text]) -> list[Location | None]:
    written = re.compile(rf"(?<![{{\w])#{re.escape(target)}(?![\w}}-])")
    return [
        place_in(text.source, match.start(), text.location)
        for text in texts
        for match in written.finditer(text.source)
    ]
