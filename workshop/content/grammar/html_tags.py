"""Tell HTML that may stand in a text from words in angle brackets, which are printed as words.

What runs, loads, asks or restyles the page is not among the elements and attributes listed here,
so nothing of that kind can come onto a page or into a letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it.common.utils import escapeHtml
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

_INLINE = """a abbr b bdi bdo big br cite code del dfn em font i img ins kbd mark q rp rt ruby s
 samp small span strike strong sub sup time tt u var wbr"""
_BLOCKS = """address article aside blockquote caption center col colgroup dd details div dl dt
 figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table
 tbody td tfoot th thead tr ul"""
_ATTRIBUTES = """align alt aria-hidden aria-label bgcolor border cellpadding cellspacing cite class
 color colspan datetime dir face height href hspace id lang markdown nowrap open reversed role
 rowspan rules scope size span src start title type valign value vspace width"""
_CLOSED_BY_HTML = """caption colgroup dd dt li p rp rt tbody td tfoot th thead tr"""
# What HTML has besides. In a text it is told: no trainer means it as words.
_OTHERS = """applet area audio base body button canvas datalist dialog embed fieldset form frame
 frameset head html iframe input label legend link map math meta meter noscript object optgroup
 option output param picture progress script select slot source style svg template textarea title
 track video"""
BLOCK_TAGS = frozenset(_BLOCKS.split())
TAGS = BLOCK_TAGS | frozenset(_INLINE.split())
ATTRIBUTES = frozenset(_ATTRIBUTES.split())
VOID_TAGS = frozenset(("br", "col", "hr", "img", "wbr"))
CLOSED_BY_HTML = frozenset(_CLOSED_BY_HTML.split())
_REFUSED = frozenset(_OTHERS.split())

# Of the names in what Word and Outlook put on the clipboard.
_WORD_PREFIXES = frozenset(("a", "dt", "m", "mc", "o", "pic", "st1", "st2", "u1", "v", "w", "x"))

_VALUE = r"\"[^\"]*\"|'[^']*'|[^\s\"'=<>`]+"
TAG = re.compile(
    r"<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*)"
    rf"(?P<attributes>(?:\s+[A-Za-z_:][\w:.-]*(?:\s*=\s*(?:{_VALUE}))?)*)\s*/?>"
)
_ATTRIBUTE = re.compile(rf"\s+(?P<name>[A-Za-z_:][\w:.-]*)(?:\s*=\s*(?P<value>{_VALUE}))?")
_FOREIGN = re.compile(r"<(?P<name>[A-Za-z][\w-]*:[A-Za-z][\w.-]*)(?:\s[^<>]*)?/?>")
_BLOCK_START = re.compile(r"</?(?P<name>[A-Za-z][A-Za-z0-9]*)(?=\s|/?>|$)")
_SIZED = frozenset(("table", "td", "th", "tr"))
_SIZE = re.compile(
    r"\s(?P<name>width|height)\s*=\s*[\"']?(?P<size>[0-9]+(?:\.[0-9]+)?)(?P<unit>%|px|mm|cm)?",
    re.IGNORECASE,
)
_RUNS = re.compile(r"[\s\x00-\x1f]*(?:javascript|vbscript|data|file)\s*:", re.IGNORECASE)
_MARKDOWN = re.compile(r"\s+markdown(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>]+))?(?=[\s/>])")


def is_html(tag: re.Match[str]) -> bool:
    """Tell whether a tag is an element that may stand in a text, with attributes that may."""
    if tag["name"].lower() not in TAGS:
        return False
    for attribute in _ATTRIBUTE.finditer(tag["attributes"]):
        name, value = attribute["name"].lower(), attribute["value"] or ""
        if name not in ATTRIBUTES and not name.startswith("data-"):
            return False
        if name in ("href", "src", "cite") and _RUNS.match(value.strip("\"'")):
            return False
    return True


def safe_html(html: str) -> str:
    """Return a piece of HTML in which all that may not stand in a text is printed as words."""
    pieces: list[str] = []
    end = 0
    for tag in TAG.finditer(html):
        if is_html(tag):
            pieces += [html[end : tag.start()].replace("<", "&lt;"), _write_tag(tag)]
        else:
            pieces += [html[end : tag.start()].replace("<", "&lt;"), escapeHtml(tag[0])]
        end = tag.end()
    return "".join([*pieces, html[end:].replace("<", "&lt;")])


def _write_tag(tag: re.Match[str]) -> str:
    """Return a tag for the page: a table's width and height as style, which no rule overrides."""
    html = _MARKDOWN.sub("", tag[0])
    if tag["name"].lower() not in _SIZED:
        return html
    sizes = [
        f"{size['name'].lower()}: {size['size']}{size['unit'] or 'px'}"
        for size in _SIZE.finditer(tag["attributes"])
    ]
    return f'{html[:-1]} style="{"; ".join(sizes)}">' if sizes else html


def refused_in(html: str) -> Iterator[str]:
    """Yield the opening tags of HTML that may not stand in a text; no words in angle brackets."""
    for tag in TAG.finditer(html):
        name = tag["name"].lower()
        is_meant = name in _REFUSED or (name in TAGS and "=" in tag["attributes"])
        if is_meant and not tag["close"] and not is_html(tag):
            yield tag[0]


def foreign_tags_in(html: str) -> Iterator[tuple[str, str]]:
    """Yield the names and opening tags that come along from a word processor: “<o:p>”."""
    for tag in _FOREIGN.finditer(html):
        name = tag["name"].lower()
        is_closed = f"</{name}" in html.lower()
        if name.partition(":")[0] in _WORD_PREFIXES or "=" in tag[0] or is_closed:
            yield name, tag[0]


def html_inline(state: StateInline, silent: bool) -> bool:
    """Take a tag in a line as HTML, if it may stand in a text (a rule of markdown-it)."""
    if state.src[state.pos] != "<":
        return False
    tag = TAG.match(state.src, state.pos, state.posMax)
    if not tag or not is_html(tag):
        return False
    if not silent:
        state.push("html_inline", "", 0).content = _write_tag(tag)
        if tag["name"].lower() == "a":
            state.linkLevel += -1 if tag["close"] else 1
    state.pos = tag.end()
    return True


def html_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take lines as HTML from the tag of a block to the next empty line (a rule of markdown-it).

    As CommonMark has it (0.31, section 4.6), but only for elements that may stand in a text.
    Below a tag with the attribute `markdown` that stands alone on its line, Markdown goes on.
    """
    if state.is_code_block(start):
        return False
    line = _line(state, start)
    opening = _BLOCK_START.match(line)
    if not opening or opening["name"].lower() not in BLOCK_TAGS:
        return False
    if silent:
        return True
    tag = TAG.match(line)
    if tag and not tag["close"] and _MARKDOWN.search(tag[0]):
        _markdown_inside(state, start, tag)
        return True
    is_verbatim = opening["name"].lower() == "pre" and not line.startswith("</")
    after = start
    while after < end:
        text = _line(state, after)
        if is_verbatim and "</pre" in text.lower():
            after += 1
            break
        if not text.strip() and not is_verbatim:
            break
        after += 1
    state.line = after
    token = state.push("html_block", "", 0)
    token.map = [start, after]
    token.content = state.getLines(start, after, state.blkIndent, True)
    return True


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _markdown_inside(state: StateBlock, start: int, tag: re.Match[str]) -> None:
    """Take a line `<div markdown>` or `<div markdown>*text*</div>`; what is inside is Markdown."""
    rest = tag.string[tag.end() :].strip()
    closing = f"</{tag['name']}>"
    state.line = start + 1
    _push_html(state, tag[0], start)  # written without the attribute by `safe_html`
    if rest:
        is_closed = rest.endswith(closing)
        for kind, nesting in (("paragraph_open", 1), ("inline", 0), ("paragraph_close", -1)):
            token = state.push(kind, "p" if nesting else "", nesting)  # type: ignore[arg-type]
            token.map = [start, start + 1]
            if not nesting:
                token.content, token.children = rest.removesuffix(closing).strip(), []
        if is_closed:
            _push_html(state, closing, start)


def _push_html(state: StateBlock, content: str, line: int) -> None:
    token = state.push("html_block", "", 0)
    token.map, token.content = [line, line + 1], content + "\n"
