"""Convert Markdown into HTML whose headings nest where the text is put."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from workshop.content.grammar.comments import without_comments
from workshop.content.grammar.cues import group_by_cue
from workshop.content.grammar.markdown_parser import make_parser
from workshop.keeping.memory import Memory

_HEADING = re.compile(r"h([1-6])")
_RAW_PICTURE = re.compile(
    r"(<img\b[^>]*?\bsrc\s*=\s*)(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.I
)
_LOWEST = 6

# Returns the address to print for an image's address as it is written.
ResolveImage = Callable[[str], str]


def to_html(
    source: str,
    heading_level: int,
    resolve_image: ResolveImage,
    memory: Memory | None = None,
) -> str:
    """Return the HTML of `source`; its topmost headings become `<h{heading_level}>`.

    `resolve_image` turns an image's address, as written, into the one to print. Comments are left
    out, so that they are never printed. What `memory` has of the same text is not converted again.
    """
    return _html(source, heading_level, resolve_image, memory or Memory(), has_cues=False)


def notes_to_html(
    source: str,
    heading_level: int,
    resolve_image: ResolveImage,
    memory: Memory | None = None,
) -> str:
    """Return the HTML of a trainer's notes, as `to_html` does but with a block for each cue."""
    return _html(source, heading_level, resolve_image, memory or Memory(), has_cues=True)


def _html(
    source: str, level: int, resolve_image: ResolveImage, memory: Memory, *, has_cues: bool
) -> str:
    parser = memory.converters.get_or_make("markdown", make_parser)
    if "![" in source or "<img" in source.lower():
        return _convert(parser, source, level, resolve_image, has_cues)
    key = source, level, has_cues
    return memory.html.get_or_make(key, lambda: _convert(parser, source, level, str, has_cues))


def _convert(
    parser: MarkdownIt, source: str, level: int, resolve_image: ResolveImage, has_cues: bool
) -> str:
    env = {"picture": resolve_image}
    tokens = parser.parse(without_comments(source), env)
    _place_headings(tokens, level)
    if has_cues:
        tokens = group_by_cue(tokens)
    for token in tokens:
        for raw in (token, *(token.children or ())):
            if raw.type in ("html_block", "html_inline"):
                raw.content = _with_pictures(raw.content, resolve_image)
    return str(parser.renderer.render(tokens, parser.options, env)).strip()


def _place_headings(tokens: Sequence[Token], level: int) -> None:
    headings = [token for token in tokens if _HEADING.fullmatch(token.tag)]
    topmost = min((int(token.tag[1]) for token in headings), default=1)
    for token in headings:
        token.tag = f"h{min(int(token.tag[1]) - topmost + level, _LOWEST)}"


def _with_pictures(html: str, resolve_image: ResolveImage) -> str:
    return _RAW_PICTURE.sub(
        lambda tag: f'{tag[1]}"{resolve_image(tag[2] or tag[3] or tag[4] or "")}"',
        html,
    )
