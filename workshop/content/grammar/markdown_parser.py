"""Make the parser of texts: CommonMark with what GitHub and other programs add to it.

CommonMark 0.31 is extended by tables, struck words, task lists and notes (`> [!NOTE]`) as GitHub
has them, footnotes, definition lists, `!!! note`, ids of headings and widths of pictures.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.admon import admon_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from workshop.content.grammar.bare_addresses import (
    enclosed_address,
    render_address,
    text_or_address,
)
from workshop.content.grammar.html_tags import html_block, html_inline, safe_html
from workshop.content.grammar.note_titles import keep_title_words
from workshop.content.grammar.pasted_lines import in_common_form
from workshop.content.grammar.typography import typeset_signs
from workshop.content.hidden_characters import SOFT_BREAKS

_HEADING_ID = re.compile(r"\s*\{#(?P<id>[A-Za-z][\w-]*)\}\s*$")
_WIDTH = re.compile(
    r"\s?\{\s*width\s*=\s*[\"']?(?P<width>[0-9.]+ ?(?:%|mm|cm|in|pt|px)?)[\"']?\s*\}"
)
_TIMES = re.compile(r"[0-9]\*[0-9]")
_MARK = re.compile(r"[0-9]+")
# Lists and quotations may stand this deep in each other; deeper ones are told, far before this.
_MOST_NESTING = 100


def make_parser() -> MarkdownIt:
    """Return a parser whose HTML holds nothing that runs, loads or restyles."""
    options = {"tasklists": True, "alerts": True, "maxNesting": _MOST_NESTING, "xhtmlOut": False}
    parser = MarkdownIt("commonmark", options)
    parser.enable(["table", "strikethrough"])
    parser.use(deflist_plugin).use(admon_plugin).use(footnote_plugin, inline=False)
    parser.inline.ruler.at("text", text_or_address)
    parser.inline.ruler.at("autolink", enclosed_address)
    parser.inline.ruler.at("html_inline", html_inline)
    parser.inline.ruler.before("emphasis", "times", _multiply)
    parser.inline.ruler.before("emphasis", "soft_break", _soft_break)
    for mark in SOFT_BREAKS:
        parser.inline.add_terminator_char(mark)
    parser.block.ruler.at(
        "html_block", html_block, {"alt": ["paragraph", "reference", "blockquote"]}
    )
    parser.core.ruler.before("normalize", "common_form", _normalize)
    parser.core.ruler.after("block", "title_words", keep_title_words)
    parser.core.ruler.push("attributes", _read_attributes)
    parser.core.ruler.push("signs", typeset_signs)
    # Addresses are printed as they are; only what a web page could not hold is replaced.
    parser.normalizeLink = lambda url: url.replace(" ", "%20")  # type: ignore[method-assign]
    parser.normalizeLinkText = lambda link: link  # type: ignore[method-assign]
    _add_writers(parser)
    return parser


def make_block_reader() -> MarkdownIt:
    """Return a parser that reads lines into blocks and leaves what stands in them."""
    parser = make_parser()
    parser.core.ruler.enableOnly(["common_form", "normalize", "block"])
    return parser


def _normalize(state: StateCore) -> None:
    state.src = in_common_form(state.src)


def _soft_break(state: StateInline, silent: bool) -> bool:
    """Take what Word and others have for a line's end within a paragraph (a rule of markdown-it).

    The line goes on in the file, so this is no break like one behind a backslash.
    """
    if state.src[state.pos] not in SOFT_BREAKS:
        return False
    if not silent:
        state.push("hardbreak", "br", 0)
    state.pos += 1
    return True


def _multiply(state: StateInline, silent: bool) -> bool:
    """Take the asterisks of 2*3*4 as signs (a rule of markdown-it): they emphasise nothing."""
    if not _TIMES.match(state.src, max(state.pos - 1, 0)) or state.pos == 0:
        return False
    if not silent:
        state.append_pending("*")
    state.pos += 1
    return True


def _read_attributes(state: StateCore) -> None:
    """Take `{#id}` off headings and `{width=…}` off pictures; put boxes before tasks."""
    for index, block in enumerate(state.tokens):
        if block.type == "heading_open":
            _take_id(block, state.tokens[index + 1])
        elif block.type == "list_item_open" and "checked" in block.meta:
            _add_box(block, state.tokens[index + 1 : index + 3])
        elif block.type == "inline" and ("{" in block.content or "<" in block.content):
            _take_widths(block.children or [])
            _mark_addresses(block.children or [])


def _take_id(heading: Token, inline: Token) -> None:
    last = (inline.children or [Token("", "", 0)])[-1]
    match = _HEADING_ID.search(last.content) if last.type == "text" else None
    if match:
        heading.attrSet("id", match["id"])
        last.content = last.content[: match.start()]


def _take_widths(tokens: Sequence[Token]) -> None:
    for picture, text in pairwise(tokens):
        match = _WIDTH.match(text.content) if picture.type == "image" else None
        if match and text.type == "text":
            width = match["width"].replace(" ", "")
            unit = "px" if width.replace(".", "").isdecimal() else ""
            picture.attrSet("style", f"width: {width}{unit}")
            text.content = text.content[match.end() :]


def _mark_addresses(tokens: Sequence[Token]) -> None:
    for link, text in pairwise(tokens):
        if link.type == "link_open" and link.markup == "autolink":
            text.type = "address"


def _add_box(item: Token, inside: Sequence[Token]) -> None:
    box = Token("task_box", "span", 0, meta={"done": item.meta["checked"]})
    item.meta = {}
    item.attrSet("class", "task")
    if len(inside) > 1 and inside[1].type == "inline" and inside[1].children is not None:
        inside[1].children.insert(0, box)


def _add_writers(parser: MarkdownIt) -> None:
    """Say how tokens are written that HTML has no word for, and what of them goes to the page."""
    writers: dict[str, Any] = {
        "address": render_address,
        "image": _write_image,
        "html_block": lambda _self, tokens, index, *_: safe_html(tokens[index].content),
        "task_box": _write_box,
        "footnote_ref": _write_footnote_mark,
        "footnote_block_open": lambda *_: '<ol class="footnotes">\n',
        "footnote_block_close": lambda *_: "</ol>\n",
        "footnote_open": _write_footnote,
        "footnote_close": lambda *_: "</li>\n",
        "footnote_anchor": lambda *_: "",
    }
    for kind, write in writers.items():
        parser.add_render_rule(kind, write)


def _write_image(renderer: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    picture = tokens[index]
    alt = renderer.renderInlineAsText(picture.children, options, env)
    picture.attrs = {"alt": alt, **{k: v for k, v in picture.attrs.items() if k != "alt"}}
    if "picture" in env:
        picture.attrSet("src", env["picture"](str(picture.attrGet("src"))))
    return str(renderer.renderToken(tokens, index, options, env))


def _write_box(_renderer: Any, tokens: Sequence[Token], index: int, *_: Any) -> str:
    done = " task-done" if tokens[index].meta["done"] else ""
    return f'<span class="task-box{done}"></span> '


def _number(token: Token) -> str:
    """Return the number of a footnote: the one it was given, else that of its turn."""
    label = str(token.meta["label"])
    return label if _MARK.fullmatch(label) else str(token.meta["id"] + 1)


def _write_footnote_mark(_renderer: Any, tokens: Sequence[Token], index: int, *_: Any) -> str:
    return f'<sup class="footnote-mark">{_number(tokens[index])}</sup>'


def _write_footnote(_renderer: Any, tokens: Sequence[Token], index: int, *_: Any) -> str:
    return f'<li value="{_number(tokens[index])}">'
